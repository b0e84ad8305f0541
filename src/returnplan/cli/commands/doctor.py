"""``returnplan doctor``: what is wrong with this folder or machine, and how to mend it."""

import sys
from pathlib import Path

import click

from returnplan.cli.bilingual import command, option
from returnplan.cli.language import language
from returnplan.cli.options import FILE, Setup, shared_options
from returnplan.model.folder import folders_here
from returnplan.model.texts import Text
from returnplan.usecases.doctor import doctor

_HELP = Text(
    """检查数据文件、运行锁、权限和字体，说明怎样处理

OUTPUTs 是要查看权限的文件和文件夹 [默认：plan.xlsx 和放名单的文件夹]。
数据文件损坏或不能使用时退出码为 5，正被另一个任务占用时为 4。""",
    """Check store, lock, permissions and fonts, and say how to mend them.

OUTPUTs are the files and folders whose readers are looked at [default: plan.xlsx and the papers]. Exit 5 when
the store is damaged or cannot be used, 4 when another run holds it.""",
)


@command("doctor", _HELP, "returnplan doctor")
@click.argument("outputs", nargs=-1, type=FILE, metavar="[OUTPUT]...")
@option(
    "--strict",
    is_flag=True,
    words=Text("有需要处理的地方时，退出码为 1。", "Exit 1 when anything wants mending."),
)
@shared_options
def run(setup: Setup, outputs: tuple[Path, ...], strict: bool) -> int:
    """Carry out ``returnplan doctor``."""
    findings = doctor(setup.campaign, outputs or (Path("plan.xlsx"), Path(folders_here().papers)))
    well, ill = _marks()
    for finding in findings:
        click.echo(f"{well if finding.is_well else ill} {finding.words.say(language())}")
    is_ill = any(not finding.is_well for finding in findings)
    return max(finding.exit_code for finding in findings) or int(strict and is_ill)


def _marks() -> tuple[str, str]:
    """Return the signs for well and ill; a console in GBK lacks the usual ones."""
    try:
        "✓✗".encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return "OK", "!!"
    return "✓", "✗"
