"""``returnplan rollup``: the region's table from the reports of several offices."""

from datetime import date
from pathlib import Path

import click

from returnplan.cli.bilingual import command, option
from returnplan.cli.console import say_note, say_notes
from returnplan.cli.language import language
from returnplan.cli.options import DAY, FILE, Setup, shared_options
from returnplan.model.texts import Text

_WRITTEN = Text(
    "读了 {num} 个文件，计入 {counted} 个 → {path}", "{num} files read, {counted} of them counted -> {path}"
)

_HELP = Text(
    """汇总各地报送的报告：来源市、目的城市、汽车、列车、人数，以及新闻稿的一句话

FILE 是各地 returnplan report 写出的 report.html(或 show --json 的输出)，也可以是放这些文件的文件夹。
重复报送的只计一次；没有读的文件逐个说明原因。""",
    """Add up the reports of several offices: home cities, cities of arrival, coaches, trains, people, a press note.

FILE is the report.html that an office made with returnplan report (or the output of show --json), or a folder of them.
What is told twice counts once; a file that is not read is named with the reason.""",
)


@command("rollup", _HELP, "returnplan rollup 报送 --out 汇总.xlsx")
@click.argument("files", type=FILE, nargs=-1, required=True, metavar="FILE...")
@option(
    "--out",
    type=FILE,
    default=Path("rollup.xlsx"),
    show_default=True,
    words=Text("汇总表写到哪里。", "Where the workbook goes."),
)
@option(
    "--day",
    type=DAY,
    words=Text(
        "统计到哪一天发车为止 [默认：最近有人发车的一天]。",
        "Count as sent what left on or before this day [default: the last day with a departure].",
    ),
)
@option(
    "--strict",
    is_flag=True,
    words=Text("有文件没有读或重复时，退出码为 1。", "Exit 1 if a file was not read or told twice."),
)
@shared_options
def run(setup: Setup, files: tuple[Path, ...], out: Path, day: date | None, strict: bool) -> int:
    """Carry out ``returnplan rollup``."""
    from returnplan.usecases.rollup import rollup

    lang = setup.lang or language()
    outcome = rollup(files, out, day, lang)
    click.echo(outcome.sentence)
    sources = outcome.table.sources
    counts = {"num": len(sources), "counted": sum(source.is_counted for source in sources)}
    say_note(_WRITTEN.filled(lang, **counts, path=outcome.path))
    say_notes(outcome.notes, lang)
    return int(strict and outcome.has_findings)
