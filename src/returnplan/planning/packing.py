"""Parties from one stop to another: all that is left to choose is who shares which vehicle.

Variable-sized bin packing (Haouari and Serairi 2009, "Heuristics for the variable sized bin-packing problem"). A linear
program runs vehicles that a knapsack fills at its prices (Gilmore and Gomory 1961). Those that it runs most are made
real, and others are filled for whoever is left (diving: Joncour, Michel, Sadykov, Sverdlov and Vanderbeck 2010, "Column
generation based primal heuristics"). Then some are emptied, and others that cost no more are filled one by one (Shaw
1998, "large neighbourhood search"; Gupta and Ho 1999, "minimum bin slack"). Of equal packings rather that is kept
which gathers the empty seats: where many are empty, a vehicle can be spared or be a smaller one (Falkenauer 1996, "a
hybrid grouping genetic algorithm for bin packing").
"""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import highspy
import numpy as np

from returnplan.model.highs import SilentHighs
from returnplan.planning._core import batch_loads
from returnplan.planning.bounding.market import build_market
from returnplan.planning.bounding.vehicle_mix import covering_yuan
from returnplan.planning.goals import best_plan
from returnplan.problem.draft import Draft, groups_planned
from returnplan.problem.ledger import Ledger
from returnplan.problem.model import UNLIMITED, Floats, Ints, Problem
from returnplan.problem.rules import breaches

OPTIONS = {"threads": 1, "random_seed": 2021, "simplex_strategy": 4}
ROUNDS_AT_FIRST, ROUNDS_A_STEP = 400, 5
"""In which vehicles are filled before the first is made real, and after each step."""
RUN_FOR_SURE = 0.95
"""A vehicle that the linear program runs as often is made real together with the one that it runs most."""
MOST_A_STEP = 8
NUM_STARTS, NUM_REPAIRS = 4, 3_000
"""How often packings are repaired from the dive's on, and how often some vehicles are emptied each time."""
FEWEST_OUT, MOST_OUT, STOP_THERE = 2, 8, 0.6
"""How many of them at a time, and the chance that after each there is no other."""
WORK_A_REPAIR = 600
LARGE_FIRST = 0.6
"""Exponent up to which groups pay more than their seats where vehicles are filled: large ones ride first."""
NOISE = 0.05
"""Share by which the groups of a size pay more or less, so that every attempt is another."""
MOST_GROUPS = 600
"""Of a market: where there are more, linear programs take long, and a search leaves few seats empty."""
SEED = 2021
ROUNDING = 1e-6


def is_packing(problem: Problem, part: Ints) -> bool:
    """Return whether nothing but seats and days matters in the market ``part`` (its cells), and some are parties."""
    cells = problem.cells
    drops = {place for cell in part.tolist() for place in cells.drops_of(cell)}
    is_one_way = len(np.unique(cells.pickup[part])) == 1 == len(drops)
    has_parties = bool((cells.num_seats[part] > 1).any()) and cells.num_groups[part].sum() <= MOST_GROUPS
    return is_one_way and has_parties and not cells.late_days[part].any()


def packed(
    problem: Problem, part: Ints, plan: list[Draft], work: int, is_late: Callable[[], bool]
) -> list[Draft]:
    """Return the cheapest plan found for exactly the people of ``plan``, who go from one stop to another.

    Parameters
    ----------
    part : cells of the market
    work : units, of about the time of one tried exchange of the search
    is_late : asked between two steps; where the time is over, what was found until then counts
    """
    if not plan:
        return plan
    packing = _Packing(problem, part, plan)
    chosen = packing.dive(is_late)
    if not chosen:
        return plan
    dived, random, best = packing.loaded(chosen), np.random.default_rng(SEED), plan
    num_repairs = min(NUM_REPAIRS, work // WORK_A_REPAIR // NUM_STARTS)
    for _ in range(NUM_STARTS):
        vehicles = packing.repaired(dived, num_repairs, random, is_late)
        other = packing.drafts(vehicles)
        best = best_plan(problem, [best, other]) if _is_allowed(problem, plan, other) else best
        if packing.costs_least(vehicles):
            break
    return best


def _is_allowed(problem: Problem, plan: list[Draft], other: list[Draft]) -> bool:
    """Return whether another plan carries the same people and keeps all rules."""
    same = (groups_planned(problem, plan) == groups_planned(problem, other)).all()
    return bool(same) and not (
        any(breaches(problem, draft) for draft in other) or Ledger(problem, other).overdrawn()
    )


class _Vehicles(NamedTuple):
    """Vehicles, each with its day and pool (N, 2), and how many groups of each item are on board (N, I)."""

    batches: Ints
    loads: Ints

    def without(self, some: Ints) -> "_Vehicles":
        return _Vehicles(np.delete(self.batches, some, axis=0), np.delete(self.loads, some, axis=0))

    def and_others(self, others: "_Vehicles") -> "_Vehicles":
        return _Vehicles(*map(np.concatenate, zip(self, others, strict=True)))


class _Packing:
    """Columns are vehicles with a load; rows the groups of each item (alike to a vehicle), and scarce vehicles by day.

    ``least`` and ``most`` (R,) are what all columns together must and may take of each row.
    """

    def __init__(self, problem: Problem, part: Ints, plan: list[Draft]) -> None:
        planned = groups_planned(problem, plan)
        cells = part[planned[part] > 0]
        self.market = build_market(problem, planned, cells, problem.km.min(axis=0))
        self._planned, self._stops = planned[cells], (plan[0].leg.pickups, plan[0].leg.dropoffs)
        pools = self.market.pools
        available = problem.pools.available[pools]
        is_scarce = available < UNLIMITED
        line, day = np.nonzero(is_scarce)
        self._fleet, self._scarce = problem.pools, np.column_stack([pools[line], day])
        num_items, no_limit = len(self.market.num_groups), highspy.kHighsInf
        self._seats = self.market.items[2] // self.market.num_groups
        self._covering = covering_yuan(
            self.market, int(self.market.items[2].sum()), np.full(len(self.market.pools), UNLIMITED)
        )
        self.least = np.concatenate([self.market.num_groups, np.full(len(self._scarce), -no_limit)])
        self.most = np.concatenate([np.full(num_items, no_limit), available[is_scarce]])
        self._batches = np.zeros((0, 2), dtype=np.int64)
        self._loads = np.zeros((0, num_items), dtype=np.int64)
        self._highs = SilentHighs.with_rows(self.least, self.most, OPTIONS)
        days_and_pools = [(draft.day, int(np.argmax(pools == draft.leg.pool))) for draft in plan]
        by_cell = np.stack([groups_planned(problem, [draft])[cells] for draft in plan])
        of_item = self.market.item_of_cell[:, None] == np.arange(num_items)
        self._add(np.array(days_and_pools), by_cell @ of_item)

    def dive(self, is_late: Callable[[], bool]) -> list[int]:
        """Return columns that together carry everybody, chosen step by step; none if it is late."""
        chosen: list[int] = []
        num_rounds = ROUNDS_AT_FIRST
        while True:
            takes = self._takes(self._batches[chosen], self._loads[chosen]).sum(axis=0)
            least = np.where(self.least >= 0, np.maximum(0.0, self.least - takes), self.least)
            if not (least > 0).any():
                return chosen
            times = self._run(least, self.most - takes, num_rounds, is_late)
            new = np.flatnonzero(times >= min(RUN_FOR_SURE, times.max()))[:MOST_A_STEP]
            if is_late() or not self._takes(self._batches[new], self._loads[new])[:, least > 0].any():
                return []  # there are too few vehicles for the rest
            chosen += new.tolist()
            num_rounds = ROUNDS_A_STEP

    def loaded(self, columns: list[int]) -> "_Vehicles":
        """Return the vehicles of some columns; whoever is on board of several rides on the first."""
        loads, left = self._loads[columns], self.market.num_groups.copy()
        for load in loads:
            np.minimum(load, left, out=load)
            left -= load
        runs = loads.any(axis=1)
        return _Vehicles(self._batches[columns][runs], loads[runs])

    def costs_least(self, plan: "_Vehicles") -> bool:
        """Return whether no other whole vehicles have so many seats for less."""
        return bool(self._yuan(plan.batches).sum() <= self._covering[-1] + ROUNDING)

    def repaired(
        self, plan: "_Vehicles", num_repairs: int, random: np.random.Generator, is_late: Callable[[], bool]
    ) -> "_Vehicles":
        """Empty some vehicles, and fill others with their riders, again and again; keep what is no dearer."""
        yuan = self._yuan(plan.batches)
        for _ in range(num_repairs):
            if len(yuan) < FEWEST_OUT or is_late() or self.costs_least(plan):
                break
            empty = self._empty_seats(plan)
            num_out = min(MOST_OUT, len(yuan), FEWEST_OUT - 1 + int(random.geometric(STOP_THERE)))
            out = np.argsort(-random.random(len(yuan)) * (1 + empty), kind="stable")[:num_out]
            new = self._refilled(plan.loads[out].sum(axis=0), float(yuan[out].sum()), random)
            if new is None:
                continue
            new_yuan = self._yuan(new.batches)
            saved_yuan = yuan[out].sum() - new_yuan.sum()
            gathers = (self._empty_seats(new) ** 2).sum() >= random.random() * (empty[out] ** 2).sum()
            other = plan.without(out).and_others(new)
            if (saved_yuan > ROUNDING or (saved_yuan > -ROUNDING and gathers)) and self._are_there(other):
                plan, yuan = other, np.append(np.delete(yuan, out), new_yuan)
        return plan

    def _refilled(self, left: Ints, most_yuan: float, random: np.random.Generator) -> "_Vehicles | None":
        """Return vehicles for so many groups of each item, filled one by one; None if they cost more."""
        pools = self._mix(int(self._seats @ left), most_yuan, random)
        if random.random() < 0.5:
            pools.sort(reverse=True)
        a_group = self._seats ** (1 + LARGE_FIRST * random.random())
        a_group *= 1 + NOISE * (2 * random.random(len(left)) - 1)
        market, left, batches, loads = self.market, left.copy(), [], []
        for pool in pools:
            if not left.any():
                break
            item = int(random.choice(np.flatnonzero(left)))
            window = np.arange(market.earliest[item], market.latest[item] + 1)
            days = window[np.isfinite(market.vehicle_yuan[pool, window])]
            if len(days) == 0:
                return None
            batch = np.array([[int(random.choice(days)), 0, 0, pool]])
            (load,) = self._best_loads(left, a_group * left, batch)
            load = np.minimum(load, left)
            left -= load
            batches.append(batch[0, [0, 3]])
            loads.append(load)
        return None if left.any() or not batches else _Vehicles(np.array(batches), np.array(loads))

    def _mix(self, num_seats: int, most_yuan: float, random: np.random.Generator) -> list[int]:
        """Return pools of some vehicles that have so many seats, large ones rather; none if all cost more."""
        usable, pools = self.market.usable, list[int]()
        yuan = self._covering[np.minimum(usable, len(self._covering) - 1)]
        while num_seats > 0:
            with_rest_yuan = yuan + self._covering[np.maximum(0, num_seats - usable)]
            chance = np.where(with_rest_yuan <= most_yuan + ROUNDING, usable, 0).cumsum()
            if chance[-1] == 0:
                return []
            pool = int(np.searchsorted(chance, random.random() * chance[-1], side="right"))
            pools.append(pool)
            most_yuan -= yuan[pool]
            num_seats -= int(usable[pool])
        return pools

    def _empty_seats(self, plan: "_Vehicles") -> Ints:
        return np.asarray(self.market.usable[plan.batches[:, 1]] - plan.loads @ self._seats)

    def _are_there(self, plan: "_Vehicles") -> bool:
        """Return whether there are as many vehicles of the scarce pools."""
        num_items = len(self._seats)
        busy = self._takes(plan.batches, plan.loads)[:, num_items:].sum(axis=0)
        return bool((busy <= self.most[num_items:]).all())

    def drafts(self, plan: "_Vehicles") -> list[Draft]:
        """Return batches of the vehicles."""
        left, drafts = self._planned.copy(), []
        for (day, pool), load in zip(plan.batches.tolist(), plan.loads, strict=True):
            aboard = []
            for item in np.flatnonzero(load):
                num = int(load[item])
                for cell in np.flatnonzero((self.market.item_of_cell == item) & (left > 0)):
                    taken = min(num, int(left[cell]))
                    num, left[cell] = num - taken, left[cell] - taken
                    aboard += [(int(self.market.cells[cell]), taken)] if taken else []
            drafts.append(
                Draft.direct(day, int(self.market.pools[pool]), *self._stops, tuple(sorted(aboard)))
            )
        return drafts

    def _run(self, least: Floats, most: Floats, num_rounds: int, is_late: Callable[[], bool]) -> Floats:
        """Return how often each column runs, never if they cannot; vehicles are filled as long as one is worth more."""
        rows = np.arange(len(least), dtype=np.int32)
        self._highs.changeRowsBounds(len(rows), rows, least, most)  # type: ignore[attr-defined]
        self._highs.run()
        for _ in range(num_rounds):
            price = np.array(self._highs.getSolution().row_dual)
            if is_late() or not self._fill(price, least[: len(self.market.num_groups)].astype(np.int64)):
                break
            self._highs.run()
        is_solved = self._highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
        return np.array(self._highs.getSolution().col_value) if is_solved else np.zeros(len(self._loads))

    def _fill(self, price: Floats, left: Ints) -> bool:
        """Fill a vehicle of each pool on each day with groups that are left; return whether one is worth more."""
        pool, day = np.nonzero(np.isfinite(self.market.vehicle_yuan))
        batches = np.column_stack([day, np.zeros_like(pool), np.zeros_like(pool), pool])
        loads = self._best_loads(left, price[: len(left)] * left, batches)
        batches = batches[:, [0, 3]]
        worth_more = self._takes(batches, loads) @ price > self._yuan(batches) + ROUNDING
        self._add(batches[worth_more], loads[worth_more])
        return bool(worth_more.any())

    def _best_loads(self, left: Ints, paid: Floats, batches: Ints) -> Ints:
        """Return the loads, of so many groups of each item, with which some batches earn most."""
        num_left = np.maximum(1, left)
        items = np.stack([*self.market.items[:2], self._seats * num_left])
        return batch_loads(replace(self.market, num_groups=num_left, items=items), paid, batches)

    def _add(self, batches: Ints, loads: Ints) -> None:
        self._batches, self._loads = (
            np.concatenate([self._batches, batches]),
            np.concatenate([self._loads, loads]),
        )
        self._highs.add_columns(self._yuan(batches), self._takes(batches, loads))

    def _yuan(self, batches: Ints) -> Floats:
        """Return what some batches (B, 2: day and pool) cost."""
        day, pool = batches.T
        nothing = np.zeros_like(day)
        road_yuan = self.market.road_yuan(pool, nothing, nothing)
        return np.asarray(self.market.vehicle_yuan[pool, day] - self.market.added_yuan + road_yuan)

    def _takes(self, batches: Ints, loads: Ints) -> Floats:
        """Return (B, R) what some batches take of each row."""
        day, pool = batches.T
        busy = self._fleet.keep_busy(self.market.pools[pool], day, self._scarce)
        return np.column_stack([loads, busy]).astype(np.float64)
