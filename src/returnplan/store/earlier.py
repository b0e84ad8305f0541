"""Earlier runs, kept small and whole: only the latest run has rows, of an earlier one each table is a compressed block.

Of the rows of a table the columns are written one after the other, as JSON: like values stand together and compress
to a tenth. A table of very many rows is several blocks, so that few of them are in memory at a time.
"""

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from returnplan.store import tables
from returnplan.store.tables import Table

Row = tuple[Any, ...]

OF_STOPS = ("batch",)
"""The column of stops that is none of their fields."""

PACKED: Mapping[str, tuple[str, ...]] = {
    table.name: (*(OF_STOPS if table is tables.STOPS else ()), *table.columns)
    for table in (
        tables.BATCHES,
        tables.STOPS,
        tables.RIDERS,
        tables.UNPLANNED,
        tables.MATCHES,
        tables.FAULTS,
    )
}
"""The large tables of a run, with their columns."""

LEVEL = 6
"""Of compression; the highest saves two more per cent and takes five times as long."""


MOST_ROWS = 100_000
"""Of one block."""
OF_TABLE = "(name = ?1 OR name GLOB ?1 || ' *')"
"""The condition under which a block holds rows of a table: the first has its name, the second is ``riders 2``."""
IN_ORDER = "length(name), name"
"""The order of the blocks of a table."""


def pack_earlier(connection: sqlite3.Connection, latest: int) -> None:
    """Put a block in the place of the rows of every run before the latest one."""
    earlier = [run for (run,) in connection.execute("SELECT run FROM runs WHERE run < ?", (latest,))]
    for run in earlier:
        for name, columns in PACKED.items():
            quoted = ", ".join(f'"{column}"' for column in columns)
            # they are read as they lie: by an index all of them would be sorted
            query = f"SELECT {quoted} FROM {name} NOT INDEXED WHERE run = ? ORDER BY rowid"
            rows, num_blocks = connection.execute(query, (run,)), 0
            while found := rows.fetchmany(MOST_ROWS):
                num_blocks += 1
                own = name if num_blocks == 1 else f"{name} {num_blocks}"
                connection.execute("INSERT INTO packed VALUES (?, ?, ?)", (run, own, _block(columns, found)))
            if num_blocks:
                connection.execute(f"DELETE FROM {name} WHERE run = ?", (run,))


def _block(columns: tuple[str, ...], rows: list[Row]) -> bytes:
    by_column = dict(zip(columns, zip(*rows, strict=True), strict=True))
    text = json.dumps(by_column, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode(), LEVEL)


def rows_in(block: bytes, table: Table[Any], first: tuple[str, ...] = ()) -> Iterator[Row]:
    """Return the rows of a block: the columns ``first``, then those of the table; a newer column has its default."""
    return zip(*columns_in(block, table, first), strict=True)


def columns_in(block: bytes, table: Table[Any], first: tuple[str, ...] = ()) -> list[list[Any]]:
    """Return the columns of a block, as :func:`rows_in` its rows."""
    by_column = json.loads(zlib.decompress(block))
    num_rows = len(next(iter(by_column.values())))
    return [by_column.get(name) or [table.blank(name)] * num_rows for name in (*first, *table.columns)]


def has_cell(block: bytes, texts: Iterable[str]) -> bool:
    """Return whether one of some texts is a cell of a block, which is not parsed for it."""
    content = zlib.decompress(block)
    return any(json.dumps(text, ensure_ascii=False).encode() in content for text in texts)


def max_person(block: bytes) -> int:
    """Return the highest person number in a block of riders or unplanned people."""
    return max(json.loads(zlib.decompress(block))["person"], default=0)


def forget(connection: sqlite3.Connection, blanks: Mapping[str, Mapping[str, str]]) -> None:
    """Put blanks into the blocks of all runs: table -> column -> what stands in every line of it afterwards."""
    for run, name in connection.execute("SELECT run, name FROM packed").fetchall():
        key = (run, name)
        (block,) = connection.execute("SELECT block FROM packed WHERE run = ? AND name = ?", key).fetchone()
        by_column = json.loads(zlib.decompress(block))
        for column, blank in blanks.get(name.partition(" ")[0], {}).items():
            by_column[column] = [blank] * len(by_column[column])
        emptied = zlib.compress(json.dumps(by_column, ensure_ascii=False).encode(), LEVEL)
        connection.execute("UPDATE packed SET block = ? WHERE run = ? AND name = ?", (emptied, run, name))
