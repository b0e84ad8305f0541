"""Looks a store over without changing it: may it be opened, of which version is it, is every page whole."""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from returnplan.store.connection import connect, damaged, sqlite_errors
from returnplan.store.migrations import MIGRATIONS, version_of


@dataclass(frozen=True, slots=True)
class Checkup:
    """The ``version`` of a store that is whole, and the ``newest``, to which the next run will bring it."""

    version: int
    newest: int = len(MIGRATIONS)


def check_up(path: Path) -> Checkup:
    """Read every page of a store.

    Raises
    ------
    InputRefused : there is none
    StoreError : not a store, damaged, unreadable, of a newer version, or on a network drive
    StoreLocked : another program keeps it busy
    """
    with sqlite_errors(path), closing(connect(path, create=False)) as connection:
        version = version_of(connection, path)
        (verdict,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        if verdict != "ok":
            raise damaged(path)
    return Checkup(version)
