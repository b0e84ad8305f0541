"""The roster of the latest plan, kept so that changes by hand can be audited without the input files."""

import dataclasses
import sqlite3
import zlib
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

import numpy as np
import pandas as pd
from pydantic import PlainSerializer, TypeAdapter

from returnplan.model.intake import RejectedRow
from returnplan.model.person import DTYPES, PERSON_FIELDS, Kind
from returnplan.model.roster import Place, RailService, Roster, Vacancy, VehiclePool
from returnplan.model.rules import RailRules
from returnplan.store.columns import FAST, packed, unpacked
from returnplan.store.database import Database


@dataclass(frozen=True, slots=True)
class _Facts:
    """A roster without its arrays, and without faults and notes, which the plan has."""

    places: tuple[Place, ...]
    pools: tuple[VehiclePool, ...]
    vacancies: tuple[Vacancy, ...]
    network_of: dict[date, int]
    has_demand_in: Annotated[
        frozenset[str], PlainSerializer(sorted)
    ]  # a set has another order in each process
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
    insert = "INSERT INTO roster_columns VALUES (?, ?, ?, ?, ?)"
    connection.executemany(
        insert, ((run, *block) for block in packed(own for _, own in roster.people.items()))
    )


def kept_roster(database: Database, run_id: str) -> Roster | None:
    """Return the roster of a run, or None."""
    run = "WHERE run = (SELECT run FROM runs WHERE id = ?)"
    row = next(database.rows(f"SELECT facts, km, drive_minutes FROM rosters {run}", (run_id,)), None)
    if row is None:
        return None
    facts = _FACTS.validate_json(row[0])
    query = f"SELECT name, dtype, texts, data FROM roster_columns {run} ORDER BY rowid"
    people = unpacked(database.rows(query, (run_id,)))
    _add_unknown(people)
    num = len(facts.places)
    shape = (-1, num, num) if num else (1, 0, 0)
    km = np.frombuffer(zlib.decompress(row[1])).reshape(shape)
    minutes = None if row[2] is None else np.frombuffer(zlib.decompress(row[2])).reshape(shape)
    told = {name: getattr(facts, name) for name in _Facts.__dataclass_fields__}
    return Roster(people=people, km=km, drive_minutes=minutes, faults=(), **told)


def _packed(roads: "np.ndarray[Any, np.dtype[np.float64]]") -> bytes:
    return zlib.compress(np.ascontiguousarray(roads).tobytes(), FAST)


def _add_unknown(people: pd.DataFrame) -> None:
    """Add facts that nobody asked for when the roster was kept, as if nobody had told them."""
    for field in PERSON_FIELDS:
        if field.reach != "signup" and field.name not in people:
            blank = _BLANKS.get(field.kind, "")
            people[field.name] = pd.Series([blank] * len(people), dtype=DTYPES[field.kind])
