"""The compiled search of one market: a first plan, greedy or given, then exchanges and rebuilds, accepted by annealing.

Where there is a plan that people may know of, it is mended instead, and the search starts from the newcomers.

Simulated annealing (Kirkpatrick, Gelatt and Vecchi 1983). Effort is counted in work units (a tried exchange is
one, a unit put in anew another), so a run is repeatable on any machine.
"""

import numpy as np

from returnplan.planning.compiled import entry
from returnplan.planning.exchange import try_exchange
from returnplan.planning.fill import fill, open_as
from returnplan.planning.journal import keep, undo, value_gained
from returnplan.planning.prices import plan_yuan, set_prices
from returnplan.planning.rebuild import rebuild
from returnplan.planning.repair import dissolve_idle, insert_rest, repair
from returnplan.planning.state import PERSON, Market, State
from returnplan.problem.model import Floats, Ints

MOST_MOVED = 400
"""Units that one rebuild may take out."""

MOST_UNCHECKED = 2000
"""Work units from one look at the clock to the next."""

WORK_TO_INSERT = 5
"""Work units of putting one unit in, against one for a tried exchange."""


@entry
def anneal(
    m: Market,
    s: State,
    work: int,
    hot_yuan: float,
    cold_yuan: float,
    share_of_rebuilds: float,
    seed: int,
    clock: Floats,
    live: Floats,
    order: Ints,
    start: Ints,
    out: Ints,
    part: Ints,
    keys: Floats,
) -> None:
    """Improve the state in place by ``work`` units of work.

    Parameters
    ----------
    hot_yuan, cold_yuan : first and last temperature: about the loss that is accepted once in three times
    share_of_rebuilds : chance that a move is a rebuild
    seed : of the random moves; the same seed gives the same plan
    clock : (1,) the share of a time limit that is over, set by another thread; at 1 the search ends
    live : (2,) told the yuan of the plan and the share of the search that is over, which may not be 0 at first
    start : (K, 2) unit and batch, batch by batch: a plan to start from; K may be 0
    """
    begun, first = live[1], clock[0]
    np.random.seed(seed)
    set_prices(m, s, 1.0)
    if m.limits[0].has_told == 1:
        repair(m, s, order, out)
    elif len(start) > 0:
        open_as(m, s, start)
        insert_rest(m, s, order, out, True)
    else:
        fill(m, s, order, part)
    set_prices(m, s, 0.0)
    temperature, done, checked = hot_yuan, 0, 0
    step = min(MOST_UNCHECKED, work // 100)
    bench_weight = s.bench_weight[0]
    while done < work:
        if done - checked > step:
            checked = done
            progress = max(done / work, min(1.0, (clock[0] - first) / max(1e-9, 1.0 - first)))
            temperature = hot_yuan * (cold_yuan / hot_yuan) ** progress
            set_prices(m, s, progress)
            live[0], live[1] = plan_yuan(m, s), begun + (1.0 - begun) * done / work
            if clock[0] >= 1.0:
                break
        if np.random.random() < share_of_rebuilds:
            done += WORK_TO_INSERT * rebuild(m, s, out, part, keys) + 1
            possible = True
        else:
            done += 1
            possible = try_exchange(m, s, out, part)
        if not possible:
            undo(m, s)
            continue
        gain = value_gained(s) + s.prices[PERSON] * (s.bench_weight[0] - bench_weight)
        if gain <= 0.0 or gain < -temperature * np.log(np.random.random()):
            bench_weight = s.bench_weight[0]
            keep(s)
        else:
            undo(m, s)
    set_prices(m, s, 1.0)
    dissolve_idle(m, s)
    insert_rest(m, s, order, out, False)
