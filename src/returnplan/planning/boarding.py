"""Compiled: who may ride in a batch, and what its stops and sums become when somebody gets on or off."""

import numpy as np

from returnplan.planning.compiled import inner
from returnplan.planning.state import IMPOSSIBLE, MIXED, NOBODY, NUM_BENCH, ROUNDING, Market, State
from returnplan.planning.stops import NOWHERE, best_gap, call, find, loop_km, skip
from returnplan.problem.model import Floats


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
def persons_moved(m: Market, row: int, cell: int) -> int:
    """Return how many people of one unit are told something new if it rides in the row."""
    c = m.cells[cell]
    return c.persons if c.told >= 0 and c.told != row else 0


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
