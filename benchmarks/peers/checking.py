"""Every rule that a plan of any planner must keep before its cost counts; vehicles are back the next day."""

from collections import Counter
from collections.abc import Sequence

from benchmarks.peers.trips import Trip, km_along
from returnplan.problem.model import Problem


def broken_rules(problem: Problem, trips: Sequence[Trip]) -> list[str]:
    """Return the names of the rules that the plan breaks, none for a plan that may run."""
    broken = {rule for trip in trips for rule, is_kept in _kept(problem, trip).items() if not is_kept}
    if not _nobody_rides_twice(problem, trips):
        broken.add("one journey a person")
    if not _fleet_suffices(problem, trips):
        broken.add("fleet")
    return sorted(broken)


def _kept(problem: Problem, trip: Trip) -> dict[str, bool]:
    cells, limits = problem.cells, problem.limits
    kinds = [stop.is_pickup for stop in trip.stops]
    riding = list(trip.load)
    boarding = {int(cells.pickup[cell]) for cell in riding}
    alighting = {
        int(place)
        for cell in riding
        for place in cells.drop_place[cells.drop_start[cell] : cells.drop_start[cell + 1]]
    }
    return {
        "pick-ups before drop-offs": kinds == sorted(kinds, reverse=True),
        "everybody boards and alights": boarding <= set(trip.pickups) and alighting <= set(trip.dropoffs),
        "stop limits": len(trip.pickups) <= limits.max_pickups and len(trip.dropoffs) <= limits.max_dropoffs,
        "loop limits": km_along(problem, trip.day, trip.pickups) <= limits.max_pickup_km
        and km_along(problem, trip.day, trip.dropoffs) <= limits.max_dropoff_km,
        "window": all(cells.earliest[cell] <= trip.day <= cells.latest[cell] for cell in riding),
        "one city": len({int(cells.city_group[cell]) for cell in riding}) == 1,
        "base": problem.pools.base[trip.pool] < 0
        or all(cells.prefecture[cell] == problem.pools.base[trip.pool] for cell in riding),
        "load": _load_fits(problem, trip),
    }


def _load_fits(problem: Problem, trip: Trip) -> bool:
    cells, pools = problem.cells, problem.pools
    persons = sum(int(cells.num_persons[cell]) * num for cell, num in trip.load.items())
    seats = sum(int(cells.num_seats[cell]) * num for cell, num in trip.load.items())
    return bool(pools.min_load[trip.pool] <= persons and seats <= pools.usable[trip.pool])


def _nobody_rides_twice(problem: Problem, trips: Sequence[Trip]) -> bool:
    planned: Counter[int] = Counter()
    for trip in trips:
        planned.update(trip.load)
    return all(num <= problem.cells.num_groups[cell] for cell, num in planned.items())


def _fleet_suffices(problem: Problem, trips: Sequence[Trip]) -> bool:
    used = Counter((trip.pool, trip.day) for trip in trips)
    return all(num <= problem.pools.available[pool, day] for (pool, day), num in used.items())
