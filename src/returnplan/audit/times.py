"""Times start at the timetable's hour and follow road, speed and dwell from stop to stop."""

from collections.abc import Iterable

import pandas as pd

from returnplan.audit.promise import CONTRACT, Promise, Violation
from returnplan.audit.routes import leg_km
from returnplan.audit.tables import Tables
from returnplan.model.texts import Text

ROUNDING_MINUTES = 1.0
"""Times are stated in whole minutes."""

WRONG_START = Promise(
    "wrong_start",
    CONTRACT,
    Text("{batch} {depart} 发车,应为 {due}", "{batch} departs at {depart}, the timetable says {due}"),
)
WRONG_ENDS = Promise(
    "wrong_ends",
    CONTRACT,
    Text(
        "{batch} 的发车 {depart}、到达 {arrive} 与首末站 {first}、{last} 不符",
        "{batch} states {depart} to {arrive}, its stops {first} to {last}",
    ),
)
WRONG_PACE = Promise(
    "wrong_pace",
    CONTRACT,
    Text(
        "{batch} 第 {seq} 站到下一站用 {minutes:.0f} 分钟,行车需 {drive:.0f} 分钟",
        "{batch} takes {minutes:.0f} minutes from stop {seq} to the next, the drive takes {drive:.0f}",
    ),
)


def timetable(tables: Tables) -> Iterable[Violation]:
    """Check depart and arrive against the hour of departure and the stops."""
    batches = tables.batches
    ends = tables.stops.groupby("at")["time"].agg(["first", "last"]).reindex(batches.index)
    hour = pd.to_timedelta(f"{tables.timetable.start}:00")
    rows = batches.assign(first=ends["first"], last=ends["last"], due=batches["date"] + hour)
    yield from WRONG_START.broken_by(rows[rows["depart"] != rows["due"]])
    wrong = (rows["depart"] != rows["first"]) | (rows["arrive"] != rows["last"])
    yield from WRONG_ENDS.broken_by(rows[wrong])


def paces(tables: Tables) -> Iterable[Violation]:
    """Check that each leg takes at least the drive, and at most drive and dwell together."""
    stops, rules = tables.stops, tables.timetable
    drive = leg_km(tables) / rules.speed_kmh * 60
    minutes = (stops["time"].shift(-1) - stops["time"]).dt.total_seconds() / 60
    possible = minutes.between(drive - ROUNDING_MINUTES, drive + rules.dwell_minutes + ROUNDING_MINUTES)
    has_next = stops["at"] == stops["at"].shift(-1)
    rows = stops.assign(minutes=minutes, drive=drive)
    yield from WRONG_PACE.broken_by(rows[has_next & ~possible])
