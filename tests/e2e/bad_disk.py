"""A disk that fails at the n-th write, as SQLite's own tests have one: the process is killed there, or told an error.

A write is a call of the system that makes, fills, syncs, moves or removes a file or folder, or a statement that
changes the store. What a child process does for us is not counted: it writes nothing.
"""

import errno
import os
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Literal
from unittest.mock import patch

Fault = Literal["killed", "EIO", "ENOSPC"]

NEVER = 0
_CALLS = ("open", "write", "fsync", "replace", "mkdir", "unlink", "rmdir", "ftruncate")
_TAKES_NO_ROOM = ("unlink", "rmdir", "ftruncate", "ROLLBACK")
_CHANGES = ("BEGIN IMMEDIATE", "COMMIT", "INSERT", "UPDATE", "DELETE", "CREATE", "ALTER", "VACUUM")
_WORDS = {
    errno.EIO: (sqlite3.SQLITE_IOERR, "disk I/O error"),
    errno.ENOSPC: (sqlite3.SQLITE_FULL, "database or disk is full"),
}


@dataclass
class BadDisk:
    """Fails at the write of this number, from 1; a full disk stays full. ``seen`` are all writes."""

    at: int = NEVER
    fault: Fault = "EIO"
    seen: list[str] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def write(self, call: str, error: Callable[[int], Exception]) -> None:
        """Count a write, and fail if it is the one."""
        number = next(self._numbers)
        self.seen.append(call)
        if self.at == NEVER or number < self.at:
            return
        if self.fault == "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        if self.fault == "EIO" and number == self.at:
            raise error(errno.EIO)
        if self.fault == "ENOSPC" and not call.startswith(_TAKES_NO_ROOM):
            raise error(errno.ENOSPC)


@contextmanager
def bad_disk(at: int = NEVER, fault: Fault = "EIO") -> Iterator[BadDisk]:
    """Let the disk fail at its ``at``-th write inside the block."""
    disk = BadDisk(at, fault)
    calls: dict[str, Any] = {name: _counted(name, disk) for name in _CALLS}
    with patch.multiple(os, **calls), patch("sqlite3.connect", _connecting(disk)):
        yield disk


def _counted(name: str, disk: BadDisk) -> Callable[..., Any]:
    original = getattr(os, name)

    def call(*arguments: Any, **options: Any) -> Any:
        if name != "open" or _is_for_writing(*arguments):
            disk.write(f"{name} {arguments[0]!s}", _refused)
        return original(*arguments, **options)

    return call


def _is_for_writing(path: Any, flags: int, *_: Any) -> bool:
    return path != os.devnull and bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))


def _refused(number: int) -> OSError:
    return OSError(number, os.strerror(number))


def _refused_by_sqlite(number: int) -> sqlite3.OperationalError:
    code, words = _WORDS[number]
    error = sqlite3.OperationalError(words)
    error.sqlite_errorcode = code
    return error


def _connecting(disk: BadDisk) -> Callable[..., sqlite3.Connection]:
    connect = sqlite3.connect

    class Counted(sqlite3.Connection):
        def execute(self, statement: str, *values: Any) -> sqlite3.Cursor:
            self._count(statement)
            return super().execute(statement, *values)

        def executemany(self, statement: str, *values: Any) -> sqlite3.Cursor:
            self._count(statement)
            return super().executemany(statement, *values)

        def _count(self, statement: str) -> None:
            if statement.startswith(_CHANGES):
                disk.write(statement, _refused_by_sqlite)

    return lambda *arguments, **options: connect(*arguments, factory=Counted, **options)
