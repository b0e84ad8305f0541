"""The log of unattended runs: JSON lines, masked, rotated, for the owner alone.

The handlers of :mod:`logging` are of no use here: they make new files for everybody to read, and swallow what
the disk refuses.
"""

import os
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from returnplan.cli.console import json_text
from returnplan.model.errors import StoreError
from returnplan.model.foreign import system_words
from returnplan.model.masking import mask_text
from returnplan.model.texts import Text
from returnplan.papers.outfiles import make_folder

MOST_BYTES = 1_000_000
NUM_OLD = 5
_OURS = ("run", "folder")
"""What the program itself has named: its digits are nobody's number, and who looks for it needs all of them."""


def log_line(path: Path, **what: Any) -> None:
    """Append one line to the log; at a megabyte it becomes ``<name>.1``, of which five are kept.

    Raises
    ------
    StoreError : the log cannot be written
    """
    shown = {key: value if key in _OURS else _masked(value) for key, value in what.items()}
    text = json_text({"at": datetime.now(UTC).isoformat(timespec="seconds"), **shown})
    line = f"{text}\n".encode()
    try:
        make_folder(path.parent)
        if path.exists() and path.stat().st_size + len(line) > MOST_BYTES:
            _put_aside(path)
        with open(path, "ab", opener=_for_the_owner) as log:
            log.write(line)
    except OSError as error:
        why = system_words(error)
        raise StoreError(
            Text(f"日志 {path} 无法写入：{why.zh}", f"the log {path} cannot be written: {why.en}")
        ) from error


def _masked(value: Any) -> Any:
    if isinstance(value, list):
        return [_masked(item) for item in value]
    return mask_text(value) if isinstance(value, str) else value


def _put_aside(path: Path) -> None:
    old = [path, *(path.with_name(f"{path.name}.{number}") for number in range(1, NUM_OLD + 1))]
    for newer, older in reversed(list(pairwise(old))):
        if newer.exists():
            newer.replace(older)


def _for_the_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
