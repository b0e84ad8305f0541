"""``returnplan verify``: a plan workbook edited by hand, against every rule."""

from pathlib import Path

import click

from returnplan.cli.options import FILE, Setup, shared_options
from returnplan.cli.render.edits import print_edits
from returnplan.texts import Text

_FREE = Text("可以采用:returnplan adopt", "it can be taken in: returnplan adopt")


@click.command("verify", epilog="Example: returnplan verify plan.xlsx")
@click.argument("workbook", type=FILE)
@click.option("--strict", is_flag=True, help="Exit 1 when a rule is broken.")
@shared_options
def command(setup: Setup, workbook: Path, strict: bool) -> int:
    """Audit a plan workbook that was edited by hand; every broken rule with its cell (核对)."""
    from returnplan.pipeline.adopting import verify

    outcome = verify(setup.campaign, workbook)
    is_fine = print_edits(outcome, setup.lang or outcome.header.lang)
    if is_fine and outcome.changed:
        click.echo(_FREE.say(setup.lang or outcome.header.lang))
    return int(strict and not is_fine)
