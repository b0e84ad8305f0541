"""Compiled: what a batch takes from all the others: a vehicle of its day, and places under the day caps."""

from returnplan.planning.compiled import inner
from returnplan.planning.state import RELEASE, TAKE, Market, State


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
def within_caps(m: Market, s: State, row: int, day: int) -> bool:
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
