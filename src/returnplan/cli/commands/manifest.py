"""``returnplan manifest``: the papers of the stored plan."""

import os
from datetime import date
from pathlib import Path

import click

from returnplan.cli.bilingual import BadCall, command, option
from returnplan.cli.console import progress_bar, say_notes
from returnplan.cli.language import language
from returnplan.cli.options import DAY, FILE, Setup, out_option, shared_options
from returnplan.model.errors import UsageError
from returnplan.model.texts import Lang, Text
from returnplan.usecases.manifest import PapersOutcome, PapersRequest, manifest

_WRITTEN = Text(
    "{files} 个名单文件，{batches} 趟车，{riders} 人 → {folder}",
    "{files:file|files} for {batches:batch|batches} and {riders:person|people} -> {folder}",
)

_HELP = Text(
    """写出已存方案的名单

每趟车一个工作簿：随车名单、车门名单、人员交接签收单。各个条件用来缩小范围；不写条件就是全部车次。""",
    """Write the papers of the stored plan.

One workbook a batch: the manifest that rides along (随车名单), the list for the door (车门名单) and the
hand-over receipts (人员交接签收单). The conditions narrow the choice; without any, all batches.""",
)


@command("manifest", _HELP, "returnplan manifest --city Dongguan --date 2021-02-23")
@option(
    "--city", words=Text("目的城市：Dongguan、东莞或东莞市。", "Destination city: Dongguan, 东莞 or 东莞市.")
)
@option("--date", "day", type=DAY, words=Text("出发日期。", "Date of departure."))
@option(
    "--batch",
    "batches",
    multiple=True,
    words=Text("批次编号，可写多次。", "Id of a batch; may be given several times."),
)
@option("--from", "county", words=Text("有这个县(市、区)乘客的车次。", "Batches with riders of this county."))
@out_option("papers", Text("名单", "papers"))
@option(
    "--one-workbook",
    is_flag=True,
    words=Text("写成一个工作簿，每趟车一张表。", "One workbook, one sheet for each batch."),
)
@option(
    "--employers",
    is_flag=True,
    words=Text(
        "改为每家企业一份到岗名单：谁何时到，与用工需求对照。",
        "Instead, a list for each employer: who arrives when, against the demand.",
    ),
)
@option(
    "--cities",
    is_flag=True,
    words=Text(
        "改为每个目的城市一份接站通知，给当地人社局：哪趟车何时到哪里、多少人。",
        "Instead, a list for the labour office of each destination city: which vehicle comes when and where.",
    ),
)
@option(
    "--encrypt",
    is_flag=True,
    words=Text("工作簿要输入密码才能打开。", "The workbooks open with a password only."),
)
@option(
    "--password-file",
    type=FILE,
    words=Text(
        "第一行是密码的文件 [默认：RETURNPLAN_PASSWORD，没有则输入]。",
        "First line: the password [default: RETURNPLAN_PASSWORD, else asked for].",
    ),
)
@shared_options
def run(
    setup: Setup,
    city: str | None,
    day: date | None,
    batches: tuple[str, ...],
    county: str | None,
    out: Path,
    one_workbook: bool,
    employers: bool,
    cities: bool,
    encrypt: bool,
    password_file: Path | None,
) -> int:
    """Carry out ``returnplan manifest``."""
    if one_workbook + employers + cities > 1:
        raise BadCall(Text("三者只能选一", "one of --one-workbook, --employers and --cities"))
    password = read_password(password_file) if encrypt or password_file else None
    request = PapersRequest(
        out, city, county, day, batches, one_workbook, employers, cities, setup.lang, password
    )
    with progress_bar(quiet=setup.quiet, lang=setup.lang) as progress:
        outcome = manifest(setup.campaign, request, progress)
    lang = setup.lang or outcome.header.lang
    click.echo(_words(outcome, out, lang))
    say_notes(outcome.notes, lang)
    return 0


def _words(outcome: PapersOutcome, out: Path, lang: Lang) -> str:
    return _WRITTEN.filled(
        lang,
        files=len(outcome.paths),
        batches=len(outcome.batches),
        riders=outcome.num_people,
        folder=out,
    )


_PROMPT = Text("密码", "Password")

VARIABLE = "RETURNPLAN_PASSWORD"


def read_password(file: Path | None) -> str:
    """Return the first line of the file, else the variable, else what is typed (twice, unseen).

    Raises
    ------
    UsageError : the file cannot be read, or there is no password in it
    """
    if file is not None:
        return _first_line(file)
    return os.environ.get(VARIABLE) or str(
        click.prompt(_PROMPT.say(language()), hide_input=True, confirmation_prompt=True)
    )


def _first_line(file: Path) -> str:
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            Text(f"读不出密码文件 {file}", f"the password file {file} cannot be read")
        ) from error
    if not lines or not lines[0].strip():
        raise UsageError(Text(f"密码文件 {file} 的第一行是空的", f"the first line of {file} is empty"))
    return lines[0].strip()
