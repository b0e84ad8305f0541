"""The folders of a campaign, and starters for those who do not type commands.

Starters are batch files for Windows, and a line for cron or the task scheduler.
They name the folder of this campaign and that of the program in full, for neither a double click nor cron knows
the virtual environment. Batch files are UTF-8 with Windows line ends; ``chcp 65001`` makes the console read them
and show Chinese whatever the code page of Windows is. Every one waits at its end, so that its words can be read.
"""

import os
import shlex
import sysconfig
from pathlib import Path
from typing import NamedTuple

from returnplan.model.texts import Lang, Text


class Folders(NamedTuple):
    """Where filled forms come in, where papers go out, and where those of a night do."""

    inbox: str
    papers: str
    outbox: str


def folders(lang: Lang) -> Folders:
    """Return the names in one language."""
    return Folders("收件", "名单", "发出") if lang == "zh" else Folders("inbox", "papers", "outbox")


_BATCH = """@echo off
chcp 65001 >nul
cd /d "%~dp0"
set "PATH={scripts};%PATH%"
{command}
if errorlevel 1 echo.
pause
"""
_SCHEDULE = Text(
    """每天 19:00 自动运行:读“{inbox}”里的表,排车,要办的事和名单写进“{outbox}”。

{where}
{line}
""",
    """Every day at 19:00: reads the sheets in {inbox}, plans, writes what has to be done and the papers into {outbox}.

{where}
{line}
""",
)


def starters(home: Path, folders: Folders, lang: Lang) -> dict[str, str]:
    """Return file name -> content: check, plan, papers, and how to run at night in the folder ``home``."""
    commands = {
        Text("检查.bat", "check.bat"): f'returnplan check "{folders.inbox}"',
        Text("排车.bat", "plan.bat"): f'returnplan plan "{folders.inbox}"',
        Text("出名单.bat", "papers.bat"): f'returnplan manifest --out "{folders.papers}"',
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
        where = Text("命令提示符里运行一次:", "Run once at the command prompt:")
        run = rf"cmd /c cd /d \"{home}\" && \"{program}\" nightly"
        line = f'schtasks /Create /TN returnplan /SC DAILY /ST 19:00 /TR "{run}"'
    else:
        where = Text("crontab -e 加一行:", "A line for crontab -e:")
        run = f"cd {shlex.quote(str(home))} && {shlex.quote(str(program))} nightly"
        line = "0 19 * * * " + run.replace("%", r"\%")  # cron takes a bare % for the end of the line
    schedule = _SCHEDULE.say(lang).format(**folders._asdict(), where=where.say(lang), line=line)
    return {**batches, Text("定时运行.txt", "schedule.txt").say(lang): schedule}
