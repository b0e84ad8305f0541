"""From a problem of the planner to an instance of PTP-LIB, and back; ptp-lib/README.md says what each field means."""

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np

from returnplan.problem.groups import CLASS_FACTOR, persons_by_class
from returnplan.problem.model import NO_PREVIOUS, UNLIMITED, Caps, Cells, Floats, Ints, Limits, Pools, Problem

Json = dict[str, Any]

FORMAT = "ptp-lib 1"
TRANSFERS: Json = {
    "speed_kmh": 80, "dwell_minutes": 10, "walk_km": 1, "board_minutes": 60, "alight_minutes": 40, "wait_minutes": 180,
    "earliest_minute": 300, "latest_minute": 1320, "longest_minutes": 240,
}  # fmt: skip
"""The same in all instances with trains."""


def instance_of(problem: Problem, name: str, about: str, decimals: int = 2) -> Json:
    """Return a problem without trains as an instance, its km rounded.

    Roads stay the shortest ones: lengths are rounded, then closed by shortest ways.
    """
    cells, limits, pools = problem.cells, problem.limits, problem.pools
    people = persons_by_class(cells.weight, cells.num_persons).astype(np.int64)
    return {
        "format": FORMAT,
        "name": name,
        "about": about,
        "first_date": problem.first_day.isoformat(),
        "days": problem.num_days,
        "classes": len(people),
        "rules": {
            "max_pickups": limits.max_pickups,
            "max_dropoffs": limits.max_dropoffs,
            "max_pickup_km": _limit(limits.max_pickup_km),
            "max_dropoff_km": _limit(limits.max_dropoff_km),
            "mix_counties": limits.mix_counties,
            "stop_cost_yuan": limits.stop_cost_yuan,
            "late_day_yuan": limits.late_day_yuan or 0,
            "departures_per_day": {
                _prefecture(i): int(most.min())
                for i, most in enumerate(problem.caps.max_departures)
                if most.min() < UNLIMITED
            },
        },
        "places": [{"name": f"place {i}", "prefecture": None} for i in range(problem.km.shape[1])],
        "km": _rounded(problem.km[0], decimals),
        "vehicles": [_vehicle(pools, i) for i in range(len(pools))],
        "groups": [_group(problem, people[:, i], i) for i in range(len(cells))],
        "last_plan": [
            {"day": int(day), "move_yuan": float(yuan)}
            for day, yuan in zip(problem.previous_days, problem.previous_move_yuan, strict=True)
        ],
        "trains": [],
        "transfers": TRANSFERS,
    }


def _limit(km: float) -> float | None:
    return km if np.isfinite(km) else None


def _prefecture(number: int) -> str | None:
    return f"prefecture {number}" if number >= 0 else None


def _rounded(km: Floats, decimals: int) -> list[list[float]]:
    steps = np.rint(km * 10**decimals).astype(np.int64)
    for via in range(len(steps)):
        steps = np.minimum(steps, steps[:, via, None] + steps[None, via])
    rounded: list[list[float]] = np.round(steps / 10**decimals, decimals).tolist()
    return rounded


def _vehicle(pools: Pools, i: int) -> Json:
    per_day = pools.available[i].tolist()
    return {
        "name": f"type {i}",
        "seats": int(pools.usable[i]),
        "min_load": int(pools.min_load[i]),
        "fixed_yuan": float(pools.fixed_yuan[i]),
        "per_km_yuan": round(float(pools.per_km_yuan[i]), 6),
        "per_day": None if min(per_day) >= UNLIMITED else per_day,
        "turnaround_days": int(pools.turnaround_days[i]),
        "base": _prefecture(int(pools.base[i])),
        "use": "any",
        "runs_per_day": None,
    }


def _group(problem: Problem, people: Ints, i: int) -> Json:
    cells = problem.cells
    if cells.drop_start[i + 1] - cells.drop_start[i] != 1 or cells.prefecture[i] < 0 or cells.county[i] < 0:
        raise ValueError(
            "a party that boards in several counties or alights at several places has no line here"
        )
    late = np.flatnonzero(cells.late_days[i])
    before = int(cells.previous[i])
    return {
        "count": int(cells.num_groups[i]),
        "people": people.tolist(),
        "seats": int(cells.num_seats[i]),
        "pickup": int(cells.pickup[i]),
        "dropoff": int(cells.drop_place[cells.drop_start[i]]),
        "prefecture": _prefecture(int(cells.prefecture[i])),
        "county": f"county {cells.county[i]}",
        "city": f"city {cells.city_group[i]}",
        "first_day": int(cells.earliest[i]),
        "last_day": int(cells.latest[i]),
        "resume_day": int(late[0] - cells.late_days[i][late[0]] / people.sum()) if len(late) else None,
        "walks_on": False,
        "before": None if before == NO_PREVIOUS else before,
    }


def problem_of(instance: Json) -> Problem:
    """Return the planner's problem of an instance without trains: cell by cell its groups."""
    groups, rules, vehicles = instance["groups"], instance["rules"], instance["vehicles"]
    num_days = instance["days"]
    column = _columns(groups)
    homes = _numbers([*(g["prefecture"] for g in groups), *(v["base"] for v in vehicles)])
    cities, counties = (_numbers(group[key] for group in groups) for key in ("city", "county"))
    people = np.array([group["people"] for group in groups], dtype=np.float64).reshape(
        len(groups), instance["classes"]
    )
    factors = CLASS_FACTOR ** np.arange(instance["classes"] - 1, -1, -1)
    num_persons = people.sum(axis=1).astype(np.int64)
    due = column("resume_day", num_days)
    cells = Cells(
        pickup=column("pickup"),
        prefecture=column("prefecture", numbers=homes),
        goal=column("city", numbers=cities) + len(homes),
        county=column("county", numbers=counties),
        city_group=column("city", numbers=cities),
        earliest=column("first_day"),
        latest=column("last_day"),
        late_days=np.maximum(0, np.arange(num_days) - due[:, None]) * num_persons[:, None].astype(float),
        weight=people @ factors,
        num_persons=num_persons,
        num_seats=column("seats"),
        num_groups=column("count"),
        own_transfer=np.zeros(len(groups), dtype=np.int64),
        previous=column("before", NO_PREVIOUS),
        drop_start=np.arange(len(groups) + 1),
        drop_place=column("dropoff"),
        drop_persons=num_persons,
    )
    most = [rules["departures_per_day"].get(home, UNLIMITED) for home in homes]
    caps = Caps(
        max_departures=np.repeat(np.array(most, dtype=np.int64)[:, None], num_days, axis=1),
        max_arrivals=np.full((len(cities), num_days + 7), UNLIMITED, dtype=np.int64),
        city_of_cell=cells.city_group,
    )
    last = instance["last_plan"]
    return Problem(
        first_day=date.fromisoformat(instance["first_date"]),
        cells=cells,
        pools=_pools(vehicles, homes, num_days),
        limits=Limits(
            rules["max_pickups"],
            rules["max_dropoffs"],
            np.inf if rules["max_pickup_km"] is None else rules["max_pickup_km"],
            np.inf if rules["max_dropoff_km"] is None else rules["max_dropoff_km"],
            rules["stop_cost_yuan"],
            rules["mix_counties"],
            late_day_yuan=float(rules["late_day_yuan"]),
        ),
        km=np.array(instance["km"], dtype=np.float64)[None],
        network_of_day=np.zeros(num_days, dtype=np.int64),
        caps=caps,
        previous_days=np.array([batch["day"] for batch in last], dtype=np.int64),
        previous_pools=np.full(len(last), -1, dtype=np.int64),
        previous_move_yuan=np.array([batch["move_yuan"] for batch in last], dtype=np.float64),
        previous_head_yuan=np.zeros(len(last)),
    )


def _numbers(names: Any) -> dict[str, int]:
    return {name: i for i, name in enumerate(sorted({name for name in names if name is not None}))}


def _columns(lines: list[Json]) -> Callable[..., Ints]:
    def column(name: str, absent: int = -1, numbers: dict[str, int] | None = None) -> Ints:
        values = (numbers.get(line[name], absent) if numbers else line[name] for line in lines)
        return np.array([absent if value is None else value for value in values], dtype=np.int64)

    return column


def _pools(vehicles: list[Json], homes: dict[str, int], num_days: int) -> Pools:
    column = _columns(vehicles)
    return Pools(
        usable=column("seats"),
        min_load=column("min_load"),
        fixed_yuan=np.array([vehicle["fixed_yuan"] for vehicle in vehicles], dtype=np.float64),
        per_km_yuan=np.array([vehicle["per_km_yuan"] for vehicle in vehicles], dtype=np.float64),
        base=column("base", numbers=homes) if homes else column("base"),
        goal=np.full(len(vehicles), -1, dtype=np.int64),
        available=np.array(
            [vehicle["per_day"] or [UNLIMITED] * num_days for vehicle in vehicles], dtype=np.int64
        ),
        turnaround_days=column("turnaround_days"),
    )
