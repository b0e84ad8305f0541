"""The store of a campaign: saves a run whole or not at all, gives the last one back; decides nothing."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from returnplan.errors import InputRefused
from returnplan.plan import Batch, EmployerLine, Plan, Rider, RunHeader, Stop, Unplanned
from returnplan.store import tables
from returnplan.store.connection import connect, sqlite_errors
from returnplan.store.divisions import Division, Level
from returnplan.store.migrations import migrate
from returnplan.store.saving import insert_run
from returnplan.store.selection import Selection
from returnplan.store.tables import Table
from returnplan.texts import Text

if TYPE_CHECKING:
    import pandas as pd

T = TypeVar("T")

EVERYTHING = Selection()


class Store:
    """An open store; a context manager that closes it. Made by :meth:`open`."""

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

    # ---- saving

    def save_run(self, header: RunHeader, plan: Plan, new_persons: Mapping[str, int]) -> None:
        """Save a run, whole or not at all; it is the latest from then on.

        Parameters
        ----------
        header : which run; one of the same id is replaced (same input, config and version: same plan)
        plan : everything it decided and found
        new_persons : ID number -> person number, of the people met for the first time

        Raises
        ------
        InputRefused : the run's ``[dates] year`` is not the year of this campaign
        StoreError, StoreLocked : nothing was saved
        """
        with self._transaction():
            year = header.config.get("dates", {}).get("year")
            if year is not None:
                self.check_year(year)
                self._connection.execute("INSERT OR IGNORE INTO campaign VALUES (1, ?)", (year,))
            insert_run(self._connection, header, plan)
            self._connection.executemany(
                "INSERT INTO persons (id_number, number) VALUES (?, ?)", new_persons.items()
            )

    def check_year(self, year: int) -> None:
        """Refuse a year that is not the one of the campaign in this store.

        Raises
        ------
        InputRefused : one folder holds one campaign
        """
        kept = next(self._rows("SELECT year FROM campaign"), None)
        if kept is not None and kept[0] != year:
            raise InputRefused(
                Text(
                    f"{self.path} 里是 {kept[0]} 年的返岗运输,{year} 年请另建文件夹(或用 --store 另指数据文件)",
                    f"{self.path} holds the campaign of {kept[0]}; for {year} use another folder (or --store)",
                )
            )

    # ---- runs

    def runs(self) -> list[RunHeader]:
        """Return the headers of all runs, the latest first."""
        return list(self._load(tables.RUNS, "ORDER BY run DESC"))

    def latest_run(self) -> RunHeader | None:
        """Return the header of the run saved last; None in a new store."""
        return next(self._load(tables.RUNS, "ORDER BY run DESC LIMIT 1"), None)

    def load_summary(self, run_id: str) -> dict[str, Any]:
        """Return the run's ``summary`` of the JSON contract."""
        row = next(self._rows("SELECT summary FROM runs WHERE id = ?", (run_id,)))
        summary: dict[str, Any] = json.loads(row[0])
        return summary

    def person_numbers(self) -> dict[str, int]:
        """Return ID number -> person number (编号) of everybody met in this campaign."""
        return dict(self._rows("SELECT id_number, number FROM persons"))

    # ---- parts of a run, without pandas

    def load_batches(self, run_id: str, selection: Selection = EVERYTHING) -> list[Batch]:
        """Return the selected batches with their stops, in the order of the plan."""
        condition, values = selection.condition()
        where = f"JOIN runs ON runs.run = batches.run WHERE runs.id = ? AND {condition}"
        chosen = "SELECT batches.run, batches.id FROM batches " + where
        stops: dict[str, list[Stop]] = defaultdict(list)
        query = (
            f"SELECT batch, {tables.STOPS.select()} FROM stops"
            f" WHERE (run, batch) IN ({chosen}) ORDER BY batch, seq"
        )
        for batch, *row in self._rows(query, (run_id, *values)):
            stops[batch].append(Stop(**tables.STOPS.decode(row)))
        query = f"SELECT {tables.BATCHES.select('batches.')} FROM batches {where} ORDER BY batches.rowid"
        fields = (tables.BATCHES.decode(row) for row in self._rows(query, (run_id, *values)))
        return [Batch(**values, stops=tuple(stops[values["id"]])) for values in fields]

    def load_riders(self, run_id: str, batch_ids: Iterable[str]) -> dict[str, list[Rider]]:
        """Return the riders of the given batches by batch, seat by seat."""
        found: dict[str, list[Rider]] = {}
        for batch in batch_ids:
            found[batch] = list(self._of_run(tables.RIDERS, run_id, "AND batch = ? ORDER BY seat", batch))
        return found

    def stream_riders(self, run_id: str) -> Iterator[Rider]:
        """Return all riders of the run, batch by batch and seat by seat."""
        return self._of_run(tables.RIDERS, run_id, "ORDER BY batch, seat")

    def stream_unplanned(self, run_id: str) -> Iterator[Unplanned]:
        """Return everybody who is on no batch, in the order of the plan."""
        return self._of_run(tables.UNPLANNED, run_id, "ORDER BY rowid")

    def load_employers(self, run_id: str) -> list[EmployerLine]:
        """Return the employers of the run, in the order of the plan."""
        return list(self._of_run(tables.EMPLOYERS, run_id, "ORDER BY rowid"))

    def load_divisions(self, run_id: str, level: Level) -> list[Division]:
        """Return the destination cities, or the riders' counties, of the run."""
        return list(self._of_run(tables.DIVISIONS, run_id, "AND level = ? ORDER BY name", level))

    def count_faults(self, run_id: str) -> dict[str, int]:
        """Return severity -> number of faults of the run."""
        query = (
            "SELECT severity, count(*) FROM faults WHERE run = (SELECT run FROM runs WHERE id = ?) GROUP BY 1"
        )
        return dict(self._rows(query, (run_id,)))

    # ---- a whole run, in frames

    def load_plan(self, run_id: str) -> Plan:
        """Return everything that the run decided and found."""
        return Plan(
            batches=tuple(self.load_batches(run_id)),
            riders=self._frame(tables.RIDERS, run_id),
            unplanned=self._frame(tables.UNPLANNED, run_id),
            matches=self._frame(tables.MATCHES, run_id),
            faults=tuple(self._of_run(tables.FAULTS, run_id, "ORDER BY rowid")),
            sheets=tuple(self._of_run(tables.SHEETS, run_id, "ORDER BY rowid")),
            employers=tuple(self.load_employers(run_id)),
            summary=self.load_summary(run_id),
        )

    # ---- the only ways to the file

    def _rows(self, query: str, values: Iterable[Any] = ()) -> Iterator[tuple[Any, ...]]:
        with sqlite_errors(self.path):
            yield from self._connection.execute(query, tuple(values))

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with sqlite_errors(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:  # a full disk has rolled back already
                    self._connection.execute("ROLLBACK")
                raise

    def _load(self, table: Table[T], rest: str, values: Iterable[Any] = ()) -> Iterator[T]:
        for row in self._rows(f"SELECT {table.select()} FROM {table.name} {rest}", values):
            yield table.cls(**table.decode(row))

    def _of_run(self, table: Table[T], run_id: str, rest: str, *values: str) -> Iterator[T]:
        where = f"WHERE run = (SELECT run FROM runs WHERE id = ?) {rest}"
        return self._load(table, where, (run_id, *values))

    def _frame(self, table: Table[Any], run_id: str) -> "pd.DataFrame":
        from returnplan.store.frames import rows_frame

        where = "WHERE run = (SELECT run FROM runs WHERE id = ?) ORDER BY rowid"
        return rows_frame(self._rows(f"SELECT {table.select()} FROM {table.name} {where}", (run_id,)), table)
