"""Batches with their numbers, stops, hours and price."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from returnplan.assembly.hours import stop_times
from returnplan.assembly.rides import Rides
from returnplan.model.plan import Batch, Stop
from returnplan.model.roster import Roster
from returnplan.model.rules import Timetable
from returnplan.problem.draft import Draft, Leg
from returnplan.problem.model import Ints, Problem


def batches_of(
    drafts: Sequence[Draft], rides: Rides, problem: Problem, roster: Roster, timetable: Timetable
) -> tuple[Batch, ...]:
    """Return one batch a draft, numbered in their order.

    ``number`` counts the vehicles of a date and ``id`` is made of both (``0223-003``), ``wave`` counts the
    dates on which vehicles leave.
    """
    waves = {day: wave for wave, day in enumerate(sorted({draft.day for draft in drafts}), start=1)}
    numbers: Counter[int] = Counter()
    starts = np.searchsorted(rides.batch, np.arange(len(drafts) + 1)).tolist()
    city = roster.people["city"].to_numpy(dtype=object)[rides.person]
    batches = []
    for line, draft in enumerate(drafts):
        numbers[draft.day] += 1
        part = slice(starts[line], starts[line + 1])
        aboard = _Aboard(rides.pickup_seq[part], rides.dropoff_seq[part], city[part])
        run = _Run(draft.leg, problem, roster, timetable)
        batches.append(run.batch(waves[draft.day], numbers[draft.day], aboard))
    return tuple(batches)


@dataclass(frozen=True, slots=True)
class _Aboard:
    """The riders of one batch: where they board and alight, and their cities."""

    pickup_seq: Ints
    dropoff_seq: Ints
    city: "np.ndarray[tuple[int], np.dtype[np.object_]]"

    def heads_by_city(self) -> Counter[str]:
        """Return the heads for each destination city, in the order of alighting."""
        return Counter(self.city[np.argsort(self.dropoff_seq, kind="stable")].tolist())


@dataclass(frozen=True, slots=True)
class _Run:
    """One leg on the road."""

    leg: Leg
    problem: Problem
    roster: Roster
    timetable: Timetable

    @property
    def day(self) -> date:
        """The date of departure."""
        return self.problem.first_day + timedelta(days=self.leg.day)

    def batch(self, wave: int, number: int, aboard: _Aboard) -> Batch:
        """Return the leg as a batch."""
        pool = self.roster.pools[self.leg.pool]
        stops = self._stops(aboard)
        heads = aboard.heads_by_city()
        return Batch(
            id=f"{self.day:%m%d}-{number:03d}",
            wave=wave,
            number=number,
            date=self.day,
            city=max(heads, key=lambda city: heads[city]),
            cities=tuple(heads),
            vehicle=pool.vehicle,
            mode=pool.mode,
            base=pool.base,
            seats=pool.seats,
            usable=int(self.problem.pools.usable[self.leg.pool]),
            load=len(aboard.city),
            km=round(self.leg.km(self.problem), 3),
            cost_yuan=round(self.leg.cost_yuan(self.problem), 2),
            depart=stops[0].time,
            arrive=stops[-1].time,
            stops=stops,
        )

    def _stops(self, aboard: _Aboard) -> tuple[Stop, ...]:
        places = [self.roster.places[place] for place in self.leg.stops]
        times = stop_times(self.day, self.leg.km_between(self.problem, self.leg.stops), self.timetable)
        on = np.bincount(aboard.pickup_seq, minlength=len(places) + 1).tolist()
        off = np.bincount(aboard.dropoff_seq, minlength=len(places) + 1).tolist()
        return tuple(
            Stop(
                seq=seq,
                kind="pickup" if seq <= len(self.leg.pickups) else "dropoff",
                place=place.name,
                city=place.city,
                lat=place.lat,
                lon=place.lon,
                time=time,
                num_on=on[seq],
                num_off=off[seq],
            )
            for seq, (place, time) in enumerate(zip(places, times, strict=True), start=1)
        )
