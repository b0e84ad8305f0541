"""The compiled search does, move by move and to the last bit, what a slow one in plain Python does."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import pytest

from returnplan.planning import Effort, _core, solve
from returnplan.planning.markets import split_markets
from returnplan.planning.params import SearchParams
from returnplan.planning.search import Watch
from returnplan.planning.tables import local_places, market_tables, units_on_board, usable_pools
from returnplan.problem.model import Ints, Problem
from tests.planning.oracle import moves, swaps
from tests.planning.oracle.anneal import anneal
from tests.planning.oracle.state import IMPOSSIBLE, State
from tests.planning.oracle.vehicle_choice import set_prices, vehicle_yuan
from tests.planning.problems import knotty, tiny
from tests.planning.test_repair import after, without
from tests.sweeps import cases

NUM_CASES = cases(20, of=60)
WITHOUT_WORK = Effort(base_work=0, work_per_group=0)
FIELDS = [
    "day",
    "first",
    "last",
    "pool",
    "prefecture",
    "goal",
    "county",
    "city_group",
    "city",
    "persons",
    "seats",
    "move_yuan",
    "is_held",
    "km",
    "pick_km",
    "drop_km",
    "drive_minutes",
    "weight",
    "value",
]


@dataclass
class Both:
    """The same market at the same moment in the oracle and in the compiled search."""

    order: Ints
    oracle: State
    core: _core.State
    moves: _core.Moves

    def assert_alike(self, where: object) -> None:
        """Compare everything that decides what comes next."""
        core, oracle = self.core, self.oracle
        assert core.num_active == oracle.num_active, where
        assert core.bench.tolist() == oracle.bench, where
        assert core.batch_of.tolist() == oracle.batch_of, where
        assert core.slot_of.tolist() == oracle.slot_of, where
        assert core.bench_weight == oracle.bench_weight, where
        for name in ("used", "departures", "arrivals"):
            assert getattr(core, name).tolist() == getattr(oracle, name), (where, name)
        for number, (batch, b) in enumerate(zip(core.batches, oracle.batches, strict=False)):
            assert batch["persons"] == b.persons, (where, number)
            if b.persons:
                self._assert_batch_alike(number, batch, (where, number))

    def end_move(self, is_kept: bool) -> None:
        """Make the last move final, or take it back."""
        if is_kept:
            self.moves.keep()
            moves.keep(self.oracle)
        else:
            self.moves.undo()
            moves.undo(self.oracle)

    def _assert_batch_alike(self, number: int, batch: Any, where: object) -> None:
        core, b = self.core, self.oracle.batches[number]
        for name in FIELDS:
            assert batch[name] == getattr(b, name), (where, name)
        regime = self.oracle.regime_of(b, b.day)
        vehicle = vehicle_yuan(self.oracle, b.pool, b.km, b.persons, b.weight, regime)
        assert batch["vehicle_yuan"] == vehicle, (where, "vehicle_yuan")
        assert core.members[number, : batch["num_members"]].tolist() == b.members, where
        for name, num in (("picks", batch["num_picks"]), ("drops", batch["num_drops"])):
            assert getattr(core, name)[number, :num].tolist() == getattr(b, name), where
            persons = f"{name}_persons"
            assert getattr(core, persons)[number, :num].tolist() == getattr(b, persons), where
        assert core.late_days[number].tolist() == b.late_days, where


def both(problem: Problem, part: Ints, seed: int, params: SearchParams | None = None) -> Both:
    """Return a market in both, with everybody on the bench."""
    params = params or SearchParams()
    market = market_tables(problem, part, local_places(problem, part), usable_pools(problem, part))
    num_batches = len(market.unit_cell) + 2
    core = _core.State(market, num_batches)
    order = np.lexsort((market.cells["latest"], -market.cells["weight"]))
    oracle = State(market, num_batches, params, seed)
    return Both(order, oracle, core, _core.Moves(core, params, seed))


def markets(make: Any = knotty) -> Iterator[tuple[int, Problem, Ints]]:
    """Yield the markets of many problems."""
    for seed in range(NUM_CASES):
        problem = make(seed)
        for part in split_markets(problem):
            yield seed, problem, part


def told_before(seed: int) -> Problem:
    """Return a problem with a last plan, in which one group is new and one gone."""
    problem = tiny(seed, num_groups=12, min_load=1 + seed % 2)
    return without(after(problem, solve(without(problem, 0), WITHOUT_WORK)), 1)


def filled(
    seed: int, problem: Problem, part: Ints, progress: float, params: SearchParams | None = None
) -> Both:
    """Return a market in both, filled, at the prices of some hour of the search."""
    pair = both(problem, part, seed, params)
    pair.moves.set_prices(1.0)
    set_prices(pair.oracle, 1.0)
    pair.moves.fill(pair.order)
    moves.fill(pair.oracle, pair.order.tolist())
    pair.moves.set_prices(progress)
    set_prices(pair.oracle, progress)
    return pair


def test_a_first_plan_is_the_same() -> None:
    num_batches = 0
    for seed, problem, part in markets():
        pair = filled(seed, problem, part, 0.3)
        pair.assert_alike(seed)
        num_batches += pair.core.num_active
    assert num_batches > NUM_CASES


def test_a_repaired_plan_is_the_same() -> None:
    num_previous = 0
    for seed, problem, part in markets(told_before):
        pair = both(problem, part, seed)
        pair.moves.set_prices(1.0)
        set_prices(pair.oracle, 1.0)
        pair.moves.repair(pair.order)
        moves.repair(pair.oracle, pair.order.tolist())
        pair.assert_alike(seed)
        num_previous += bool((problem.cells.previous[part] >= 0).any())
    assert num_previous > NUM_CASES // 2


def test_a_given_plan_is_opened_the_same() -> None:
    for seed, problem, part in markets():
        market = market_tables(problem, part, local_places(problem, part), usable_pools(problem, part))
        loads = [{int(cell): 1 for cell in some} for some in np.array_split(part, 1 + len(part) // 3)]
        start = units_on_board(market, part, loads)
        pair = both(problem, part, seed)
        pair.moves.open_as(start)
        moves.open_as(pair.oracle, [(unit, number) for unit, number in start.tolist()])
        pair.assert_alike(seed)


@pytest.mark.parametrize("move", ["exchange", "rebuild"])
def test_moves_are_the_same_and_can_be_taken_back(move: str) -> None:
    """Each move is kept or undone by turns; random numbers stay in step, or nothing after would agree."""
    num_changed = 0
    for seed, problem, part in markets():
        pair = filled(seed, problem, part, 0.2 + 0.1 * (seed % 6))
        for turn in range(25):
            where = seed, turn
            mine, oracles = getattr(pair.moves, move)(), getattr(moves, move)(pair.oracle)
            assert mine == oracles, where
            if mine and turn % 3:
                assert pair.moves.value_gained() == moves.value_gained(pair.oracle), where
                num_changed += bool(pair.oracle.before)
                pair.moves.keep()
                moves.keep(pair.oracle)
            else:
                pair.moves.undo()
                moves.undo(pair.oracle)
            pair.assert_alike(where)
    assert num_changed > NUM_CASES // 2


@pytest.mark.parametrize("move", ["swap", "reorder"])
def test_moves_with_a_most_loss_are_the_same_and_can_be_taken_back(move: str) -> None:
    num_changed = 0
    for seed, problem, part in markets():
        pair = filled(seed, problem, part, 0.2 + 0.1 * (seed % 6))
        for turn in range(25):
            where, most_loss = (seed, turn), (0.0, 300.0, IMPOSSIBLE)[turn % 3]
            mine, oracles = getattr(pair.moves, move)(most_loss), getattr(swaps, move)(pair.oracle, most_loss)
            assert mine == oracles, where
            if mine:
                assert pair.moves.value_gained() == moves.value_gained(pair.oracle), where
                num_changed += bool(pair.oracle.before)
            pair.end_move(mine and turn % 4 > 0)
            pair.assert_alike(where)
    assert num_changed > NUM_CASES // 2


def test_a_muster_is_the_same() -> None:
    num_moved = 0
    for seed, problem, part in markets():
        pair = filled(seed, problem, part, 0.0)
        for unit in range(0, len(pair.oracle.unit_cell), 3):
            num = pair.moves.fill_up(unit)
            assert num == moves.fill_up(pair.oracle, unit), (seed, unit)
            num_moved += num
            pair.end_move(moves.value_gained(pair.oracle) < IMPOSSIBLE)
            pair.assert_alike((seed, unit))
    assert num_moved > 0


def test_batches_not_worth_running_are_dissolved_the_same() -> None:
    num_benched = 0
    for seed, problem, part in markets():
        pair = filled(seed, problem, part, 1.0)
        before = len(pair.oracle.bench)
        pair.moves.dissolve_idle()
        moves.dissolve_idle(pair.oracle)
        num_benched += len(pair.oracle.bench) - before
        pair.moves.insert_rest(pair.order, False)
        moves.insert_rest(pair.oracle, pair.order.tolist(), False)
        pair.assert_alike(seed)
    assert num_benched > 0


@pytest.mark.parametrize("make", [knotty, told_before])
def test_a_whole_search_is_the_same(make: Any) -> None:
    for seed, problem, part in markets(make):
        pair, work = both(problem, part, 2021), 300
        _core.anneal(pair.core, SearchParams(), work, 2021, Watch(), pair.order, np.empty((0, 2), np.int64))
        anneal(pair.oracle, work, pair.order.tolist(), [])
        pair.assert_alike(seed)


def test_a_large_market_is_looked_at_in_part_by_both() -> None:
    """More batches than an insertion looks at: it draws riders of near cells instead."""
    params = SearchParams(most_seen=1, most_ruined=1)
    num_large = 0
    for seed, problem, part in markets():
        pair = filled(seed, problem, part, 0.3, params)
        num_large += pair.core.num_active > 1
        for turn in range(10):
            assert pair.moves.rebuild() == moves.rebuild(pair.oracle), (seed, turn)
            pair.end_move(moves.value_gained(pair.oracle) < IMPOSSIBLE)
            pair.assert_alike((seed, turn))
    assert num_large > 0


def test_the_search_reads_every_parameter() -> None:
    read: set[str] = set()

    class PreviousBatches:
        def __getattr__(self, name: str) -> Any:
            read.add(name)
            return getattr(SearchParams(), name)

    problem = tiny(0)
    core = both(problem, split_markets(problem)[0], 0).core
    _core.Moves(core, PreviousBatches(), 0)  # type: ignore[arg-type]
    assert read == {field.name for field in fields(SearchParams)}


@pytest.mark.parametrize(
    "wrong",
    [
        {"chance_of_swap": 1.1},
        {"share_of_rebuilds": -0.1},
        {"hot_yuan": 0.0},
        {"most_ruined": 0},
        {"cheap_share": float("nan")},
    ],
)
def test_a_parameter_out_of_range_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        SearchParams(**wrong)


def test_arrays_of_a_wrong_kind_are_refused() -> None:
    problem = tiny(0)
    part = split_markets(problem)[0]
    market = market_tables(problem, part, local_places(problem, part), usable_pools(problem, part))
    with pytest.raises(TypeError, match="cells"):
        _core.State(market._replace(cells=market.pools), 1)
    with pytest.raises((RuntimeError, TypeError)):
        _core.State(market._replace(km=market.km[0]), 1)


def test_a_search_without_time_ends_after_its_first_plan() -> None:
    problem = replace(tiny(3, num_groups=30))
    pair = both(problem, split_markets(problem)[0], 0)
    watch = Watch()
    watch.time_over = 1.0
    _core.anneal(pair.core, SearchParams(), 10**12, 1, watch, pair.order, np.empty((0, 2), np.int64))
    assert pair.core.num_active > 0
