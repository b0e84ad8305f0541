"""Which lines of a sheet may be its header: a line alone, or two or three of which the upper ones group the columns.

A line is a header that goes on below if the next line holds no values and is merged with it, or says by its words,
or by its place under blank headers, that it names the parts of a group (户籍地 over 乡镇 and 村).
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

from returnplan.model.records import SheetKind
from returnplan.reading.cells import clean
from returnplan.reading.names import Names
from returnplan.sheets.tables import Table, cell_text

SEARCHED_ROWS = 30
SEARCHED_COLUMNS = 256  # a sheet may have 16,384, and each costs time
REMARK = re.compile(
    r"\(.*\)|(?:如|例如|示例|样例|例|必填|选填|非必填|填写|请|格式|下拉|单选|多选|自动|\d{1,2}位|[与同]身份证|yyyy).*"
    r"|e\.?g\..*|required|optional",
    re.IGNORECASE,
)
"""How to fill in the column above; no part of its name."""

_VALUE = re.compile(r".*(?:\d{6}|\d{4}-\d{2}-\d{2}).*|[\d.]+", re.DOTALL)
"""ID numbers, phones, dates and numbers stand in no header."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?: 00:00:00)?")
"""Excel makes a date of 2月17日, which below a title (乘车日期) is a day to be ticked."""
_NUMBER_OR_GROUP = r"(?:第?[一二三四五六七八九十\d]+|.*(?:部分|信息|情况|资料|意向|其中)):"
_FILLED_IN = re.compile(rf"(?!{_NUMBER_OR_GROUP})[^:()]{{1,15}}(?:\([^()]*\))?:(?P<words>.*)")
"""Said of the whole sheet (负责人:李四); 第一部分:基本信息 is the title of a group."""
_WHO = frozenset(("name", "id_number", "phone"))
_OF_THE_SHEET = frozenset(("county", "township"))
_FEWEST_PARTS = 2


class HeaderLines(NamedTuple):
    """Lines that may be a header (from 0), and the labels of each column, the most specific first."""

    first: int
    last: int
    labels: list[tuple[str, ...]]


def first_lines(table: Table) -> list[list[str]]:
    """Return the texts of the lines among which the header of a sheet is looked for."""
    columns = table.columns[:SEARCHED_COLUMNS]
    return [
        [cell_text(column[row]) for column in columns] for row in range(min(SEARCHED_ROWS, table.num_rows))
    ]


def header_lines(
    table: Table, lines: Sequence[Sequence[str]], kind: SheetKind, names: Names
) -> Iterator[HeaderLines]:
    """Yield what may be the header of a sheet of some kind, single lines first; ``lines`` are its first ones."""
    goes_on = [
        lower not in lines[:row]  # printed again below a subtotal, or the title of the next village
        and _goes_on(kind, names, upper, lower, is_merged=_is_merged_down(table, row))
        for row, (upper, lower) in enumerate(pairwise(lines))
    ]
    goes_on.append(False)
    for row, line in enumerate(lines):
        if not goes_on[row]:
            yield HeaderLines(row, row, [(label,) for label in line])
    for last in range(1, len(lines)):
        if not goes_on[last - 1] or goes_on[last]:
            continue
        upper, lower = lines[last - 1 : last + 1]
        yield HeaderLines(last - 1, last, _two_lines(upper, lower))
        if last > 1 and goes_on[last - 2]:  # a header over all three lines stands in the first of them
            upper = [words or above for words, above in zip(upper, lines[last - 2], strict=True)]
            yield HeaderLines(last - 2, last, _two_lines(upper, lower))


def _goes_on(
    kind: SheetKind, names: Names, upper: Sequence[str], lower: Sequence[str], *, is_merged: bool
) -> bool:
    """Return whether the header of the upper line goes on in the lower one."""
    has_values = any(_VALUE.fullmatch(words) and not (is_merged and _DAY.fullmatch(words)) for words in lower)
    if has_values or _is_filled_in(upper, kind, names):
        return False
    parts = [i for i, words in enumerate(lower) if words and not REMARK.fullmatch(clean(words))]
    if not parts:
        return False
    if is_merged or any(map(_VALUE.fullmatch, upper)):
        return is_merged
    above = [names.field(kind, (label,)) for label in upper]
    labels = _two_lines(upper, lower)
    named = {i for i in parts if names.field(kind, labels[i][:2])}
    under_a_name = {i for i in parts if above[i] in _WHO}
    if len(named) * 2 >= len(parts) and under_a_name <= named:
        return True
    under_nothing = [i for i in parts if not upper[i] and any(upper[:i])]
    return not _WHO.isdisjoint(above) and not under_a_name and len(under_nothing) >= _FEWEST_PARTS


def _is_filled_in(line: Sequence[str], kind: SheetKind, names: Names) -> bool:
    """Return whether a line says things of the whole sheet (乡镇：桥圩镇, 负责人：李四) and groups no columns.

    What is said may stand in the next cell, or be blank: then 县： or 乡镇： beside it tells that it is a form. A line
    with the name or the ID number of people is their header, whatever it says besides.
    """
    if not _WHO.isdisjoint(
        names.field(kind, (label,)) for label in line if not label.strip().endswith((":", "："))
    ):
        return False
    told = [(_FILLED_IN.fullmatch(clean(words)), clean(after)) for words, after in pairwise((*line, ""))]
    return any(
        one
        and (
            one["words"]
            or (after and not after.endswith(":"))
            or names.field(kind, (one[0],)) in _OF_THE_SHEET
        )
        for one, after in told
    )


def _is_merged_down(table: Table, row: int) -> bool:
    """Return whether a single column is merged over a line and the next one."""
    return any(
        (top, bottom) == (row + 1, row + 2) and left == right for top, left, bottom, right in table.merged
    )


def _two_lines(upper: Sequence[str], lower: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the labels of a two-line header: a group title in the upper line covers the columns to its right.

    A title with nothing below is the header of its column and no group; one that stands in the middle of its columns
    covers those before it too. Over a single column, the title may be the header and the lower line a remark. Over
    several columns, the title alone names none of them.
    """
    labels: list[tuple[str, ...]] = []
    group = ""
    for i, (above, below) in enumerate(zip(upper, lower, strict=True)):
        group = (above or group or _title_behind(upper[i:], lower[i:])) if below else ""
        joined = (below if group == below else group + below) or above
        is_wide = not above or (lower[i + 1 : i + 2] != [""] and upper[i + 1 : i + 2] == [""])
        labels.append((joined, below) if is_wide else (joined, below, above))
    return labels


def title_above(labels: Sequence[str]) -> str:
    """Return the title of the group above a column with these labels, "" if its header is one line."""
    return clean(labels[0].removesuffix(labels[1])) if len(labels) > 1 and labels[1] else ""


def _title_behind(upper: Sequence[str], lower: Sequence[str]) -> str:
    """Return the next title to the right, if each column up to it has a part."""
    parts = takewhile(lambda pair: pair[1], zip(upper, lower, strict=True))
    return next((above for above, _ in parts if above), "")
