"""Compiled primitives on one batch: put a unit in, take it out, price it, keep it.

Every change is made on a scratch row (:func:`copy_row`, :func:`shift`, :func:`price`) and becomes real only
by :func:`keep`. A missing person costs ``PERSON_VALUE`` × weight and a late person-day ``LATE_VALUE``, so far
above any money that the goals are served in their order.
"""

import numpy as np
from numba import njit

from returnplan.planning.state import Market, State
from returnplan.problem.model import Floats, Ints

PERSON_VALUE = 1e9
LATE_VALUE = 1e5
INFEASIBLE = np.inf
MIXED = -2


@njit(cache=True)
def copy_row(s: State, source: int, target: int) -> None:
    """Copy everything of a batch but its list of members."""
    s.day[target] = s.day[source]
    s.pool[target] = s.pool[source]
    s.prefecture[target] = s.prefecture[source]
    s.county[target] = s.county[source]
    s.city_group[target] = s.city_group[source]
    s.num_persons[target] = s.num_persons[source]
    s.num_seats[target] = s.num_seats[source]
    s.weight[target] = s.weight[source]
    s.late[target] = s.late[source]
    s.num_picks[target] = s.num_picks[source]
    s.num_drops[target] = s.num_drops[source]
    for i in range(s.num_picks[source]):
        s.picks[target, i] = s.picks[source, i]
        s.pick_on[target, i] = s.pick_on[source, i]
    for i in range(s.num_drops[source]):
        s.drops[target, i] = s.drops[source, i]
        s.drop_off[target, i] = s.drop_off[source, i]
    s.km[target] = s.km[source]
    s.value[target] = s.value[source]


@njit(cache=True)
def _leg(km: Floats, origin: int, destination: int) -> float:
    """Return the km of a leg, 0 where one of its ends does not exist (-1)."""
    return km[origin, destination] if origin >= 0 and destination >= 0 else 0.0


@njit(cache=True)
def best_gap(km: Floats, stops: Ints, num: int, place: int, before: int, after: int) -> tuple[int, float]:
    """Return where a stop is inserted cheapest between ``before`` and ``after`` (-1: nothing there)."""
    best, best_km = 0, np.inf
    for gap in range(num + 1):
        left = stops[gap - 1] if gap > 0 else before
        right = stops[gap] if gap < num else after
        more = _leg(km, left, place) + _leg(km, place, right) - _leg(km, left, right)
        if more < best_km:
            best, best_km = gap, more
    return best, best_km


@njit(cache=True)
def _find(stops: Ints, num: int, place: int) -> int:
    for i in range(num):
        if stops[i] == place:
            return i
    return -1


@njit(cache=True)
def _call(km: Floats, stops: Ints, heads: Ints, num: int, place: int, persons: int, before: int, after: int) -> int:  # fmt: skip # noqa: E501
    """Let ``persons`` use the stop at ``place``, made if need be; return the number of stops, -1 if too many."""
    i = _find(stops, num, place)
    if i >= 0:
        heads[i] += persons
        return num
    if num == len(stops):
        return -1
    gap, _ = best_gap(km, stops, num, place, before, after)
    for j in range(num, gap, -1):
        stops[j] = stops[j - 1]
        heads[j] = heads[j - 1]
    stops[gap] = place
    heads[gap] = persons
    return num + 1


@njit(cache=True)
def _skip(stops: Ints, heads: Ints, num: int, place: int, persons: int) -> int:
    """Take ``persons`` from the stop at ``place``, which goes when nobody is left; return the number of stops."""
    i = _find(stops, num, place)
    heads[i] -= persons
    if heads[i] > 0:
        return num
    for j in range(i, num - 1):
        stops[j] = stops[j + 1]
        heads[j] = heads[j + 1]
    return num - 1


@njit(cache=True)
def take_out(m: Market, s: State, row: int, unit: int) -> None:
    """Take a unit out of the stops and sums of a row (its list of members is not touched)."""
    cell = m.unit_cell[unit]
    s.num_persons[row] -= m.num_persons[cell]
    s.num_seats[row] -= m.num_seats[cell]
    s.weight[row] -= m.weight[cell]
    s.late[row] -= m.late_days[cell, s.day[row]]
    s.num_picks[row] = _skip(
        s.picks[row], s.pick_on[row], s.num_picks[row], m.pickup[cell], m.num_persons[cell]
    )
    for i in range(m.drop_start[cell], m.drop_start[cell + 1]):
        s.num_drops[row] = _skip(
            s.drops[row], s.drop_off[row], s.num_drops[row], m.drop_place[i], m.drop_persons[i]
        )


@njit(cache=True)
def fits(m: Market, s: State, row: int, cell: int) -> bool:
    """Return whether a unit of the cell may join the row at all: seats, day, cities, counties."""
    if s.num_seats[row] + m.num_seats[cell] > m.most_usable:
        return False
    day = s.day[row]
    if day < m.earliest[cell] or day > m.latest[cell]:
        return False
    if s.num_persons[row] == 0:
        return True
    if s.city_group[row] != m.city_group[cell]:
        return False
    return m.mix_counties or s.county[row] == m.county[cell]


@njit(cache=True)
def put_in(m: Market, s: State, row: int, unit: int) -> bool:
    """Put a unit into the stops and sums of a row; False (and a spoilt row) where a rule forbids it."""
    cell = m.unit_cell[unit]
    if not fits(m, s, row, cell):
        return False
    if s.num_persons[row] == 0:
        s.city_group[row] = m.city_group[cell]
        s.county[row] = m.county[cell]
        s.prefecture[row] = m.prefecture[cell]
    elif s.prefecture[row] != m.prefecture[cell]:
        s.prefecture[row] = MIXED
    km = m.km[m.network_of_day[s.day[row]]]
    after = s.drops[row, 0] if s.num_drops[row] > 0 else -1
    num = _call(
        km, s.picks[row], s.pick_on[row], s.num_picks[row], m.pickup[cell], m.num_persons[cell], -1, after
    )
    if num < 0:
        return False
    s.num_picks[row] = num
    before = s.picks[row, num - 1]
    for i in range(m.drop_start[cell], m.drop_start[cell + 1]):
        num = _call(
            km, s.drops[row], s.drop_off[row], s.num_drops[row], m.drop_place[i], m.drop_persons[i], before, -1
        )  # fmt: skip
        if num < 0:
            return False
        s.num_drops[row] = num
    s.num_persons[row] += m.num_persons[cell]
    s.num_seats[row] += m.num_seats[cell]
    s.weight[row] += m.weight[cell]
    s.late[row] += m.late_days[cell, s.day[row]]
    return True


@njit(cache=True)
def _loop_km(km: Floats, stops: Ints, num: int) -> float:
    total = 0.0
    for i in range(num - 1):
        total += km[stops[i], stops[i + 1]]
    return total


@njit(cache=True)
def vehicle_free(m: Market, s: State, pool: int, day: int) -> bool:
    """Return whether one more vehicle of the pool may leave on the day (and is back for all others)."""
    if s.used[pool, day] >= m.available[pool, day]:
        return False
    turn = m.turnaround_days[pool]
    if turn == 1:
        return True
    num_days = s.used.shape[1]
    for first in range(max(0, day - turn + 1), day + 1):
        away = 0
        for d in range(first, min(num_days, first + turn)):
            away += s.used[pool, d]
        if away >= m.available[pool, day]:
            return False
    return True


@njit(cache=True)
def _shortfall(s: State, row: int, min_load: int) -> float:
    """Return the value of a load below the minimum: as if its riders stayed, less the nearer it comes."""
    if s.num_persons[row] >= min_load:
        return 0.0
    return PERSON_VALUE * s.weight[row] * (1.0 - 0.5 * s.num_persons[row] / min_load)


@njit(cache=True)
def price(m: Market, s: State, row: int) -> float:
    """Choose the cheapest vehicle for the row and set km, pool and value; ``INFEASIBLE`` if there is none."""
    if s.num_persons[row] == 0:
        s.pool[row], s.km[row], s.value[row] = -1, 0.0, 0.0
        return 0.0
    km = m.km[m.network_of_day[s.day[row]]]
    num_picks, num_drops = s.num_picks[row], s.num_drops[row]
    pick_km = _loop_km(km, s.picks[row], num_picks)
    drop_km = _loop_km(km, s.drops[row], num_drops)
    if pick_km > m.max_pickup_km or drop_km > m.max_dropoff_km:
        return INFEASIBLE
    s.km[row] = pick_km + km[s.picks[row, num_picks - 1], s.drops[row, 0]] + drop_km
    best = INFEASIBLE
    for pool in range(len(m.usable)):
        if m.usable[pool] < s.num_seats[row]:
            continue
        if m.base[pool] >= 0 and m.base[pool] != s.prefecture[row]:
            continue
        if not vehicle_free(m, s, pool, s.day[row]):
            continue
        value = m.fixed_yuan[pool] + m.per_km_yuan[pool] * s.km[row] + _shortfall(s, row, m.min_load[pool])
        if value < best:
            best = value
            s.pool[row] = pool
    s.value[row] = best + m.stop_cost_yuan * (num_picks + num_drops - 2) + LATE_VALUE * s.late[row]
    return s.value[row]


@njit(cache=True)
def hold(s: State, row: int, vehicles: int) -> None:
    """Count the row's vehicle as used (``vehicles`` 1) or as free for a moment (-1)."""
    if s.pool[row] >= 0:
        s.used[s.pool[row], s.day[row]] += vehicles


@njit(cache=True)
def move_member(s: State, unit: int, row: int) -> None:
    """Enter a unit in the member list of another row (or of none)."""
    old = s.unit_row[unit]
    if old >= 0:
        last = s.members[old, s.num_members[old] - 1]
        s.members[old, s.unit_slot[unit]] = last
        s.unit_slot[last] = s.unit_slot[unit]
        s.num_members[old] -= 1
    s.unit_row[unit] = row
    if row >= 0:
        s.members[row, s.num_members[row]] = unit
        s.unit_slot[unit] = s.num_members[row]
        s.num_members[row] += 1


@njit(cache=True)
def settle_prefecture(m: Market, s: State, row: int) -> None:
    """Find anew whether all riders board in one prefecture, after some of a mixed batch have left."""
    if s.num_members[row] == 0 or s.prefecture[row] != MIXED:
        return
    first = m.prefecture[m.unit_cell[s.members[row, 0]]]
    for i in range(1, s.num_members[row]):
        if m.prefecture[m.unit_cell[s.members[row, i]]] != first:
            return
    s.prefecture[row] = first
