"""The oracle for stops.cpp and boarding.cpp."""

from itertools import pairwise
from typing import Any

from tests.planning.oracle.state import IMPOSSIBLE, MIXED, NONE, ROUNDING, Batch, State

Roads = list[list[float]]


def leg_km(roads: Roads, a: int, b: int) -> float:
    return roads[a][b] if NONE not in (a, b) else 0.0


def loop_km(roads: Roads, stops: list[int]) -> float:
    total = 0.0
    for a, b in pairwise(stops):
        total += roads[a][b]
    return total


def best_gap(
    roads: Roads, stops: list[int], place: int, before: int, after: int, room_km: float
) -> tuple[int, float, float]:
    """Return the gap, by how much it lengthens the journey, and the loop."""
    best = (0, IMPOSSIBLE, IMPOSSIBLE)
    for gap, (left, right) in enumerate(pairwise([NONE, *stops, NONE])):
        loop = leg_km(roads, left, place) + leg_km(roads, place, right) - leg_km(roads, left, right)
        if loop > room_km:
            continue
        more = loop
        if gap == 0:
            more += leg_km(roads, before, place) - leg_km(roads, before, right)
        if gap == len(stops):
            more += leg_km(roads, place, after) - leg_km(roads, left, after)
        if more < best[1]:
            best = (gap, more, loop)
    return best


def skip(stops: list[int], heads: list[int], place: int, persons: int) -> None:
    i = stops.index(place)
    heads[i] -= persons
    if heads[i] <= 0:
        del stops[i], heads[i]


def may_share(s: State, batch: int, cell: int) -> bool:
    return s.batches[batch].seats + s.cells[cell].seats <= s.limits.most_usable and same_way(s, batch, cell)


def same_way(s: State, batch: int, cell: int) -> bool:
    b, c = s.batches[batch], s.cells[cell]
    first, last = days_in(s, batch, cell)
    if b.persons == 0:
        return True
    if last < b.first or first > b.last or b.city_group != c.city_group:
        return False
    return bool(s.limits.mix_counties or b.county == c.county)


def days_in(s: State, batch: int, cell: int) -> tuple[int, int]:
    c = s.cells[cell]
    return (c.previous_day, c.previous_day) if c.previous == batch else (c.earliest, c.latest)


def move_yuan(s: State, batch: int, cell: int) -> float:
    c = s.cells[cell]
    return c.move_yuan if c.previous not in (NONE, batch) else 0.0


def detour(s: State, batch: int, cell: int) -> tuple[float, int]:
    b, c, roads = s.batches[batch], s.cells[cell], s.roads(s.batches[batch].day)
    km, num_stops = 0.0, 0
    if b.picks and c.pickup not in b.picks:
        if len(b.picks) == s.limits.max_pickups:
            return IMPOSSIBLE, 0
        room = s.limits.max_pickup_km - b.pick_km + ROUNDING
        km += best_gap(roads, b.picks, c.pickup, NONE, b.drops[0] if b.drops else NONE, room)[1]
        num_stops += 1
    new = [place for place, _ in s.drops_of_cell[cell] if place not in b.drops]
    if new and len(b.drops) + len(new) > s.limits.max_dropoffs:
        return IMPOSSIBLE, 0
    for place in new:
        room = s.limits.max_dropoff_km - b.drop_km + ROUNDING
        km += best_gap(roads, b.drops, place, b.picks[-1] if b.picks else c.pickup, NONE, room)[1]
    return km, num_stops + len(new)


def put_in(s: State, batch: int, unit: int) -> bool:
    cell = s.unit_cell[unit]
    b, c = s.batches[batch], s.cells[cell]
    if b.persons == 0:
        _open(s, batch, cell)
    roads = s.roads(b.day)
    if not _board(s, b, c, roads):
        return False
    for i, (place, persons) in enumerate(s.drops_of_cell[cell]):
        if not _alight(s, b, place, persons, roads):
            for done_place, done_persons in s.drops_of_cell[cell][:i]:
                skip(b.drops, b.drops_persons, done_place, done_persons)
            skip(b.picks, b.picks_persons, c.pickup, c.persons)
            b.pick_km, b.drop_km = loop_km(roads, b.picks), loop_km(roads, b.drops)
            return False
    first, last = days_in(s, batch, cell)
    b.first, b.last = max(b.first, first), min(b.last, last)
    b.move_yuan += move_yuan(s, batch, cell)
    b.persons, b.seats, b.weight = b.persons + c.persons, b.seats + c.seats, b.weight + c.weight
    b.prefecture = b.prefecture if b.prefecture == c.prefecture else MIXED
    b.goal = b.goal if b.goal == c.goal else MIXED
    b.city = b.city if b.city == c.city else MIXED
    for day in range(s.num_late_days):
        b.late_days[day] += s.late_days_of_cell[cell][day]
    s.move_to_list(unit, batch)
    return True


def take_out(s: State, unit: int) -> None:
    batch, cell = s.batch_of[unit], s.unit_cell[unit]
    b, c = s.batches[batch], s.cells[cell]
    b.move_yuan -= move_yuan(s, batch, cell)
    b.persons, b.seats, b.weight = b.persons - c.persons, b.seats - c.seats, b.weight - c.weight
    skip(b.picks, b.picks_persons, c.pickup, c.persons)
    for place, persons in s.drops_of_cell[cell]:
        skip(b.drops, b.drops_persons, place, persons)
    for day in range(s.num_late_days):
        b.late_days[day] -= s.late_days_of_cell[cell][day]
    s.move_to_list(unit, NONE)


def settle(s: State, batch: int) -> None:
    b = s.batches[batch]
    if not b.members:
        return
    cells = [s.unit_cell[unit] for unit in b.members]
    windows = [days_in(s, batch, cell) for cell in cells]
    b.first, b.last = max(first for first, _ in windows), min(last for _, last in windows)
    b.prefecture, b.goal, b.city = (
        _only(getattr(s.cells[cell], name) for cell in cells) for name in ("prefecture", "goal", "city")
    )
    roads = s.roads(b.day)
    b.pick_km, b.drop_km = loop_km(roads, b.picks), loop_km(roads, b.drops)


def _only(values: Any) -> int:
    """Return the value if all are alike."""
    different = set(values)
    return different.pop() if len(different) == 1 else MIXED


def _open(s: State, batch: int, cell: int) -> None:
    b, c = s.batches[batch], s.cells[cell]
    b.first, b.last = days_in(s, batch, cell)
    b.day, b.move_yuan, b.weight, b.pick_km, b.drop_km = b.first, 0.0, 0.0, 0.0, 0.0
    b.prefecture, b.goal, b.county = c.prefecture, c.goal, c.county
    b.city_group, b.city = c.city_group, c.city
    b.picks, b.picks_persons, b.drops, b.drops_persons = [], [], [], []
    b.late_days = [0.0] * s.num_late_days


def _board(s: State, b: Batch, c: Any, roads: Roads) -> bool:
    if c.pickup in b.picks:
        b.picks_persons[b.picks.index(c.pickup)] += c.persons
        return True
    room = s.limits.max_pickup_km - b.pick_km + ROUNDING
    gap, more, loop = best_gap(roads, b.picks, c.pickup, NONE, b.drops[0] if b.drops else NONE, room)
    if len(b.picks) == s.limits.max_pickups or more == IMPOSSIBLE:
        return False
    b.picks.insert(gap, c.pickup)
    b.picks_persons.insert(gap, c.persons)
    b.pick_km += loop
    return True


def _alight(s: State, b: Batch, place: int, persons: int, roads: Roads) -> bool:
    if place in b.drops:
        b.drops_persons[b.drops.index(place)] += persons
        return True
    room = s.limits.max_dropoff_km - b.drop_km + ROUNDING
    gap, more, loop = best_gap(roads, b.drops, place, b.picks[-1], NONE, room)
    if len(b.drops) == s.limits.max_dropoffs or more == IMPOSSIBLE:
        return False
    b.drops.insert(gap, place)
    b.drops_persons.insert(gap, persons)
    b.drop_km += loop
    return True
