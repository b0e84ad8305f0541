"""The store of a campaign, as the use cases see it, and the end of its personal data."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from returnplan.model.errors import StoreError
from returnplan.model.person import PERSON_FIELDS
from returnplan.model.texts import Text
from returnplan.store.boardings import Boardings
from returnplan.store.connection import sqlite_errors
from returnplan.store.earlier import forget
from returnplan.store.promises import Promises
from returnplan.store.runs import Runs
from returnplan.store.tables import RIDERS, UNPLANNED, Table

_NO_ROOM = Text(
    "{num} 人的个人信息已从各表清除并覆盖，但磁盘写不下(或写不了)整理后的数据文件 {path}(约 {mb} MB)，以前删改过的内容"
    "可能还留在文件的空闲处；清出空间后再运行一次同样的命令",
    "the personal data of {num} people are removed from every table and overwritten, but the disk has no room to (or "
    "cannot) write the store {path} once more (some {mb} MB), so what was changed or deleted earlier may still be in "
    "its unused parts; free some space and run the same command again",
)
_MB = 1_000_000


def _personal(table: Table[Any], **more: str) -> dict[str, str]:
    """Return what is personal in a table, column -> what stands in its place, and more columns."""
    names = (field.name for field in PERSON_FIELDS if field.is_personal and field.name in table.types)
    return dict.fromkeys(names, "") | more


_BLANKS: Mapping[str, Mapping[str, str]] = {
    "riders": _personal(RIDERS, order_no=""),
    "unplanned": _personal(UNPLANNED, reason_zh="", reason_en=""),
    "batches": {"drivers": "[]"},
    "employers": {"contact": ""},
    "faults": {"value": "", "message": '["", ""]', "fix": '["", ""]'},
}
"""What is emptied: table -> column -> what stands in every line of it afterwards."""

_FORGET = (
    "UPDATE persons SET id_number = 'purged ' || number",
    "UPDATE runs SET config = '{}', notes = '[]'",  # they may name drivers and people
    "UPDATE handouts SET content = ''",  # it was made of their data
    "UPDATE lists SET content = ''",
    "DELETE FROM calls",
    "DELETE FROM pins",
    "DELETE FROM walk_ups",
    "DELETE FROM last_boardings",
    "DELETE FROM rosters",
    "DELETE FROM roster_columns",
    "DELETE FROM rider_columns",
    "DELETE FROM rewritten_batches",
)


@dataclass(frozen=True, slots=True)
class Purged:
    """Result of a purge. ``last_day`` is the last day of the campaign, None if the store is empty.

    ``num_persons`` counts the people whose data this call removed, ``num_before`` those of earlier calls, ``num_open``
    the batches of which no marked paper came back. Before the end of the campaign nothing is removed.
    """

    last_day: date | None
    num_persons: int = 0
    num_before: int = 0
    num_open: int = 0


class Store(Runs, Promises, Boardings):
    """An open store: its runs, what people were told of them, and the end of all personal data."""

    def purgeable(self, before: date) -> Purged:
        """Return what :meth:`purge` would remove now; nothing is changed."""
        (text,) = next(self.rows("SELECT max(date) FROM batches"))
        last_day = date.fromisoformat(text) if text else None
        if last_day is None or last_day >= before:
            return Purged(last_day)
        (num_known,) = next(self.rows("SELECT count(*) FROM persons"))
        (num_gone,) = next(self.rows("SELECT count(*) FROM persons WHERE id_number = 'purged ' || number"))
        (num_open,) = next(self.rows("SELECT count(*) FROM batches WHERE state != 'departed'"))
        return Purged(last_day, num_known - num_gone, num_gone, num_open)

    def purge(self, before: date) -> Purged:
        """Remove names, ID numbers, phones and remarks if the last departure was before a day.

        What remains (batches, stops, counts, codes) names nobody. The whole file is rewritten, because free
        pages of a database keep removed data.

        Raises
        ------
        StoreError : the disk refuses; the message says whether the data is still there or only in free pages
        """
        purged = self.purgeable(before)
        if purged.last_day is None or purged.last_day >= before:
            return purged
        with sqlite_errors(self.path):
            self._connection.execute("PRAGMA secure_delete = ON")
            self._connection.execute("PRAGMA temp_store = MEMORY")  # VACUUM must not write people to /tmp
        with self.transaction() as connection:
            for name, blanks in _BLANKS.items():
                assignments = ", ".join(f"{column} = ?" for column in blanks)
                connection.execute(f"UPDATE {name} SET {assignments}", tuple(blanks.values()))
            forget(connection, _BLANKS)
            for statement in _FORGET:
                connection.execute(statement)
        try:
            self._connection.execute("VACUUM")
        except sqlite3.Error as error:
            facts = {
                "num": purged.num_persons + purged.num_before,
                "path": self.path,
                "mb": 1 + self.path.stat().st_size // _MB,
            }
            raise StoreError(_NO_ROOM.with_values(**facts)) from error
        return purged
