"""Faults, one paragraph each: where, what stands there, what is wrong, how to mend it."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from returnplan.cli.console import table_console
from returnplan.contract import View, finding_of
from returnplan.model.faults import Fault
from returnplan.model.texts import Lang, Text

if TYPE_CHECKING:
    from rich.console import RenderableType

_CELL = re.compile(r"([A-Z]*)(\d+)")
_ONE_CAUSE = ("no_year",)
"""Faults with one mend for all sheets: they are said once."""
_ONE_WORD = ("unknown_result",)
"""Faults that one word of whoever filled in the sheets causes: each word is said once."""
_SUMMED_UP = "duplicate_signup"
"""Comes last: of a list that was sent again there is one a row, and a line above tells of the whole list."""
_OF_COLUMNS = "unknown_column"
"""A register has forty columns that nobody needs: those of a sheet are said once."""
_COLUMNS = Text("{num} 列不认识，未采用", "{num} columns are not known and were not used")
_CELLS = Text("{first} 等 {num} 处", "{first} and others, {num} cells,")
_MORE = Text(
    "……还有 {more} 条，用 returnplan check --report 退回 写出退回表",
    "… and {more} more; returnplan check --report DIR writes them into workbooks to send back",
)
_COUNT = Text("错误 {errors} 条，提醒 {warnings} 条", "{errors:error|errors}, {warnings:warning|warnings}")
_NONE = Text("没有发现问题", "no faults")


def fault_lines(faults: tuple[Fault, ...], view: View, num_most: int | None) -> Iterator["RenderableType"]:
    """Yield a paragraph a fault, errors first, at most ``num_most`` of them, and how many there are.

    The same said of several cells of a sheet is said once, and so is what one setting mends on all sheets, or what is
    said of one word.
    """
    from rich.text import Text as Line

    same: dict[Fault, list[Fault]] = defaultdict(list)
    for fault in sorted(faults, key=lambda fault: (fault.severity, fault.code == _SUMMED_UP)):  # errors first
        said = replace(fault, cell="", signup=None)
        if fault.code in (*_ONE_CAUSE, *_ONE_WORD):
            said = replace(said, file="", sheet="", value=said.value if fault.code in _ONE_WORD else "")
        if fault.code == _OF_COLUMNS:
            said = replace(said, value="", message=_COLUMNS)
        same[said].append(fault)
    groups = list(same.values())
    for group in groups[:num_most]:
        yield _paragraph(group, view)
    if hidden := sum(map(len, groups[num_most:] if num_most is not None else ())):
        yield Line(_MORE.filled(view.lang, more=hidden))
    errors = sum(fault.severity == "error" for fault in faults)
    count = _COUNT if faults else _NONE
    yield Line(count.filled(view.lang, errors=errors, warnings=len(faults) - errors), style="bold")


def say_faults(faults: tuple[Fault, ...], lang: Lang) -> None:
    """Write faults of sheets that came back to stderr, masked; nothing when there are none."""
    if faults:
        for line in fault_lines(faults, View(lang), None):
            table_console(stderr=True).print(line)


def _paragraph(group: list[Fault], view: View) -> "RenderableType":
    from rich.table import Table
    from rich.text import Text as Line

    from returnplan.cli.drawing import Flowing

    fault = group[0]
    found = finding_of(fault, view)
    is_error = fault.severity == "error"
    is_one_cause = fault.code in _ONE_CAUSE and len(group) > 1
    is_wide = is_one_cause or len({(one.file, one.sheet) for one in group}) > 1
    is_of_columns = fault.code == _OF_COLUMNS and len(group) > 1
    places = fault.cell if is_wide else "" if is_of_columns else _places(group)
    where = "!".join(filter(None, (fault.file, fault.sheet, places)))
    where = _CELLS.filled(view.lang, first=where, num=len(group)) if is_wide else where
    words = Flowing(where, style="bold")
    value, message = found.value, found.message
    if is_of_columns:
        value = "、".join(finding_of(one, view).value for one in group)
        message = _COLUMNS.filled(view.lang, num=len(group))
    if value and not is_one_cause:
        words.append(f"  “{value}”", style="not bold")
    words.append(f"  {message}", style="not bold")
    if found.fix:
        words.append(f" → {found.fix}", style="not bold green")
    paragraph = Table.grid(padding=(0, 1, 0, 0))
    paragraph.add_row(Line("✗" if is_error else "!", style="red" if is_error else "yellow"), words)
    return paragraph


def _places(group: list[Fault]) -> str:
    """Return the cells as Excel writes them, neighbours as one range; rows where no cell is at fault."""
    cells = [_CELL.fullmatch(fault.cell or (fault.signup or "").rpartition("!")[2]) for fault in group]
    spots = sorted({(spot[1], int(spot[2])) for spot in cells if spot})
    ranges: list[list[tuple[str, int]]] = []
    for letters, row in spots:
        if ranges and ranges[-1][-1] == (letters, row - 1):
            ranges[-1].append((letters, row))
        else:
            ranges.append([(letters, row)])
    return "、".join(
        ":".join(f"{letters}{row}" for letters, row in dict.fromkeys((run[0], run[-1]))) for run in ranges
    )
