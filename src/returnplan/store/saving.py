"""Writes one run into its tables, inside a transaction that the caller holds."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from returnplan.model.plan import Batch, Plan, RunHeader
from returnplan.model.texts import Text
from returnplan.store import tables
from returnplan.store.divisions import Division, divisions
from returnplan.store.frames import frame_rows
from returnplan.store.tables import Table

if TYPE_CHECKING:
    import pandas as pd


def insert_run(
    connection: sqlite3.Connection, header: RunHeader, plan: Plan, notes: Sequence[Text] = ()
) -> int:
    """Insert the run with all its parts and return its number; an older run of the same id gives way."""
    connection.execute("DELETE FROM runs WHERE id = ?", (header.id,))
    own = (json.dumps(plan.summary, ensure_ascii=False), json.dumps(notes))
    cursor = connection.execute(tables.RUNS.insert(("summary", "notes")), (*own, *tables.RUNS.encode(header)))
    run = int(cursor.lastrowid or 0)
    for table, rows in _parts(plan):
        connection.executemany(table.insert(), ((run, *row) for row in rows))
    connection.executemany(tables.STOPS.insert(("run", "batch")), stop_rows(run, plan.batches))
    return run


def _parts(plan: Plan) -> Iterator[tuple[Table[Any], Iterable[tuple[Any, ...]]]]:
    yield tables.BATCHES, map(tables.BATCHES.encode, plan.batches)
    yield tables.RIDERS, frame_rows(plan.riders, tables.RIDERS)
    yield tables.UNPLANNED, frame_rows(plan.unplanned, tables.UNPLANNED)
    yield tables.MATCHES, frame_rows(plan.matches, tables.MATCHES)
    yield tables.FAULTS, map(tables.FAULTS.encode, plan.faults)
    yield tables.SHEETS, map(tables.SHEETS.encode, plan.sheets)
    yield tables.EMPLOYERS, map(tables.EMPLOYERS.encode, plan.employers)
    yield tables.DIVISIONS, map(tables.DIVISIONS.encode, _divisions(plan.batches, plan.riders))


def _divisions(batches: Iterable[Batch], riders: "pd.DataFrame") -> list[Division]:
    cities = {city for batch in batches for city in batch.cities}
    return divisions("city", cities) + divisions("county", riders["county"].unique())


def stop_rows(run: int, batches: Iterable[Batch]) -> Iterator[tuple[Any, ...]]:
    """Return the rows of the stops of some batches."""
    for batch in batches:
        for stop in batch.stops:
            yield (run, batch.id, *tables.STOPS.encode(stop))
