"""Starters for those who do not type commands: batch files for Windows, a line for cron or the task scheduler.

They name the folder of this campaign and that of the program in full, for neither a double click nor cron knows
the virtual environment. Batch files are UTF-8 with Windows line ends; ``chcp 65001`` makes the console read them
and show Chinese whatever the code page of Windows is. Every one waits at its end, so that its words can be read.
"""

import os
import shlex
import sysconfig
from pathlib import Path

from returnplan.model.texts import Lang, Text
from returnplan.papers.forms.folders import Folders

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
_WINDOWS = Text("命令提示符里运行一次:", "Run once at the command prompt:")
_LINUX = Text("crontab -e 加一行:", "A line for crontab -e:")


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
    return {**batches, Text("定时运行.txt", "schedule.txt").say(lang): _schedule(home, folders, lang)}


def _schedule(home: Path, folders: Folders, lang: Lang) -> str:
    program = Path(sysconfig.get_path("scripts"), "returnplan")
    if os.name == "nt":
        where, line = _WINDOWS, _task(home, program)
    else:
        where, line = _LINUX, _cron(home, program)
    return _SCHEDULE.say(lang).format(**folders._asdict(), where=where.say(lang), line=line)


def _task(home: Path, program: Path) -> str:
    run = rf"cmd /c cd /d \"{home}\" && \"{program}\" nightly"
    return f'schtasks /Create /TN returnplan /SC DAILY /ST 19:00 /TR "{run}"'


def _cron(home: Path, program: Path) -> str:
    run = f"cd {shlex.quote(str(home))} && {shlex.quote(str(program))} nightly"
    return "0 19 * * * " + run.replace("%", r"\%")  # cron takes a bare % for the end of the line
