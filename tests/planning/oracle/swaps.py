"""The oracle for sketch, swap and reorder (.cpp)."""

from itertools import groupby
from typing import Any

from tests.planning.oracle.boarding import (
    best_gap,
    loop_km,
    may_share,
    put_in,
    same_way,
    settle,
    skip,
    take_out,
)
from tests.planning.oracle.moves import touch
from tests.planning.oracle.state import IMPOSSIBLE, NONE, ROUNDING, State
from tests.planning.oracle.vehicle_choice import cheapest_pool, choose_vehicle, hold, release


class Sketch:
    """A copy of a batch with other riders and stops."""

    def __init__(self, s: State, batch: int) -> None:
        self.s, self.batch, self.b = s, batch, s.batches[batch].copy()

    def let_off(self, units: list[int]) -> None:
        for cell, num in _runs(self.s, units):
            c = self._count(cell, -num)
            skip(self.b.picks, self.b.picks_persons, c.pickup, num * c.persons)
            for place, persons in self.s.drops_of_cell[cell]:
                skip(self.b.drops, self.b.drops_persons, place, num * persons)

    def let_on(self, units: list[int], at: int) -> bool:
        b, limits = self.b, self.s.limits
        for cell, num in _runs(self.s, units):
            c = self._count(cell, num)
            if c.pickup in b.picks:
                b.picks_persons[b.picks.index(c.pickup)] += num * c.persons
            elif len(b.picks) == limits.max_pickups:
                return False
            else:
                b.picks.insert(at, c.pickup)
                b.picks_persons.insert(at, num * c.persons)
                at += 1
            for place, persons in self.s.drops_of_cell[cell]:
                if place in b.drops:
                    b.drops_persons[b.drops.index(place)] += num * persons
                elif len(b.drops) == limits.max_dropoffs:
                    return False
                else:
                    roads = self.s.roads(b.day)
                    gap = best_gap(roads, b.drops, place, b.picks[-1], NONE, IMPOSSIBLE)[0]
                    b.drops.insert(gap, place)
                    b.drops_persons.insert(gap, num * persons)
        return True

    def yuan(self) -> float:
        s, b, limits = self.s, self.b, self.s.limits
        if not b.picks:
            return 0.0
        roads = s.roads(b.day)
        pick_km, drop_km = loop_km(roads, b.picks), loop_km(roads, b.drops)
        if pick_km > limits.max_pickup_km + ROUNDING or drop_km > limits.max_dropoff_km + ROUNDING:
            return IMPOSSIBLE
        km = pick_km + roads[b.picks[-1]][b.drops[0]] + drop_km
        now = s.batches[self.batch]
        _, yuan = cheapest_pool(s, now, b.day, km, b.persons, b.seats, b.weight, (b.prefecture, b.goal))
        return float(yuan + limits.stop_cost_yuan * (len(b.picks) + len(b.drops) - 2))

    def draw(self) -> None:
        now = self.s.batches[self.batch]
        if len(now.picks) == len(self.b.picks) and len(now.drops) == len(self.b.drops):
            for name in ("picks", "picks_persons", "drops", "drops_persons"):
                setattr(now, name, list(getattr(self.b, name)))

    def _count(self, cell: int, num: int) -> Any:
        c = self.s.cells[cell]
        self.b.persons += num * c.persons
        self.b.seats += num * c.seats
        self.b.weight += num * c.weight
        return c


def _runs(s: State, units: list[int]) -> list[tuple[int, int]]:
    return [(cell, len(list(run))) for cell, run in groupby(s.unit_cell[unit] for unit in units)]


def swap(s: State, most_loss: float) -> bool:
    a = s.below(s.num_active)
    if not s.batches[a].members:
        return False
    mine = _random_stretch(s, a, s.below(len(s.batches[a].picks)))
    going = _riders(s, a, mine)
    seats, cell = _seats(s, going), s.unit_cell[going[0]]
    other = s.random_neighbour(cell)
    b, near = s.batch_of[other], s.unit_cell[other]
    if b in (a, NONE) or not same_way(s, b, cell) or not same_way(s, a, near):
        return False
    beside = s.batches[b].picks.index(s.cells[near].pickup) + s.below(2)
    theirs = (beside, beside) if s.happens(s.params.chance_of_shift) else _random_stretch(s, b, beside)
    coming = _riders(s, b, theirs)
    more = _seats(s, coming)
    if any(s.cell_of(unit).previous != NONE for unit in [*going, *coming]):
        return False
    going = _leave(s, going, s.limits.most_usable - s.batches[b].seats + more)
    coming = _leave(s, coming, s.limits.most_usable - s.batches[a].seats + seats)
    if not going:
        return False
    sketches = Sketch(s, a), Sketch(s, b)
    before = s.batches[a].value + s.batches[b].value
    if _sketched_yuan(sketches, (mine[0], theirs[0]), going, coming) - before > most_loss:
        return False
    if not touch(s, a) or not touch(s, b):
        return False
    release(s, a)
    release(s, b)
    for unit in [*going, *coming]:
        take_out(s, unit)
    return all(_put_all_in(s, *side) for side in ((b, going), (a, coming))) and all(map(_finish, sketches))


def _random_stretch(s: State, batch: int, first: int) -> tuple[int, int]:
    left, draw = len(s.batches[batch].picks) - first, s.random.random_sample()
    return first, first + min(left, 1 if draw < 0.6 else 2 if draw < 0.8 else 3 if draw < 0.9 else left)


def _riders(s: State, batch: int, stretch: tuple[int, int]) -> list[int]:
    b = s.batches[batch]
    places = b.picks[slice(*stretch)]
    return [unit for place in places for unit in b.members if s.cell_of(unit).pickup == place]


def _seats(s: State, units: list[int]) -> int:
    return sum(s.cell_of(unit).seats for unit in units)


def _leave(s: State, units: list[int], most_seats: int) -> list[int]:
    units = units[::-1] if s.happens(0.5) else units
    while _seats(s, units) > most_seats:
        units = units[:-1]
    return units


def _sketched_yuan(
    sketches: tuple[Sketch, Sketch], at: tuple[int, int], going: list[int], coming: list[int]
) -> float:
    a, b = sketches
    a.let_off(going)
    b.let_off(coming)
    return a.yuan() + b.yuan() if a.let_on(coming, at[0]) and b.let_on(going, at[1]) else IMPOSSIBLE


def _put_all_in(s: State, batch: int, units: list[int]) -> bool:
    settle(s, batch)
    return all(may_share(s, batch, s.unit_cell[unit]) and put_in(s, batch, unit) for unit in units)


def _finish(sketch: Sketch) -> bool:
    sketch.draw()
    if choose_vehicle(sketch.s, sketch.batch) == IMPOSSIBLE:
        return False
    hold(sketch.s, sketch.batch)
    return True


def reorder(s: State, most_loss: float) -> bool:
    batch, is_at_pickups = s.below(s.num_active), s.happens(0.5)
    b = s.batches[batch]
    size = len(b.picks if is_at_pickups else b.drops)
    if not b.members or size < 2:
        return False
    sketch = Sketch(s, batch)
    first, to = s.below(size), s.below(size)
    if s.happens(0.5):
        low, high = min(first, to), max(first, to) + 1
        order = [*range(low), *reversed(range(low, high)), *range(high, size)]
    else:
        end = min(size, first + 1 + s.below(3))
        rest = [*range(first), *range(end, size)]
        order = [*rest[:to], *range(first, end), *rest[to:]]
    for name in ("picks", "picks_persons") if is_at_pickups else ("drops", "drops_persons"):
        setattr(sketch.b, name, [getattr(sketch.b, name)[i] for i in order])
    if sketch.yuan() - b.value > most_loss or not touch(s, batch):
        return False
    release(s, batch)
    return _finish(sketch)
