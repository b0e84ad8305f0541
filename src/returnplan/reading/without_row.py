"""People whose ID number stands in a cell of somebody else, and in no row of any file."""

import re
from collections.abc import Collection, Iterable
from itertools import groupby
from typing import NamedTuple

from returnplan.model.faults import Fault
from returnplan.model.texts import Text
from returnplan.reading.cells import Finding
from returnplan.reading.named_cells import fault_of_cells
from returnplan.reading.others import stays_at_home
from returnplan.reading.remarks import CHILD

_OWN_NUMBER = re.compile(r"更正|改正|修正|纠正|正确|原报|原填|原号|旧号|误填|填错|写错|有误|错误|作废|重复")
"""A number beside these words is one that was wrong before, or the right one: of the same person."""
_CHILD = re.compile(CHILD)

_WITHOUT_ROW = Finding(
    "person_without_row",
    Text(
        "写着表里没有的身份证号码，这个人没有自己的一行，没有读进来",
        "hold an ID number that no row has: that person has no row and was not read",
    ),
    Text(
        "一起走的，请另起一行填写；不走的，请删去号码",
        "give who travels a row of their own; delete the number of others",
    ),
)


class NumberBeside(NamedTuple):
    """An ID number in a cell of another column than its own: the file, the sheet, the letters and the cell."""

    file: str
    sheet: str
    letters: str
    cell: str
    value: str
    number: str


def speaks_of_nobody_else(words: str, field: str) -> bool:
    """Return whether the words around an ID number are about who stays at home, or the number is the row's own.

    The remark of a child gives it a seat.
    """
    is_child = field in ("note", "num_children") and _CHILD.search(words) is not None
    return is_child or stays_at_home(words) or _OWN_NUMBER.search(words) is not None


def people_without_row(numbers: Iterable[NumberBeside], known: Collection[str]) -> tuple[list[Fault], int]:
    """Return a fault for each column with ID numbers that are not ``known``, and how many cells have one."""
    without = [one for one in numbers if one.number not in known]
    columns = groupby(without, lambda one: (one.file, one.sheet, one.letters))
    faults = []
    for (file, sheet, _), cells in columns:
        named = list(cells)
        faults.append(fault_of_cells(file, sheet, [one.cell for one in named], named[0].value, _WITHOUT_ROW))
    return faults, len(without)
