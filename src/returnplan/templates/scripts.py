"""Starters for those who do not type commands: batch files for Windows, sample lines for cron and schtasks.

Batch files are UTF-8 with Windows line ends; ``chcp 65001`` makes the console read them and show Chinese
whatever the code page of Windows is. Every one waits at its end, so that its words can be read.
"""

from returnplan.templates.folders import Folders
from returnplan.texts import Lang, Text

_BATCH = """@echo off
chcp 65001 >nul
cd /d "%~dp0"
{command}
if errorlevel 1 echo.
pause
"""
_SCHEDULE = Text(
    """每天 19:00 自动运行,路径换成本文件夹的完整路径。

Windows(命令提示符里运行一次):
schtasks /Create /TN returnplan /SC DAILY /ST 19:00 /TR "cmd /c cd /d C:\\返岗 && returnplan nightly"

Linux(crontab -e 加一行):
0 19 * * * cd /home/user/returnplan && returnplan nightly
""",
    """Every day at 19:00; put the full path of this folder in.

Windows (run once at the command prompt):
schtasks /Create /TN returnplan /SC DAILY /ST 19:00 /TR "cmd /c cd /d C:\\returnplan && returnplan nightly"

Linux (a line for crontab -e):
0 19 * * * cd /home/user/returnplan && returnplan nightly
""",
)


def starters(folders: Folders, lang: Lang) -> dict[str, str]:
    """Return file name -> content: check, plan, papers, and how to run at night."""
    commands = {
        Text("检查.bat", "check.bat"): f'returnplan check "{folders.inbox}"',
        Text("排车.bat", "plan.bat"): f'returnplan plan "{folders.inbox}"',
        Text("出名单.bat", "papers.bat"): f'returnplan manifest --out "{folders.papers}"',
    }
    batches = {
        name.say(lang): _BATCH.format(command=command).replace("\n", "\r\n")
        for name, command in commands.items()
    }
    return {**batches, Text("定时运行.txt", "schedule.txt").say(lang): _SCHEDULE.say(lang)}
