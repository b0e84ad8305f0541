"""A form for one person (审批表, 登记表): what is asked stands left of its answer, in several lines; it is no list."""

from itertools import pairwise

from returnplan.model.texts import Text
from returnplan.reading.cells import Finding
from returnplan.reading.names import Names
from returnplan.reading.not_read import num_people
from returnplan.sheets.tables import Table

FORM_OF_ONE_PERSON = Finding(
    "form_of_one_person",
    Text(
        "像是一人一张的表（左边是项目，右边是内容），不是名单，未读取",
        "this looks like a form of one person, each answer beside its question; it is no list and was not read",
    ),
    Text(
        "请抄进报名表，一人一行；空白的报名表由 returnplan init 写出",
        "copy it into the sign-up sheet, one person a row; returnplan init writes a blank one",
    ),
)
_MOST_LINES = 60
_FEWEST_LINES = 3


def is_form_of_one_person(table: Table, names: Names) -> bool:
    """Return whether lines of a sheet ask and answer, field by field, and there is one person or none on it."""
    if table.num_rows > _MOST_LINES:
        return False
    num_lines = 0
    for row in range(table.num_rows):
        is_asked = [
            names.field("signups", (words,)) is not None for words in filter(None, table.row_texts(row))
        ]
        num_lines += any(asked and not answer for asked, answer in pairwise(is_asked))
    return num_lines >= _FEWEST_LINES and num_people(table) <= 1
