"""Instances with trains: one prefecture and one city, feeders to its stations, shuttles from them to the factories."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from benchmarks.ptp.instances import FORMAT, TRANSFERS, Json

NUM_PICKUPS, NUM_DROPOFFS, NUM_DAYS, LONGEST_WINDOW = 12, 8, 6, 4
ROAD_KM, REGION_KM, CITY_KM, DETOUR = 480.0, 60.0, 25.0, 1.25
HOME, GOAL = "prefecture 0", "city 0"


@dataclass(frozen=True)
class Line:
    """The trains of an instance, one on each of some days, and who needs no shuttle."""

    about: str
    num_people: int
    days: tuple[int, ...] = (2, 4)
    product: str = "train"
    capacity: int = 400
    min_load: int = 200
    fixed_yuan: float = 22_000.0
    carriage_yuan: float = 0.0
    seat_yuan: float = 0.0
    quotas: tuple[int | None, ...] = (None,)
    share_who_walk_on: float = 0.0


LINES = (
    Line("whole trains on two days", 800),
    Line("whole trains that call at two stations, with a quota at each", 800, quotas=(250, 200)),
    Line("carriages of 85 seats", 600, product="carriage", min_load=60, fixed_yuan=0.0, carriage_yuan=5_200.0),
    Line("group tickets; every fifth needs no shuttle", 500, days=(1, 3, 5), product="group", capacity=120, min_load=10,
         fixed_yuan=0.0, seat_yuan=70.0, share_who_walk_on=0.2),
)  # fmt: skip


def with_trains(line: Line, seed: int, name: str) -> Json:
    """Invent an instance with a line's trains."""
    random = np.random.default_rng(seed)
    num_stations = len(line.quotas)
    spots = np.concatenate(
        [
            random.uniform(-REGION_KM, REGION_KM, (NUM_PICKUPS, 2)),
            np.array([ROAD_KM, 0.0]) + random.uniform(-CITY_KM, CITY_KM, (NUM_DROPOFFS, 2)),
            [[30.0 * nth, 0.0] for nth in range(num_stations)],
            [[ROAD_KM, 0.0]],
        ]
    )
    first_station = NUM_PICKUPS + NUM_DROPOFFS
    steps = np.ceil(DETOUR * 100 * np.linalg.norm(spots[:, None] - spots[None], axis=-1)).astype(np.int64)
    for via in range(len(steps)):
        steps = np.minimum(steps, steps[:, via, None] + steps[None, via])
    homes = [HOME] * NUM_PICKUPS + [GOAL] * NUM_DROPOFFS + [HOME] * num_stations + [GOAL]
    return {
        "format": FORMAT, "name": name, "about": f"{line.num_people} people, {line.about}", "first_date": "2021-02-17",
        "days": NUM_DAYS, "classes": 1,
        "rules": {
            "max_pickups": 4, "max_dropoffs": 4, "max_pickup_km": 150, "max_dropoff_km": 80, "mix_counties": True,
            "stop_cost_yuan": 50, "late_day_yuan": 0, "departures_per_day": {},
        },
        "places": [{"name": f"place {i}", "prefecture": home} for i, home in enumerate(homes)],
        "km": np.round(steps / 100, 2).tolist(),
        "vehicles": [
            _vehicle("coach 49", 49, 3_200, 6.2, "direct", HOME),
            _vehicle("coach 37", 37, 2_600, 5.6, "direct", HOME),
            _vehicle("feeder 49", 49, 600, 4.5, "transfer", HOME),
            _vehicle("shuttle 49", 49, 600, 4.5, "transfer", GOAL),
        ],
        "groups": _groups(line, random),
        "last_plan": [],
        "trains": [_train(line, nth, day, first_station) for nth, day in enumerate(line.days)],
        "transfers": TRANSFERS,
    }  # fmt: skip


def _vehicle(name: str, seats: int, fixed_yuan: float, per_km_yuan: float, use: str, base: str) -> Json:
    is_direct = use == "direct"
    return {
        "name": name, "seats": seats, "min_load": 1, "fixed_yuan": fixed_yuan, "per_km_yuan": per_km_yuan,
        "per_day": [20 if is_direct else 10] * NUM_DAYS, "turnaround_days": 1, "base": base, "use": use,
        "runs_per_day": None if is_direct else 2,
    }  # fmt: skip


def _train(line: Line, nth: int, day: int, first_station: int) -> Json:
    calls: list[Json] = [
        {
            "place": first_station + at,
            "arrives": 655 + 25 * at if at else None,
            "departs": 660 + 25 * at,
            "quota": quota,
        }
        for at, quota in enumerate(line.quotas)
    ]
    last = {"place": first_station + len(line.quotas), "arrives": 930, "departs": None, "quota": None}
    return {
        "name": f"D{8001 + 2 * nth}", "product": line.product, "day": day, "capacity": line.capacity,
        "min_load": line.min_load, "fixed_yuan": line.fixed_yuan,
        "carriage_seats": 85 if line.carriage_yuan else 1, "carriage_yuan": line.carriage_yuan,
        "seat_yuan": line.seat_yuan, "calls": [*calls, last],
    }  # fmt: skip


def _groups(line: Line, random: np.random.Generator) -> list[Json]:
    num, weight = line.num_people, random.lognormal(0.0, 0.7, NUM_PICKUPS)
    first = random.integers(0, NUM_DAYS, num)
    people = np.stack(
        [
            random.choice(NUM_PICKUPS, num, p=weight / weight.sum()),
            NUM_PICKUPS + random.integers(0, NUM_DROPOFFS, num),
            first,
            np.minimum(NUM_DAYS - 1, first + random.integers(0, LONGEST_WINDOW, num)),
            random.random(num) < line.share_who_walk_on,
        ],
        axis=1,
    )
    lines, times = np.unique(people, axis=0, return_counts=True)
    return [
        {
            "count": count, "people": [1], "seats": 1, "pickup": pickup, "dropoff": dropoff, "prefecture": HOME,
            "county": f"county {pickup % 4}", "city": GOAL, "first_day": first, "last_day": last, "resume_day": None,
            "walks_on": bool(walks_on), "before": None,
        }
        for (pickup, dropoff, first, last, walks_on), count in zip(lines.tolist(), times.tolist(), strict=True)
    ]  # fmt: skip


TRAINS: dict[str, Callable[[str], Json]] = {
    f"train-{i:02}": partial(with_trains, line, i) for i, line in enumerate(LINES, start=1)
}
