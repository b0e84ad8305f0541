"""Compiled: what a move has changed, so that a refused one can be taken back."""

from returnplan.planning.boarding import join_list
from returnplan.planning.claims import hold
from returnplan.planning.compiled import inner
from returnplan.planning.state import (
    MOST_TOUCHED,
    NOBODY,
    NUM_ROWS,
    NUM_TOUCHED,
    RELEASE,
    TAKE,
    Market,
    State,
)


@inner
def _copy_row(s: State, source: int, target: int) -> None:
    s.rows[target] = s.rows[source]
    r = s.rows[source]
    for i in range(r.num_picks):
        s.picks[target, i] = s.picks[source, i]
        s.pick_on[target, i] = s.pick_on[source, i]
    for i in range(r.num_drops):
        s.drops[target, i] = s.drops[source, i]
        s.drop_off[target, i] = s.drop_off[source, i]
    for i in range(r.num_members):
        s.members[target, i] = s.members[source, i]
    for day in range(s.late_days.shape[1]):
        s.late_days[target, day] = s.late_days[source, day]


@inner
def touch(s: State, row: int) -> bool:
    """Keep a copy of the row before its first change, ; False when too many are touched."""
    if s.rows[row].is_touched == 1:
        return True
    if s.counts[NUM_TOUCHED] == MOST_TOUCHED:
        return False
    _copy_row(s, row, s.counts[NUM_ROWS] + s.counts[NUM_TOUCHED])
    s.touched[s.counts[NUM_TOUCHED]] = row
    s.counts[NUM_TOUCHED] += 1
    s.rows[row].is_touched = 1
    return True


@inner
def value_gained(s: State) -> float:
    """Return by how much the touched rows cost more than before (people on the bench are not counted)."""
    gained = 0.0
    for i in range(s.counts[NUM_TOUCHED]):
        gained += s.rows[s.touched[i]].value - s.rows[s.counts[NUM_ROWS] + i].value
    return gained


@inner
def keep(s: State) -> None:
    """Make the move final."""
    for i in range(s.counts[NUM_TOUCHED]):
        s.rows[s.touched[i]].is_touched = 0
    s.counts[NUM_TOUCHED] = 0


@inner
def undo(m: Market, s: State) -> None:
    """Take the move back: touched rows, their riders, vehicles and people as they were."""
    for i in range(s.counts[NUM_TOUCHED]):
        row = s.touched[i]
        hold(m, s, row, RELEASE)
        while s.rows[row].num_members > 0:
            join_list(m, s, s.members[row, s.rows[row].num_members - 1], NOBODY)
    for i in range(s.counts[NUM_TOUCHED]):
        row, spare = s.touched[i], s.counts[NUM_ROWS] + i
        num_members = s.rows[spare].num_members
        s.rows[spare].num_members = 0
        _copy_row(s, spare, row)
        for j in range(num_members):
            join_list(m, s, s.members[spare, j], row)
        s.rows[row].is_held = 0
        hold(m, s, row, TAKE)
    keep(s)
