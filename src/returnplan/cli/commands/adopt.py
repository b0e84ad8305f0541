"""``returnplan adopt``: the edits of a plan workbook into the store."""

from pathlib import Path

import click

from returnplan.cli.bilingual import command
from returnplan.cli.commands.verify import print_edits
from returnplan.cli.console import say_error
from returnplan.cli.options import FILE, Setup, shared_options
from returnplan.model.errors import InputRefused
from returnplan.model.texts import Text

_TAKEN = Text("已采用；以后的方案保留这些改动", "taken in; later plans keep these edits")
_REFUSED = Text("没有采用，请先改好以上各处", "not taken in; mend these cells first")

_HELP = Text(
    "采用方案表里的手工改动；违反规则则拒绝",
    "Take the edits of a plan workbook into the store; refused when they break a rule.",
)


@command("adopt", _HELP, "returnplan adopt plan.xlsx")
@click.argument("workbook", type=FILE)
@shared_options
def run(setup: Setup, workbook: Path) -> int:
    """Carry out ``returnplan adopt``."""
    from returnplan.usecases.adopt import adopt

    outcome = adopt(setup.campaign, workbook)
    lang = setup.lang or outcome.header.lang
    is_fine = print_edits(outcome, lang)
    if outcome.is_adopted:
        click.echo(_TAKEN.say(lang))
    if is_fine:
        return 0
    say_error(_REFUSED, lang)
    return InputRefused.exit_code
