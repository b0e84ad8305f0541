"""The plan's batches, stops and riders as tables joined with the roster, made once for all checks."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from operator import attrgetter
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from returnplan.model.law import MINUTES_AN_HOUR, Law
from returnplan.model.plan import Batch, Plan, Stop, StopKind
from returnplan.model.roster import Place, Roster, VehiclePool
from returnplan.model.rules import Rules
from returnplan.model.text_column import text_column

Ints = npt.NDArray[np.int64]

KINDS: tuple[StopKind, ...] = ("pickup", "dropoff")

_BATCH = (
    "wave", "number", "date", "city", "cities", "vehicle", "mode", "base", "carrier", "seats", "usable", "load", "km",
    "cost_yuan", "contract_yuan", "depart", "arrive", "rests", "drivers", "num_drivers", "kind", "service", "product",
    "block",
)  # fmt: skip
_STOP = ("seq", "kind", "place", "city", "time", "num_on", "num_off")
_of_batch, _of_stop = attrgetter(*_BATCH), attrgetter(*_STOP)
_OF_PLAN = (
    "prefecture", "county", "city", "pickup", "employer", "vacancy", "resume", "party", "num_children", "code",
)  # fmt: skip
_ROSTER = (
    *_OF_PLAN, "dropoff", "earliest", "latest", "flex_from", "flex_to", "sex", "age", "reception", "shuttle",
)  # fmt: skip
"""What the checks ask of a sign-up; first what those ask that look at the whole plan."""


@dataclass(frozen=True)
class Tables:
    """What the checks read.

    Attributes
    ----------
    batches : the fields of the plan's batches (``batch`` is the id), ``pool``, the line of ``Roster.pools``
        that the vehicle comes from (-1: no pool has its type), and ``kept``: people were told of the batch
    stops : the fields of their stops, with ``batch``, ``at`` (line of ``batches``) and ``where`` (see
        ``place_key``, -1: no such place), in the order of the plan
    riders : the plan's riders of known sign-ups and batches, a line for each ride, with ``at``, ``kept`` and ``kind``
        of the batch, ``date`` on which the journey begins, and the columns of the roster's people as ``roster_...``
    service : for each batch the line of ``Roster.rail`` that the train is, -1 for a coach and an unknown train
    place_key : for each line of ``Roster.places``, the first line of the same name, city and coordinates
    """

    plan: Plan
    roster: Roster
    rules: Rules
    law: Law
    batches: pd.DataFrame
    stops: pd.DataFrame
    riders: pd.DataFrame
    service: Ints
    place_key: Ints

    @property
    def people(self) -> pd.DataFrame:
        """The riders, one line for each person: the first ride."""
        is_first = self.riders["leg"] == 1
        return self.riders if is_first.all() else self.riders[is_first]

    @cached_property
    def drive_minutes(self) -> npt.NDArray[np.float64]:
        """The minutes at the wheel by day of all ways, of the shape of the roster's km."""
        usual = self.roster.km / self.law.timetable.speed_kmh * MINUTES_AN_HOUR
        told = self.roster.drive_minutes
        return usual if told is None else np.where(np.isnan(told), usual, told)

    @property
    def is_train(self) -> npt.NDArray[np.bool_]:
        """For each batch whether it is a train."""
        return (self.batches["kind"] == "train").to_numpy(dtype=bool)


def link(plan: Plan, roster: Roster, rules: Rules, law: Law, *, for_plan: bool = False) -> Tables:
    """Return the tables of a plan; ``for_plan`` leaves out what is asked of a batch or a journey alone."""
    first = _first_lines(roster.places)
    keys = [first[_sight(place.name, place)] for place in roster.places]
    batches = _batches(plan.batches).assign(pool=pool_lines(plan.batches, roster.pools))
    return Tables(
        plan=plan,
        roster=roster,
        rules=rules,
        law=law,
        batches=batches,
        stops=_stops(plan.batches, roster.places),
        riders=_riders(plan.riders, roster.people, batches, _OF_PLAN if for_plan else _ROSTER),
        service=np.array([_service_line(batch, roster) for batch in plan.batches], dtype=np.int64),
        place_key=np.array(keys, dtype=np.int64),
    )


def _service_line(batch: Batch, roster: Roster) -> int:
    named = (batch.service, batch.product, batch.date)
    lines = (i for i, train in enumerate(roster.rail) if (train.name, train.product, train.day) == named)
    return next(lines, -1) if batch.kind == "train" else -1


def _first_lines(places: tuple[Place, ...]) -> dict[tuple[Any, ...], int]:
    lines = range(len(places) - 1, -1, -1)
    return {_sight(places[line].name, places[line]): line for line in lines}


def _sight(name: str, place: Place | Stop) -> tuple[Any, ...]:
    return name, place.city, place.lat, place.lon


def _batches(batches: tuple[Batch, ...]) -> pd.DataFrame:
    rows = [(batch.id, *_of_batch(batch)) for batch in batches]
    table = pd.DataFrame.from_records(rows, columns=["batch", *_BATCH])
    table["kept"] = np.array([batch.state != "draft" for batch in batches], dtype=np.bool_)
    return table.astype({"date": "datetime64[s]", "depart": "datetime64[s]", "arrive": "datetime64[s]"})


def _stops(batches: tuple[Batch, ...], places: tuple[Place, ...]) -> pd.DataFrame:
    lines = _first_lines(places)
    rows = [
        (batch.id, at, lines.get(_sight(stop.place, stop), -1), *_of_stop(stop))
        for at, batch in enumerate(batches)
        for stop in batch.stops
    ]
    table = pd.DataFrame.from_records(rows, columns=["batch", "at", "where", *_STOP])
    return table.astype({"time": "datetime64[s]", "at": np.int64, "where": np.int64, "seq": np.int64})


def _riders(
    riders: pd.DataFrame, people: pd.DataFrame, batches: pd.DataFrame, asked: tuple[str, ...]
) -> pd.DataFrame:
    line = lines_of(riders["signup"], people["signup"])
    at = lines_of(riders["batch"], batches["batch"])
    known = (line >= 0) & (at >= 0)
    if not known.all():
        line, at, riders = line[known], at[known], riders[known]
    of_person = {f"roster_{name}": people[name].take(line).array for name in asked}
    of_batch = {name: batches[name].take(at).array for name in ("date", "kept")}
    kind = text_column(batches["kind"]).take(at)
    table = riders.reset_index(drop=True).assign(line=line, at=at, kind=kind, **of_batch, **of_person)
    if table["line"].duplicated().any():
        table["date"] = table.groupby("line")["date"].transform("min")
    return table


def lines_of(values: "pd.Series[Any]", among: "pd.Series[Any]") -> Ints:
    """Return the first line of ``among`` that holds each value, -1 for none."""
    found = text_column(values).lines_in(text_column(among))
    return np.where(found >= 0, np.append(among.index.to_numpy(dtype=np.int64), -1)[found], -1)


def boarding_prefectures(tables: Tables) -> npt.NDArray[np.object_]:
    """Return for each rider the prefecture of the pick-up, else the home of the first member of the party."""
    lies_in = np.array([place.city for place in tables.roster.places], dtype=object)
    city = lies_in[tables.riders["roster_pickup"].to_numpy(np.int64)]
    people = tables.roster.people
    in_party = people.loc[people["party"] >= 0, ["party", "prefecture", "id_number"]].sort_values("id_number")
    first = in_party.drop_duplicates("party").set_index("party")["prefecture"]
    party, own = tables.riders["roster_party"], tables.riders["roster_prefecture"].to_numpy(dtype=object)
    home = np.where(party >= 0, first.reindex(party).to_numpy(dtype=object), own)
    return np.where(city == "", home, city)


CENT = 0.0051
"""Half of the last decimal that is stated, and some rounding error."""


def pool_lines(batches: tuple[Batch, ...], pools: tuple[VehiclePool, ...]) -> list[int]:
    """Return for each batch the line of the pool that fits best, -1 if no pool has its type.

    The pool that fits best is of the same carrier, open on the date, has the same seats, is there for such rides and
    leads to the nearest price, in this order.
    """
    lines: dict[tuple[str, str, str], list[int]] = {}
    for line, pool in enumerate(pools):
        lines.setdefault((pool.vehicle, pool.mode, pool.base), []).append(line)
    return [
        min(
            lines.get((batch.vehicle, batch.mode, batch.base), ()),
            key=partial(_misfits, batch, pools),
            default=-1,
        )
        for batch in batches
    ]


def is_open(pool: VehiclePool, day: date) -> bool:
    """Return whether the pool may be used on a day."""
    not_yet = pool.first_date is not None and day < pool.first_date
    return not (not_yet or (pool.last_date is not None and day > pool.last_date))


def _misfits(batch: Batch, pools: tuple[VehiclePool, ...], line: int) -> tuple[bool, bool, bool, bool, float]:
    pool = pools[line]
    return (
        pool.carrier != batch.carrier,
        not is_open(pool, batch.date),
        pool.seats != batch.seats,
        pool.use == ("transfer" if batch.kind == "direct" else "direct"),
        abs(pool.fixed_yuan + pool.per_km_yuan * batch.km - batch.contract_yuan),
    )
