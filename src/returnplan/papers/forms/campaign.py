"""The files of a new campaign into its folder: forms, rules, and starters; what is there already stays.

Starters are for those who do not type commands: batch files for Windows, and a line for cron or the task scheduler.
They name the folder of this campaign and that of the program in full, for neither a double click nor cron knows
the virtual environment. Batch files are UTF-8 with Windows line ends; ``chcp 65001`` makes the console read them
and show Chinese whatever the code page of Windows is. Every one waits at its end, so that its words can be read.
"""

import os
import shlex
import sysconfig
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from string import Template

from returnplan.model.folder import Folders, folders
from returnplan.model.texts import Lang, Text
from returnplan.papers.forms.forms import WORKBOOKS, form_page, instructions_page
from returnplan.papers.outfiles import make_folder, write_whole
from returnplan.papers.pages import render

_BATCH = """@echo off
chcp 65001 >nul
cd /d "%~dp0"
set "PATH={scripts};%PATH%"
{command}
if errorlevel 1 echo.
pause
"""
_SCHEDULE = Text(
    """每天 19:00 自动运行：读“{inbox}”里的表，排车，要办的事和名单写进“{outbox}”。

{where}
{line}
""",
    """Every day at 19:00: reads the sheets in {inbox}, plans, writes what has to be done and the papers into {outbox}.

{where}
{line}
""",
)


def _starters(home: Path, folders: Folders, lang: Lang) -> dict[str, str]:
    """Return file name -> content: check, plan, papers, and how to run at night in the folder ``home``."""
    commands = {
        Text("检查.bat", "check.bat"): f'returnplan check "{folders.inbox}"',
        Text("排车.bat", "plan.bat"): f'returnplan plan "{folders.inbox}"',
        Text("出名单.bat", "papers.bat"): f'returnplan manifest --out "{folders.papers}"',
        Text("通知.bat", "calls.bat"): _both_ways("notify", folders.calls, folders),
        Text("派车.bat", "orders.bat"): _both_ways("dispatch", folders.orders, folders),
        Text("上车登记.bat", "board.bat"): _asking(
            f'returnplan board "{folders.returned}\\{folders.papers}"', lang
        ),
    }
    scripts = sysconfig.get_path("scripts")
    batches = {
        name.say(lang): _BATCH.format(command=command, scripts=scripts.replace("%", "%%")).replace(
            "\n", "\r\n"
        )
        for name, command in commands.items()
    }
    program = Path(scripts, "returnplan")
    if os.name == "nt":
        where = Text("命令提示符里运行一次：", "Run once at the command prompt:")
        run = rf"cmd /c cd /d \"{home}\" && \"{program}\" nightly"
        line = f'schtasks /Create /TN returnplan /SC DAILY /ST 19:00 /TR "{run}"'
    else:
        where = Text("crontab -e 加一行：", "A line for crontab -e:")
        run = f"cd {shlex.quote(str(home))} && {shlex.quote(str(program))} nightly"
        line = "0 19 * * * " + run.replace("%", r"\%")  # cron takes a bare % for the end of the line
    schedule = _SCHEDULE.filled(lang, **folders._asdict(), where=where.say(lang), line=line)
    return {**batches, Text("定时运行.txt", "schedule.txt").say(lang): schedule}


def _asking(command: str, lang: Lang) -> str:
    """Return the lines that run a command, and where it refuses the call (exit 2), run it with --yes once agreed to."""
    ask = Text(
        "要照上面说的 --yes 登记，输入 y 再按回车；不登记直接按回车：",
        "To enter it with --yes all the same, type y and Enter; else press Enter: ",
    )
    return f"""set "answer="
{command} %*
if errorlevel 2 if not errorlevel 3 set /p "answer={ask.say(lang)}"
if /i "%answer%"=="y" {command} --yes"""


def _both_ways(command: str, folder: str, folders: Folders) -> str:
    """Return the lines that read what came back, if anything did, and then write what is to go out."""
    back = rf"{folders.returned}\{folder}"
    return f'''if exist "{back}\\*.xlsx" returnplan {command} --read "{back}"
returnplan {command} --out "{folder}"'''


def write_templates(folder: Path, *, lang: Lang) -> list[Path]:
    """Write forms, a commented returnplan.toml and starters, and make the folders for what comes in and back.

    Parameters
    ----------
    folder : where; it is made when there is none
    lang : of the forms and of the file names

    Returns
    -------
    The files that were written; one that was there already is left as it is and not among them.

    Raises
    ------
    StoreError : the folder or the disk refuses
    """
    names = folders(lang)
    make_folder(folder / names.inbox)
    for back in (names.calls, names.orders, names.papers):
        make_folder(folder / names.returned / back)
    return [
        write_whole(folder / name, content)
        for name, content in _contents(folder.absolute(), lang)
        if not (folder / name).exists()
    ]


def _contents(home: Path, lang: Lang) -> Iterator[tuple[str, bytes]]:
    for name, forms in WORKBOOKS:
        pages = [*(form_page(form, lang) for form in forms), instructions_page(forms, lang)]
        yield f"{name.say(lang)}.xlsx", render(pages)
    rules = files("returnplan.papers.forms").joinpath("returnplan.toml").read_text(encoding="utf-8")
    spoken = (
        '# lang = "zh"' if lang == "zh" else 'lang = "en"  '
    )  # lists in Chinese would make all papers Chinese
    yield "returnplan.toml", Template(rules).substitute(folders(lang)._asdict(), lang=spoken).encode()
    for script, content in _starters(home, folders(lang), lang).items():
        yield script, content.encode()
