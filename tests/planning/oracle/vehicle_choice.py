"""The oracle for capacity.cpp, vehicle_choice.cpp and prices.cpp."""

from math import isnan

from tests.planning.oracle.boarding import loop_km
from tests.planning.oracle.state import IMPOSSIBLE, NONE, ROUNDING, Batch, State

NOT_LEGAL = -1


def is_vehicle_free(s: State, pool: int, day: int) -> bool:
    used, available, turn = s.used[pool], s.available[pool], s.pools[pool].turnaround_days
    if used[day] >= available[day]:
        return False
    if turn <= 1:
        return True
    for first in range(max(0, day - turn + 1), day + 1):
        days = range(first, min(len(used), first + turn))
        most = min([available[day], *(available[d] for d in days if used[d] > 0)])
        if sum(used[d] for d in days) >= most:
            return False
    return True


def is_within_caps(s: State, batch: int, day: int) -> bool:
    count_people(s, batch, day, 1)
    cells, arrives = [s.cell_of(unit) for unit in s.batches[batch].members], arrival_day(s, batch, day)
    within = all(
        (c.prefecture < 0 or s.departures[c.prefecture][day] <= s.max_departures[c.prefecture][day])
        and (c.city < 0 or s.arrivals[c.city][arrives] <= s.max_arrivals[c.city][arrives])
        for c in cells
    )
    count_people(s, batch, day, -1)
    return within


def arrival_day(s: State, batch: int, day: int) -> int:
    later = day + arrival_minute(s, s.batches[batch]) // 1440
    return min(later, len(s.arrivals[0]) - 1 if s.arrivals else 0)


def arrival_minute(s: State, b: Batch) -> int:
    limits, heads = s.limits, 2 * b.persons - b.drops_persons[-1]
    dwell = limits.dwell_minutes * (len(b.picks) + len(b.drops) - 1) + limits.boarding_minutes * heads
    under_way = b.drive_minutes + dwell + ROUNDING
    if under_way >= len(s.arrival[0]) or b.km > limits.most_km + ROUNDING:
        return NOT_LEGAL
    return int(s.arrival[2 * s.reception[b.drops[-1]] + (b.km > limits.short_km + ROUNDING)][int(under_way)])


def count_people(s: State, batch: int, day: int, times: int) -> None:
    arrives = arrival_day(s, batch, day)
    for c in (s.cell_of(unit) for unit in s.batches[batch].members):
        if c.prefecture >= 0:
            s.departures[c.prefecture][day] += times * c.persons
        if c.city >= 0:
            s.arrivals[c.city][arrives] += times * c.persons


def hold(s: State, batch: int) -> None:
    _set_held(s, batch, True)


def release(s: State, batch: int) -> None:
    _set_held(s, batch, False)


def _set_held(s: State, batch: int, is_held: bool) -> None:
    b = s.batches[batch]
    if b.is_held == is_held or b.pool == NONE or not b.members:
        return
    b.is_held, times = is_held, 1 if is_held else -1
    s.used[b.pool][b.day] += times
    if s.limits.has_caps:
        count_people(s, batch, b.day, times)


def vehicle_yuan(s: State, pool: int, km: float, persons: int, weight: float, regime: int) -> float:
    p = s.pools[pool]
    yuan, needed, most = p.fixed_yuan + p.per_km_yuan * km, s.least[regime][pool], s.limits.max_yuan_per_head
    if yuan > most * persons:
        needed = max(needed, persons + 1, yuan / most)
    if persons < needed:
        yuan += s.person_yuan * weight * (1.0 - 0.5 * persons / needed)
    return float(yuan)


def stops_yuan(s: State, b: Batch) -> float:
    return float(s.limits.stop_cost_yuan * (len(b.picks) + len(b.drops) - 2))


def batch_yuan(s: State, b: Batch) -> float:
    p = s.pools[b.pool]
    return float(p.fixed_yuan + p.per_km_yuan * b.km + stops_yuan(s, b))


def is_worth_running(s: State, batch: int) -> bool:
    b = s.batches[batch]
    affordable = batch_yuan(s, b) <= s.limits.max_yuan_per_head * b.persons
    return bool(affordable and b.persons >= s.least_load(b))


def late_yuan(s: State, b: Batch, day: int) -> float:
    return s.late_day_yuan * b.late_days[day] if s.num_late_days else 0.0


def cheapest_pool(
    s: State, b: Batch, day: int, km: float, persons: int, seats: int, weight: float, ends: tuple[int, int]
) -> tuple[int, float]:
    best, best_yuan, regime = NONE, IMPOSSIBLE, s.regime_of(b, day)
    for pool, p in enumerate(s.pools):
        serves = p.base in (NONE, ends[0]) and p.goal in (NONE, ends[1])
        if s.usable[regime][pool] < seats or not serves:
            continue
        yuan = vehicle_yuan(s, pool, km, persons, weight, regime)
        is_own = b.persons > 0 and pool == b.pool and day == b.day
        if yuan < best_yuan and (is_own or is_vehicle_free(s, pool, day)):
            best, best_yuan = pool, yuan
    return best, best_yuan


def choose_vehicle(s: State, batch: int) -> float:
    b, limits = s.batches[batch], s.limits
    if not b.members:
        b.value, b.pool, b.persons, b.seats = 0.0, NONE, 0, 0
        b.picks, b.picks_persons, b.drops, b.drops_persons = [], [], [], []
        return 0.0
    best_day, best_pool, best = NONE, NONE, IMPOSSIBLE
    b.pool = NONE
    for day in range(b.first, (b.last if limits.days_differ else b.first) + 1):
        if not _measure(s, b, day) or (limits.has_caps and not is_within_caps(s, batch, day)):
            continue
        pool, yuan = cheapest_pool(s, b, day, b.km, b.persons, b.seats, b.weight, (b.prefecture, b.goal))
        yuan += late_yuan(s, b, day)
        if yuan < best - ROUNDING:
            best_day, best_pool, best = day, pool, yuan
    b.day, b.pool = max(best_day, b.first), best_pool
    _measure(s, b, b.day)
    b.value = best + stops_yuan(s, b) + b.move_yuan
    return b.value


def _measure(s: State, b: Batch, day: int) -> bool:
    roads = s.roads(day)
    b.pick_km, b.drop_km = loop_km(roads, b.picks), loop_km(roads, b.drops)
    b.km = b.pick_km + roads[b.picks[-1]][b.drops[0]] + b.drop_km
    b.drive_minutes = b.km * s.limits.minutes_per_km
    if s.drive_minutes:
        minutes = s.drive_minutes[s.network_of_day[day]]
        link = minutes[b.picks[-1]][b.drops[0]]
        b.drive_minutes = loop_km(minutes, b.picks) + link + loop_km(minutes, b.drops)
    return bool(
        b.pick_km <= s.limits.max_pickup_km + ROUNDING
        and b.drop_km <= s.limits.max_dropoff_km + ROUNDING
        and arrival_minute(s, b) != NOT_LEGAL
    )


def set_strict_prices(s: State) -> None:
    _set_prices(s, 1e9, 1e5)


def set_prices(s: State, progress: float) -> None:
    p = s.params
    if progress >= p.cheap_share:
        return set_strict_prices(s)
    person = p.first_person_yuan * (p.last_person_yuan / p.first_person_yuan) ** (progress / p.cheap_share)
    return _set_prices(s, person, person / p.late_days_per_person)


def _set_prices(s: State, person: float, late_day: float) -> None:
    price_set = s.limits.late_day_yuan
    s.person_yuan, s.late_day_yuan = person, late_day if isnan(price_set) else price_set
    for b in s.batches[: s.num_active]:
        if b.members:
            vehicle = vehicle_yuan(s, b.pool, b.km, b.persons, b.weight, s.regime_of(b, b.day))
            b.value = vehicle + stops_yuan(s, b) + late_yuan(s, b, b.day) + b.move_yuan
