"""Which dated rules hold for whom on which day, and how many seats and riders they leave to each vehicle.

A *regime* is a set of notices. Riders of a batch may stand under different ones: then all of them hold, each as strict
as it is. Where no notice makes a difference there is one regime, and the pools have its figures.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import combinations

import numpy as np
import pandas as pd

from returnplan.model.notices import Level, Notice, Notices, Risk
from returnplan.model.plan import Batch
from returnplan.model.roster import Roster
from returnplan.model.rules import Rules
from returnplan.places import Division, Gazetteer
from returnplan.problem.model import Ints, Regimes, Travellers
from returnplan.problem.seats import least_riders, usable_seats

Ends = tuple[str, str, str]
"""Prefecture and county of the home, and the city of destination, by their full names."""
LEVELS: tuple[Level, ...] = ("low", "medium", "high")


@dataclass(frozen=True, slots=True)
class Way:
    """A journey as notices see it: from one division to another."""

    origin: Division | None
    destination: Division | None

    @classmethod
    def between(cls, prefecture: str, county: str, city: str) -> "Way":
        """Return the way from a county, or a prefecture whose counties are not known, to a city."""
        read = Gazetteer.load().read
        home = read(prefecture).only
        return cls(read(county, home).only or home, read(city).only)

    def touches(self, name: str) -> bool:
        """Return whether one end lies in a division."""
        return self.begins_in((name,)) or self.ends_in((name,))

    def begins_in(self, names: Sequence[str]) -> bool:
        """Return whether the origin lies in one of some divisions."""
        return _lies_in(self.origin, names)

    def ends_in(self, names: Sequence[str]) -> bool:
        """Return whether the destination lies in one of some divisions."""
        return _lies_in(self.destination, names)

    @property
    def scope(self) -> str:
        """Return how far apart the ends are; the farthest where one is not known."""
        if self.origin is None or self.destination is None:
            return "provinces"
        if self.origin.code[:2] != self.destination.code[:2]:
            return "provinces"
        return "within" if self.origin.code[:4] == self.destination.code[:4] else "cities"

    def risk(self, risks: Sequence[Risk], day: date) -> Level:
        """Return the higher risk of both ends on a day."""
        levels = [
            LEVELS.index(risk.level) for risk in risks if risk.holds_on(day) and self.touches(risk.division)
        ]
        return LEVELS[max(levels, default=0)]

    def notices(self, notices: Notices, day: date) -> frozenset[int]:
        """Return the places of the notices that hold for the way on a day; with an override, those that have one."""
        rules, risk = notices.all_rules, self.risk(notices.risks, day)
        holding = [number for number, rule in enumerate(rules) if self._is_under(rule, risk, day)]
        overriding = [number for number in holding if rules[number].override]
        return frozenset(overriding or holding)

    def _is_under(self, rule: Notice, risk: Level, day: date) -> bool:
        return (
            rule.holds_on(day)
            and self.scope in rule.scopes
            and risk in rule.risks
            and (not rule.origins or self.begins_in(rule.origins))
            and (not rule.destinations or self.ends_in(rule.destinations))
        )


@cache
def way_between(prefecture: str, county: str, city: str) -> Way:
    """Return :meth:`Way.between`, worked out once for all people alike."""
    return Way.between(prefecture, county, city)


@cache
def held_on(ends: Ends, day: date, notices: Notices) -> frozenset[int]:
    """Return the places of the notices that hold for a journey on a day."""
    return way_between(*ends).notices(notices, day)


def notices_for(journeys: Iterable[Ends], day: date, notices: Notices) -> tuple[Notice, ...]:
    """Return the notices that hold for a batch with riders of these journeys."""
    if not notices.all_rules:
        return ()
    held = frozenset[int]().union(*(held_on(ends, day, notices) for ends in journeys))
    return tuple(notices.all_rules[number] for number in sorted(held))


def under(batch: Batch, held: Sequence[Notice]) -> Batch:
    """Return the batch with what its papers say of the notices that hold for it."""
    return replace(
        batch,
        notices=tuple(dict.fromkeys(notice.words for notice in held)),
        takes_temperature=any(notice.temperature for notice in held),
    )


def _lies_in(division: Division | None, names: Sequence[str]) -> bool:
    parts = (Gazetteer.load().read(name).only for name in names)
    return division is not None and any(part is not None and division.inside(part) for part in parts)


def build_regimes(
    roster: Roster, travellers: Travellers, notices: Notices, rules: Rules, days: Sequence[date]
) -> Regimes:
    """Return the regime of each cell and day, and what each leaves; those that leave the same to all pools are one."""
    num_cells, all_rules = len(travellers.group_start) - 1, notices.all_rules
    nothing = _figure(roster, (), rules)
    if not all_rules or not num_cells:
        return _regimes([nothing], np.zeros((num_cells, len(days)), dtype=np.int64), len(roster.pools))
    people = roster.people[["county", "city"]].assign(prefecture=roster.boarding_prefectures())
    kinds = pd.MultiIndex.from_frame(people.take(travellers.member_row)[["prefecture", "county", "city"]])
    kind, names = pd.factorize(kinds)
    on_days = [[held_on(name, day, notices) for day in days] for name in names]
    figure_of = {
        held: _figure(roster, [all_rules[number] for number in sorted(held)], rules)
        for held in {held for row in on_days for held in row}
    }
    figures = _closed(set(figure_of.values()))
    number = {figure: place for place, figure in enumerate(figures)}
    regimes = _regimes(figures, np.zeros((num_cells, len(days)), dtype=np.int64), len(roster.pools))
    of_kind = np.array([[number[figure_of[held]] for held in row] for row in on_days], dtype=np.int64)
    cell = travellers.cell_of_group[travellers.group_of_member]
    pairs = np.unique(np.stack([cell, kind]), axis=1)
    for at, its_kind in pairs.T.tolist():  # a party may come from several counties
        regimes.of_cell[at] = regimes.join[regimes.of_cell[at], of_kind[its_kind]]
    return regimes


Figure = tuple[tuple[int, ...], tuple[int, ...]]
"""Usable seats and fewest riders of each pool."""


def _figure(roster: Roster, notices: Sequence[Notice], rules: Rules) -> Figure:
    usable = tuple(usable_seats(pool.seats, rules, notices) for pool in roster.pools)
    return usable, tuple(least_riders(pool, rules, notices) for pool in roster.pools)


def _stricter(one: Figure, other: Figure) -> Figure:
    return tuple(map(min, one[0], other[0])), tuple(map(max, one[1], other[1]))


def _closed(figures: set[Figure]) -> list[Figure]:
    """Return the figures and all that batches with riders of several bring; first what is the mildest of all."""
    closed = set(figures)
    while more := {_stricter(one, other) for one, other in combinations(closed, 2)} - closed:
        closed |= more
    usable, least = zip(*figures, strict=True)
    mildest = tuple(map(max, zip(*usable, strict=True))), tuple(map(min, zip(*least, strict=True)))
    return [mildest, *sorted(closed - {mildest})]


def _regimes(figures: Sequence[Figure], of_cell: Ints, num_pools: int) -> Regimes:
    number = {figure: place for place, figure in enumerate(figures)}
    usable, least = zip(*figures, strict=True)
    return Regimes(
        of_cell=of_cell,
        join=np.array(
            [[number[_stricter(one, other)] for other in figures] for one in figures], dtype=np.int64
        ),
        usable=np.array(usable, dtype=np.int64).reshape(len(figures), num_pools),
        least=np.array(least, dtype=np.int64).reshape(len(figures), num_pools),
        later=np.zeros((len(of_cell), 0), dtype=np.int64),
    )
