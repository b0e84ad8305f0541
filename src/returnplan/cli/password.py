"""Where the password of outgoing workbooks comes from: a file, the environment or the keyboard, no argument."""

import os
from pathlib import Path

import click

from returnplan.cli.language import language
from returnplan.model.errors import UsageError
from returnplan.model.texts import Text

_PROMPT = Text("密码", "Password")

VARIABLE = "RETURNPLAN_PASSWORD"


def read_password(file: Path | None) -> str:
    """Return the first line of the file, else the variable, else what is typed (twice, unseen).

    Raises
    ------
    UsageError : the file cannot be read, or there is no password in it
    """
    if file is not None:
        return _first_line(file)
    return os.environ.get(VARIABLE) or str(
        click.prompt(_PROMPT.say(language()), hide_input=True, confirmation_prompt=True)
    )


def _first_line(file: Path) -> str:
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            Text(f"读不出密码文件 {file}", f"the password file {file} cannot be read")
        ) from error
    if not lines or not lines[0].strip():
        raise UsageError(Text(f"密码文件 {file} 的第一行是空的", f"the first line of {file} is empty"))
    return lines[0].strip()
