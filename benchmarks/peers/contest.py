"""One corridor, all planners: what each one's plan costs once it is checked, and when returnplan overtakes.

Peers get so many seconds of CPU time, for a machine is seldom idle, and count as one thread; returnplan does
the work of its default effort on all cores.
"""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from benchmarks.peers.checking import broken_rules
from benchmarks.peers.trips import Trip, cost_yuan, num_people, trip_of_draft
from returnplan.planning import Effort, solve
from returnplan.problem.model import Problem

Planner = Callable[[Problem], list[Trip] | None]

EFFORTS = (1 / 64, 1 / 16, 1 / 4, 1.0, 4.0)
"""Shares of returnplan's default effort, one search each, with which it is tried against the best peer."""


@dataclass(frozen=True)
class Result:
    """A planner's plan, counted; people and cost are None when it found none that keeps the rules."""

    planner: str
    seconds: float
    cpu_seconds: float
    num_planned: int | None = None
    num_vehicles: int | None = None
    cost_yuan: float | None = None
    broken: str = ""

    @property
    def rank(self) -> tuple[float, float]:
        """Return what is compared: people first, then money; the smaller the better."""
        if self.num_planned is None or self.cost_yuan is None:
            return 0.0, float("inf")
        return -float(self.num_planned), self.cost_yuan


@dataclass(frozen=True)
class Contest:
    """The results on one corridor, and the CPU seconds after which returnplan is not behind.

    ``overtakes_after`` is None when it is behind the best peer with every effort tried; ``command`` is the whole
    ``plan`` command, where there are workbooks.
    """

    corridor: str
    peers: tuple[Result, ...]
    returnplan: Result
    overtakes_after: float | None
    command: Result | None = None

    @property
    def best_peer(self) -> Result:
        """Return the best of the peers' results."""
        return min(self.peers, key=lambda result: result.rank)


def hold_contest(corridor: str, problem: Problem, peers: dict[str, Planner]) -> Contest:
    """Let every planner plan the problem, one after the other."""
    results = tuple(measure(name, planner, problem) for name, planner in peers.items())
    best = min(result.rank for result in results)
    return Contest(
        corridor, results, measure("returnplan", plan_by_default, problem), _overtakes(problem, best)
    )


def measure(name: str, planner: Planner, problem: Problem) -> Result:
    """Let one planner plan, check the plan and count it."""
    start, cpu_start = time.perf_counter(), time.process_time()
    trips = planner(problem)
    seconds, cpu_seconds = time.perf_counter() - start, time.process_time() - cpu_start
    broken = ["no plan"] if trips is None else broken_rules(problem, trips)
    if trips is None or broken:
        return Result(name, seconds, cpu_seconds, broken=", ".join(broken))
    cost = sum(cost_yuan(problem, trip) for trip in trips)
    return Result(name, seconds, cpu_seconds, num_people(problem, trips), len(trips), cost)


def plan_by_default(problem: Problem) -> list[Trip]:
    """Plan as the command does."""
    return [trip_of_draft(draft) for draft in solve(problem, processes=os.cpu_count() or 1)]


def _plan_with(share: float, problem: Problem) -> list[Trip]:
    default = Effort()
    effort = replace(
        default,
        base_work=int(default.base_work * share),
        work_per_group=int(default.work_per_group * share),
        replicas=1,
    )
    return [trip_of_draft(draft) for draft in solve(problem, effort)]


def _overtakes(problem: Problem, best: tuple[float, float]) -> float | None:
    """Return the CPU seconds of the least effort that comes to a plan no worse than ``best``."""
    for share in EFFORTS:
        result = measure("returnplan", partial(_plan_with, share), problem)
        if result.rank <= best:
            return result.cpu_seconds
    return None
