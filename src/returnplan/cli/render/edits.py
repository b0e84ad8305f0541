"""What was edited in a plan workbook, and what it breaks."""

from typing import TYPE_CHECKING

import click

from returnplan.cli.console import say_notes, table_console
from returnplan.cli.render.faults import fault_lines
from returnplan.contract import View
from returnplan.model.texts import Lang, Text

if TYPE_CHECKING:
    from returnplan.usecases.adopt import AdoptOutcome

_CHANGED = Text("改动了 {num} 趟车：{ids}", "{num} batches were edited: {ids}")
_NOTHING = Text("没有改动", "nothing was edited")


def print_edits(outcome: "AdoptOutcome", lang: Lang) -> bool:
    """Print the edited batches and every broken rule; return whether the edits can be taken in."""
    words = _CHANGED if outcome.changed else _NOTHING
    click.echo(words.say(lang).format(num=len(outcome.changed), ids=", ".join(outcome.changed)))
    for line in fault_lines(outcome.faults, View(lang), None):
        table_console().print(line)
    say_notes(outcome.notes, lang)
    return not any(fault.severity == "error" for fault in outcome.faults)
