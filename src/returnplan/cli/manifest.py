"""``returnplan manifest``: the papers of the stored plan."""

from datetime import date
from pathlib import Path

import click

from returnplan.cli.console import say_notes
from returnplan.cli.options import DAY, FILE, Setup, shared_options
from returnplan.cli.password import read_password
from returnplan.cli.progress import progress_bar
from returnplan.pipeline.papers import PapersOutcome, PapersRequest, write_papers
from returnplan.texts import Lang, Text

_WRITTEN = Text(
    "{files} 个名单文件,{batches} 趟车,{riders} 人 → {folder}",
    "{files} files for {batches} batches and {riders} people -> {folder}",
)


@click.command("manifest", epilog="Example: returnplan manifest --city Dongguan --date 2021-02-23")
@click.option("--city", help="Destination city: Dongguan, 东莞 or 东莞市.")
@click.option("--date", "day", type=DAY, help="Date of departure.")
@click.option("--batch", "batches", multiple=True, help="Id of a batch; may be given several times.")
@click.option("--from", "county", help="Batches with riders of this county.")
@click.option("--out", type=FILE, default=Path("manifests"), show_default=True, help="Folder for the papers.")
@click.option("--one-workbook", is_flag=True, help="One workbook, one sheet a batch.")
@click.option(
    "--employers", is_flag=True, help="Instead, a list an employer: who arrives when, against the demand."
)
@click.option("--encrypt", is_flag=True, help="The workbooks open with a password only.")
@click.option(
    "--password-file",
    type=FILE,
    help="First line: the password [default: RETURNPLAN_PASSWORD, else asked for].",
)
@shared_options
def command(
    setup: Setup,
    city: str | None,
    day: date | None,
    batches: tuple[str, ...],
    county: str | None,
    out: Path,
    one_workbook: bool,
    employers: bool,
    encrypt: bool,
    password_file: Path | None,
) -> int:
    """Write the papers of the stored plan (出名单).

    One workbook a batch: the manifest that rides along (随车名单), the list for the door (车门名单) and the
    hand-over receipts (人员交接签收单). The conditions narrow the choice; without any, all batches.
    """
    if one_workbook and employers:
        raise click.UsageError("--one-workbook or --employers, not both / 两者只能选一")
    password = read_password(password_file) if encrypt or password_file else None
    request = PapersRequest(out, city, county, day, batches, one_workbook, employers, setup.lang, password)
    with progress_bar(quiet=setup.quiet, lang=setup.lang) as progress:
        outcome = write_papers(setup.campaign, request, progress)
    lang = setup.lang or outcome.header.lang
    click.echo(_words(outcome, out, lang))
    say_notes(outcome.notes, lang)
    return 0


def _words(outcome: PapersOutcome, out: Path, lang: Lang) -> str:
    return _WRITTEN.say(lang).format(
        files=len(outcome.paths),
        batches=len(outcome.batches),
        riders=sum(batch.load for batch in outcome.batches),
        folder=out,
    )
