"""The roster of the latest plan, kept so that changes by hand can be audited without the input files."""

import dataclasses
import json
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any

import numpy as np
import pandas as pd
from pydantic import TypeAdapter

from returnplan.model.intake import RejectedRow
from returnplan.model.person import DTYPES, PERSON_FIELDS, Kind
from returnplan.model.roster import Place, RailService, Roster, Vacancy, VehiclePool
from returnplan.model.rules import RailRules
from returnplan.model.text_column import TextColumn, words_of
from returnplan.store.database import Database
from returnplan.store.tables import CHUNK


@dataclass(frozen=True, slots=True)
class _Facts:
    """A roster without its arrays, and without faults and notes, which the plan has."""

    places: tuple[Place, ...]
    pools: tuple[VehiclePool, ...]
    vacancies: tuple[Vacancy, ...]
    network_of: dict[date, int]
    has_demand_in: frozenset[str]
    not_before: date | None
    rejected: tuple[RejectedRow, ...]
    num_not_read: int = 0
    rail: tuple[RailService, ...] = ()
    rail_rules: RailRules = dataclasses.field(default_factory=RailRules)


_FACTS = TypeAdapter(_Facts)
_BLANKS: dict[Kind, object] = {"number": 0, "flag": False, "day": None, "moment": None, "list": ()}


def keep_roster(connection: sqlite3.Connection, run: int, roster: Roster) -> None:
    """Save the roster of a run; it replaces the roster of any other run."""
    connection.execute("DELETE FROM rosters")
    connection.execute("DELETE FROM roster_columns")
    facts = _Facts(**{name: getattr(roster, name) for name in _Facts.__dataclass_fields__})
    minutes = None if roster.drive_minutes is None else _packed(roster.drive_minutes)
    connection.execute(
        "INSERT INTO rosters VALUES (?, ?, ?, ?)",
        (run, _FACTS.dump_json(facts).decode(), _packed(roster.km), minutes),
    )
    packed = (pack(part) for name in roster.people.columns for part in _parts(roster.people[name]))
    connection.executemany(
        "INSERT INTO roster_columns VALUES (?, ?, ?, ?, ?)",
        ((run, column.name, column.dtype, column.texts, column.data) for column in packed),
    )


def kept_roster(database: Database, run_id: str) -> Roster | None:
    """Return the roster of a run, or None."""
    run = "WHERE run = (SELECT run FROM runs WHERE id = ?)"
    row = next(database.rows(f"SELECT facts, km, drive_minutes FROM rosters {run}", (run_id,)), None)
    if row is None:
        return None
    facts = _FACTS.validate_json(row[0])
    query = f"SELECT name, dtype, texts, data FROM roster_columns {run} ORDER BY rowid"
    columns = (Column(name, *rest) for name, *rest in database.rows(query, (run_id,)))
    people = pd.DataFrame({name: _whole(list(parts)) for name, parts in groupby(columns, attrgetter("name"))})
    _add_unknown(people)
    num = len(facts.places)
    shape = (-1, num, num) if num else (1, 0, 0)
    km = np.frombuffer(zlib.decompress(row[1])).reshape(shape)
    minutes = None if row[2] is None else np.frombuffer(zlib.decompress(row[2])).reshape(shape)
    told = {name: getattr(facts, name) for name in _Facts.__dataclass_fields__}
    return Roster(people=people, km=km, drive_minutes=minutes, faults=(), **told)


def _parts(column: "pd.Series[Any]") -> "Iterator[pd.Series[Any]]":
    """Yield a column in parts that are small enough for SQLite: texts of more than a gigabyte it refuses."""
    for first in range(0, max(1, len(column)), MOST_LINES):
        yield column.iloc[first : first + MOST_LINES]


def _whole(parts: "Sequence[Column]") -> "pd.Series[Any]":
    """Return a column that was kept in parts."""
    unpacked = [unpack(part) for part in parts]
    return unpacked[0] if len(unpacked) == 1 else pd.concat(unpacked, ignore_index=True)


def _packed(roads: "np.ndarray[Any, np.dtype[np.float64]]") -> bytes:
    return zlib.compress(np.ascontiguousarray(roads).tobytes(), FAST)


_TEXT = "str"
"""The type of a column of texts."""
MOST_LINES = 500_000
"""Of a column that are kept in one piece; a text with file, sheet and row takes 100 bytes."""
FAST = 1
"""Level of compression: columns with few different values compress well at once."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: values of ``dtype``, or numbers of ``texts`` (a JSON list) if ``texts`` is not None."""

    name: str
    dtype: str
    texts: str | None
    data: bytes


def pack(series: "pd.Series[Any]") -> Column:
    """Return a column of numbers, days, texts or tuples of texts; an object column may lack some of them (None)."""
    if series.dtype.kind == "i":
        series = series.astype(np.int64)
    if series.dtype.kind in "biufM":
        return Column(
            str(series.name), str(series.dtype), None, zlib.compress(series.to_numpy().tobytes(), FAST)
        )
    is_text = isinstance(series.array, TextColumn)
    codes, texts = pd.factorize(series)
    data = zlib.compress(codes.astype(np.int32).tobytes(), FAST)
    return Column(str(series.name), _TEXT if is_text else str(series.dtype), _json_list(texts), data)


def _json_list(texts: "pd.Index[Any]") -> str:
    """Return a list as JSON; few of its texts are texts of Python at a time."""
    parts = (list(texts[at : at + CHUNK]) for at in range(0, len(texts), CHUNK))
    return f"[{', '.join(json.dumps(part, ensure_ascii=False)[1:-1] for part in parts)}]"


def unpack(column: Column) -> "pd.Series[Any]":
    """Return what was packed."""
    data = zlib.decompress(column.data)
    if column.texts is None:
        return pd.Series(np.frombuffer(data, dtype=column.dtype).copy(), name=column.name)
    texts: list[Any] = [tuple(text) if isinstance(text, list) else text for text in json.loads(column.texts)]
    codes = np.frombuffer(data, dtype=np.int32)
    if column.dtype == _TEXT:
        return pd.Series(words_of(codes, texts), name=column.name)
    values = np.empty(len(texts) + 1, dtype=object)  # the code -1 finds the None at its end
    values[:-1] = texts
    return pd.Series(values[codes], name=column.name, dtype=column.dtype)


def _add_unknown(people: pd.DataFrame) -> None:
    """Add facts that nobody asked for when the roster was kept, as if nobody had told them."""
    for field in PERSON_FIELDS:
        if field.reach != "signup" and field.name not in people:
            blank = _BLANKS.get(field.kind, "")
            people[field.name] = pd.Series([blank] * len(people), dtype=DTYPES[field.kind])
