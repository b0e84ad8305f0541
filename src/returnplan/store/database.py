"""The only ways to the store's file: transactions, a check of its pages, rows as objects of ``model.plan``."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from returnplan.model.errors import StoreLocked
from returnplan.model.texts import Text
from returnplan.store.connection import connect, damaged, sqlite_errors
from returnplan.store.earlier import IN_ORDER, OF_TABLE, columns_in, rows_in
from returnplan.store.migrations import MIGRATIONS, migrate, version_of
from returnplan.store.tables import Table, columns_frame, joined_frames, rows_frame

if TYPE_CHECKING:
    import pandas as pd

T = TypeVar("T")

_CHANGED = Text(
    "数据文件 {path} 在此期间被另一个程序改过，没有保存；请再运行一次",
    "another program has changed the store {path} meanwhile, nothing was saved; run the command again",
)
OF_RUN = "WHERE run = (SELECT run FROM runs WHERE id = ?)"
"""The end of a query that asks for the rows of the run of an id."""


class Database:
    """An open store file; a context manager that closes it. Made by :meth:`open`."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path

    @classmethod
    def open(cls, path: Path, *, create: bool = False) -> Self:
        """Open the store file, brought to the newest shape.

        Parameters
        ----------
        path : the SQLite file
        create : make it when there is none, readable by the owner alone

        Raises
        ------
        InputRefused : there is none and ``create`` is false: nothing has been planned yet
        StoreError : not a store, damaged, unreadable, or written by a newer returnplan
        StoreLocked : another program keeps it busy
        """
        connection = connect(path, create=create)
        try:
            with sqlite_errors(path):
                migrate(connection, path)
        except BaseException:
            connection.close()
            raise
        return cls(connection, path)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @classmethod
    @contextmanager
    def snapshot(cls, path: Path) -> Iterator[Self]:
        """Open the store for reading; the whole block reads one state. Raises the errors of :meth:`open`."""
        with cls.open(path) as store, store.reading():
            yield store

    @classmethod
    @contextmanager
    def as_it_is(cls, path: Path) -> Iterator[Self]:
        """Open a store of any version for reading, without a change of its shape: what all versions have can be read.

        Raises
        ------
        InputRefused : there is none
        StoreError : not a store, damaged or unreadable
        StoreLocked : another program keeps it busy
        """
        with closing(connect(path, create=False)) as connection:
            store = cls(connection, path)
            with store.reading():
                yield store

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Let a block read one state of the file, even if others save meanwhile; the block cannot write."""
        with sqlite_errors(self.path):
            self._connection.execute("PRAGMA query_only = ON")
            self._connection.execute("BEGIN")
            try:
                yield
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                self._connection.execute("PRAGMA query_only = OFF")

    @contextmanager
    def transaction(
        self, revision: int | None = None, *, decides_plan: bool = True
    ) -> Iterator[sqlite3.Connection]:
        """Let a block change the file: all changes are saved at the end, or none if the block raises.

        A block inside another block is part of the outer transaction.

        Parameters
        ----------
        revision : the state on which the caller based the change; None if the caller reads inside the block
        decides_plan : whether a plan depends on what is saved; if not, a run that is at work may still save

        Raises
        ------
        StoreLocked : the file has changed since that state
        """
        if self._connection.in_transaction:
            self._expect(revision)
            yield self._connection
            return
        with sqlite_errors(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                self._expect(revision)
                before = self._connection.total_changes
                yield self._connection
                if decides_plan and self._connection.total_changes != before:
                    self._connection.execute("UPDATE revision SET number = number + 1")
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:  # a full disk has rolled back already
                    self._connection.execute("ROLLBACK")
                raise

    def revision(self) -> int:
        """Return how often the file was changed; equal revisions mean equal states."""
        (number,) = next(self.rows("SELECT number FROM revision"))
        return int(number)

    def _expect(self, revision: int | None) -> None:
        if revision is not None and revision != self.revision():
            raise changed_meanwhile(self.path)

    def rows(self, query: str, values: Iterable[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Return the rows of a query."""
        with sqlite_errors(self.path):
            yield from self._connection.execute(query, tuple(values))

    def run_number(self, run_id: str) -> int:
        """Return the number of a run in the tables."""
        (number,) = next(self.rows("SELECT run FROM runs WHERE id = ?", (run_id,)))
        return int(number)

    def items(self, table: Table[T], rest: str, values: Iterable[Any] = ()) -> Iterator[T]:
        """Return the objects of a table selected by ``rest``, the end of the query."""
        yield from map(table.decode, self.rows(f"SELECT {table.select()} FROM {table.name} {rest}", values))

    def items_of_run(self, table: Table[T], run_id: str, rest: str, *values: str) -> Iterator[T]:
        """Return the objects of one run selected by ``rest``, the end of the query."""
        return self.items(table, f"{OF_RUN} {rest}", (run_id, *values))

    def frame_of_run(self, table: Table[Any], run_id: str) -> "pd.DataFrame":
        """Return all rows of one run in the order in which they were saved."""
        frames = [columns_frame(columns_in(block, table), table) for block in self._blocks(table, run_id)]
        return joined_frames(frames) if frames else rows_frame(self.all_rows(table, run_id), table)

    def _blocks(self, table: Table[Any], run_id: str) -> Iterator[bytes]:
        """Yield the blocks of a table of an earlier run; none where the run has rows."""
        run = "run = (SELECT run FROM runs WHERE id = ?2)"
        query = f"SELECT block FROM packed WHERE {run} AND {OF_TABLE} ORDER BY {IN_ORDER}"
        for (block,) in self.rows(query, (table.name, run_id)):
            yield block

    def is_packed(self, run_id: str) -> bool:
        """Return whether the run is an earlier one, of which the large tables are blocks."""
        return next(self.rows(f"SELECT 1 FROM packed {OF_RUN}", (run_id,)), None) is not None

    def all_rows(
        self, table: Table[Any], run_id: str, first: tuple[str, ...] = ()
    ) -> Iterator[tuple[Any, ...]]:
        """Return all rows of one run, be it the latest or an earlier one; the columns ``first``, then the table's."""
        if self.is_packed(run_id):
            return chain.from_iterable(rows_in(block, table, first) for block in self._blocks(table, run_id))
        columns = ", ".join((*first, table.select()))
        # one run alone has rows, so reading them as they lie is faster than by an index
        return self.rows(f"SELECT {columns} FROM {table.name} NOT INDEXED {OF_RUN} ORDER BY rowid", (run_id,))

    def all_items(self, table: Table[T], run_id: str) -> list[T]:
        """Return the objects of one run, be it the latest or an earlier one."""
        return list(map(table.decode, self.all_rows(table, run_id)))


def changed_meanwhile(path: Path) -> StoreLocked:
    """Return the error for a store that another program has changed since it was read."""
    return StoreLocked(_CHANGED.with_values(path=path))


@dataclass(frozen=True, slots=True)
class Checkup:
    """The ``version`` of an undamaged store; the next run will upgrade it to the ``newest``."""

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
