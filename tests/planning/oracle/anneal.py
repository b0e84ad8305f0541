"""The oracle for anneal.cpp, without a clock."""

from collections.abc import Sequence

import numpy as np

from tests.planning.oracle import moves
from tests.planning.oracle.chartering import set_prices, set_strict_prices
from tests.planning.oracle.state import State


def anneal(s: State, work: int, order: Sequence[int], start: Sequence[tuple[int, int]]) -> None:
    """Improve the state in place."""
    p = s.params
    set_strict_prices(s)
    if start:
        moves.open_as(s, start)
        moves.insert_rest(s, order, True)
    elif s.limits.has_told:
        moves.repair(s, order)
    else:
        moves.fill(s, order)
    set_prices(s, 0.0)
    temperature, bench_weight, done, checked = p.hot_yuan, s.bench_weight, 0, 0
    while done < work:
        if done - checked > min(p.most_unchecked, work // 100):
            checked = done
            temperature = p.hot_yuan * (p.cold_yuan / p.hot_yuan) ** (done / work)
            set_prices(s, done / work)
        is_possible = True
        if s.happens(p.share_of_rebuilds):
            done += p.work_to_insert * moves.rebuild(s) + 1
        else:
            done += 1
            is_possible = moves.exchange(s)
        loss = moves.value_gained(s) + s.person_yuan * (s.bench_weight - bench_weight)
        if is_possible and (loss <= 0 or loss < -temperature * np.log(s.random.random_sample())):
            bench_weight = s.bench_weight
            moves.keep(s)
        else:
            moves.undo(s)
    set_strict_prices(s)
    moves.dissolve_idle(s)
    moves.insert_rest(s, order, False)
