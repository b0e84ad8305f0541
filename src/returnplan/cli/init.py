"""``returnplan init``: the folder of a new campaign."""

from pathlib import Path

import click

from returnplan.cli.options import FILE
from returnplan.texts import Lang, Text

_WRITTEN = Text(
    "已写出 {num} 个文件到 {folder}。乡镇报来的表和填好的表都放进“{inbox}”(怎么填见各表的“填写说明”),\n"
    "再到 {folder} 里运行:returnplan check {inbox},没有错误后 returnplan plan {inbox}",
    "{num} files written to {folder}. Put what the townships send and the forms you filled in into {inbox},\n"
    "then run in {folder}: returnplan check {inbox}, and returnplan plan {inbox}",
)


@click.command("init", epilog="Example: returnplan init 2021春节返岗")
@click.argument("folder", type=FILE, default=Path())
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Language.")
def command(folder: Path, lang: Lang) -> int:
    """Write template workbooks and a commented returnplan.toml (模板).

    Nothing that is there already is overwritten.
    """
    from returnplan.templates import folders, write_templates

    paths = write_templates(folder, lang=lang)
    for path in paths:
        click.echo(str(path))
    inbox = folders(lang).inbox
    click.echo(_WRITTEN.say(lang).format(num=len(paths), folder=folder.absolute(), inbox=inbox), err=True)
    return 0
