"""``returnplan doctor``: what is wrong with this folder or machine, and how to mend it."""

import sys
from pathlib import Path

import click

from returnplan.cli.options import FILE, Setup, shared_options
from returnplan.pipeline.doctoring import examine

_USUAL_OUTPUTS = (Path("plan.xlsx"), Path("manifests"))


@click.command("doctor", epilog="Example: returnplan doctor")
@click.argument("outputs", nargs=-1, type=FILE, metavar="[OUTPUT]...")
@click.option("--strict", is_flag=True, help="Exit 1 when anything wants mending.")
@shared_options
def command(setup: Setup, outputs: tuple[Path, ...], strict: bool) -> int:
    """Check store, lock, permissions and fonts, and say how to mend them (体检).

    OUTPUTs are the files and folders whose readers are looked at [default: plan.xlsx, manifests]. Exit 5 when
    the store is damaged or cannot be used, 4 when another run holds it.
    """
    findings = examine(setup.campaign, outputs or _USUAL_OUTPUTS)
    well, ill = _marks()
    for finding in findings:
        click.echo(f"{well if finding.is_well else ill} {finding.words.say(setup.lang or 'zh')}")
    is_ill = any(not finding.is_well for finding in findings)
    return max(finding.exit_code for finding in findings) or int(strict and is_ill)


def _marks() -> tuple[str, str]:
    """Return the signs for well and ill; a console in GBK lacks the usual ones."""
    try:
        "✓✗".encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return "OK", "!!"
    return "✓", "✗"
