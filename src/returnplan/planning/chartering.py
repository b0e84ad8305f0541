"""Compiled: the cheapest day and vehicle of a batch, and what it is worth.

What a missing person and a late day cost stands in ``State.prices``: see :mod:`returnplan.planning.prices`.
"""

from returnplan.planning.claims import vehicle_free, within_caps
from returnplan.planning.compiled import inner
from returnplan.planning.state import IMPOSSIBLE, LATE_DAY, MOVED, PERSON, ROUNDING, Market, State
from returnplan.planning.stops import loop_km


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
def batch_yuan(m: Market, s: State, row: int) -> float:
    """Return what the row costs in yuan alone."""
    r, p = s.rows[row], m.pools[s.rows[row].pool]
    return p.fixed_yuan + p.per_km_yuan * r.km + stops_yuan(m, s, row)


@inner
def is_worth_running(m: Market, s: State, row: int) -> bool:
    """Return whether the row has its least load, and costs no more a head than it may."""
    r = s.rows[row]
    affordable = batch_yuan(m, s, row) <= m.limits[0].max_yuan_per_head * r.persons
    return affordable and r.persons >= m.pools[r.pool].min_load


@inner
def late_yuan(s: State, row: int, day: int) -> float:
    """Return what leaving on that day after the resume dates of the row's riders costs."""
    return s.prices[LATE_DAY] * s.late_days[row, day] if s.late_days.shape[1] > 0 else 0.0


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
        if limits.has_caps == 1 and not within_caps(m, s, row, day):
            continue
        pool, yuan = cheapest_pool(m, s, row, day, r.seats, r.km, r.persons, r.weight, r.prefecture)
        yuan += late_yuan(s, row, day)
        if yuan < best - ROUNDING:
            best_day, best_pool, best = day, pool, yuan
    r.day, r.pool = max(best_day, r.first), best_pool
    _road(m, s, row, r.day)
    r.value = best + stops_yuan(m, s, row) + s.prices[MOVED] * r.moved
    return r.value
