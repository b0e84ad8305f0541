"""From the roster to the problem: groups, cells, pools; each is one pass over columns."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
import pandas as pd

from returnplan.model.law import MINUTES_AN_HOUR, MOST_DAYS, Law, Span
from returnplan.model.records import Side
from returnplan.model.roster import Roster, VehiclePool
from returnplan.model.rules import Rules
from returnplan.problem.caps import build_caps
from returnplan.problem.fleet import days_away, departures
from returnplan.problem.groups import group_travellers
from returnplan.problem.ledger import without_vehicles
from returnplan.problem.model import (
    NO_PREVIOUS,
    UNLIMITED,
    Floats,
    Ints,
    Limits,
    Pools,
    Problem,
    Rail,
    Regimes,
    ToldHour,
    Travellers,
)
from returnplan.problem.previous_rides import PreviousJourney, PreviousRide
from returnplan.problem.reception import receptions_of
from returnplan.problem.regimes import build_regimes
from returnplan.problem.timetable import Schedule

UNBOUNDED = float("inf")
MIXED = -2
"""Prefecture or county id of a party whose members differ: no base and no other group equals it."""


@dataclass(frozen=True, slots=True)
class PreviousBatches:
    """The batches of the last plan that may be planned anew, and after them the journeys by train.

    ``batch`` is the number of each line of ``Roster.people`` (-1: none): that of a direct coach, or that of a journey
    by train, which those share who have all their rides in common. The others describe these: ``pools`` are
    their vehicles' places in ``Roster.pools`` (-1: no such vehicle now), ``move_yuan`` is what it costs that one
    rider leaves, ``head_yuan`` what it cost a head. ``told_hours`` are the hours of which riders were told, and
    ``call_yuan`` is what it counts to phone one of them about another. ``rides`` are the batches as they may run again,
    ``journeys`` those of all numbers; both are empty where no train may be ordered.
    """

    batch: Ints
    dates: tuple[date, ...]
    pools: Ints
    move_yuan: Floats
    head_yuan: Floats
    told_hours: tuple[ToldHour, ...] = ()
    call_yuan: float = 0.0
    rides: tuple[PreviousRide | None, ...] = ()
    journeys: tuple[PreviousJourney, ...] = ()


def build_problem(
    roster: Roster, rules: Rules, law: Law | None = None, previous: PreviousBatches | None = None
) -> tuple[Problem, Travellers]:
    """Return the problem of all eligible people of ``roster``, and who stands behind its cells.

    Parameters
    ----------
    law : what the law of the road asks; None: its defaults
    previous : the batches of the last plan that people are on; None: there is no last plan
    """
    law = law or Law()
    is_eligible = roster.people["code"] == ""
    people = roster.people if is_eligible.all() else roster.people[is_eligible]
    people = _with_open_window(people, roster.not_before)
    first_day, num_days = _span(people)
    days = [first_day + timedelta(days=d) for d in range(num_days)]
    names = _Ids(roster, rules)
    alike = names.columns(people, first_day)
    previous = previous or _nobody_told(len(roster.people))
    previous_days = np.array([(day - first_day).days for day in previous.dates], dtype=np.int64)
    alike["previous"] = _in_window(previous.batch[people.index.to_numpy()], previous_days, alike)
    cells, travellers = group_travellers(people, alike, num_days)
    receptions, reception = receptions_of(roster, law.timetable.reception)
    later = [days[-1] + timedelta(days=1 + d) for d in range(MOST_DAYS)] if roster.rail else []
    regimes = build_regimes(roster, travellers, law.notices, rules, [*days, *later]).until(num_days)
    problem = Problem(
        first_day=first_day,
        cells=cells,
        pools=_pools(roster.pools, regimes, names, first_day, num_days),
        limits=_limits(rules),
        km=np.ascontiguousarray(roster.km, dtype=np.float64),
        network_of_day=_networks(roster, days),
        regimes=regimes if len(regimes.join) > 1 else None,
        caps=build_caps(people, travellers, names.prefectures, days, roster.aboard, rules),
        schedule=_schedule(law, receptions),
        reception=reception,
        previous_days=previous_days,
        previous_pools=previous.pools,
        previous_move_yuan=previous.move_yuan,
        previous_head_yuan=previous.head_yuan,
        told_hours=previous.told_hours,
        call_yuan=previous.call_yuan,
        rail=_rail(roster, names, travellers, _networks(roster, later)),
        drive_minutes=_drive_minutes(roster, law),
        previous_rides=previous.rides,
        previous_journeys=previous.journeys,
    )
    return problem, travellers


def _schedule(law: Law, receptions: tuple[Span, ...]) -> Schedule:
    """Return the schedule under a law; of its hours of reception those that places have are enough."""
    timetable = law.timetable.model_copy(update={"reception": None})
    return _remembered_schedule(law.model_copy(update={"timetable": timetable}), receptions)


@lru_cache(maxsize=8)
def _remembered_schedule(law: Law, receptions: tuple[Span, ...]) -> Schedule:
    """Return a schedule; advice on one night makes thirty problems under one law."""
    return Schedule(law, receptions)


def _drive_minutes(roster: Roster, law: Law) -> Floats | None:
    """Return the minutes of all ways, those that nobody told at the usual speed; None if nobody told any."""
    told = roster.drive_minutes
    if told is None:
        return None
    return np.where(np.isnan(told), roster.km / law.timetable.speed_kmh * MINUTES_AN_HOUR, told)


def _nobody_told(num_people: int) -> PreviousBatches:
    none = np.zeros(0)
    return PreviousBatches(np.full(num_people, NO_PREVIOUS), (), none.astype(np.int64), none, none)


def _with_open_window(people: pd.DataFrame, not_before: date | None) -> pd.DataFrame:
    """Return people whose window starts when the employer takes them in and the office can still tell them.

    A reception after the window's end is no reason to leave somebody behind, so it is not heard.
    """
    heard = people["reception"].where(people["reception"] <= people["latest"])
    earliest = people["earliest"].where(~(heard > people["earliest"]), heard)
    if not_before is not None:
        floor = pd.Timestamp(not_before)
        earliest = earliest.where(earliest >= floor, floor)
    return people.assign(earliest=earliest)


def _span(people: pd.DataFrame) -> tuple[date, int]:
    """Return the first day anyone may travel and the number of days to the last."""
    if people.empty:
        return date(2000, 1, 1), 1
    first = people["earliest"].min().date()
    return first, max(1, (people["latest"].max().date() - first).days + 1)


def _in_window(batch: Ints, days: Ints, alike: pd.DataFrame) -> Ints:
    """Return the batch of each person, none for those whose window does not hold its day any more."""
    day = np.append(days, NO_PREVIOUS)[batch]
    fits = (day >= alike["earliest"].to_numpy()) & (day <= alike["latest"].to_numpy())
    return np.where(fits, batch, NO_PREVIOUS)


class _Ids:
    """Integers for the names that the planner compares: prefectures, counties, groups of cities."""

    def __init__(self, roster: Roster, rules: Rules) -> None:
        people, self.has_trains = roster.people, bool(roster.rail)
        self.boards_in = roster.boarding_prefectures()
        names = [
            *self.boards_in.unique(),
            *people["prefecture"].unique(),
            *people["city"].unique(),
            *(pool.base for pool in roster.pools),
        ]
        self.prefectures = {name: i for i, name in enumerate(sorted(set(names) - {""}))}
        leader = {city: group[0] for group in rules.combine_cities for city in group}
        cities = sorted(set(people["city"].unique()))
        number = {name: i for i, name in enumerate(sorted({leader.get(city, city) for city in cities}))}
        self.city_groups = {city: number[leader.get(city, city)] for city in cities}

    def _counties(self, people: pd.DataFrame) -> "pd.Series[int]":
        """Return the county of each person: 桥西区 of one prefecture is another than that of the next."""
        number = {name: i for i, name in enumerate(sorted(set(people["county"].unique())))}
        home = people["prefecture"].map(self.prefectures).fillna(MIXED)
        return people["county"].map(number) * (len(self.prefectures) - MIXED) + home - MIXED

    def bases(self, pools: tuple[VehiclePool, ...], side: Side) -> Ints:
        """Return (V,) the bases of the pools of one side, -1 for the others."""
        own = [self.prefectures.get(pool.base, -1) if pool.side == side else -1 for pool in pools]
        return np.array(own, dtype=np.int64)

    def columns(self, people: pd.DataFrame, first_day: date) -> pd.DataFrame:
        """Return what makes people alike, as integer columns on the index of ``people``."""
        day0 = pd.Timestamp(first_day)
        due = (people["resume"] - day0).dt.days.fillna(UNLIMITED)
        return pd.DataFrame(
            {
                "pickup": people["pickup"],
                "dropoff": people["dropoff"],
                "prefecture": self.boards_in[people.index].map(self.prefectures).fillna(MIXED),
                "goal": people["city"].map(self.prefectures),
                "county": self._counties(people),
                "city_group": people["city"].map(self.city_groups),
                "earliest": (people["earliest"] - day0).dt.days,
                "latest": (people["latest"] - day0).dt.days,
                "due": due,
                "rank": people["rank"],
                "seats": 1 + people["num_children"],
                "own_transfer": (people["shuttle"] == "no") if self.has_trains else 0,
            }
        ).astype(np.int32)


def _pools(
    pools: tuple[VehiclePool, ...], regimes: Regimes, names: _Ids, first_day: date, num_days: int
) -> Pools:
    taken = [(line, (day - first_day).days) for line, pool in enumerate(pools) for day, _ in pool.broken]
    whole = Pools(
        usable=regimes.usable[0],
        min_load=regimes.least[0],
        fixed_yuan=np.array([pool.fixed_yuan for pool in pools], dtype=np.float64),
        per_km_yuan=np.array([pool.per_km_yuan for pool in pools], dtype=np.float64),
        base=names.bases(pools, "origin"),
        goal=names.bases(pools, "destination"),
        available=departures(pools, first_day, num_days),
        turnaround_days=days_away(pools),
    )
    return without_vehicles(whole, taken) if taken else whole


def _rail(roster: Roster, names: _Ids, travellers: Travellers, later_networks: Ints) -> Rail | None:
    if not roster.rail:
        return None
    lies_in = [names.prefectures.get(place.city, -1) for place in roster.places]
    return Rail(
        roster.rail,
        roster.rail_rules,
        np.array(lies_in, dtype=np.int64),
        roster.pools,
        _county_seats(roster, travellers),
        later_networks,
    )


def _county_seats(roster: Roster, travellers: Travellers) -> dict[str, Ints]:
    """Return, of each county of which a train has a quota, the seats that a group of each cell takes of it."""
    counties = {county for service in roster.rail for county, _ in service.county_quotas}
    num_groups = np.diff(travellers.group_start)
    cell = travellers.cell_of_group[travellers.group_of_member]
    people = roster.people.take(travellers.member_row)
    home, seats = people["county"].to_numpy(), 1 + people["num_children"].to_numpy()
    return {
        county: np.bincount(cell, np.where(home == county, seats, 0), len(num_groups)).astype(np.int64)
        // np.maximum(1, num_groups)
        for county in sorted(counties)
    }


def _limits(rules: Rules) -> Limits:
    return Limits(
        max_pickups=rules.max_pickups,
        max_dropoffs=rules.max_dropoffs,
        max_pickup_km=rules.max_pickup_km,
        max_dropoff_km=rules.max_dropoff_km,
        stop_cost_yuan=rules.stop_cost,
        mix_counties=rules.mix_counties,
        late_day_yuan=rules.late_day_yuan,
        max_yuan_per_head=UNBOUNDED if rules.max_cost_per_head is None else rules.max_cost_per_head,
        budget_yuan=UNBOUNDED if rules.budget is None else rules.budget,
    )


def _networks(roster: Roster, days: Iterable[date]) -> Ints:
    return np.array([roster.network_of.get(day, 0) for day in days], dtype=np.int64)
