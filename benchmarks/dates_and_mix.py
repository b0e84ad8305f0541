"""Vehicles and dates alone, as a mixed-integer program for HiGHS.

Where all people of a prefecture board at one place and alight at one place in each city, a plan is no more than how
many vehicles of each type leave for each city on each day, and who of whose window fills them.
"""

from collections import Counter
from dataclasses import dataclass, fields, replace
from itertools import product

import numpy as np

from returnplan.model.highs import SilentHighs
from returnplan.problem.model import Cells, Floats, Ints, Problem

GAP = 0.001


@dataclass(frozen=True, slots=True)
class Reference:
    """The cheapest choice that was found, and what any costs at least."""

    yuan: float
    bound_yuan: float


def one_stop_each(problem: Problem) -> Problem:
    """Return the problem in which a prefecture boards, and a city alights, where most of its people do."""
    cells = problem.cells
    people = cells.num_groups * cells.num_persons
    pickup = _busiest(cells.pickup, cells.prefecture, people)
    dropoff = _busiest(cells.drop_place[cells.drop_start[:-1]], cells.city_group, people)
    alike = np.column_stack([
        pickup, dropoff, cells.prefecture, cells.city_group, cells.earliest, cells.latest, cells.weight,
        cells.num_persons, cells.num_seats, cells.late_days,
    ])  # fmt: skip
    _, one, kind = np.unique(alike, axis=0, return_index=True, return_inverse=True)
    named = {
        field.name: getattr(cells, field.name) for field in fields(Cells) if not field.name.startswith("drop")
    }
    merged = {name: values[one] for name, values in named.items()} | {
        "pickup": pickup[one],
        "num_groups": np.bincount(kind, cells.num_groups).astype(np.int64),
        "drop_start": np.arange(len(one) + 1),
        "drop_place": dropoff[one],
        "drop_persons": cells.num_persons[one],
    }
    return replace(problem, cells=Cells(**merged))


def _busiest(place: Ints, area: Ints, people: Ints) -> Ints:
    """Return (C,) the place of each area that most people use."""
    busiest = np.zeros_like(place)
    for one in np.unique(area):
        here = area == one
        busiest[here] = np.bincount(place[here], people[here]).argmax()
    return busiest


def best_choice(problem: Problem, num_planned: Ints, part: Ints, seconds: float) -> Reference:
    """Return the cheapest vehicles and dates for the planned groups (C,) of the cells ``part``, of one prefecture.

    Nobody else wants a vehicle: for one city of several that bound is low. Least loads are left out, which can only
    make it lower.
    """
    cells, pools = problem.cells, problem.pools
    part = part[num_planned[part] > 0]
    mine = np.flatnonzero((pools.base < 0) | (pools.base == cells.prefecture[part[0]]))
    vehicle_yuan = _vehicle_yuan(problem, part)
    days = range(problem.num_days)
    model = SilentHighs()  # type: ignore[no-untyped-call]
    run = {
        (city, pool, day): model.addIntegral(ub=int(pools.available[pool, day]), obj=float(yuan[pool]))
        for (city, yuan), pool, day in product(vehicle_yuan.items(), mine, days)
    }
    for pool, day in product(mine, days):
        away = range(max(0, day - int(pools.turnaround_days[pool]) + 1), day + 1)
        out = [run[city, pool, left] for city in vehicle_yuan for left in away]
        model.addConstr(sum(out) <= int(pools.available[pool, day]))
    room = {
        (city, day): [int(pools.usable[pool]) * run[city, pool, day] for pool in mine]
        for city, day in product(vehicle_yuan, days)
    }
    for (city, first, last), num_seats in _seats_of_windows(problem, num_planned, part).items():
        riders = [model.addVariable() for _ in range(first, last + 1)]
        model.addConstr(sum(riders) == num_seats)
        for day, some in zip(range(first, last + 1), riders, strict=True):
            room[city, day].append(-1 * some)
    for spare in room.values():
        model.addConstr(sum(spare) >= 0)
    for option, value in (("time_limit", seconds), ("mip_rel_gap", GAP), ("threads", 1)):
        model.setOptionValue(option, value)
    model.run()
    info = model.getInfo()
    return Reference(info.objective_function_value, info.mip_dual_bound)


def _vehicle_yuan(problem: Problem, part: Ints) -> dict[int, Floats]:
    """Return (V,) for each city what a vehicle to it costs."""
    cells, pools = problem.cells, problem.pools
    km = problem.km.min(axis=0)[cells.pickup[part], cells.drop_place[part]]
    return {
        int(city): pools.fixed_yuan + pools.per_km_yuan * km[cells.city_group[part] == city].min()
        for city in np.unique(cells.city_group[part])
    }


def _seats_of_windows(problem: Problem, num_planned: Ints, part: Ints) -> Counter[tuple[int, int, int]]:
    """Return the seats that people of each city and window take."""
    cells, seats = problem.cells, Counter[tuple[int, int, int]]()
    for cell in part:
        window = (int(cells.city_group[cell]), int(cells.earliest[cell]), int(cells.latest[cell]))
        seats[window] += int(num_planned[cell] * cells.num_seats[cell])
    return seats
