"""The riders of the latest run once more, as columns: they are read in a tenth of the time that their rows take.

The rows are what counts. Triggers note each batch of which a row is written after the columns were kept
(``rewritten_batches``), and its riders are read from the rows.
"""

import sqlite3
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any

from returnplan.store.database import OF_RUN, Database
from returnplan.store.tables import RIDERS, joined_frames, rows_frame, stored_columns

if TYPE_CHECKING:
    import pandas as pd

_LINE = "rowid"


def keep_columns(connection: sqlite3.Connection, run: int, frame: "pd.DataFrame") -> None:
    """Keep the columns of the riders of a run, whose rows have just been saved, in the place of any others."""
    import pandas as pd

    from returnplan.store.columns import packed

    connection.execute("DELETE FROM rider_columns")
    connection.execute("DELETE FROM rewritten_batches")
    if not len(frame):
        return
    (first,) = connection.execute("SELECT min(rowid) FROM riders WHERE run = ?", (run,)).fetchone()
    lines = pd.Series(range(first, first + len(frame)), name=_LINE)
    columns = chain(stored_columns(frame, RIDERS), [lines])
    insert = "INSERT INTO rider_columns VALUES (?, ?, ?, ?, ?)"
    connection.executemany(insert, ((run, *block) for block in packed(columns)))


def riders_in_columns(database: Database, run_id: str) -> "pd.DataFrame | None":
    """Return the riders of a run as :meth:`Database.frame_of_run` does; None if not all of its columns are kept."""
    names = database.rows(f"SELECT DISTINCT name FROM rider_columns {OF_RUN}", (run_id,))
    if not set(RIDERS.columns) <= {name for (name,) in names}:  # none, or those of an older version
        return None
    from returnplan.store.columns import unpacked

    query = f"SELECT name, dtype, texts, data FROM rider_columns {OF_RUN} ORDER BY rowid"
    riders = unpacked(database.rows(query, (run_id,)))
    rewritten = {batch for (batch,) in database.rows("SELECT batch FROM rewritten_batches")}
    if rewritten:
        lines = list(_lines(database, run_id))
        now = rows_frame((row for row, _ in lines), RIDERS).assign(**{_LINE: [line for _, line in lines]})
        riders = joined_frames([riders[~riders["batch"].isin(list(rewritten))], now])
        riders = riders.sort_values(_LINE, kind="stable", ignore_index=True)
    return riders[list(RIDERS.columns)]


def _lines(database: Database, run_id: str) -> Iterator[tuple[tuple[Any, ...], int]]:
    """Yield the rows of riders of rewritten batches, each with its line in the table."""
    query = f"SELECT {RIDERS.select()}, rowid FROM riders {OF_RUN} AND batch IN (SELECT batch FROM rewritten_batches)"
    for *row, line in database.rows(query, (run_id,)):
        yield tuple(row), line
