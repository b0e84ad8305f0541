"""``returnplan init``: the folder of a new campaign."""

from pathlib import Path

import click

from returnplan.cli.options import FILE
from returnplan.texts import Lang, Text

_WRITTEN = Text(
    "已写出 {num} 个文件到 {folder};先看“填写说明”,填好后运行:returnplan plan 报名表.xlsx",
    "{num} files written to {folder}; fill in the sign-up workbook, then run: returnplan plan",
)


@click.command("init", epilog="Example: returnplan init 2021春节返岗")
@click.argument("folder", type=FILE, default=Path())
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Language.")
def command(folder: Path, lang: Lang) -> int:
    """Write template workbooks and a commented returnplan.toml (模板).

    Nothing that is there already is overwritten.
    """
    from returnplan.templates import write_templates

    paths = write_templates(folder, lang=lang)
    for path in paths:
        click.echo(str(path))
    click.echo(_WRITTEN.say(lang).format(num=len(paths), folder=folder), err=True)
    return 0
