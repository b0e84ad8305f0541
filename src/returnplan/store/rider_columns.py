"""The riders of the latest run once more, as columns: they are read in a tenth of the time that their rows take.

The rows are what counts. Triggers note each batch of which a row is written after the columns were kept
(``rewritten_batches``), and its riders are read from the rows.
"""

import sqlite3
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from returnplan.store.database import OF_RUN, Database
from returnplan.store.tables import RIDERS, columns_frame, frame_columns, rows_frame

if TYPE_CHECKING:
    import pandas as pd

MOST_RIDERS = 100_000
"""Of more no columns are kept: saving a run would need too much memory."""

_LINE = "rowid"


def keep_columns(connection: sqlite3.Connection, run: int, frame: "pd.DataFrame") -> None:
    """Keep the columns of the riders of a run, whose rows have just been saved, in the place of any others."""
    from returnplan.store.rosters import pack  # loads pandas

    connection.execute("DELETE FROM rider_columns")
    connection.execute("DELETE FROM rewritten_batches")
    if not 0 < len(frame) <= MOST_RIDERS:
        return
    riders = columns_frame(frame_columns(frame, RIDERS), RIDERS)
    (first,) = connection.execute("SELECT min(rowid) FROM riders WHERE run = ?", (run,)).fetchone()
    riders[_LINE] = range(first, first + len(riders))
    packed = (pack(riders[name]) for name in riders.columns)
    connection.executemany(
        "INSERT INTO rider_columns VALUES (?, ?, ?, ?, ?)",
        ((run, column.name, column.dtype, column.texts, column.data) for column in packed),
    )


def riders_in_columns(database: Database, run_id: str) -> "pd.DataFrame | None":
    """Return the riders of a run as :meth:`Database.frame_of_run` does; None if not all of its columns are kept."""
    kept = list(database.rows(f"SELECT name, dtype, texts, data FROM rider_columns {OF_RUN}", (run_id,)))
    if not set(RIDERS.columns) <= {name for name, *_ in kept}:  # none, or those of an older version
        return None
    import pandas as pd

    from returnplan.store.rosters import Column, unpack

    riders = pd.DataFrame({name: unpack(Column(name, *rest)) for name, *rest in kept})
    rewritten = {batch for (batch,) in database.rows("SELECT batch FROM rewritten_batches")}
    if rewritten:
        lines = list(_lines(database, run_id))
        now = rows_frame((row for row, _ in lines), RIDERS).assign(**{_LINE: [line for _, line in lines]})
        riders = pd.concat([riders[~riders["batch"].isin(list(rewritten))], now], ignore_index=True)
        riders = riders.sort_values(_LINE, kind="stable", ignore_index=True)
    return riders[list(RIDERS.columns)]


def _lines(database: Database, run_id: str) -> Iterator[tuple[tuple[Any, ...], int]]:
    """Yield the rows of riders of rewritten batches, each with its line in the table."""
    query = f"SELECT {RIDERS.select()}, rowid FROM riders {OF_RUN} AND batch IN (SELECT batch FROM rewritten_batches)"
    for *row, line in database.rows(query, (run_id,)):
        yield tuple(row), line
