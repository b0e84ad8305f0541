"""Whole batches out of the linear program: the one that it runs most is kept, and batches are found anew for the rest.

Diving: Joncour, Michel, Sadykov, Sverdlov and Vanderbeck 2010, "Column generation based primal heuristics". With a
part of the batches held it repairs what was taken out (Shaw 1998, "large neighbourhood search").
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from returnplan.planning._core import best_columns
from returnplan.planning.columns.goals import A_YUAN, Goals, Rank
from returnplan.planning.columns.market import Market
from returnplan.planning.columns.master import Master
from returnplan.problem.model import Floats, Ints, Problem

ROUNDS_AT_FIRST, ROUNDS_A_BATCH = 40, 3
"""In which batches are found for the linear program, before anything is kept and after."""
MANY_ROUNDS = 10_000
COLUMNS_A_ROUND = 50
WORK_A_RUN, ENTRIES_A_UNIT, BATCHES_A_UNIT = 4_000, 16, 9
"""Units of a run of the linear program, and its entries and the batches looked at in the time of one unit."""
TINY = 1e-6


class Dive:
    """Finds plans of a market, and keeps all batches that it finds."""

    def __init__(
        self,
        problem: Problem,
        goals: Goals,
        markets: Sequence[Market],
        master: Master,
        work: int,
        is_late: Callable[[], bool] = lambda: False,
    ) -> None:
        """Keep what a dive needs; cells that may not share a batch, and days of other roads, are ``markets`` apart."""
        self._work_left, self.is_late = work, is_late
        self._looked_at = sum(market.least.size * len(market.days) for market in markets) // BATCHES_A_UNIT
        self.goals, self.markets, self.master = goals, markets, master
        self._where = [np.searchsorted(master.part, market.part) for market in markets]
        fixed_yuan = problem.pools.fixed_yuan
        self._fixed_yuan = fixed_yuan
        self._vehicle = np.where(problem.pools.available > 0, A_YUAN * fixed_yuan[:, None], np.inf)

    @property
    def is_over(self) -> bool:
        """Return whether the work is done, or the time is over: no more batches are sought."""
        return self._work_left <= 0 or self.is_late()

    def plan(self, kept: Sequence[int], factor: float, num_rounds: int = ROUNDS_AT_FIRST) -> list[int]:
        """Return batches, those ``kept`` among them; where the time is over, as many as were chosen until then.

        Parameters
        ----------
        factor : how many people of a class weigh as much as one of the class before it
        num_rounds : in which batches are found before the first one is kept
        """
        chosen, worth = list(kept), self.goals.worth(factor)
        while True:
            left = self.master.limit - self.master.takes[chosen].sum(axis=0)
            times = self._solve(worth, left, num_rounds)
            num_rounds = ROUNDS_A_BATCH
            if times.max(initial=0.0) < TINY or self.is_late():
                return chosen
            sure = np.flatnonzero(times > 1 - TINY)
            for batch in sure if len(sure) else [int(times.argmax())]:
                if (self.master.takes[batch] <= left).all():
                    chosen.append(int(batch))
                    left = left - self.master.takes[batch]

    def rank(self, chosen: Sequence[int]) -> Rank:
        """Return how good the batches are together."""
        master = self.master
        loads, day, yuan = master.loads[chosen], master.batches[chosen, 1], master.yuan[chosen]
        return tuple(round(float(goal.sum()), 6) for goal in self.goals.each(loads, day, yuan))

    def relax(self, factor: float) -> float:
        """Find batches until no more are worth anything; return the worth of the linear program."""
        worth, left = self.goals.worth(factor), self.master.limit
        times = self._solve(worth, left, MANY_ROUNDS)
        return float(self._worth(worth) @ times) if len(times) else 0.0

    def reduced_worth(self, factor: float) -> Floats:
        """Return (B,) by how much each batch is worth less than what it takes, at the prices of the linear program."""
        worth = self.goals.worth(factor)
        dual, _ = self._run(worth, self.master.limit)
        return self.master.takes @ dual - self._worth(worth)

    def _solve(self, worth: Floats, left: Floats, num_rounds: int) -> Floats:
        """Return (B,) how often each batch runs after so many rounds of finding more."""
        dual, times = self._run(worth, left)
        for _ in range(num_rounds):
            if self.is_over or not self._find(worth, left, dual):
                break
            dual, times = self._run(worth, left)
        return times

    def _run(self, worth: Floats, left: Floats) -> tuple[Floats, Floats]:
        if len(self.master.batches) == 0:
            return np.zeros(len(left)), np.zeros(0)
        self._work_left -= WORK_A_RUN + self.master.takes.size // ENTRIES_A_UNIT
        return self.master.solve(self._worth(worth), left)

    def _worth(self, worth: Floats) -> Floats:
        """Return (B,) what each batch is worth."""
        master = self.master
        riders = master.takes[:, : len(master.part)]
        return np.einsum("bc,bc->b", riders, worth[master.batches[:, 1]]) - A_YUAN * master.yuan

    def _find(self, worth: Floats, left: Floats, dual: Floats) -> bool:
        """Add batches that are worth more than they take; return whether there are any."""
        self._work_left -= self._looked_at
        groups, vehicles = self.master.prices(dual)
        found = [self._find_in(i, worth - groups, vehicles, left) for i in range(len(self.markets))]
        return any(found)

    def _find_in(self, i: int, worth: Floats, vehicles: Floats, left: Floats) -> bool:
        market, where = self.markets[i], self._where[i]
        few = replace(market, num_groups=left[where].astype(np.int64))
        mine = np.ascontiguousarray(worth[:, where])
        vehicle = np.full_like(vehicles, np.inf)
        vehicle[:, market.days] = (self._vehicle + vehicles)[:, market.days]
        batches, groups = best_columns(few, mine, vehicle, A_YUAN, TINY, COLUMNS_A_ROUND)
        if len(batches) == 0:
            return False
        _, picks, drops, pool = batches.T
        loads = np.zeros((len(batches), len(self.master.part)), dtype=np.int64)
        loads[:, where] = groups
        yuan = self._fixed_yuan[pool] + market.road_yuan[pool, picks, drops]
        number = np.full((len(batches), 1), i, dtype=np.int64)
        return self.master.add(np.column_stack([number, batches]), loads, yuan)


def some_near(batches: Ints, chosen: Sequence[int], num: int, random: np.random.RandomState) -> set[int]:
    """Return so many of the chosen batches that leave on like days."""
    day = batches[list(chosen), 1]
    apart = np.abs(day - day[random.randint(len(day))]) + SPREAD_DAYS * random.random_sample(len(day))
    return {chosen[i] for i in np.argsort(apart, kind="stable")[:num]}


SPREAD_DAYS = 4.0
"""Days by which a batch may be farther away and still be taken out instead."""
