"""The least cost of a small instance whose groups are single people, proved by HiGHS over all batches there could be.

A kind of batch is a day, a type of vehicle, a set of pick-ups and one of drop-offs, driven along the shortest way. As
people are single, riders of one kind can be dealt out to its vehicles in any way, so it is enough to count both. People
come first: the model is solved for the first class, then with its number held for the next, and last for the cost.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise, permutations

import highspy
import numpy as np

from returnplan.model.highs import SilentHighs
from returnplan.problem.draft import Draft
from returnplan.problem.groups import persons_by_class
from returnplan.problem.model import UNLIMITED, Floats, Problem

GAP, HALF = 1e-9, 0.5
SECONDS = 600.0


@dataclass(frozen=True)
class Kind:
    """Batches that are alike but for their riders."""

    day: int
    pool: int
    pickups: tuple[int, ...]
    dropoffs: tuple[int, ...]
    yuan: float
    cells: tuple[int, ...]


def exact_plan(problem: Problem) -> tuple[tuple[Draft, ...], float]:
    """Return the best plan, and a proved bound on what it costs with late days."""
    if (problem.cells.num_seats != 1).any():
        raise ValueError("people who need several seats, or to stay together, are not in this model")
    kinds = list(_kinds(problem))
    model = SilentHighs()  # type: ignore[no-untyped-call]
    vehicles = [model.addIntegral(lb=0) for _ in kinds]
    rides = [{cell: model.addIntegral(lb=0) for cell in kind.cells} for kind in kinds]
    for kind, num, riding in zip(kinds, vehicles, rides, strict=True):
        model.addConstr(sum(riding.values()) <= int(problem.pools.usable[kind.pool]) * num)
        model.addConstr(sum(riding.values()) >= int(problem.pools.min_load[kind.pool]) * num)
    for cell, num_groups in enumerate(problem.cells.num_groups.tolist()):
        model.addConstr(sum(riding[cell] for riding in rides if cell in riding) <= num_groups)
    _limit_what_is_shared(problem, model, kinds, vehicles, rides)
    for option, value in (("mip_rel_gap", GAP), ("time_limit", SECONDS), ("threads", 1)):
        model.setOptionValue(option, value)
    for of_class in persons_by_class(problem.cells.weight, problem.cells.num_persons):
        counted = [var for riding in rides for cell, var in riding.items() if of_class[cell]]
        if counted:
            model.maximize(sum(counted))
            people = round(model.getInfo().objective_function_value)
            model.addConstr(sum(counted) >= people)
    late_yuan = problem.limits.late_day_yuan or 0.0
    yuan = sum(kind.yuan * num for kind, num in zip(kinds, vehicles, strict=True))
    yuan += sum(
        late_yuan * float(problem.cells.late_days[cell, kind.day]) * var
        for kind, riding in zip(kinds, rides, strict=True)
        for cell, var in riding.items()
    )
    model.minimize(yuan)
    values = np.rint(np.array(model.getSolution().col_value)).astype(int)
    plans = (
        _dealt(
            problem,
            kind,
            int(values[num.index]),
            {cell: int(values[var.index]) for cell, var in riding.items()},
        )
        for kind, num, riding in zip(kinds, vehicles, rides, strict=True)
    )
    return tuple(draft for plan in plans for draft in plan), float(model.getInfo().mip_dual_bound)


def _kinds(problem: Problem) -> Iterator[Kind]:
    """Yield every kind of batch that somebody could ride on."""
    cells, limits, pools, km = problem.cells, problem.limits, problem.pools, problem.km[0]
    picks = list(_loops(sorted(set(cells.pickup.tolist())), limits.max_pickups))
    drops = list(_loops(sorted(set(cells.drop_place.tolist())), limits.max_dropoffs))
    sharing: defaultdict[tuple[int, int, int], list[int]] = defaultdict(list)
    for cell in range(len(cells)):
        county = -1 if limits.mix_counties else int(cells.county[cell])
        sharing[int(cells.prefecture[cell]), int(cells.city_group[cell]), county].append(cell)
    for (prefecture, _, _), members in sharing.items():
        for pick in picks:
            for drop in drops:
                own = [c for c in members if cells.pickup[c] in pick and cells.drop_place[c] in drop]
                covers = {int(cells.pickup[c]) for c in own} == set(pick)
                if not own or not covers or {int(cells.drop_place[c]) for c in own} != set(drop):
                    continue
                way = _shortest(problem, km, pick, drop)
                if way is None:
                    continue
                for pool in range(len(pools)):
                    if pools.base[pool] not in (-1, prefecture):
                        continue
                    stops = len(pick) + len(drop) - 2
                    yuan = (
                        pools.fixed_yuan[pool]
                        + pools.per_km_yuan[pool] * way[0]
                        + limits.stop_cost_yuan * stops
                    )
                    for day in range(problem.num_days):
                        riding = tuple(c for c in own if cells.earliest[c] <= day <= cells.latest[c])
                        if riding:
                            yield Kind(day, pool, *way[1:], float(yuan), riding)


def _loops(places: list[int], most: int) -> Iterator[tuple[int, ...]]:
    for size in range(1, most + 1):
        yield from combinations(places, size)


def _shortest(
    problem: Problem, km: Floats, pick: tuple[int, ...], drop: tuple[int, ...]
) -> tuple[float, tuple[int, ...], tuple[int, ...]] | None:
    def length(way: tuple[int, ...]) -> float:
        return float(sum(km[a, b] for a, b in pairwise(way)))

    ways = [
        (length(one + other), one, other)
        for one in permutations(pick)
        if length(one) <= problem.limits.max_pickup_km
        for other in permutations(drop)
        if length(other) <= problem.limits.max_dropoff_km
    ]
    return min(ways, default=None)


def _limit_what_is_shared(
    problem: Problem,
    model: SilentHighs,
    kinds: list[Kind],
    vehicles: list[highspy.highs.highs_var],
    rides: list[dict[int, highspy.highs.highs_var]],
) -> None:
    for pool, available in enumerate(problem.pools.available):
        turn = int(problem.pools.turnaround_days[pool])
        for day in range(problem.num_days):
            away = [
                num
                for kind, num in zip(kinds, vehicles, strict=True)
                if kind.pool == pool and day - turn < kind.day <= day
            ]
            if away and available[day] < UNLIMITED:
                model.addConstr(highspy.Highs.qsum(away) <= int(available[day]))
    for home, most in enumerate(problem.caps.max_departures):
        for day in range(problem.num_days):
            leaving = [
                var
                for kind, riding in zip(kinds, rides, strict=True)
                if kind.day == day
                for cell, var in riding.items()
                if problem.cells.prefecture[cell] == home
            ]
            if leaving and most[day] < UNLIMITED:
                model.addConstr(highspy.Highs.qsum(leaving) <= int(most[day]))


def _dealt(problem: Problem, kind: Kind, num: int, riding: dict[int, int]) -> Iterator[Draft]:
    """Deal the riders of a kind out to its vehicles, as evenly as can be."""
    seats = sorted(cell for cell, people in riding.items() for _ in range(people))
    for nth in range(num):
        aboard = seats[nth::num]
        load = tuple((cell, aboard.count(cell)) for cell in sorted(set(aboard)))
        pickups = tuple(
            place for place in kind.pickups if place in {int(problem.cells.pickup[c]) for c in aboard}
        )
        dropoffs = tuple(p for p in kind.dropoffs if p in {int(problem.cells.drop_place[c]) for c in aboard})
        yield Draft.direct(kind.day, kind.pool, pickups, dropoffs, load)
