"""The cell of the children along: how many take a seat; an age, a size or a word is no number of them."""

import re

from returnplan.model.texts import Text
from returnplan.reading.cells import CellError, Finding, text
from returnplan.reading.quantities import count
from returnplan.reading.remarks import CHILD, NO_SEAT, num_children_in
from returnplan.sheets.tables import Cell

_MOST = 9
"""More children nobody brings; 120 and 2020 are a size and a year."""
_IN_BRACKETS = re.compile(r"[(\[【][^()\[\]【】]*[)\]】]")
_NUMBER = r"(?:\d+|[一二两三四五六七八九])"
_HOW_MANY = re.compile(
    rf"(?:有|带|共)*(?P<number>{_NUMBER})(?:[-~至到]{_NUMBER})?(?:个|名|位|人|口|张)?(?:{CHILD})?"
)
_AGE_OR_SIZE = re.compile(
    r"[\d.一二两三四五六七八九十]+(?:周?岁(?:半|\d+个?月)?|个?月(?!\d)|周|cm|厘米|公分|米\d*|年)",
    re.IGNORECASE,
)
_SOME = re.compile(rf"有|是|{CHILD}")
_NONE = re.compile(
    rf"没|否|不是?|×|no?|(?:无|没有?|未|不)(?:携?带|随行|同行|有)*(?:随行|同行)?(?:{CHILD})*(?:携?带|随行|同行|一起)*",
    re.IGNORECASE,
)
"""不确定 and 没定 are none of these."""
_COUNTED = re.compile(rf"(?P<number>{_NUMBER})(?:个(?!月)|名|位|人|口|张|{CHILD})")
_ANY_NUMBER = re.compile(_NUMBER)
_parse_count = count("随行儿童", "the children along")


def children_along(cell: Cell) -> int:
    """Return how many children take a seat.

    Raises
    ------
    CellError : a warning with one child for each age that is told, or one; an error where nothing is understood
    """
    words = text(cell)
    without_ages = _AGE_OR_SIZE.sub("", words)
    if _NONE.fullmatch(words):
        return 0
    if NO_SEAT.search(words):
        numbers = _ANY_NUMBER.findall(without_ages)
        if len(numbers) > 1:  # 2(1个不占座)
            raise CellError(_unclear(min(_parse_count(numbers[0]) or 1, _MOST)))
        return 0
    told = _HOW_MANY.fullmatch(_IN_BRACKETS.sub("", words).strip())
    ages = _AGE_OR_SIZE.findall(words)
    if not told and (ages or _SOME.search(words)):
        counted = list(_COUNTED.finditer(without_ages))
        if len(counted) != 1:
            raise CellError(_unclear(max(1, len(ages), num_children_in(words))))
        told = counted[0]
    number: int = _parse_count(told["number"] if told else cell) or 0
    if number > _MOST:
        raise CellError(_unclear(1))
    return number


def _unclear(num_children: int) -> Finding:
    return Finding(
        "children_unclear",
        Text(
            f"“随行儿童”应填人数，这里写的不是人数，按 {num_children} 个占座安排",
            f"the children along are to be counted, and this is no number of them; {num_children} seats are kept",
        ),
        Text("请填要占座的孩子人数，不占座的填 0", "write how many children take a seat, 0 if none does"),
        "warning",
        num_children,
    )
