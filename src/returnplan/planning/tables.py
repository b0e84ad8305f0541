"""The arrays of one market for the compiled search, taken from the problem; places and vehicles renumbered."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from returnplan.planning._core import CELL, DROP, LIMITS, POOL, neighbours
from returnplan.problem.model import UNLIMITED, Floats, Ints, Problem

NONE = -1
"""No batch of the last plan, or a vehicle that is not in this market."""

MOST_NEIGHBOURS = 40
"""Cells that the search looks at from each cell; more did not pay on the corridor."""

Records = Any
"""A structured array, one record an element (numpy cannot tell mypy its fields); cpp/market.h says what they mean."""


class Market(NamedTuple):
    """Cells, vehicles and roads of one market; meaning as in :mod:`returnplan.problem.model`.

    A *unit* is one group (a person with children, or a party); those of a cell are consecutive. ``late_days`` (C, D)
    are the person-days after the resume date if one unit leaves on that day; ``max_departures`` (prefectures, D) and
    ``max_arrivals`` (cities, D) are the day caps; ``arrival`` and ``reception`` (places) are those of the schedule,
    ``drive_minutes`` is empty where all roads are driven at the usual speed,
    ``regime`` (C, D), ``join``, ``usable`` and ``least`` (K, V) those of the dated rules; ``unit_cell`` (U,) is the
    cell of each unit; ``near`` (C, K) lists for each cell those most worth sharing a vehicle with, itself first.
    ``previous`` of a cell is the batch that stands for its batch of the last plan, -1 for newcomers; ``newcomers``
    lists their units (all units where there are none).
    """

    cells: Records
    drops: Records
    pools: Records
    limits: Records
    available: Ints
    max_departures: Ints
    max_arrivals: Ints
    arrival: Ints
    reception: Ints
    regime: Ints
    join: Ints
    usable: Ints
    least: Ints
    late_days: Floats
    km: Floats
    drive_minutes: Floats
    network_of_day: Ints
    unit_cell: Ints
    near: Ints
    newcomers: Ints


def market_tables(problem: Problem, part: Ints, places: Ints, pools: Ints) -> Market:
    """Return the arrays of the market with the cells ``part``, which uses ``places`` and ``pools``."""
    km = np.ascontiguousarray(problem.km[:, places][:, :, places])
    cells, drops = _cells_and_drops(problem, part, places, pools)
    direct_km = km.min(axis=0)[cells["pickup"], drops["place"][cells["drop_first"]]]
    fixed, per_km = problem.pools.fixed_yuan[pools], problem.pools.per_km_yuan[pools]
    # (C,) of a group that has a vehicle to itself
    alone_yuan = fixed[None, :] + per_km[None, :] * direct_km[:, None]
    cells["alone_yuan"] = alone_yuan.min(axis=1, initial=np.inf)
    caps = problem.caps
    late_days = np.ascontiguousarray(problem.cells.late_days[part])
    is_new = np.repeat(cells["previous"] < 0, cells["end_unit"] - cells["first_unit"])
    return Market(
        cells=cells,
        drops=drops,
        pools=_pools(problem, pools),
        limits=_limits(problem, part, pools),
        available=problem.pools.available[pools],
        max_departures=caps.max_departures,
        max_arrivals=caps.max_arrivals,
        arrival=problem.schedule.arrival,
        reception=problem.reception[places] if len(problem.reception) else np.zeros(len(places), np.int64),
        **_regimes(problem, part, pools),
        late_days=late_days,
        km=km,
        drive_minutes=_drive_minutes(problem, places),
        network_of_day=problem.network_of_day,
        unit_cell=np.repeat(np.arange(len(part)), problem.cells.num_groups[part]),
        near=neighbours(
            cells["city_group"],
            cells["pickup"],
            drops["place"][cells["drop_first"]],
            cells["earliest"],
            cells["latest"],
            km[0],
            MOST_NEIGHBOURS,
        ),
        newcomers=np.flatnonzero(is_new) if is_new.any() else np.arange(len(is_new)),
    )


def _drive_minutes(problem: Problem, places: Ints) -> Floats:
    minutes = problem.drive_minutes
    if minutes is None:
        return np.zeros((0, 0, 0))
    return np.ascontiguousarray(minutes[:, places][:, :, places])


def local_places(problem: Problem, part: Ints) -> Ints:
    """Return the places that the cells use, ascending."""
    cells = problem.cells
    drops = cells.drop_lines(part)
    return np.unique(np.concatenate([cells.pickup[part], cells.drop_place[drops]]))


def previous_batches(problem: Problem, part: Ints) -> Ints:
    """Return the batches of the last plan that the cells are on, ascending: a search begins with these."""
    previous = problem.cells.previous[part]
    return np.unique(previous[previous >= 0])


def usable_pools(problem: Problem, part: Ints) -> Ints:
    """Return the pools that some cell may ride in."""
    pools = problem.pools
    based = pools.serve_ways(problem.cells.prefecture[part], problem.cells.goal[part])[0].any(axis=0)
    return np.flatnonzero(based & (pools.usable > 0) & pools.available.any(axis=1))


def _cells_and_drops(problem: Problem, part: Ints, places: Ints, pools: Ints) -> tuple[Records, Records]:
    cells = problem.cells
    where = cells.drop_lines(part)
    drops = np.zeros(len(where), dtype=DROP)
    drops["place"] = np.searchsorted(places, cells.drop_place[where])
    drops["persons"] = cells.drop_persons[where]
    table = np.zeros(len(part), dtype=CELL)
    for name in ("prefecture", "goal", "county", "city_group", "earliest", "latest", "weight"):
        table[name] = getattr(cells, name)[part]
    table["city"] = problem.caps.city_of_cell[part] if len(problem.caps.city_of_cell) else -1
    table["pickup"] = np.searchsorted(places, cells.pickup[part])
    previous = cells.previous[part]
    table["previous"] = np.where(
        previous >= 0, np.searchsorted(previous_batches(problem, part), previous), NONE
    )
    table["previous_day"] = np.append(problem.previous_days, 0)[previous]
    table["move_yuan"] = (
        np.append(problem.previous_move_yuan, 0.0)[previous] * problem.cells.num_persons[part]
    )
    previous_pool = np.append(problem.previous_pools, NONE)[previous]
    table["previous_pool"] = np.where(
        np.isin(previous_pool, pools), np.searchsorted(pools, previous_pool), NONE
    )
    table["persons"], table["seats"] = cells.num_persons[part], cells.num_seats[part]
    table["drop_end"] = np.cumsum(cells.drop_start[part + 1] - cells.drop_start[part])
    table["drop_first"] = np.append(0, table["drop_end"][:-1])
    table["end_unit"] = np.cumsum(cells.num_groups[part])
    table["first_unit"] = np.append(0, table["end_unit"][:-1])
    return table, drops


def _regimes(problem: Problem, part: Ints, pools: Ints) -> dict[str, Ints]:
    """Return the dated rules; without any there is one regime, that of the pools."""
    regimes = problem.regimes
    if regimes is None:
        return {
            "regime": np.zeros((len(part), problem.num_days), dtype=np.int64),
            "join": np.zeros((1, 1), dtype=np.int64),
            "usable": problem.pools.usable[None, pools],
            "least": problem.pools.min_load[None, pools],
        }
    return {
        "regime": regimes.of_cell[part],
        "join": regimes.join,
        "usable": np.ascontiguousarray(regimes.usable[:, pools]),
        "least": np.ascontiguousarray(regimes.least[:, pools]),
    }


def _pools(problem: Problem, pools: Ints) -> Records:
    table = np.zeros(len(pools), dtype=POOL)
    for name in POOL.names or ():
        table[name] = getattr(problem.pools, name)[pools]
    return table


def _limits(problem: Problem, part: Ints, pools: Ints) -> Records:
    limits, caps = problem.limits, problem.caps
    table = np.zeros(1, dtype=LIMITS)
    for name in ("max_pickups", "max_dropoffs", "max_pickup_km", "max_dropoff_km", "stop_cost_yuan"):
        table[name] = getattr(limits, name)
    table["mix_counties"] = limits.mix_counties
    table["max_yuan_per_head"] = limits.max_yuan_per_head
    table["late_day_yuan"] = np.nan if limits.late_day_yuan is None else limits.late_day_yuan
    table["most_usable"] = problem.pools.usable[pools].max(initial=0)
    table["has_caps"] = caps.bind
    table["has_drive_minutes"] = problem.drive_minutes is not None
    scarce = bool((problem.pools.available[pools] < UNLIMITED).any())
    table["has_previous"] = (problem.cells.previous[part] >= 0).any()
    has_late_days = bool(problem.cells.late_days[part].any())
    table["days_differ"] = (
        has_late_days or caps.bind or scarce or len(problem.km) > 1 or problem.regimes is not None
    )
    for name in ("minutes_per_km", "dwell_minutes", "boarding_minutes"):
        table[name] = getattr(problem.schedule, name)
    table["short_km"] = problem.schedule.law.drivers.short_km
    table["most_km"] = problem.schedule.law.most_km
    return table


Load = dict[int, int]
"""Groups of each cell of the problem on one batch."""


def units_on_board(market: Market, part: Ints, loads: Sequence[Load], numbers: Ints | None = None) -> Ints:
    """Return (K, 2) unit and batch of everybody on the loads, batch by batch.

    Parameters
    ----------
    part : the cells of the market, in its order
    numbers : of the batches; None: they are numbered in their order
    """
    numbers = np.arange(len(loads)) if numbers is None else numbers
    cell, num = np.array([pair for load in loads for pair in load.items()], dtype=np.int64).reshape(-1, 2).T
    cell = np.searchsorted(part, cell)
    batch = np.repeat(np.repeat(numbers, [len(load) for load in loads]), num)
    of_cell = np.argsort(np.repeat(cell, num), kind="stable")  # its units in turn, batch by batch
    counts = np.bincount(cell, num, len(part)).astype(np.int64)
    first = market.cells["first_unit"] - (np.cumsum(counts) - counts)
    unit = np.empty(len(batch), dtype=np.int64)
    unit[of_cell] = np.repeat(first, counts) + np.arange(len(batch))
    return np.column_stack([unit, batch])
