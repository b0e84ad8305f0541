"""What a plan leaves over: seats, vehicles, money and people; and a batch tried out with a group more or less."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from returnplan.model.roster import Roster
from returnplan.problem.draft import Draft, Leg, Load, Stops, groups_planned
from returnplan.problem.ledger import Ledger
from returnplan.problem.model import Bools, Floats, Ints, Problem, Travellers
from returnplan.problem.rules import (
    BUDGET,
    DRIVING,
    MAX_ARRIVALS,
    MAX_COST_PER_HEAD,
    MAX_DEPARTURES,
    SEATS,
    Breach,
    breaches,
)

CODES = {
    DRIVING: "driving_hours",
    MAX_DEPARTURES: "day_cap",
    MAX_ARRIVALS: "day_cap",
    MAX_COST_PER_HEAD: "too_costly",
    BUDGET: "budget",
}
"""The codes of ``unplanned`` for limits on hours at the wheel, on people a day and on money."""


@dataclass(frozen=True, slots=True)
class LeftOver:
    """The batches that were planned, and what is left beside them.

    Attributes
    ----------
    drafts : batch id -> draft
    bases, counties, cities : (C,) full names of the prefecture of departure, the home county, the destination city
    ledger : what the drafts take of what is scarce
    waits : (G,) whether a group of the travellers has no seat
    num_left : (C,) how many of them there are
    is_direct : (V,) whether vehicles of the pool make the whole way, and not only that to and from trains
    is_free : (V, D) whether one more vehicle of the pool may leave on the day
    ids, spare, day, goes_to : (B,) of each draft the batch, the usable seats that are free, the day, the city group
    same_cities : city group -> its cells
    published : ids of the batches whose vehicle and stops stay as they are
    """

    problem: Problem
    drafts: Mapping[str, Draft]
    bases: "npt.NDArray[np.object_]"
    counties: "npt.NDArray[np.object_]"
    cities: "npt.NDArray[np.object_]"
    ledger: Ledger
    waits: Bools
    num_left: Ints
    is_direct: Bools
    is_free: Bools
    ids: tuple[str, ...]
    spare: Ints
    day: Ints
    goes_to: Ints
    same_cities: Mapping[int, Ints]
    published: frozenset[str] = frozenset()

    @property
    def budget_left_yuan(self) -> float:
        """What the plan may still cost more, infinite if there is no budget."""
        return self.problem.limits.budget_yuan - self.ledger.yuan

    def with_seats(self, cell: int) -> Iterator[tuple[str, Draft]]:
        """Yield the batches to the group's cities, on a day of its window, that have seats for it."""
        cells = self.problem.cells
        fits = (self.spare >= cells.num_seats[cell]) & (self.day >= cells.earliest[cell])
        fits &= (self.day <= cells.latest[cell]) & (self.goes_to == cells.city_group[cell])
        for line in np.flatnonzero(fits).tolist():
            batch = self.ids[line]
            yield batch, self.drafts[batch]

    def may_call(self, batch: str, joined: Draft) -> bool:
        """Return whether the stops of a draft are possible in the place of a batch: published ones stay."""
        return batch not in self.published or joined.leg.stops == self.drafts[batch].leg.stops

    def breaches(self, draft: Draft, batch: str | None = None) -> tuple[Breach, ...]:
        """Return the rules that the draft would break in the place of a batch (None: as a further one).

        Of those on scarce things only the day caps: what it costs, and whether its vehicle is free, is for the
        caller to say.
        """
        instead_of = None if batch is None else self.drafts[batch]
        return breaches(self.problem, draft) + self.ledger.caps_exceeded(draft, instead_of)

    def exceeded(self, draft: Draft) -> tuple[str, ...]:
        """Return the code of each limit on hours, money and people a day that a further batch would exceed."""
        found = breaches(self.problem, draft, (DRIVING, MAX_COST_PER_HEAD)) + self.ledger.breaches(draft)
        codes = {CODES.get(breach.rule) for breach in found}
        return tuple(code for code in dict.fromkeys(CODES.values()) if code in codes)


def left_over_by(
    drafts: Mapping[str, Draft],
    problem: Problem,
    travellers: Travellers,
    roster: Roster,
    published: frozenset[str] = frozenset(),
    waits: Bools | None = None,
    gone: Iterable[Draft] = (),
) -> LeftOver:
    """Return what the drafts leave over.

    Parameters
    ----------
    drafts : batch id -> draft
    problem, travellers : made from the roster; a party is named after its first person
    published : ids of the drafts whose vehicle and stops stay as they are
    waits : (G,) whether a group has no seat; None: the drafts take the first groups of each cell
    gone : those of batches that have left: they took vehicles, and nobody can join them
    """
    if waits is None:
        first_left = travellers.group_start[:-1] + groups_planned(problem, drafts.values())
        waits = np.arange(len(travellers.cell_of_group)) >= first_left[travellers.cell_of_group]
    ledger = Ledger(problem, [*drafts.values(), *gone])
    spare = [SEATS.limit(problem, draft.leg) - draft.leg.num_seats(problem) for draft in drafts.values()]
    city_group = problem.cells.city_group
    order = np.argsort(city_group, kind="stable")
    groups, starts = np.unique(city_group[order], return_index=True)
    bases, counties, cities = (
        names.take(travellers.first_member).to_numpy(dtype=object)
        for names in (roster.boarding_prefectures(), roster.people["county"], roster.people["city"])
    )
    return LeftOver(
        problem=problem,
        drafts=drafts,
        bases=bases,
        counties=counties,
        cities=cities,
        ledger=ledger,
        waits=waits,
        num_left=np.bincount(travellers.cell_of_group[waits], minlength=len(problem.cells)),
        is_direct=np.array([pool.use != "transfer" for pool in roster.pools], dtype=bool),
        is_free=ledger.free_vehicles(),
        ids=tuple(drafts),
        spare=np.array(spare, dtype=np.int64),
        day=np.array([draft.day for draft in drafts.values()], dtype=np.int64),
        goes_to=city_group[[draft.load[0][0] for draft in drafts.values()]]
        if drafts
        else np.zeros(0, np.int64),
        same_cities=dict(zip(groups.tolist(), np.split(order, starts[1:]), strict=bool(len(groups)))),
        published=published,
    )


def with_groups(problem: Problem, draft: Draft, groups: Load) -> Draft:
    """Return the draft with groups of some cells added (or, negative, taken out), its stops adapted."""
    load = Counter(dict(draft.load))
    load.update(dict(groups))
    on_board = tuple((cell, num) for cell, num in sorted(load.items()) if num > 0)
    return replace(draft, leg=_routed(problem, draft.leg, on_board))


def alone(problem: Problem, cell: int, pool: int, day: int) -> Draft:
    """Return a vehicle for one group alone."""
    return carrying(problem, ((cell, 1),), pool, day)


def carrying(problem: Problem, load: Load, pool: int, day: int) -> Draft:
    """Return a further vehicle for the load, along the stops that it needs."""
    return Draft(_routed(problem, Leg(day, pool, (), (), ()), load))


def _routed(problem: Problem, leg: Leg, load: Load) -> Leg:
    """Return the leg with another load and the stops that it needs, each new one where it costs the fewest km."""
    if not load:
        return replace(leg, pickups=(), dropoffs=(), load=load)
    cells, km = problem.cells, np.asarray(problem.km[problem.network_of_day[leg.day]])
    on_board = np.array([cell for cell, _ in load], dtype=np.int64)
    boards = set(cells.pickup[on_board].tolist())
    alights = set(cells.drop_place[cells.drop_lines(on_board)].tolist())
    pickups = _called_at(km, leg.pickups, boards, before=(), after=leg.dropoffs[:1])
    dropoffs = _called_at(km, leg.dropoffs, alights, before=pickups[-1:], after=())
    return replace(leg, pickups=pickups, dropoffs=dropoffs, load=load)


def _called_at(km: Floats, stops: Stops, used: set[int], before: Stops, after: Stops) -> Stops:
    """Return the stops without those that nobody uses, and with the places that are new."""

    def path_km(tried: Stops) -> float:
        path = (*before, *tried, *after)
        return sum(map(km.item, path, path[1:]))

    route = tuple(stop for stop in stops if stop in used)
    for place in sorted(used - set(route)):
        route = min(((*route[:gap], place, *route[gap:]) for gap in range(len(route) + 1)), key=path_km)
    return route
