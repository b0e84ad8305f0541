"""Seats elsewhere for people whose batch cannot take them, and nobody else is disturbed.

The batches that take them call at their stops anyway and keep vehicle, day, stops and hours: as far as it can be, what
people were told stays (Eglese and Zambirinis 2018, "Disruption management in vehicle routing and scheduling for road
freight transport: a review"). Whom to put where is an integer program about few kinds of people.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd

from returnplan.edits.batches import batch_named
from returnplan.edits.itineraries import by_person, free_seats, stop_of
from returnplan.edits.people import SEAT_LOST, put_on, taken_off
from returnplan.edits.room import heads_of, suits
from returnplan.model.journeys import EARLY_MINUTES
from returnplan.model.plan import Batch, Plan
from returnplan.model.roster import CapRule, Roster
from returnplan.model.rules import Rules
from returnplan.model.texts import Text
from returnplan.problem.caps import most_people
from returnplan.problem.groups import CLASS_FACTOR
from returnplan.problem.model import Bools, Floats, Ints

LATER_DAY, ANOTHER_BATCH, AN_HOUR = 0.4, 1e-3, 1e-5
"""What a person who leaves on a later day, a batch more that takes people, and an hour's wait count of a person."""

OPTIONS = {"threads": 1, "random_seed": 2021, "mip_rel_gap": 0.0, "time_limit": 1.0}

PLAN_AGAIN = Text("重新运行 returnplan plan，另行安排", "run returnplan plan again to place them")


@dataclass(frozen=True)
class Reseated:
    """``plan`` in which people have left their batch, and ``batch_of`` who found a seat, by person number: on which.

    The others are on no batch.
    """

    plan: Plan
    batch_of: Mapping[int, str]


def reseated(
    plan: Plan,
    batch_id: str,
    persons: Collection[int],
    why: Text,
    roster: Roster,
    rules: Rules,
    *,
    same_day: bool = False,
) -> Reseated:
    """Return the plan with riders of a batch on free seats of others: first as many as can be, class by class.

    Then as few as can be wait for a later day, on as few batches as can be. Parties stay together.

    Parameters
    ----------
    persons : person numbers of the riders who cannot ride on the batch, whole parties
    why : the reason of those who find no seat
    same_day : look at batches of the same day alone
    """
    batch = batch_named(plan, batch_id)
    away = plan.riders[plan.riders["person"].isin(list(persons))]
    off = taken_off(plan, persons, SEAT_LOST, why, PLAN_AGAIN)
    number = dict(zip(away["signup"].tolist(), away["person"].tolist(), strict=True))
    is_away = roster.people["signup"].isin(list(number))
    people = roster.people[is_away].assign(home=roster.boarding_prefectures()[is_away])
    hosts = _hosts(off, batch, people, roster, same_day=same_day)
    if not hosts or people.empty:
        return Reseated(off, {})
    hour = _own_hours(plan, away, people)
    on_host = off.riders[off.riders["batch"].isin([host.id for host in hosts])].groupby("batch")
    aboard = [on_host.get_group(host.id) for host in hosts]
    fits = np.array(
        [_fits(people, hour, *host, batch, roster, rules) for host in zip(hosts, aboard, strict=True)]
    ).T
    parties = _Parties.of(people, fits)
    free = [len(free_seats(*host)) for host in zip(hosts, aboard, strict=True)]
    chosen = _best_seats(parties, people, hosts, np.array(free), off, batch, roster, rules)
    batch_of: dict[int, str] = {}
    for at, host in enumerate(hosts):
        lines = np.isin(parties.of_line, np.flatnonzero(chosen == at))
        if signups := people["signup"][lines].tolist():
            off = put_on(off, host.id, signups, roster)
            batch_of |= {number[signup]: host.id for signup in signups}
    return Reseated(with_parts(off, away), batch_of)


def _hosts(plan: Plan, batch: Batch, people: pd.DataFrame, roster: Roster, *, same_day: bool) -> list[Batch]:
    """Return the batches with free seats on which some of the people may be able to ride, by day and hour."""
    last = batch.date if same_day else max(batch.date, people["latest"].max().date())
    cities, pickups = set(people["city"]), people["pickup"].unique().tolist()
    near = [
        other
        for other in plan.batches
        if other.id != batch.id
        and other.state != "departed"
        and batch.date <= other.date <= last
        and cities.intersection(other.cities)
        and any(stop_of(other, "pickup", pickup, roster) for pickup in pickups)
    ]
    riders = plan.riders[plan.riders["batch"].isin([other.id for other in near])]
    seats = (1 + riders["child_seats"].map(len)).groupby(riders["batch"]).sum()
    hosts = [other for other in near if seats.get(other.id, other.usable) < other.usable]
    return sorted(hosts, key=lambda other: (other.date, other.depart, other.id))


def _own_hours(plan: Plan, away: pd.DataFrame, people: pd.DataFrame) -> "pd.Series[Any]":
    """Return the hour at which each of the people was to leave home."""
    first = by_person(away)
    own = set(first["batch"])
    hours = {
        (batch.id, stop.seq): stop.time for batch in plan.batches if batch.id in own for stop in batch.stops
    }
    boards = zip(first["signup"].tolist(), first["batch"].tolist(), first["pickup_seq"].tolist(), strict=True)
    return pd.to_datetime(people["signup"].map({signup: hours[ride, seq] for signup, ride, seq in boards}))


def _fits(
    people: pd.DataFrame,
    hour: "pd.Series[Any]",
    host: Batch,
    aboard: pd.DataFrame,
    batch: Batch,
    roster: Roster,
    rules: Rules,
) -> Bools:
    """Return who may ride on a host; nobody has to be at the stop earlier than they are told to be there."""
    fits = suits(people, host, aboard, roster, rules)
    if host.date > batch.date or not fits.any():
        return fits.to_numpy(dtype=np.bool_)
    times = {stop.seq: stop.time for stop in host.stops}
    at_stop = {
        line: times[seq]
        for line in people["pickup"].unique()
        if (seq := stop_of(host, "pickup", int(line), roster))
    }
    boards = pd.to_datetime(people["pickup"].map(at_stop))
    return (fits & (boards >= hour - timedelta(minutes=EARLY_MINUTES))).to_numpy(dtype=np.bool_)


@dataclass(frozen=True)
class _Parties:
    """Who travels together (P parties): ``of_line`` the party of each line, what each needs, and where it fits."""

    of_line: Ints
    first_line: Ints
    persons: Ints
    seats: Ints
    fits: Bools

    @classmethod
    def of(cls, people: pd.DataFrame, fits: Bools) -> "_Parties":
        """Return the parties of the people; each fits where all of it fit."""
        party = people["party"].where(people["party"] >= 0, -1 - np.arange(len(people)))
        _, first, of_line = np.unique(party, return_index=True, return_inverse=True)
        num = len(first)
        seats = 1 + people["num_children"].to_numpy()
        misfits = np.stack([np.bincount(of_line, ~column, minlength=num) for column in fits.T], axis=1)
        return cls(
            of_line, first, np.bincount(of_line), np.bincount(of_line, seats).astype(int), misfits == 0
        )


def _best_seats(
    parties: _Parties,
    people: pd.DataFrame,
    hosts: Sequence[Batch],
    free: Ints,
    plan: Plan,
    batch: Batch,
    roster: Roster,
    rules: Rules,
) -> Ints:
    """Return (P,) which host takes each party; -1: none.

    Parameters
    ----------
    free : (H,) free seats of the hosts
    """
    head = people.iloc[parties.first_line]
    homes, cities, ranks = (head[name].to_numpy() for name in ("home", "city", "rank"))
    # Parties that are alike in all that counts are of one kind: the program is about numbers of each.
    alike = zip(homes, cities, ranks, parties.persons, parties.seats, map(bytes, parties.fits), strict=True)
    kind_of = pd.factorize(pd.Series(list(alike)))[0]
    _, first, num = np.unique(kind_of, return_index=True, return_counts=True)
    kind, host = np.nonzero(parties.fits[first])
    if not len(kind):
        return np.full(len(parties.persons), -1)
    persons, seats = parties.persons[first][kind], parties.seats[first][kind]
    level = pd.factorize(-ranks, sort=True)[0][first][kind]
    delay = np.array([(other.depart - batch.depart) / timedelta(hours=1) for other in hosts])
    later = np.array([other.date > batch.date for other in hosts])
    worth = persons * (CLASS_FACTOR**level - LATER_DAY * later[host] - AN_HOUR * np.abs(delay[host]))
    # Columns: how many parties of a kind a host takes; then whether a host takes anybody.
    width = len(kind) + len(hosts)
    rows: list[tuple[Floats, float]] = []

    def limit(columns: Bools, amounts: Ints, most: float) -> Floats:
        row = np.zeros(width)
        row[: len(kind)] = np.where(columns, amounts, 0)
        rows.append((row, most))
        return row

    for at, most in enumerate(num):
        limit(kind == at, np.ones_like(kind), most)
    for at in range(len(hosts)):
        limit(host == at, seats, 0)[len(kind) + at] = -free[at]
    has_caps = rules.max_departures_per_day is not None or rules.max_arrivals_per_day is not None
    heads = heads_of(plan.batches, plan.riders, roster) if has_caps else {}
    for (rule, name, day), columns in _capped(homes[first][kind], cities[first][kind], host, hosts):
        most = most_people(getattr(rules, f"{rule}_per_day"), name)
        if most is not None:
            limit(columns, persons, max(0, most - heads.get((rule, name, day), 0)))
    found = _most(
        np.append(worth, np.full(len(hosts), -ANOTHER_BATCH)),
        np.append(num[kind], np.ones(len(hosts))),
        np.array([row for row, _ in rows]),
        np.array([most for _, most in rows], dtype=np.float64),
    )
    chosen = np.full(len(parties.persons), -1)
    in_order = [iter(_by_deadline(kind_of == at, head)) for at in range(len(num))]
    for at, count in enumerate(found[: len(kind)]):
        chosen[list(islice(in_order[kind[at]], count))] = host[at]
    return chosen


def _most(worth: Floats, upper: Floats, takes: Floats, limit: Floats) -> Ints:
    """Return whole numbers that are worth most, none above ``upper``, and what they take is in ``limit``."""
    import highspy  # which most changes need not

    from returnplan.model.highs import SilentHighs

    num_rows, num = takes.shape
    highs = SilentHighs.with_rows(np.full(num_rows, -highspy.kHighsInf), limit, OPTIONS)
    highs.changeObjectiveSense(highspy.ObjSense.kMaximize)
    highs.add_columns(worth, takes.T, upper)
    highs.make_whole()
    highs.run()
    values = np.array(highs.getSolution().col_value)
    is_found = (
        len(values) == num
        and highs.getInfo().primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    )
    return np.rint(values).astype(np.int64) if is_found else np.zeros(num, dtype=np.int64)


def _capped(
    homes: "np.ndarray[tuple[int], np.dtype[np.object_]]",
    cities: "np.ndarray[tuple[int], np.dtype[np.object_]]",
    host: Ints,
    hosts: Sequence[Batch],
) -> "list[tuple[tuple[CapRule, str, date], Bools]]":
    """Return which columns count against which day cap."""
    columns: dict[tuple[CapRule, str, date], list[int]] = {}
    for at, (home, city, one) in enumerate(zip(homes, cities, host, strict=True)):
        keys: tuple[tuple[CapRule, str, date], ...] = (
            ("max_departures", home, hosts[one].date),
            ("max_arrivals", city, hosts[one].arrive.date()),
        )
        for key in keys:
            columns.setdefault(key, []).append(at)
    every = np.arange(len(host))
    return [(key, np.isin(every, lines)) for key, lines in columns.items()]


def _by_deadline(is_of_kind: Bools, head: pd.DataFrame) -> list[int]:
    """Return the parties of a kind, who must leave soonest first."""
    lines = np.flatnonzero(is_of_kind)
    own = head.iloc[lines]
    order = np.lexsort((own["id_number"].to_numpy(), own["latest"].to_numpy()))
    return [int(line) for line in lines[order]]


def with_parts(plan: Plan, away: pd.DataFrame) -> Plan:
    """Return the plan in which people who have another seat keep their parts in the bound, on the first ride."""
    parts = away.groupby("person")[["bound_yuan", "rent_yuan"]].sum()
    riders = plan.riders.copy()
    moved = riders["person"].isin(parts.index) & (riders["leg"] == 1)
    for name in parts.columns:
        riders.loc[moved, name] = riders.loc[moved, "person"].map(parts[name])
    return replace(plan, riders=riders)
