"""The end of personal data: what is purged is in no byte of the store any more."""

from dataclasses import dataclass
from datetime import date

from returnplan.errors import ReturnplanError, StoreError
from returnplan.store.connection import sqlite_errors
from returnplan.store.database import Database
from returnplan.texts import Text

_FORGET = (
    "UPDATE riders SET name = '', sex = '', id_number = '', phone = '', category = '', note = '', party = ''",
    "UPDATE unplanned SET name = '', phone = '', reason_zh = '', reason_en = ''",
    "UPDATE batches SET drivers = '[]'",
    'UPDATE faults SET value = \'\', message = \'["", ""]\', fix = \'["", ""]\'',
    "UPDATE persons SET id_number = 'purged ' || number",
    "UPDATE runs SET config = '{}'",  # it may name drivers and their phones
    "DELETE FROM calls",
    "DELETE FROM pins",
    "DELETE FROM walk_ups",
    "DELETE FROM rosters",
    "DELETE FROM roster_columns",
)


_LEFT_OVER = Text(
    "已清除 {num} 人的个人信息，但数据文件没能重写，文件的空闲部分可能还有残留；"
    "请清出磁盘空间(或检查磁盘)，再运行一次同样的命令",
    "the personal data of {num} people are removed, but the store could not be written again, and its free pages may "
    "still hold parts of them; free some space (or check the disk) and run the same command again",
)


@dataclass(frozen=True, slots=True)
class Purged:
    """``last_day`` is that of the campaign, None of an empty store; nobody is purged while it is not over."""

    last_day: date | None
    num_persons: int = 0


class Purge(Database):
    """The store of a campaign that is over."""

    def purge(self, before: date) -> Purged:
        """Remove names, ID numbers, phones and remarks if the last departure was before a day.

        What remains (batches, stops, counts, codes) names nobody. Then the whole file is written again, so that no
        free page keeps what was removed.

        Raises
        ------
        StoreError : the disk refuses; the message says whether the data are there as before, or are removed and
            free pages may still hold parts of them. The same call again completes the rest.
        """
        (text,) = next(self.rows("SELECT max(date) FROM batches"))
        last_day = date.fromisoformat(text) if text else None
        if last_day is None or last_day >= before:
            return Purged(last_day)
        (num_persons,) = next(self.rows("SELECT count(*) FROM persons WHERE id_number NOT LIKE 'purged %'"))
        with sqlite_errors(self.path):
            self._connection.execute("PRAGMA secure_delete = ON")
            self._connection.execute("PRAGMA temp_store = MEMORY")  # VACUUM must not write people to /tmp
        with self.transaction() as connection:
            for statement in _FORGET:
                connection.execute(statement)
        self._write_again(num_persons)
        return Purged(last_day, num_persons)

    def _write_again(self, num_persons: int) -> None:
        try:
            with sqlite_errors(self.path):
                self._connection.execute("VACUUM")
        except ReturnplanError as error:
            words = Text(_LEFT_OVER.zh.format(num=num_persons), _LEFT_OVER.en.format(num=num_persons))
            raise StoreError(words) from error
