"""``returnplan report``: the plan on one page."""

from pathlib import Path

import click

from returnplan.cli.bilingual import command, option
from returnplan.cli.console import say_notes
from returnplan.cli.options import FILE, Setup, shared_options
from returnplan.model.texts import Text

_WRITTEN = Text("报告(不含个人信息)：{path}", "report (no personal data): {path}")

_HELP = Text(
    """写出一页报告：流向图、每天车次、费用、未排人员

一个网页文件，不需要网络，不含任何乘客的姓名、电话和身份证号码；可在手机上看，可打印。""",
    """Write the plan on one page: map, days, cost, people left.

One file for a browser. It needs no network and holds no name, phone or ID number of a passenger; it can be read on a
phone and printed.""",
)


@command("report", _HELP, "returnplan report --out report.html --since 4f1c")
@option(
    "--out",
    type=FILE,
    default=Path("report.html"),
    show_default=True,
    words=Text("报告写到哪里。", "Where the page goes."),
)
@option(
    "--since",
    metavar="RUN",
    words=Text(
        "写明从这个方案以来的变化 [默认：前一个方案]。",
        "Tell the changes since this run [default: the run before].",
    ),
)
@shared_options
def run(setup: Setup, out: Path, since: str | None) -> int:
    """Carry out ``returnplan report``."""
    from returnplan.usecases.report import report

    outcome = report(setup.campaign, out, since, setup.lang)
    lang = setup.lang or outcome.header.lang
    click.echo(_WRITTEN.filled(lang, path=outcome.path))
    say_notes(outcome.notes, lang)
    return 0
