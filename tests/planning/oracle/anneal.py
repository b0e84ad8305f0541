"""The oracle for anneal.cpp, without a clock."""

from collections.abc import Sequence

import numpy as np

from tests.planning.oracle import moves, swaps
from tests.planning.oracle.state import State
from tests.planning.oracle.vehicle_choice import set_prices, set_strict_prices


def anneal(s: State, work: int, order: Sequence[int], start: Sequence[tuple[int, int]]) -> None:
    """Improve the state in place."""
    p = s.params
    set_strict_prices(s)
    if start:
        moves.open_as(s, start)
        moves.insert_rest(s, order, True)
    elif s.limits.has_previous:
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
        most_loss, is_possible = -temperature * np.log(s.random.random_sample()), True
        done += 1
        if s.happens(p.share_of_rebuilds):
            done += moves.rebuild(s)
        else:
            draw = s.random.random_sample()
            if draw < p.share_of_swaps:
                is_possible = swaps.swap(s, most_loss)
            elif draw < p.share_of_swaps + p.share_of_reorders:
                is_possible = swaps.reorder(s, most_loss)
            else:
                is_possible = moves.exchange(s)
        loss = moves.value_gained(s) + s.person_yuan * (s.bench_weight - bench_weight)
        if is_possible and loss <= most_loss:
            bench_weight = s.bench_weight
            moves.keep(s)
        else:
            moves.undo(s)
    set_strict_prices(s)
    moves.dissolve_idle(s)
    moves.insert_rest(s, order, False)
