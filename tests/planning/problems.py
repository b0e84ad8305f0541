"""Tiny problems drawn at random, a check of the hard rules on a plan, and the best plan by trying everything."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import pairwise, permutations, product

import numpy as np

from returnplan.model.law import Drivers, Law, Timetable
from returnplan.problem.draft import Draft
from returnplan.problem.model import NO_PREVIOUS, Caps, Cells, Floats, Ints, Limits, Pools, Problem, Regimes
from returnplan.problem.timetable import Schedule

NUM_PICKUPS, NUM_DROPOFFS, NUM_DAYS = 3, 2, 3


def tiny(seed: int, *, num_groups: int = 4, min_load: int = 1) -> Problem:
    """Invent a problem of a few groups, three pick-ups, two drop-offs, three days and two vehicle types."""
    random = np.random.default_rng(seed)
    places = random.uniform(0, 60, (NUM_PICKUPS + NUM_DROPOFFS, 2)) + np.array(
        [[0.0, 0.0]] * NUM_PICKUPS + [[400.0, 0.0]] * NUM_DROPOFFS
    )
    km = np.sqrt(((places[:, None] - places[None]) ** 2).sum(axis=-1))
    earliest = random.integers(0, NUM_DAYS, num_groups)
    latest = np.minimum(NUM_DAYS - 1, earliest + random.integers(0, 2, num_groups))
    persons = random.integers(1, 4, num_groups)
    cells = Cells(
        pickup=random.integers(0, NUM_PICKUPS, num_groups),
        prefecture=random.integers(0, 2, num_groups),
        goal=np.zeros(num_groups, dtype=np.int64),
        county=random.integers(0, 2, num_groups),
        city_group=random.integers(0, 2, num_groups) // random.integers(1, 3),
        earliest=earliest,
        latest=latest,
        late_days=np.zeros((num_groups, NUM_DAYS)),
        weight=persons.astype(float),
        num_persons=persons,
        num_seats=persons,
        num_groups=np.ones(num_groups, dtype=np.int64),
        own_transfer=np.zeros(num_groups, dtype=np.int64),
        previous=np.full(num_groups, NO_PREVIOUS),
        drop_start=np.arange(num_groups + 1),
        drop_place=NUM_PICKUPS + random.integers(0, NUM_DROPOFFS, num_groups),
        drop_persons=persons,
    )
    cells = replace(cells, goal=cells.city_group)
    pools = Pools(
        usable=np.array([3, 5]),
        min_load=np.array([min_load, min_load]),
        fixed_yuan=np.array([500.0, 700.0]),
        per_km_yuan=np.array([2.0, 2.5]),
        base=random.integers(-1, 1, 2),
        goal=np.full(2, -1),
        available=random.integers(0, 3, (2, NUM_DAYS)),
        turnaround_days=random.integers(1, 3, 2),
    )
    limits = Limits(
        max_pickups=int(random.integers(1, 4)),
        max_dropoffs=int(random.integers(1, 3)),
        max_pickup_km=float(random.choice([30.0, 60.0, 999.0])),
        max_dropoff_km=float(random.choice([30.0, 999.0])),
        stop_cost_yuan=50.0,
        mix_counties=bool(random.integers(0, 2)),
    )
    return Problem(date(2021, 2, 18), cells, pools, limits, km[None], np.zeros(NUM_DAYS, dtype=np.int64))


def one_road(num_people: int, *, vehicles: int) -> Problem:
    """Single people from one stop to another, 400 km away, all days open, vehicles of three seats."""
    base = tiny(0, num_groups=num_people)
    ones, zeros = np.ones(num_people, dtype=np.int64), np.zeros(num_people, dtype=np.int64)
    cells = replace(
        base.cells, pickup=zeros, prefecture=zeros, county=zeros, city_group=zeros, earliest=zeros,
        latest=2 * ones, weight=ones.astype(float), num_persons=ones, num_seats=ones, drop_place=3 * ones,
        drop_persons=ones,
    )  # fmt: skip
    pools = replace(
        base.pools, usable=np.array([3, 3]), base=np.array([-1, -1]), turnaround_days=np.array([1, 1]),
        min_load=np.array([1, 1]), available=np.array([[vehicles, vehicles, vehicles], [0, 0, 0]]),
    )  # fmt: skip
    if vehicles == 1:
        pools = replace(pools, available=np.array([[1, 0, 0], [0, 0, 0]]))
    limits = replace(base.limits, max_pickups=3, max_dropoffs=2, mix_counties=True)
    return replace(base, cells=cells, pools=pools, limits=limits)


def knotty(seed: int) -> Problem:
    """Invent a small problem with some rules and prices that the tiny ones lack, and km that are not metric."""
    random = np.random.default_rng(seed)
    base = tiny(seed, num_groups=int(random.integers(2, 25)), min_load=int(random.integers(1, 4)))
    num_cells, num_days = len(base.cells), base.num_days
    names = ("alike", "late", "priced", "dear", "classes", "large", "roads", "caps")
    chances = dict(zip(names, random.random(len(names)) < 0.4, strict=True))
    cells, pools, limits, caps = base.cells, base.pools, base.limits, base.caps
    km, network = base.km, base.network_of_day
    if chances["alike"]:
        cells = replace(cells, num_groups=random.integers(1, 15, num_cells))
    if chances["late"]:
        cells = replace(cells, late_days=random.integers(0, 4, (num_cells, num_days)).astype(float))
    if chances["priced"]:
        limits = replace(limits, late_day_yuan=float(random.integers(0, 300)))
    if chances["dear"]:
        limits = replace(limits, max_yuan_per_head=float(random.integers(200, 900)))
    if chances["classes"]:
        cells = replace(cells, weight=cells.weight * 64.0 ** random.integers(0, 3, num_cells))
    if chances["large"]:
        pools = replace(pools, usable=random.integers(5, 20, 2), min_load=random.integers(1, 12, 2))
    if chances["roads"]:
        km = np.stack([km[0] * random.uniform(0.3, 2.5, km[0].shape) for _ in range(2)])
        network = random.integers(0, 2, num_days)
    if chances["caps"]:
        departures, arrivals = (
            random.integers(1, 12, (2, num_days)),
            random.integers(2, 12, (2, num_days + 1)),
        )
        caps = Caps(departures, arrivals, cells.city_group % 2)
    regimes = None
    if random.random() < 0.4:
        regimes = some_regimes(replace(base, pools=pools), random)
    schedule = leaving_at(int(random.integers(960, 1_140)), num_drivers=2 if random.random() < 0.8 else 1)
    return replace(
        base, cells=cells, pools=pools, limits=limits, km=km, network_of_day=network, caps=caps, schedule=schedule,
        regimes=regimes, drive_minutes=some_minutes(seed, km, chance=0.4),
    )  # fmt: skip


def some_minutes(seed: int, km: Floats, chance: float) -> Floats | None:
    """Return how long roads take, some slow and some fast, for a share of all seeds; else None."""
    random = np.random.default_rng([seed, 8])
    return km * random.uniform(0.3, 2.5, km.shape) if random.random() < chance else None


def some_regimes(problem: Problem, random: np.random.Generator) -> Regimes:
    """Return three dated rules, each stricter than the one before, for some cells on some days."""
    usable = np.stack([problem.pools.usable - less for less in range(3)])
    least = np.stack([problem.pools.min_load + more for more in range(3)])
    of_cell = random.integers(0, 3, (len(problem.cells), problem.num_days))
    return Regimes(of_cell, np.maximum.outer(np.arange(3), np.arange(3)), usable, least, of_cell[:, :0])


@cache
def leaving_at(minute: int, num_drivers: int = 2, speed_kmh: float = 70.0) -> Schedule:
    """Return the schedule of journeys that leave at one minute of the day; from four on some arrive before midnight."""
    hour = f"{minute // 60:02d}:{minute % 60:02d}"
    timetable = Timetable(start=hour, start_window=(hour, hour), speed_kmh=speed_kmh, boarding_minutes=0.5)
    return Schedule(Law(timetable=timetable, drivers=Drivers(most=num_drivers)))


def planned_groups(problem: Problem, drafts: Sequence[Draft]) -> Ints:
    """Return (C,) how many groups of each cell ride."""
    planned = np.zeros(len(problem.cells), dtype=np.int64)
    for draft in drafts:
        for cell, num in draft.load:
            planned[cell] += num
    return planned


def num_people(problem: Problem, drafts: Sequence[Draft]) -> int:
    return int(planned_groups(problem, drafts) @ problem.cells.num_persons)


def broken_rules(problem: Problem, drafts: Sequence[Draft]) -> list[str]:
    """Return the names of the hard rules that the plan breaks."""
    broken = [rule for draft in drafts for rule in _broken_by(problem, draft)]
    if (planned_groups(problem, drafts) > problem.cells.num_groups).any():
        broken.append("one journey")
    return broken + ([] if vehicles_suffice(problem, drafts) else ["fleet"])


def _broken_by(problem: Problem, draft: Draft) -> list[str]:
    cells, pools, limits = problem.cells, problem.pools, problem.limits
    riding = [cell for cell, _ in draft.load]
    km = problem.km[problem.network_of_day[draft.day]]
    persons = sum(int(cells.num_persons[cell]) * num for cell, num in draft.load)
    seats = sum(int(cells.num_seats[cell]) * num for cell, num in draft.load)
    drops = _drops(problem, riding)
    promises = {
        "window": all(cells.earliest[c] <= draft.day <= cells.latest[c] for c in riding),
        "city": len({int(cells.city_group[c]) for c in riding}) == 1,
        "counties": limits.mix_counties or len({int(cells.county[c]) for c in riding}) == 1,
        "base": pools.base[draft.leg.pool] < 0
        or all(cells.prefecture[c] == pools.base[draft.leg.pool] for c in riding),
        "goal": pools.goal[draft.leg.pool] < 0
        or all(cells.goal[c] == pools.goal[draft.leg.pool] for c in riding),
        "load": pools.min_load[draft.leg.pool] <= persons and seats <= pools.usable[draft.leg.pool],
        "stops": sorted(draft.leg.pickups) == sorted({int(cells.pickup[c]) for c in riding})
        and sorted(draft.leg.dropoffs) == sorted(drops),
        "stop limits": len(draft.leg.pickups) <= limits.max_pickups
        and len(draft.leg.dropoffs) <= limits.max_dropoffs,
        "loops": along(km, draft.leg.pickups) <= limits.max_pickup_km + 1e-6
        and along(km, draft.leg.dropoffs) <= limits.max_dropoff_km + 1e-6,
    }
    return [rule for rule, kept in promises.items() if not kept]


def _drops(problem: Problem, riding: Sequence[int]) -> set[int]:
    start, places = problem.cells.drop_start, problem.cells.drop_place
    return {int(place) for cell in riding for place in places[start[cell] : start[cell + 1]]}


def along(km: Floats, stops: Sequence[int]) -> float:
    return float(sum(km[a, b] for a, b in pairwise(stops)))


def vehicles_suffice(problem: Problem, drafts: Sequence[Draft]) -> bool:
    """Return whether on each day no more vehicles of a pool leave or are still away than there are."""
    pools = problem.pools
    for pool, day in {(draft.leg.pool, draft.day) for draft in drafts}:
        for first in range(day - int(pools.turnaround_days[pool]) + 1, day + 1):
            days = range(first, first + int(pools.turnaround_days[pool]))
            away = sum(draft.leg.pool == pool and draft.day in days for draft in drafts)
            if away > pools.available[pool, day]:
                return False
    return True


def best_by_trying_all(problem: Problem) -> tuple[int, float]:
    """Return the most people that can be planned, and the least cost of planning so many (cells of one group)."""
    num_cells = len(problem.cells)

    @cache
    def batches(riding: tuple[int, ...]) -> list[tuple[float, Draft]]:
        return [
            (cost, draft)
            for day, pool in product(range(problem.num_days), range(len(problem.pools)))
            if (cost_draft := _cheapest_batch(problem, riding, day, pool)) is not None
            for cost, draft in [cost_draft]
        ]

    best = (0, 0.0)

    def extend(left: tuple[int, ...], chosen: list[Draft], people: int, cost: float) -> None:
        nonlocal best
        if not left:
            if vehicles_suffice(problem, chosen) and (-people, cost) < (-best[0], best[1]):
                best = (people, cost)
            return
        first, rest = left[0], left[1:]
        extend(rest, chosen, people, cost)
        for mask in range(1 << len(rest)):
            mates = tuple(cell for i, cell in enumerate(rest) if mask >> i & 1)
            others = tuple(cell for i, cell in enumerate(rest) if not mask >> i & 1)
            for more, draft in batches((first, *mates)):
                aboard = sum(int(problem.cells.num_persons[cell]) for cell in (first, *mates))
                extend(others, [*chosen, draft], people + aboard, cost + more)

    extend(tuple(range(num_cells)), [], 0, 0.0)
    return best


def _cheapest_batch(
    problem: Problem, riding: tuple[int, ...], day: int, pool: int
) -> tuple[float, Draft] | None:
    cells = problem.cells
    picks = sorted({int(cells.pickup[c]) for c in riding})
    drops = sorted(_drops(problem, riding))
    load = tuple((c, 1) for c in riding)
    options = [Draft.direct(day, pool, p, d, load) for p in permutations(picks) for d in permutations(drops)]
    allowed = [(_cost(problem, draft), draft) for draft in options if not _broken_by(problem, draft)]
    return min(allowed, key=lambda option: option[0], default=None)


def _cost(problem: Problem, draft: Draft) -> float:
    stops = draft.leg.pickups + draft.leg.dropoffs
    road = problem.pools.per_km_yuan[draft.leg.pool] * along(problem.km[0], stops)
    return float(
        problem.pools.fixed_yuan[draft.leg.pool] + road + problem.limits.stop_cost_yuan * (len(stops) - 2)
    )


def total_cost(problem: Problem, drafts: Sequence[Draft]) -> float:
    return sum(_cost(problem, draft) for draft in drafts)
