"""``returnplan init``: the folder of a new campaign."""

from pathlib import Path

import click

from returnplan.cli.bilingual import command, option
from returnplan.cli.language import told_language
from returnplan.cli.options import FILE
from returnplan.model.folder import folders
from returnplan.model.texts import Lang, Text

_WRITTEN = Text(
    "已写出 {num} 个文件到 {folder}。乡镇报来的表和填好的表都放进“{inbox}”(怎么填见各表的“填写说明”)，\n"
    "再到 {folder} 里运行：returnplan check {inbox}，没有错误后 returnplan plan {inbox}",
    "{num} files written to {folder}. Put what the townships send and the forms you filled in into {inbox},\n"
    "then run in {folder}: returnplan check {inbox}, and returnplan plan {inbox}",
)

_HELP = Text(
    """写出空白表格和带注释的 returnplan.toml

已有的文件一概不覆盖。""",
    """Write template workbooks and a commented returnplan.toml.

Nothing that is there already is overwritten.""",
)


@command("init", _HELP, "returnplan init 2021春节返岗")
@click.argument("folder", type=FILE, default=Path())
@option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    words=Text("语言 [默认：zh]。", "Language [default: zh]."),
)
def run(folder: Path, lang: Lang | None) -> int:
    """Carry out ``returnplan init``."""
    from returnplan.papers.forms import write_templates

    lang = lang or told_language() or "zh"
    paths = write_templates(folder, lang=lang)
    for path in paths:
        click.echo(str(path))
    inbox = folders(lang).inbox
    click.echo(_WRITTEN.filled(lang, num=len(paths), folder=folder.absolute(), inbox=inbox), err=True)
    return 0
