"""Faults, one paragraph each: where, what stands there, what is wrong, how to mend it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from returnplan.cli.console import table_console
from returnplan.contract import View, finding_of
from returnplan.faults import Fault
from returnplan.texts import Lang, Text

if TYPE_CHECKING:
    from rich.text import Text as Line

_MORE = Text(
    "……还有 {more} 条,用 returnplan check --report 退回 写出退回表",
    "… and {more} more; returnplan check --report DIR writes them into workbooks to send back",
)
_COUNT = Text("错误 {errors} 条,提醒 {warnings} 条", "{errors} errors, {warnings} warnings")
_NONE = Text("没有发现问题", "no faults")


def fault_lines(faults: tuple[Fault, ...], view: View, num_most: int | None) -> Iterator["Line"]:
    """Yield the lines of the faults, errors first, at most ``num_most`` of them, and their count."""
    from rich.text import Text as Line

    ranked = sorted(faults, key=lambda fault: fault.severity)  # "error" before "warning"
    for fault in ranked[:num_most]:
        yield _line(fault, view)
    hidden = len(faults) - len(ranked[:num_most])
    if hidden:
        yield Line(_MORE.say(view.lang).format(more=hidden))
    errors = sum(fault.severity == "error" for fault in faults)
    count = _COUNT if faults else _NONE
    yield Line(count.say(view.lang).format(errors=errors, warnings=len(faults) - errors), style="bold")


def say_faults(faults: tuple[Fault, ...], lang: Lang) -> None:
    """Write faults of sheets that came back to stderr, masked; nothing when there are none."""
    if faults:
        for line in fault_lines(faults, View(lang), None):
            table_console(stderr=True).print(line)


def _line(fault: Fault, view: View) -> "Line":
    from rich.text import Text as Line

    found = finding_of(fault, view)
    is_error = fault.severity == "error"
    where = "!".join(part for part in (fault.file, fault.sheet, fault.cell) if part)
    line = Line("✗ " if is_error else "! ", style="red" if is_error else "yellow")
    line.append(where, style="bold")
    if found.value:
        line.append(f"  “{found.value}”", style="default")
    line.append(f"  {found.message}", style="default")
    if found.fix:
        line.append(f" → {found.fix}", style="green")
    return line
