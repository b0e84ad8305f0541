"""The oracle for journal, insertion, portions, exchange, fill_up, ruin, rebuild, fill and repair (.cpp)."""

from collections.abc import Sequence
from enum import Enum

from tests.planning.oracle.boarding import (
    detour,
    may_share,
    move_yuan,
    put_in,
    same_way,
    settle,
    take_out,
)
from tests.planning.oracle.state import IMPOSSIBLE, MIXED, MOST_TOUCHED, NONE, ROUNDING, State
from tests.planning.oracle.vehicle_choice import (
    cheapest_pool,
    choose_vehicle,
    hold,
    is_vehicle_free,
    is_worth_running,
    release,
    vehicle_yuan,
)

# journal


def touch(s: State, batch: int) -> bool:
    if batch not in s.before and len(s.before) == MOST_TOUCHED:
        return False
    s.before.setdefault(batch, s.batches[batch].copy())
    return True


def value_gained(s: State) -> float:
    gained = 0.0
    for batch, before in s.before.items():
        gained += s.batches[batch].value - before.value
    return gained


def keep(s: State) -> None:
    s.before.clear()


def undo(s: State) -> None:
    for batch in s.before:
        release(s, batch)
        while s.batches[batch].members:
            s.move_to_list(s.batches[batch].members[-1], NONE)
    for batch, before in s.before.items():
        members, before.members, before.is_held = before.members, [], False
        s.batches[batch] = before
        for unit in members:
            s.move_to_list(unit, batch)
        hold(s, batch)
    keep(s)


# insertion


def joining_yuan(s: State, batch: int, cell: int) -> float:
    b, c = s.batches[batch], s.cells[cell]
    if not may_share(s, batch, cell):
        return IMPOSSIBLE
    more_km, more_stops = detour(s, batch, cell)
    if more_km == IMPOSSIBLE:
        return IMPOSSIBLE
    yuan = s.limits.stop_cost_yuan * more_stops + move_yuan(s, batch, cell)
    if s.num_late_days:
        day = min(max(b.day, c.earliest), c.latest)
        yuan += s.late_day_yuan * (b.late_days[day] + s.late_days_of_cell[cell][day] - b.late_days[b.day])
    ends = (
        b.prefecture if b.prefecture == c.prefecture else MIXED,
        b.goal if b.goal == c.goal else MIXED,
    )
    now = vehicle_yuan(s, b.pool, b.km, b.persons, b.weight, s.regime_of(b, b.day))
    _, then = cheapest_pool(
        s, b, b.day, b.km + more_km, b.persons + c.persons, b.seats + c.seats, b.weight + c.weight, ends
    )
    return float(yuan + then - now)


def empty_batch(s: State, cell: int) -> int:
    for batch, b in enumerate(s.batches):
        if b.persons == 0 and batch != s.cells[cell].previous:
            s.num_active = max(s.num_active, batch + 1)
            return batch
    return NONE


def add(s: State, batch: int, unit: int) -> bool:
    if not touch(s, batch):
        return False
    release(s, batch)
    is_added = put_in(s, batch, unit)
    if is_added and choose_vehicle(s, batch) == IMPOSSIBLE:
        take_out(s, unit)
        settle(s, batch)
        choose_vehicle(s, batch)
        is_added = False
    hold(s, batch)
    return is_added


def _best_of_all(s: State, cell: int, chance_of_blink: float) -> tuple[int, float]:
    best, best_yuan = NONE, IMPOSSIBLE
    for batch in range(s.num_active):
        if s.batches[batch].persons == 0:
            continue
        yuan = joining_yuan(s, batch, cell)
        if yuan < best_yuan and not s.happens(chance_of_blink):
            best, best_yuan = batch, yuan
    return best, best_yuan


def _best_near(s: State, cell: int) -> tuple[int, float]:
    best, best_yuan = NONE, IMPOSSIBLE
    for near in s.near[cell]:
        for _ in range(s.params.draws_per_cell):
            batch = s.batch_of[s.random_unit(near)]
            if batch in (NONE, best):
                continue
            yuan = joining_yuan(s, batch, cell)
            if yuan < best_yuan:
                best, best_yuan = batch, yuan
    return best, best_yuan


def insert(s: State, units: Sequence[int], chance_of_blink: float) -> int:
    """Return how often it looked for a batch."""
    batch, last_cell, looks = NONE, NONE, 0
    for unit in units:
        cell = s.unit_cell[unit]
        previous = s.cells[cell].previous
        if s.batch_of[unit] != NONE:
            continue
        if previous != NONE and may_share(s, previous, cell) and add(s, previous, unit):
            continue
        if batch == NONE or cell != last_cell or joining_yuan(s, batch, cell) > ROUNDING:
            looks += 1
            if chance_of_blink > 0 and s.num_active > s.params.most_seen:
                batch, yuan = _best_near(s, cell)
            else:
                batch, yuan = _best_of_all(s, cell, chance_of_blink)
            if yuan >= s.cells[cell].alone_yuan + move_yuan(s, NONE, cell):
                batch = empty_batch(s, cell)
        last_cell = cell
        if batch != NONE and add(s, batch, unit):
            continue
        batch = empty_batch(s, cell)
        if batch != NONE and not add(s, batch, unit):
            batch = NONE
    return looks


# portions and exchange

Kind = Enum("Kind", ["SAME_UNIT", "SAME_CELL", "SAME_PICKUP", "SAME_DROPOFF", "WHOLE_BATCH"])


def random_kind(s: State) -> Kind:
    draw = s.random.random_sample()
    return next(kind for kind, below in zip(Kind, (0.25, 0.5, 0.75, 0.93, 1.0), strict=True) if draw < below)


def portion(s: State, unit: int, kind: Kind, most_seats: int) -> tuple[list[int], int]:
    """Return the units, and their seats."""
    cell, batch = s.unit_cell[unit], s.batch_of[unit]
    units, seats = [unit], s.cells[cell].seats
    if kind == Kind.SAME_UNIT or batch == NONE:
        return units, seats
    for other in s.batches[batch].members:
        like, more = s.unit_cell[other], s.cell_of(other).seats
        is_alike = {
            Kind.SAME_CELL: like == cell,
            Kind.SAME_PICKUP: s.cells[like].pickup == s.cells[cell].pickup,
            Kind.SAME_DROPOFF: s.drops_of_cell[like][0][0] == s.drops_of_cell[cell][0][0],
            Kind.WHOLE_BATCH: True,
        }[kind]
        if other != unit and is_alike and seats + more <= most_seats:
            units.append(other)
            seats += more
    return units, seats


def exchange(s: State) -> bool:
    unit = s.newcomers[s.below(len(s.newcomers))]
    a, cell, other = s.batch_of[unit], s.unit_cell[unit], NONE
    if s.happens(s.params.chance_of_new_batch):
        b = empty_batch(s, cell)
    else:
        other = s.random_neighbour(cell)
        b = s.batch_of[other]
    if b in (a, NONE) or not same_way(s, b, cell):
        return False
    most, kind = s.limits.most_usable, random_kind(s)
    going, seats = portion(s, unit, kind, most)
    if kind == Kind.SAME_CELL and len(going) > s.params.many_alike:
        going = going[: 1 + s.below(len(going))]
        seats = len(going) * s.cells[cell].seats
    room = most - s.batches[b].seats
    coming: list[int] = []
    if other != NONE and (seats > room or s.happens(s.params.chance_of_swap)):
        coming, freed = portion(s, other, random_kind(s), max(seats, 1))
        room += freed
    while len(going) > 1 and seats > room:
        seats -= s.cell_of(going.pop()).seats
    if seats > room or not touch(s, b) or (a != NONE and not touch(s, a)):
        return False
    sides = [(b, going), (a, coming)] if a != NONE else [(b, going)]
    for batch, _ in sides:
        release(s, batch)
    for rider in [*going, *coming] if a != NONE else coming:
        take_out(s, rider)
    return all(_refill(s, *side) for side in sides) and all(_charter(s, batch) for batch, _ in sides)


def _refill(s: State, batch: int, units: Sequence[int]) -> bool:
    settle(s, batch)
    return all(may_share(s, batch, s.unit_cell[unit]) and put_in(s, batch, unit) for unit in units)


def _charter(s: State, batch: int) -> bool:
    if choose_vehicle(s, batch) == IMPOSSIBLE:
        return False
    hold(s, batch)
    return True


# fill_up


def fill_up(s: State, unit: int) -> int:
    batch, cell, num, asked = s.batch_of[unit], s.unit_cell[unit], 0, 0
    if batch == NONE:
        batch = empty_batch(s, cell)
        if batch == NONE or not add(s, batch, unit):
            return 0
        num = 1
    b = s.batches[batch]
    for near in s.near[cell]:
        for other in range(s.cells[near].first_unit, s.cells[near].end_unit):
            if asked == s.params.most_asked or b.persons >= s.least_load(b):
                return num
            asked += 1
            if s.batch_of[other] == batch or s.happens(s.params.chance_of_skip):
                continue
            if not may_share(s, batch, near) or detour(s, batch, near)[0] == IMPOSSIBLE:
                break
            num += _change_to(s, batch, other)
    return num


def _change_to(s: State, batch: int, unit: int) -> bool:
    old = s.batch_of[unit]
    if old == NONE:
        return add(s, batch, unit)
    persons_left = s.batches[old].persons - s.cell_of(unit).persons
    if persons_left < s.least_load(s.batches[old]) or not touch(s, old):
        return False
    release(s, old)
    take_out(s, unit)
    settle(s, old)
    choose_vehicle(s, old)
    hold(s, old)
    if add(s, batch, unit):
        return True
    add(s, old, unit)
    return False


# ruin and rebuild


def rebuild(s: State) -> int:
    unit = s.newcomers[s.below(len(s.newcomers))]
    if s.happens(s.params.chance_for_stranded):
        unit = _stranded(s, unit)
        num = fill_up(s, unit) if s.happens(s.params.chance_of_fill_up) else 0
        if num:
            return num * s.params.work_to_insert
    cell, taken = s.unit_cell[unit], list[int]()
    if s.batch_of[unit] == NONE and s.happens(s.params.chance_for_rival):
        unit = _rival(s, unit)
    for _ in range(1 + s.below(s.params.most_ruined)):
        _ruin(s, unit, taken)
        unit = s.random_neighbour(cell)
    _add_who_wait_nearby(s, cell, taken)
    looks = insert(s, _shuffled(s, taken), s.params.chance_of_blink)
    return len(taken) + (s.params.work_to_insert - 1) * looks


def _stranded(s: State, unit: int) -> int:
    if s.bench and s.happens(0.5):
        return s.bench[s.below(len(s.bench))]
    start = s.below(s.num_active)
    for i in range(s.num_active):
        b = s.batches[(start + i) % s.num_active]
        if 0 < b.persons < s.least_load(b):
            return b.members[s.below(len(b.members))]
    return unit


def _rival(s: State, unit: int) -> int:
    c, start = s.cell_of(unit), s.below(s.num_active)
    for i in range(s.num_active):
        b = s.batches[(start + i) % s.num_active]
        if b.members and c.earliest <= b.day <= c.latest:
            return b.members[0]
    return unit


def _ruin(s: State, unit: int, taken: list[int]) -> None:
    batch = s.batch_of[unit]
    if batch == NONE:
        return
    if len(taken) + len(s.batches[batch].members) > s.params.most_moved or not touch(s, batch):
        return
    if s.happens(s.params.chance_of_whole_batch):
        riders = list(s.batches[batch].members)
    else:
        kind = Kind.SAME_PICKUP if s.happens(0.5) else Kind.SAME_DROPOFF
        riders, _ = portion(s, unit, kind, s.limits.most_usable)
    release(s, batch)
    for rider in riders:
        take_out(s, rider)
    taken += riders
    settle(s, batch)
    choose_vehicle(s, batch)
    hold(s, batch)


def _add_who_wait_nearby(s: State, cell: int, taken: list[int]) -> None:
    first_taken = len(s.bench) - len(taken)
    for near in s.near[cell]:
        for unit in range(s.cells[near].first_unit, s.cells[near].end_unit):
            waits = s.batch_of[unit] == NONE and s.slot_of[unit] < first_taken
            if waits and len(taken) < s.params.most_moved:
                taken.append(unit)


def _shuffled(s: State, units: Sequence[int]) -> list[int]:
    salt, rule = s.random.random_sample(), s.random.random_sample()

    def key(unit: int) -> float:
        cell, c = s.unit_cell[unit], s.cell_of(unit)
        noise = (cell * 0.6180339887498949 + salt) % 1.0
        if rule < 0.3:
            noise += c.latest - c.earliest
        elif rule < 0.6:
            noise += c.latest
        elif rule < 0.8:
            noise += (c.pickup * 0.7548776662466927 + salt) % 1.0 * 1000.0
        return float(noise - 1e6 * c.weight)

    return sorted(units, key=key)


# fill and repair


def fill(s: State, order: Sequence[int]) -> None:
    waiting = [c.end_unit - c.first_unit for c in s.cells]
    for seed in order:
        while waiting[seed] > 0:
            batch = empty_batch(s, seed)
            if batch == NONE:
                return
            _fill_batch(s, batch, seed, waiting)
            keep(s)
            waiting = [abs(num) for num in waiting]


def _fill_batch(s: State, batch: int, seed: int, waiting: list[int]) -> None:
    cell = seed
    while cell != NONE:
        on_bench = [
            u for u in range(s.cells[cell].first_unit, s.cells[cell].end_unit) if s.batch_of[u] == NONE
        ]
        if on_bench and add(s, batch, on_bench[0]):
            keep(s)
            waiting[cell] -= 1
            if waiting[cell] > 0 and may_share(s, batch, cell):
                continue
        elif not s.batches[batch].members:
            waiting[seed] = 0
            return
        else:
            waiting[cell] = -waiting[cell]
        cell = _best_cell(s, batch, waiting)


def _best_cell(s: State, batch: int, waiting: Sequence[int]) -> int:
    best, best_yuan = NONE, IMPOSSIBLE
    for cell, c in enumerate(s.cells):
        if waiting[cell] > 0 and may_share(s, batch, cell):
            km, num_stops = detour(s, batch, cell)
            days_left = c.latest - s.batches[batch].first
            yuan = (
                s.params.fill_yuan_per_km * km
                + s.limits.stop_cost_yuan * num_stops
                + s.params.fill_yuan_per_day * days_left
            )
            if yuan < best_yuan:
                best, best_yuan = cell, yuan
    return best


def open_as(s: State, start: Sequence[tuple[int, int]]) -> None:
    for unit, batch in start:
        s.num_active = max(s.num_active, batch + 1)
        if may_share(s, batch, s.unit_cell[unit]):
            add(s, batch, unit)
            keep(s)


def repair(s: State, order: Sequence[int]) -> None:
    for unit, cell in enumerate(s.unit_cell):
        batch = s.cells[cell].previous
        if batch != NONE:
            s.num_active = max(s.num_active, batch + 1)
            if may_share(s, batch, cell):
                put_in(s, batch, unit)
    for batch in range(s.num_active):
        _vehicle_as_before(s, batch)
    for batch in range(s.num_active):
        release(s, batch)
        if choose_vehicle(s, batch) < IMPOSSIBLE:
            hold(s, batch)
        else:
            _let_off(s, batch)
    insert_rest(s, order, True)


def _vehicle_as_before(s: State, batch: int) -> None:
    b = s.batches[batch]
    b.pool = NONE
    c = s.cell_of(b.members[0]) if b.members else None
    if c is None or c.previous_pool == NONE:
        return
    p, regime = s.pools[c.previous_pool], s.regime_of(b, c.previous_day)
    if (
        s.usable[regime][c.previous_pool] >= b.seats
        and p.base in (NONE, b.prefecture)
        and p.goal in (NONE, b.goal)
        and is_vehicle_free(s, c.previous_pool, c.previous_day)
    ):
        b.pool, b.day = c.previous_pool, c.previous_day
        hold(s, batch)


def insert_rest(s: State, order: Sequence[int], may_idle: bool) -> None:
    for cell in order:
        for unit in range(s.cells[cell].first_unit, s.cells[cell].end_unit):
            if s.batch_of[unit] != NONE:
                continue
            if may_idle or not _join_cheapest(s, unit):
                insert(s, [unit], 0.0)
            batch = s.batch_of[unit]
            if batch == NONE or not (may_idle or is_worth_running(s, batch)):
                undo(s)
                break
            keep(s)


def _join_cheapest(s: State, unit: int) -> bool:
    batch, _ = _best_of_all(s, s.unit_cell[unit], 0.0)
    return batch != NONE and add(s, batch, unit)


def dissolve_idle(s: State) -> None:
    for batch in range(s.num_active):
        if s.batches[batch].members and not is_worth_running(s, batch):
            release(s, batch)
            _let_off(s, batch)


def _let_off(s: State, batch: int) -> None:
    while s.batches[batch].members:
        take_out(s, s.batches[batch].members[-1])
    choose_vehicle(s, batch)
