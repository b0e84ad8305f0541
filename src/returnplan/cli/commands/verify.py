"""``returnplan verify``: a plan workbook edited by hand, against every rule."""

from pathlib import Path

import click

from returnplan.cli.bilingual import command, option
from returnplan.cli.options import FILE, Setup, shared_options
from returnplan.cli.render.edits import print_edits
from returnplan.model.texts import Text

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
