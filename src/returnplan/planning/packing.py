"""Parties from one stop to another: all that is left to choose is who shares which vehicle.

Variable-sized bin packing (Haouari and Serairi 2009, "Heuristics for the variable sized bin-packing problem"). A linear
program runs vehicles that a knapsack fills at its prices (Gilmore and Gomory 1961). Those that it runs most are made
real, and others are filled for whoever is left (diving: Joncour, Michel, Sadykov, Sverdlov and Vanderbeck 2010, "Column
generation based primal heuristics"). Then some are emptied and filled anew, again and again (Shaw 1998, "large
neighbourhood search").
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

import highspy
import numpy as np

from returnplan.model.highs import SilentHighs
from returnplan.planning._core import batch_loads
from returnplan.planning.bounding.market import build_market
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
NUM_REPAIRS, FEWEST_OUT, MOST_OUT = 150, 2, 8
"""How often some vehicles are emptied, and how many at a time."""
WORK_A_REPAIR = 20_000
MOST_GROUPS = 600
"""Of a market: where there are more, linear programs take long, and a search leaves few seats empty."""
SEED = 2021
ROUNDING = 1e-6


def is_packing(problem: Problem, part: Ints) -> bool:
    """Return whether nothing but seats and days matters in the market ``part`` (its cells), and some are parties."""
    cells = problem.cells
    where = [slice(cells.drop_start[cell], cells.drop_start[cell + 1]) for cell in part]
    drops = {place for some in where for place in cells.drop_place[some].tolist()}
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
    other = packing.drafts(packing.repair(packing.dive(is_late), work // WORK_A_REPAIR, is_late))
    return best_plan(problem, [plan, other]) if _is_allowed(problem, plan, other) else plan


def _is_allowed(problem: Problem, plan: list[Draft], other: list[Draft]) -> bool:
    """Return whether another plan carries the same people and keeps all rules."""
    same = (groups_planned(problem, plan) == groups_planned(problem, other)).all()
    return bool(same) and not (
        any(breaches(problem, draft) for draft in other) or Ledger(problem, other).overdrawn()
    )


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
        self.least = np.concatenate([self.market.num_groups, np.full(len(self._scarce), -no_limit)])
        self.most = np.concatenate([np.full(num_items, no_limit), available[is_scarce]])
        self._batches = np.zeros((0, 2), dtype=np.int64)
        self._loads = np.zeros((0, num_items), dtype=np.int64)
        self._highs = SilentHighs.with_rows(self.least, self.most, OPTIONS)
        days_and_pools = [(draft.day, int(np.argmax(pools == draft.leg.pool))) for draft in plan]
        by_cell = np.stack([groups_planned(problem, [draft])[cells] for draft in plan])
        of_item = self.market.item_of_cell[:, None] == np.arange(num_items)
        self._add(np.array(days_and_pools), by_cell @ of_item)

    def yuan(self, columns: Sequence[int]) -> float:
        """Return what some columns cost; infinitely much if there are none."""
        return float(self._yuan(self._batches[list(columns)]).sum()) if len(columns) else np.inf

    def dive(
        self, is_late: Callable[[], bool], kept: Sequence[int] = (), num_rounds: int = ROUNDS_AT_FIRST
    ) -> list[int]:
        """Return columns that together carry everybody, ``kept`` and others chosen step by step; none if it is late."""
        chosen = list(kept)
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

    def repair(self, chosen: list[int], most_repairs: int, is_late: Callable[[], bool]) -> list[int]:
        """Take some columns out and dive for others, again and again; keep what is no dearer."""
        random = np.random.default_rng(SEED)
        for _ in range(min(NUM_REPAIRS, most_repairs) if len(chosen) > FEWEST_OUT else 0):
            num_out = int(random.integers(FEWEST_OUT, min(MOST_OUT, len(chosen)) + 1))
            kept = np.sort(random.permutation(len(chosen))[num_out:])
            other = self.dive(is_late, [chosen[place] for place in kept], ROUNDS_A_STEP)
            if is_late():
                break
            if self.yuan(other) <= self.yuan(chosen):
                chosen = other
        return chosen

    def drafts(self, columns: list[int]) -> list[Draft]:
        """Return batches of the columns; whoever is on board of several rides on the first."""
        left, drafts = self._planned.copy(), []
        for column in columns:
            aboard = []
            for item in np.flatnonzero(self._loads[column]):
                num = int(self._loads[column, item])
                for cell in np.flatnonzero((self.market.item_of_cell == item) & (left > 0)):
                    taken = min(num, int(left[cell]))
                    num, left[cell] = num - taken, left[cell] - taken
                    aboard += [(int(self.market.cells[cell]), taken)] if taken else []
            day, pool = self._batches[column].tolist()
            if aboard:
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
        market, num_left = self.market, np.maximum(1, left)
        seats = market.items[2] // market.num_groups
        those_left = replace(
            market, num_groups=num_left, items=np.stack([*market.items[:2], seats * num_left])
        )
        paid = price[: len(left)] * left
        pool, day = np.nonzero(np.isfinite(market.vehicle_yuan))
        batches = np.column_stack([day, np.zeros_like(pool), np.zeros_like(pool), pool])
        loads = batch_loads(those_left, paid, batches)
        batches = batches[:, [0, 3]]
        worth_more = self._takes(batches, loads) @ price > self._yuan(batches) + ROUNDING
        self._add(batches[worth_more], loads[worth_more])
        return bool(worth_more.any())

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
