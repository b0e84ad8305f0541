"""``returnplan verify``: a plan workbook edited by hand, against every rule."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from returnplan.cli.bilingual import command, option
from returnplan.cli.console import say_notes, table_console
from returnplan.cli.options import FILE, Setup, shared_options
from returnplan.cli.render.faults import fault_lines
from returnplan.contract import View
from returnplan.model.texts import Lang, Text

if TYPE_CHECKING:
    from returnplan.usecases.adopt import AdoptOutcome

_CHANGED = Text("改动了 {num} 趟车：{ids}", "{num:batch was|batches were} edited: {ids}")
_NOTHING = Text("没有改动", "nothing was edited")

_FREE = Text("可以采用：returnplan adopt", "it can be taken in: returnplan adopt")

_HELP = Text(
    "核对手工改过的方案表，指出每一处违反规则的单元格",
    "Audit a plan workbook that was edited by hand; every broken rule with its cell.",
)


@command("verify", _HELP, "returnplan verify plan.xlsx")
@click.argument("workbook", type=FILE)
@option("--strict", is_flag=True, words=Text("违反规则时，退出码为 1。", "Exit 1 when a rule is broken."))
@shared_options
def run(setup: Setup, workbook: Path, strict: bool) -> int:
    """Carry out ``returnplan verify``."""
    from returnplan.usecases.adopt import verify

    outcome = verify(setup.campaign, workbook)
    is_fine = print_edits(outcome, setup.lang or outcome.header.lang)
    if is_fine and outcome.changed:
        click.echo(_FREE.say(setup.lang or outcome.header.lang))
    return int(strict and not is_fine)


def print_edits(outcome: "AdoptOutcome", lang: Lang) -> bool:
    """Print the edited batches and every broken rule; return whether the edits can be taken in."""
    words = _CHANGED if outcome.changed else _NOTHING
    click.echo(words.filled(lang, num=len(outcome.changed), ids=", ".join(outcome.changed)))
    for line in fault_lines(outcome.faults, View(lang), None):
        table_console().print(line)
    say_notes(outcome.notes, lang)
    return not any(fault.severity == "error" for fault in outcome.faults)
