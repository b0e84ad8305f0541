"""Vehicles as sets of stops: each move does what a slow oracle says, and fewer vehicles carry everybody."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, ClassVar

import numpy as np
import pytest

from benchmarks.peers.corridors import Kind, invent_corridor
from returnplan.planning import _core, search, solve, stop_sets
from returnplan.planning.markets import split_markets
from returnplan.planning.search import Watch
from returnplan.planning.stop_sets import (
    ENOUGH_WORK,
    NEARLY,
    SETTLINGS,
    can_be_packed,
    fewest_vehicles,
    on_fewer_vehicles,
)
from returnplan.planning.tables import Market, local_places, market_tables, usable_pools
from returnplan.problem.draft import groups_planned
from returnplan.problem.model import Ints, Problem
from tests.planning.oracle import stop_sets as oracle
from tests.planning.problems import knotty
from tests.sweeps import cases

PERSON, LATE_DAY = 700.0, 30.0
MOVES = ("call", "call", "call", "trade", "trade", "leave_out_a_stop", "another_day", "leave_out_all")
FEW_STOPS = Kind("few stops", num_people=300, max_pickups=4, max_dropoffs=4, stop_cost_yuan=50.0)


def tables(problem: Problem, part: Ints | None = None) -> Market:
    part = np.arange(len(problem.cells)) if part is None else part
    return market_tables(problem, part, local_places(problem, part), usable_pools(problem, part))


def of_one_seat(problem: Problem) -> Problem:
    ones = np.ones(len(problem.cells), dtype=np.int64)
    cells = replace(
        problem.cells, num_seats=ones, num_persons=ones, drop_persons=np.ones_like(problem.cells.drop_persons)
    )
    return replace(problem, cells=cells)


def small_markets(num: int) -> list[tuple[int, Market]]:
    found = []
    for seed in range(num):
        problem = of_one_seat(knotty(seed)) if seed % 2 else knotty(seed)
        for part in split_markets(problem):
            if len(usable_pools(problem, part)):
                found.append((seed, tables(problem, part)))
    return found


class Compared:
    """A compiled fleet, and for each vehicle a cell of the kind that it carries."""

    def __init__(self, market: Market, num_vehicles: int, seed: int) -> None:
        self.market, self.num = market, num_vehicles
        self.core = _core.StopSets(market, num_vehicles, seed)
        self.core.set_prices(PERSON, LATE_DAY)

    def vehicles(self) -> list[oracle.Vehicle]:
        return oracle.vehicles_of(self.core, self.num)

    def kinds(self) -> list[int]:
        """Return for each vehicle a cell for which it calls, or any that boards at its first stop."""
        found = []
        for vehicle in self.vehicles():
            called = [c for c in range(len(self.market.cells)) if oracle.calls_for(self.market, vehicle, c)]
            riding = list(vehicle.riders)
            found.append((riding or called or [0])[0])
        return found

    def value(self) -> float:
        return oracle.value(self.market, self.vehicles(), self.kinds(), PERSON, LATE_DAY)

    def assert_rules(self, where: object) -> None:
        limits, units = self.market.limits[0], np.zeros(len(self.market.cells), dtype=np.int64)
        for vehicle, like in zip(self.vehicles(), self.kinds(), strict=True):
            assert len(vehicle.pickups) <= limits["max_pickups"], where
            assert len(vehicle.dropoffs) <= limits["max_dropoffs"], where
            seats = 0
            for cell, num in vehicle.riders.items():
                assert oracle.calls_for(self.market, vehicle, cell), where
                assert oracle.kind(self.market, cell) == oracle.kind(self.market, like), where
                units[cell] += num
                seats += num * int(self.market.cells["seats"][cell])
            room = [self.market.pools["usable"][i] for i in oracle.serving(self.market, like)]
            assert seats <= max(room, default=0), where
        absent = self.market.cells["end_unit"] - self.market.cells["first_unit"] - units
        assert (absent >= 0).all(), where
        assert absent @ self.market.cells["persons"] == self.core.absent_persons, where


def test_each_move_changes_what_the_oracle_says() -> None:
    done = dict.fromkeys(MOVES, 0)
    for seed, market in small_markets(cases(30, of=60)):
        random = np.random.default_rng(seed)
        pair = Compared(market, 3, seed)
        one_kind = len({oracle.kind(market, c) for c in range(len(market.cells))}) == 1
        one_seat = (market.cells["seats"] == 1).all()
        for step in range(40):
            where = (seed, step)
            before, before_yuan = pair.vehicles(), pair.value()
            move = random.choice(MOVES)
            if getattr(pair.core, move)():
                done[move] += 1
                pair.core.seat_absent()
                pair.assert_rules((where, move))
                gained = pair.core.value_gained()
                if one_kind:  # else the kind of a vehicle without riders is not told
                    assert gained == pytest.approx(pair.value() - before_yuan, abs=1e-6), (where, move)
                if one_kind and one_seat:
                    most = oracle.most_units(market, pair.vehicles(), pair.kinds())
                    assert len(market.unit_cell) - pair.core.absent_persons == most, (where, move)
                if np.isfinite(gained) and random.random() < 0.6:
                    pair.core.keep()
                    continue
            pair.core.undo()
            assert pair.vehicles() == before, (where, move)
            pair.assert_rules((where, move))
    assert min(done.values()) >= 5, done


def riding(market: Market, on_board: Ints | None) -> None:
    """Check that everybody rides once, and nobody where the batch does not take them."""
    assert on_board is not None
    assert sorted(on_board[:, 0].tolist()) == list(range(len(market.unit_cell)))
    limits = market.limits[0]
    assert (np.diff(on_board[:, 1]) >= 0).all()
    for number in np.unique(on_board[:, 1]):
        cells = market.cells[market.unit_cell[on_board[on_board[:, 1] == number, 0]]]
        assert len(np.unique(cells["pickup"])) <= limits["max_pickups"]
        assert len(np.unique(market.drops["place"][cells["drop_first"]])) <= limits["max_dropoffs"]
        assert cells["seats"].sum() <= limits["most_usable"]
        assert cells["earliest"].max() <= cells["latest"].min()


def fewer(kind: Kind, seed: int, num_vehicles: int, work: int = 2_000_000) -> tuple[Market, Ints | None]:
    market = tables(invent_corridor(kind, seed))
    return market, next(on_fewer_vehicles(market, num_vehicles, work, 0, Watch()), None)


def test_everybody_rides_once_in_fewer_vehicles() -> None:
    market, on_board = fewer(FEW_STOPS, 1, 16)
    riding(market, on_board)
    assert on_board is not None
    assert fewest_vehicles(market) <= len(np.unique(on_board[:, 1])) <= 14


def test_windows_and_parties_are_kept() -> None:
    shares = (0.4, 0.3, 0.1, 0.1, 0.1)
    kind = replace(FEW_STOPS, num_people=100, party_shares=shares, num_days=3, longest_window=3)
    riding(*fewer(kind, 2, 20))


def test_the_same_seed_makes_the_same_plan() -> None:
    kind = replace(FEW_STOPS, num_people=60)
    (_, one), (_, other) = (fewer(kind, 3, 12, 200_000) for _ in range(2))
    assert one is not None
    assert other is not None
    assert np.array_equal(one, other)


def test_no_fewer_vehicles_are_tried_than_calls_and_seats_ask_for() -> None:
    market, _ = fewer(FEW_STOPS, 1, 0)
    assert not list(on_fewer_vehicles(market, fewest_vehicles(market), 2_000_000, 0, Watch()))


def test_somebody_whom_no_loop_reaches_ends_the_tries() -> None:
    problem = invent_corridor(replace(FEW_STOPS, num_people=30), seed=1)
    km = problem.km.copy()
    km[0, :30, 30] = np.inf
    km[0, 31:, 30] = np.inf
    market = tables(replace(problem, km=km))
    assert not list(on_fewer_vehicles(market, 20, 20_000, 0, Watch()))


def test_a_time_that_is_over_seats_nobody() -> None:
    watch = Watch()
    watch.time_over = 1.0
    assert not list(on_fewer_vehicles(tables(invent_corridor(FEW_STOPS, seed=1)), 20, 1_000_000, 0, watch))


class NeedsSeed:
    """A fleet in which all ride if it is packed with seed 1, else so many people are absent."""

    tried: ClassVar[list[tuple[int, int]]] = []

    def __init__(self, absent: int, num_vehicles: int, seed: int) -> None:
        self.absent_persons = 0 if seed == 1 else absent
        self.core = self
        self.tried.append((num_vehicles, seed))

    def pack(self, num_moves: int) -> None:
        """Do nothing: the seed decides."""

    def settle(self, num_moves: int) -> None:
        """Do nothing."""

    @property
    def riders(self) -> Ints:
        return np.zeros((0, 3), dtype=np.int64)


@pytest.mark.parametrize(
    ("absent", "tried", "found"),
    [
        (NEARLY, [(15, 0), (15, 1), (14, 0), (14, 1)], SETTLINGS),
        (NEARLY + 1, [(15, 0)], 0),
        (0, [(15, 0), (14, 0)], SETTLINGS),
    ],
)
def test_a_try_that_nearly_seats_all_is_made_again(
    monkeypatch: pytest.MonkeyPatch, absent: int, tried: list[tuple[int, int]], found: int
) -> None:
    market = tables(invent_corridor(FEW_STOPS, seed=1))
    monkeypatch.setattr(NeedsSeed, "tried", [])
    monkeypatch.setattr(stop_sets, "fewest_vehicles", lambda market: 14)
    monkeypatch.setattr(stop_sets, "_Fleet", lambda market, num, seed, watch: NeedsSeed(absent, num, seed))
    assert len(list(on_fewer_vehicles(market, 16, 1_000, 0, Watch()))) == found
    assert NeedsSeed.tried == tried


def test_stops_are_made_cheap_once_after_tries_that_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    market = tables(invent_corridor(FEW_STOPS, seed=1))
    monkeypatch.setattr(stop_sets, "fewest_vehicles", lambda market: 14)
    monkeypatch.setattr(
        stop_sets, "_Fleet", lambda market, num, seed, watch: NeedsSeed(99, num, 1 if num == 15 else 0)
    )
    assert len(list(on_fewer_vehicles(market, 16, 1_000, 0, Watch()))) == 1


def test_the_way_goes_on_while_stops_are_packed() -> None:
    watch, until = Watch(), []
    watch.work_over, watch.work_until = 0.2, 0.9
    market = tables(invent_corridor(replace(FEW_STOPS, num_people=60), seed=3))
    over = [watch.work_over]
    for _ in on_fewer_vehicles(market, 12, 200_000, 0, watch):
        over.append(watch.work_over)
        until.append(watch.work_until)
        watch.work_over = watch.work_until  # as a search from there would
    assert until
    assert (np.diff(over) > 0.05).all()
    assert until == sorted(until)
    assert until[-1] == pytest.approx(0.9)


def test_packing_has_its_share_of_the_way_from_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[tuple[float, float]] = []

    def look(market: Market, num: int, work: int, seed: int, watch: Watch) -> Iterator[Ints]:
        begun.append((watch.work_over, watch.work_until))
        return iter(())

    monkeypatch.setattr(search, "on_fewer_vehicles", look)
    told: list[float] = []
    solve(invent_corridor(FEW_STOPS, seed=1), progress=lambda share, _: told.append(share))
    [(over, until)] = begun
    assert 0.0 < over < 0.3
    assert until == pytest.approx(1.0)
    assert told == sorted(told)
    assert told[-1] == 1.0


@pytest.mark.parametrize("limits", [{}, {"max_pickups": 7}, {"max_dropoffs": 9}])
def test_many_stops_are_left_to_the_search_of_riders(limits: dict[str, Any]) -> None:
    market = tables(invent_corridor(replace(FEW_STOPS, **limits), seed=1))
    enough = ENOUGH_WORK * len(market.unit_cell)
    assert can_be_packed(market, enough) == (not limits)
    assert not can_be_packed(market, enough - 1)


def test_no_plan_has_fewer_vehicles_than_calls_and_seats_ask_for() -> None:
    for seed in range(cases(4, of=20)):
        kind = replace(FEW_STOPS, num_people=20 + 10 * seed, max_pickups=1 + seed % 3, max_dropoffs=2)
        problem = invent_corridor(kind, seed)
        assert fewest_vehicles(tables(problem)) <= len(solve(problem))


def test_a_plan_has_fewer_vehicles_than_by_moving_riders(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = invent_corridor(FEW_STOPS, seed=1)
    plan = solve(problem)
    monkeypatch.setattr(search, "can_be_packed", lambda market, work: False)
    by_riders = solve(problem)
    assert (groups_planned(problem, plan) == problem.cells.num_groups).all()
    assert len(plan) < len(by_riders)
    assert sum(d.cost_yuan(problem) for d in plan) < 0.97 * sum(d.cost_yuan(problem) for d in by_riders)
