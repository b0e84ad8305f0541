"""One market planned by itself: by a thread of this process, or on another machine.

A market is cut out of the problem first, so what travels to another machine is no more than the market, and the plan is
the same wherever it is made.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, Thread
from time import monotonic

import numpy as np

from returnplan.planning.effort import Effort
from returnplan.planning.numbering import numbering
from returnplan.planning.search import Plans, Watch, Work, plan_market
from returnplan.planning.watching import POLL_S
from returnplan.problem.draft import Draft
from returnplan.problem.model import Ints, Problem
from returnplan.problem.parts import at_places, part_of


@dataclass(frozen=True, slots=True)
class MarketJob:
    """The search of one market.

    Attributes
    ----------
    cells, places : those of the whole problem that the market has, in the order of its own numbers
    problem : that of these cells and places alone
    markets : the cells, in its numbers, of each of the markets that want the same vehicles
    start : the plan, in its numbers, that is to be improved; none where there is no plan yet
    """

    cells: Ints
    places: Ints
    problem: Problem
    markets: tuple[Ints, ...]
    effort: Effort
    work: Work
    seed: int
    start: tuple[Draft, ...] = ()

    @classmethod
    def of(
        cls,
        problem: Problem,
        markets: Sequence[Ints],
        effort: Effort,
        work: Work,
        seed: int,
        start: Sequence[Draft] = (),
    ) -> "MarketJob":
        """Cut the markets (their cells) out of a problem, and a plan of them that is to be improved."""
        cells, places = numbering(problem, np.sort(np.concatenate(markets)))
        own = at_places(part_of(problem, cells, problem.cells.num_groups[cells]), places)
        number, place = (
            {one: own_number for own_number, one in enumerate(those.tolist())} for those in (cells, places)
        )
        begins = tuple(draft.renumbered(number, place) for draft in start)
        own_markets = tuple(np.flatnonzero(np.isin(cells, market)) for market in markets)
        return cls(cells, places, own, own_markets, effort, work, seed, begins)

    def plan(self, watch: Watch) -> Plans:
        """Return the plans in the numbers of the whole problem."""
        plans = plan_market(self.problem, self.effort, self.work, self.markets, watch, self.seed, self.start)
        best = self._in_whole(plans.best)
        return Plans(best, best if plans.afresh is plans.best else self._in_whole(plans.afresh))

    def _in_whole(self, plan: Sequence[Draft]) -> list[Draft]:
        number, place = self.cells.tolist(), self.places.tolist()
        return [draft.renumbered(number, place) for draft in plan]


def plan_elsewhere(job: MarketJob, slot_s: float | None) -> Plans:
    """Return the plans of a job in a process that nobody watches; it looks at its own clock."""
    watch = Watch()
    with _timed(watch, slot_s):
        return job.plan(watch)


@contextmanager
def _timed(watch: Watch, slot_s: float | None) -> Iterator[None]:
    if slot_s is None:
        yield
        return
    begun, is_over = monotonic(), Event()

    def tell() -> None:
        while not is_over.is_set():
            watch.time_over = min(1.0, (monotonic() - begun) / slot_s) if slot_s > 0 else 1.0
            is_over.wait(POLL_S)

    Thread(target=tell, daemon=True).start()
    try:
        yield
    finally:
        is_over.set()
