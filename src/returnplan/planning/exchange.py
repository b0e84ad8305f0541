"""The search: riders are exchanged between batches, worse plans accepted ever more rarely.

Simulated annealing (Kirkpatrick, Gelatt and Vecchi 1983) over divisible loads, as in the split-delivery
literature (Dror and Trudeau 1989: moves of part of a load): a whole stop, a whole cell or one group goes from
one batch to another, and if that one is full, riders of it come back. Effort is counted in tried moves, so a
run is repeatable on any machine.
"""

import numpy as np
from numba import njit

from returnplan.planning.batches import (
    INFEASIBLE,
    PERSON_VALUE,
    copy_row,
    hold,
    move_member,
    price,
    put_in,
    settle_prefecture,
    take_out,
)
from returnplan.planning.state import NO_BATCH, Market, State
from returnplan.problem.model import Ints

SAME_UNIT, SAME_CELL, SAME_PICKUP, SAME_DROPOFF, WHOLE_BATCH = range(5)


@njit(cache=True)
def _alike(m: Market, one: int, other: int, kind: int) -> bool:
    """Return whether two cells belong to the same portion of a batch."""
    if kind == SAME_CELL:
        return one == other
    if kind == SAME_PICKUP:
        return m.pickup[one] == m.pickup[other]
    if kind == SAME_DROPOFF:
        return m.drop_place[m.drop_start[one]] == m.drop_place[m.drop_start[other]]
    return True


@njit(cache=True)
def _portion(m: Market, s: State, unit: int, kind: int, most_seats: int, out: Ints) -> int:
    """Write the unit and those of its batch that are alike, up to ``most_seats``, to ``out``; return how many."""
    cell, row = m.unit_cell[unit], s.unit_row[unit]
    out[0] = unit
    num, seats = 1, m.num_seats[cell]
    if kind == SAME_UNIT or row < 0:
        return num
    for i in range(s.num_members[row]):
        other = s.members[row, i]
        if other != unit and _alike(m, cell, m.unit_cell[other], kind):
            if seats + m.num_seats[m.unit_cell[other]] > most_seats:
                continue
            out[num] = other
            num += 1
            seats += m.num_seats[m.unit_cell[other]]
    return num


@njit(cache=True)
def _seats(m: Market, units: Ints, num: int) -> int:
    total = 0
    for i in range(num):
        total += m.num_seats[m.unit_cell[units[i]]]
    return total


@njit(cache=True)
def _common_day(m: Market, s: State, row: int, leaving: Ints, num_leaving: int, cell: int) -> int:
    """Return the day nearest to the row's on which its riders (less those leaving) and the cell may go, or -1."""
    first, last = m.earliest[cell], m.latest[cell]
    for i in range(s.num_members[row]):
        unit = s.members[row, i]
        gone = False
        for j in range(num_leaving):
            gone = gone or leaving[j] == unit
        if not gone:
            first = max(first, m.earliest[m.unit_cell[unit]])
            last = min(last, m.latest[m.unit_cell[unit]])
    return min(max(s.day[row], first), last) if first <= last else -1


@njit(cache=True)
def _set_day(m: Market, s: State, source: int, row: int, day: int) -> None:
    """Move a scratch copy of ``source`` to another day."""
    s.day[row] = day
    s.late[row] = 0.0
    for i in range(s.num_members[source]):
        s.late[row] += m.late_days[m.unit_cell[s.members[source, i]], day]


@njit(cache=True)
def _try_exchange(
    m: Market, s: State, a: int, b: int, day_b: int, going: Ints, num_going: int, coming: Ints, num_coming: int
) -> float:  # fmt: skip
    """Build the batches as they would be in the scratch rows and return the change of value.

    ``going`` leave row ``a`` (or the unplanned, -1) for ``b``, ``coming`` the reverse. Vehicles of both rows
    are free while the new ones are chosen; the caller counts the outcome by :func:`hold`.
    """
    new_a, new_b = len(s.day) - 2, len(s.day) - 1
    copy_row(s, b, new_b)
    if day_b != s.day[b]:
        _set_day(m, s, b, new_b, day_b)
    for i in range(num_coming):
        take_out(m, s, new_b, coming[i])
    for i in range(num_going):
        if not put_in(m, s, new_b, going[i]):
            return INFEASIBLE
    missing = 0.0
    if a >= 0:
        copy_row(s, a, new_a)
        for i in range(num_going):
            take_out(m, s, new_a, going[i])
        for i in range(num_coming):
            if not put_in(m, s, new_a, coming[i]):
                return INFEASIBLE
    else:
        for i in range(num_going):
            missing -= m.weight[m.unit_cell[going[i]]]
        for i in range(num_coming):
            missing += m.weight[m.unit_cell[coming[i]]]
    before = s.value[b]
    after = price(m, s, new_b)
    if after == INFEASIBLE:
        return INFEASIBLE
    if a >= 0:
        before += s.value[a]
        hold(s, new_b, 1)
        after += price(m, s, new_a)
        hold(s, new_b, -1)
    return after - before + PERSON_VALUE * missing


@njit(cache=True)
def _keep(m: Market, s: State, a: int, b: int, going: Ints, num_going: int, coming: Ints, num_coming: int) -> None:  # fmt: skip # noqa: E501
    """Make the scratch rows real."""
    new_a, new_b = len(s.day) - 2, len(s.day) - 1
    copy_row(s, new_b, b)
    if a >= 0:
        copy_row(s, new_a, a)
    for i in range(num_coming):
        move_member(s, coming[i], NO_BATCH)
    for i in range(num_going):
        move_member(s, going[i], b)
    if a >= 0:
        for i in range(num_coming):
            move_member(s, coming[i], a)
        settle_prefecture(m, s, a)
    settle_prefecture(m, s, b)


@njit(cache=True)
def _empty_row(s: State, num_rows: int) -> int:
    for row in range(num_rows):
        if s.num_persons[row] == 0:
            return row
    return -1


@njit(cache=True)
def _neighbour(m: Market, cell: int) -> int:
    """Return a random unit of a cell near the given one."""
    other = m.near[cell, int(np.random.random() * m.near.shape[1])]
    first = m.cell_start[other]
    return first + int(np.random.random() * (m.cell_start[other + 1] - first))


@njit(cache=True)
def _kind_of_portion() -> int:
    draw = np.random.random()
    if draw < 0.25:
        return SAME_UNIT
    if draw < 0.5:
        return SAME_CELL
    if draw < 0.75:
        return SAME_PICKUP
    return SAME_DROPOFF if draw < 0.93 else WHOLE_BATCH


@njit(cache=True)
def _total(m: Market, s: State) -> float:
    total = 0.0
    for row in range(len(s.day) - 2):
        total += s.value[row]
    for unit in range(len(s.unit_row)):
        if s.unit_row[unit] < 0:
            total += PERSON_VALUE * m.weight[m.unit_cell[unit]]
    return total


@njit(cache=True)
def exchange(m: Market, s: State, num_moves: int, hot_yuan: float, cold_yuan: float, seed: int) -> float:
    """Improve the state in place by ``num_moves`` tried exchanges; return its value.

    Parameters
    ----------
    hot_yuan, cold_yuan : first and last temperature: about the loss that is accepted once in three times
    seed : of the random moves; the same seed gives the same plan
    """
    np.random.seed(seed)
    num_rows, num_units = len(s.day) - 2, len(m.unit_cell)
    going, coming = np.empty(num_units + 1, np.int64), np.empty(num_units + 1, np.int64)
    temperature = hot_yuan
    cooling = (cold_yuan / hot_yuan) ** (1000.0 / max(1000, num_moves))
    for move in range(num_moves):
        if move % 1000 == 999:
            temperature *= cooling
        unit = int(np.random.random() * num_units)
        a, cell = s.unit_row[unit], m.unit_cell[unit]
        num_coming = 0
        other = -1
        if np.random.random() < 0.02:
            b = _empty_row(s, num_rows)
            if b < 0:
                continue
            s.late[b] = 0.0
            s.day[b] = m.earliest[cell] + int(np.random.random() * (m.latest[cell] - m.earliest[cell] + 1))
        else:
            other = _neighbour(m, cell)
            b = s.unit_row[other]
        if b == a or b < 0:
            continue
        num_going = _portion(m, s, unit, _kind_of_portion(), m.most_usable, going)
        room = m.most_usable - s.num_seats[b]
        seats = _seats(m, going, num_going)
        if seats > room or (other >= 0 and np.random.random() < 0.1):
            if other < 0 or s.unit_row[other] != b:
                continue
            num_coming = _portion(m, s, other, _kind_of_portion(), max(seats, 1), coming)
            room += _seats(m, coming, num_coming)
            while num_going > 1 and seats > room:
                num_going -= 1
                seats -= m.num_seats[m.unit_cell[going[num_going]]]
            if seats > room:
                continue
        day_b = s.day[b]
        if day_b < m.earliest[cell] or day_b > m.latest[cell]:
            day_b = _common_day(m, s, b, coming, num_coming, cell)
            if day_b < 0:
                continue
        hold(s, b, -1)
        if a >= 0:
            hold(s, a, -1)
        gain = _try_exchange(m, s, a, b, day_b, going, num_going, coming, num_coming)
        if gain <= 0.0 or gain < -temperature * np.log(np.random.random()):
            _keep(m, s, a, b, going, num_going, coming, num_coming)
        hold(s, b, 1)
        if a >= 0:
            hold(s, a, 1)
    return _total(m, s)
