"""Compiled primitives on one batch: who may join, at what price, in which vehicle, on which day.

What a missing person and a late day cost stands in ``State.prices``: see :mod:`returnplan.planning.prices`.
"""

from typing import Any

import numpy as np

from returnplan.planning.compiled import inner
from returnplan.planning.state import LATE_DAY, MIXED, MOVED, NOBODY, NUM_BENCH, PERSON, Market, State
from returnplan.planning.stops import NOWHERE, best_gap, call, find, loop_km, skip
from returnplan.problem.model import Floats

IMPOSSIBLE = np.inf
TAKE: Any = np.int64(1)
RELEASE: Any = np.int64(-1)
ROUNDING = 1e-6
"""Differences of yuan or km below this are none."""


@inner
def join_list(m: Market, s: State, unit: int, row: int) -> None:
    """Move a unit from the list where it stands (a row's, or the bench) to that of ``row`` (or the bench)."""
    old, slot = s.unit_row[unit], s.unit_slot[unit]
    if old == NOBODY:
        s.bench_weight[0] -= m.cells[m.unit_cell[unit]].weight
        s.counts[NUM_BENCH] -= 1
        last = s.bench[s.counts[NUM_BENCH]]
        s.bench[slot] = last
    else:
        s.rows[old].num_members -= 1
        last = s.members[old, s.rows[old].num_members]
        s.members[old, slot] = last
    s.unit_slot[last] = slot
    s.unit_row[unit] = row
    if row == NOBODY:
        s.bench_weight[0] += m.cells[m.unit_cell[unit]].weight
        s.bench[s.counts[NUM_BENCH]] = unit
        s.unit_slot[unit] = s.counts[NUM_BENCH]
        s.counts[NUM_BENCH] += 1
    else:
        s.members[row, s.rows[row].num_members] = unit
        s.unit_slot[unit] = s.rows[row].num_members
        s.rows[row].num_members += 1


@inner
def may_share(m: Market, s: State, row: int, cell: int) -> bool:
    """Return whether a unit of the cell may ride in the row as far as seats, days, cities and counties go."""
    return s.rows[row].seats + m.cells[cell].seats <= m.limits[0].most_usable and same_way(m, s, row, cell)


@inner
def same_way(m: Market, s: State, row: int, cell: int) -> bool:
    """Return whether the row has a day, a city and a county in common with the cell."""
    r, c = s.rows[row], m.cells[cell]
    if r.persons == 0:
        return True
    first, last = days_in(m, row, cell)
    if last < r.first or first > r.last or r.city_group != c.city_group:
        return False
    return m.limits[0].mix_counties == 1 or r.county == c.county


@inner
def days_in(m: Market, row: int, cell: int) -> tuple[int, int]:
    """Return the first and last day on which the row may leave with the cell: with its own riders, the old day."""
    c = m.cells[cell]
    if c.told == row:
        return c.told_day, c.told_day
    return c.earliest, c.latest


@inner
def detour(m: Market, s: State, row: int, cell: int) -> tuple[float, int]:
    """Return the further km and stops of serving the cell's places too; infinite where a limit forbids it."""
    r, c, limits = s.rows[row], m.cells[cell], m.limits[0]
    km = m.km[m.network_of_day[r.day]]
    more, num_stops, new_drops = 0.0, 0, 0
    first_drop = s.drops[row, 0] if r.num_drops > 0 else NOWHERE
    last_pick = c.pickup
    if r.num_picks > 0:
        last_pick = s.picks[row, r.num_picks - 1]
        if find(s.picks[row], r.num_picks, c.pickup) < 0:
            if r.num_picks == limits.max_pickups:
                return IMPOSSIBLE, 0
            room = limits.max_pickup_km - r.pick_km + ROUNDING
            more += best_gap(km, s.picks[row], r.num_picks, c.pickup, NOWHERE, first_drop, room)[1]
            num_stops += 1
    room = limits.max_dropoff_km - r.drop_km + ROUNDING
    for i in range(c.drop_first, c.drop_end):
        place = m.drops[i].place
        if find(s.drops[row], r.num_drops, place) < 0:
            num_stops += 1
            new_drops += 1
            if r.num_drops + new_drops > limits.max_dropoffs:
                return IMPOSSIBLE, 0
            more += best_gap(km, s.drops[row], r.num_drops, place, last_pick, NOWHERE, room)[1]
    return more, num_stops


@inner
def put_in(m: Market, s: State, row: int, unit: int) -> bool:
    """Put a unit into the stops and sums of a row, and onto its list; False where stops or loops forbid it.

    The unit must have passed :func:`may_share`. A refused row is left as it was.
    """
    cell = m.unit_cell[unit]
    r, c = s.rows[row], m.cells[cell]
    if r.persons == 0:
        _start(m, s, row, cell)
    km = m.km[m.network_of_day[r.day]]
    if not _board(m, s, row, cell, km):
        return False
    for i in range(c.drop_first, c.drop_end):
        if not _alight(m, s, row, m.drops[i].place, m.drops[i].persons, km):
            for j in range(c.drop_first, i):
                r.num_drops = skip(
                    s.drops[row], s.drop_off[row], r.num_drops, m.drops[j].place, m.drops[j].persons
                )
            r.num_picks = skip(s.picks[row], s.pick_on[row], r.num_picks, c.pickup, c.persons)
            r.pick_km = loop_km(km, s.picks[row], r.num_picks)
            r.drop_km = loop_km(km, s.drops[row], r.num_drops)
            return False
    first, last = days_in(m, row, cell)
    r.first, r.last = max(r.first, first), min(r.last, last)
    r.moved += persons_moved(m, row, cell)
    r.persons += c.persons
    r.seats += c.seats
    r.weight += c.weight
    if r.prefecture != c.prefecture:
        r.prefecture = MIXED
    if r.city != c.city:
        r.city = MIXED
    for day in range(s.late_days.shape[1]):
        s.late_days[row, day] += m.late_days[cell, day]
    join_list(m, s, unit, row)
    return True


@inner
def _start(m: Market, s: State, row: int, cell: int) -> None:
    """Make an empty row one for the cell."""
    r, c = s.rows[row], m.cells[cell]
    r.first, r.last = days_in(m, row, cell)
    r.day, r.moved = r.first, 0
    r.prefecture, r.county, r.city_group, r.city = c.prefecture, c.county, c.city_group, c.city
    r.num_picks, r.num_drops = 0, 0
    r.weight, r.pick_km, r.drop_km = 0.0, 0.0, 0.0
    s.late_days[row, :] = 0.0


@inner
def _board(m: Market, s: State, row: int, cell: int, km: Floats) -> bool:
    r, c = s.rows[row], m.cells[cell]
    at = find(s.picks[row], r.num_picks, c.pickup)
    if at >= 0:
        s.pick_on[row, at] += c.persons
        return True
    if r.num_picks == m.limits[0].max_pickups:
        return False
    after = s.drops[row, 0] if r.num_drops > 0 else NOWHERE
    room = m.limits[0].max_pickup_km - r.pick_km + ROUNDING
    gap, more, loop = best_gap(km, s.picks[row], r.num_picks, c.pickup, NOWHERE, after, room)
    if more == np.inf:
        return False
    r.num_picks = call(s.picks[row], s.pick_on[row], r.num_picks, gap, c.pickup, c.persons)
    r.pick_km += loop
    return True


@inner
def _alight(m: Market, s: State, row: int, place: int, persons: int, km: Floats) -> bool:
    r = s.rows[row]
    at = find(s.drops[row], r.num_drops, place)
    if at >= 0:
        s.drop_off[row, at] += persons
        return True
    if r.num_drops == m.limits[0].max_dropoffs:
        return False
    before = s.picks[row, r.num_picks - 1]
    room = m.limits[0].max_dropoff_km - r.drop_km + ROUNDING
    gap, more, loop = best_gap(km, s.drops[row], r.num_drops, place, before, NOWHERE, room)
    if more == np.inf:
        return False
    r.num_drops = call(s.drops[row], s.drop_off[row], r.num_drops, gap, place, persons)
    r.drop_km += loop
    return True


@inner
def take_out(m: Market, s: State, unit: int) -> None:
    """Put a unit onto the bench; its row must be settled before it is used again."""
    row = s.unit_row[unit]
    cell = m.unit_cell[unit]
    r, c = s.rows[row], m.cells[cell]
    r.moved -= persons_moved(m, row, cell)
    r.persons -= c.persons
    r.seats -= c.seats
    r.weight -= c.weight
    r.num_picks = skip(s.picks[row], s.pick_on[row], r.num_picks, c.pickup, c.persons)
    for i in range(c.drop_first, c.drop_end):
        r.num_drops = skip(s.drops[row], s.drop_off[row], r.num_drops, m.drops[i].place, m.drops[i].persons)
    for day in range(s.late_days.shape[1]):
        s.late_days[row, day] -= m.late_days[cell, day]
    join_list(m, s, unit, NOBODY)


@inner
def settle(m: Market, s: State, row: int) -> None:
    """Find anew what taking units out has left open: the common days, the prefecture, the loops."""
    r = s.rows[row]
    if r.num_members == 0:
        return
    r.first, r.last = 0, m.available.shape[1] - 1
    for i in range(r.num_members):
        cell = m.unit_cell[s.members[row, i]]
        c = m.cells[cell]
        first, last = days_in(m, row, cell)
        r.first, r.last = max(r.first, first), min(r.last, last)
        if i == 0:
            r.prefecture, r.city = c.prefecture, c.city
        elif r.prefecture != c.prefecture:
            r.prefecture = MIXED
        if r.city != c.city:
            r.city = MIXED
    km = m.km[m.network_of_day[r.day]]
    r.pick_km = loop_km(km, s.picks[row], r.num_picks)
    r.drop_km = loop_km(km, s.drops[row], r.num_drops)


@inner
def vehicle_yuan(m: Market, s: State, row: int, pool: int, km: float, persons: int, weight: float) -> float:
    """Return what the vehicle costs over ``km``; a load below the minimum costs as if its riders stayed.

    Less is charged the nearer the load comes to the minimum, so that the search fills it up.
    """
    p = m.pools[pool]
    yuan = p.fixed_yuan + p.per_km_yuan * km
    needed = p.min_load
    if yuan > m.limits[0].max_yuan_per_head * persons:
        needed = max(needed, persons + 1, yuan / m.limits[0].max_yuan_per_head)
    if persons < needed:
        yuan += s.prices[PERSON] * weight * (1.0 - 0.5 * persons / needed)
    return yuan


@inner
def stops_yuan(m: Market, s: State, row: int) -> float:
    """Return what the row's stops between the first and the last cost."""
    return m.limits[0].stop_cost_yuan * (s.rows[row].num_picks + s.rows[row].num_drops - 2)


@inner
def late_yuan(s: State, row: int, day: int) -> float:
    """Return what leaving on that day after the resume dates of the row's riders costs."""
    return s.prices[LATE_DAY] * s.late_days[row, day] if s.late_days.shape[1] > 0 else 0.0


@inner
def persons_moved(m: Market, row: int, cell: int) -> int:
    """Return how many people of one unit are told something new if it rides in the row."""
    c = m.cells[cell]
    return c.persons if c.told >= 0 and c.told != row else 0


@inner
def vehicle_free(m: Market, s: State, pool: int, day: int) -> bool:
    """Return whether one more vehicle of the pool may leave on the day (and is back for all others)."""
    if s.used[pool, day] >= m.available[pool, day]:
        return False
    turn = m.pools[pool].turnaround_days
    if turn <= 1:
        return True
    num_days = s.used.shape[1]
    for first in range(max(0, day - turn + 1), day + 1):
        away, most = 0, m.available[pool, day]
        for d in range(first, min(num_days, first + turn)):
            away += s.used[pool, d]
            if s.used[pool, d] > 0:
                most = min(most, m.available[pool, d])
        if away >= most:
            return False
    return True


@inner
def arrival_day(m: Market, day: int, km: float, num_stops: int) -> int:
    """Return the day on which a batch of that length arrives: it stands at every stop but the last."""
    limits = m.limits[0]
    minutes = limits.start_minute + km * limits.minutes_per_km + limits.dwell_minutes * (num_stops - 1)
    return day + int(minutes // 1440)


@inner
def count_people(m: Market, s: State, row: int, day: int, sign: int) -> None:
    """Add the row's people to the departures and arrivals of the day (or take them off)."""
    r = s.rows[row]
    arrives = min(arrival_day(m, day, r.km, r.num_picks + r.num_drops), s.arrivals.shape[1] - 1)
    for i in range(r.num_members):
        c = m.cells[m.unit_cell[s.members[row, i]]]
        if c.prefecture >= 0:
            s.departures[c.prefecture, day] += sign * c.persons
        if c.city >= 0:
            s.arrivals[c.city, arrives] += sign * c.persons


@inner
def _within_caps(m: Market, s: State, row: int, day: int) -> bool:
    r = s.rows[row]
    arrives = min(arrival_day(m, day, r.km, r.num_picks + r.num_drops), s.arrivals.shape[1] - 1)
    count_people(m, s, row, day, TAKE)
    within = True
    for i in range(r.num_members):
        c = m.cells[m.unit_cell[s.members[row, i]]]
        if c.prefecture >= 0 and s.departures[c.prefecture, day] > m.max_departures[c.prefecture, day]:
            within = False
        if c.city >= 0 and s.arrivals[c.city, arrives] > m.max_arrivals[c.city, arrives]:
            within = False
    count_people(m, s, row, day, RELEASE)
    return within


@inner
def hold(m: Market, s: State, row: int, sign: int) -> None:
    """Count the row's vehicle and people as taken (``TAKE``), or as free while the row is changed (``RELEASE``)."""
    r = s.rows[row]
    if (sign == TAKE) == (r.is_held == 1) or r.pool < 0 or r.num_members == 0:
        return
    r.is_held = 1 if sign == TAKE else 0
    s.used[r.pool, r.day] += sign
    if m.limits[0].has_caps == 1:
        count_people(m, s, row, r.day, sign)


@inner
def _road(m: Market, s: State, row: int, day: int) -> bool:
    """Set the row's km on the roads of the day; False where they break a loop limit."""
    r = s.rows[row]
    km = m.km[m.network_of_day[day]]
    r.pick_km = loop_km(km, s.picks[row], r.num_picks)
    r.drop_km = loop_km(km, s.drops[row], r.num_drops)
    r.km = r.pick_km + km[s.picks[row, r.num_picks - 1], s.drops[row, 0]] + r.drop_km
    limits = m.limits[0]
    return r.pick_km <= limits.max_pickup_km + ROUNDING and r.drop_km <= limits.max_dropoff_km + ROUNDING


@inner
def cheapest_pool(
    m: Market,
    s: State,
    row: int,
    day: int,
    seats: int,
    km: float,
    persons: int,
    weight: float,
    prefecture: int,
) -> tuple[int, float]:
    """Return the cheapest vehicle that is free on the day (the row's own counts as free) and its yuan."""
    r = s.rows[row]
    best, best_yuan = -1, IMPOSSIBLE
    for pool in range(len(m.pools)):
        p = m.pools[pool]
        if p.usable < seats or (p.base >= 0 and p.base != prefecture):
            continue
        yuan = vehicle_yuan(m, s, row, pool, km, persons, weight)
        own = r.persons > 0 and pool == r.pool and day == r.day
        if yuan < best_yuan and (own or vehicle_free(m, s, pool, day)):
            best, best_yuan = pool, yuan
    return best, best_yuan


@inner
def price(m: Market, s: State, row: int) -> float:
    """Choose the cheapest day and vehicle for the row and set its value; ``IMPOSSIBLE`` if there is none.

    The row's vehicle and people must not be held meanwhile. Of equally cheap days the earliest is taken.
    """
    r, limits = s.rows[row], m.limits[0]
    if r.num_members == 0:
        r.value = 0.0
        r.pool, r.persons, r.seats, r.num_picks, r.num_drops = -1, 0, 0, 0, 0
        return 0.0
    best_day, best_pool, best = -1, -1, IMPOSSIBLE
    r.pool = -1  # its own vehicle is not held: ask the pool
    last = r.last if limits.days_differ == 1 else r.first
    for day in range(r.first, last + 1):
        if not _road(m, s, row, day):
            continue
        if limits.has_caps == 1 and not _within_caps(m, s, row, day):
            continue
        pool, yuan = cheapest_pool(m, s, row, day, r.seats, r.km, r.persons, r.weight, r.prefecture)
        yuan += late_yuan(s, row, day)
        if yuan < best - ROUNDING:
            best_day, best_pool, best = day, pool, yuan
    r.day, r.pool = max(best_day, r.first), best_pool
    _road(m, s, row, r.day)
    r.value = best + stops_yuan(m, s, row) + s.prices[MOVED] * r.moved
    return r.value
