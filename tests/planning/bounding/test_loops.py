"""Sets of stops with the shortest ways through them, and what becomes of too many stops."""

import numpy as np
import pytest

from returnplan.planning.bounding.loops import find_loops
from returnplan.problem.model import Floats


def on_a_line(*at_km: float) -> Floats:
    at: Floats = np.array(at_km)
    return np.abs(at[:, None] - at[None, :])


def test_ways_are_the_shortest_that_end_at_each_stop() -> None:
    loops = find_loops(on_a_line(0.0, 10.0, 30.0), 3, 999.0, most_sets=99)
    km_of = dict(zip(loops.bits.tolist(), loops.km.tolist(), strict=True))
    assert sorted(km_of) == [1, 2, 3, 4, 5, 6, 7]
    assert km_of[0b111] == [30.0, 40.0, 30.0]
    assert loops.num_stops[loops.bits == 0b101] == 2


def test_limits_leave_sets_out() -> None:
    km = on_a_line(0.0, 10.0, 30.0)
    assert sorted(find_loops(km, 3, 20.0, most_sets=99).bits.tolist()) == [1, 2, 3, 4, 6]
    assert sorted(find_loops(km, 2, 999.0, most_sets=99).bits.tolist()) == [1, 2, 3, 4, 5, 6]


def test_stops_that_lie_close_together_become_one_where_sets_are_too_many() -> None:
    """Three sets of two stops: the pair at the start is one stop, and its way to the third the shorter one."""
    loops = find_loops(on_a_line(0.0, 1.0, 30.0), 3, 999.0, most_sets=3)
    assert loops.stop_of[0] == loops.stop_of[1] != loops.stop_of[2]
    assert loops.km[loops.bits == 0b11].max() == pytest.approx(29.0, abs=1e-6)
