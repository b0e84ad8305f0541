"""The log of unattended runs: JSON lines, masked, rotated, for the owner alone."""

import json
import logging
import os
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

from returnplan.errors import StoreError
from returnplan.masking import mask_text
from returnplan.texts import Text

MOST_BYTES = 1_000_000
NUM_OLD = 5


def log_line(path: Path, **what: Any) -> None:
    """Append one line to the log; at a megabyte it becomes ``<name>.1``, of which five are kept.

    Raises
    ------
    StoreError : the log cannot be written
    """
    text = json.dumps({"at": datetime.now(UTC).isoformat(timespec="seconds"), **what}, ensure_ascii=False)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600))
        handler = RotatingFileHandler(path, maxBytes=MOST_BYTES, backupCount=NUM_OLD, encoding="utf-8")
        handler.emit(logging.makeLogRecord({"msg": mask_text(text)}))
        handler.close()
    except OSError as error:
        raise StoreError(
            Text(
                f"日志 {path} 无法写入:{error.strerror}",
                f"the log {path} cannot be written: {error.strerror}",
            )
        ) from error
