"""How hard to search, in units of work, so that the same effort gives the same plan on any machine; and how hot.

The temperatures of ``SearchParams`` suit the coaches of the field, where a detour to a near stop costs about a
hundred yuan. Where it costs far less, a search that hot would never settle.
"""

from dataclasses import dataclass, field, replace

import numpy as np

from returnplan.planning.params import SearchParams
from returnplan.planning.tables import Market
from returnplan.problem.model import Floats, Ints

THIN_HOT, THIN_COLD, THIN_REBUILDS, THIN_WORK_PER_PERSON = 60.0, 3.0, 25.0, 3.6
"""How many times as hot at first and in the end, as often rebuilt and as much work for each person of a small problem
where demand is thin (a unit of a rebuild is quicker)."""
THIN_WORK, THIN_QUICK = 7.2, 2.4
"""How many times as much base work thin demand gets: where every market of a problem is thin, so that a vehicle too
many is several percent of it, and in any other problem; the second, too, for each group."""


DIVISIBLE_HOT, DIVISIBLE_REBUILDS, DIVISIBLE_SWAPS, DIVISIBLE_WORK = 2.0, 0.03, 0.9, 2
"""How many times as hot and as often rebuilt, the share of swaps among the other moves, and how many times as much
work for each group where most people are many alike."""

INDIVISIBLE_SWAPS, INDIVISIBLE_REORDERS, INDIVISIBLE_SEARCHES, INDIVISIBLE_WORK = 0.6, 0.1, 6, 0.2
"""The shares of swaps and reorders among the other moves, the number of searches and the work of each where groups are
large."""

AGAIN, WARM = 0.5, 0.3
"""The work of a search that starts again from the best plan, and how hot it is at first, against the searches before:
hot enough to leave the plan, too cold to lose it."""
DIVISIBLE_WHOLE, INDIVISIBLE_WHOLE = 2.5, 2.8
"""Work of all searches of a market where routes may be long, against ``base_work``. Here plans of one search differ by
a percent or two, so a small market is searched several times afresh; what is left goes to searches that start again."""

BESIDE = 0.4
"""Share of ``base_work`` that a large problem gets besides the work for each group."""

BESIDE_FULL, FROM_FULL = 3, 10
"""By which the work for each group is divided where full vehicles carry most people, and again where a search starts
from these."""
WORTH_ALL = 0.01
"""Gap from which on a plan of full vehicles is improved with all this work."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to search.

    Attributes
    ----------
    base_work : units of work (tried exchanges) of all markets together, shared by size
    work_per_group : where the groups are so many that this and ``BESIDE`` of ``base_work`` are more, these count
    most_base_per_person : a small problem needs no more of ``base_work``
    num_searches : of a market, one after the other; if there are several, batches of all are chosen from in the end
    whole_work : units of work of all searches of a market where routes may be long; else 0
    replicas : searches of a market that holds more than half of all groups, of which the best is kept
    thin_work : how many times as much base work there is where demand is thin
    seed : of the random moves
    params : of each search
    """

    base_work: int = 8_250_000
    work_per_group: int = 900
    most_base_per_person: int = 6_000
    num_searches: int = 1
    whole_work: int = 0
    replicas: int = 2
    thin_work: float = THIN_QUICK
    seed: int = 2021
    params: SearchParams = field(default_factory=SearchParams)

    def work(self, num_groups: int, num_all: int, num_people: int) -> int:
        """Return the units of work for a market that has ``num_groups`` of ``num_all``, who are so many people."""
        base_work = min(self.base_work, self.most_base_per_person * num_people)
        work = max(base_work, int(BESIDE * base_work) + self.work_per_group * num_all)
        return work * num_groups // max(1, num_all)

    def num_afresh(self, work: int) -> int:
        """Return how many searches of so much ``work`` start from nothing: if no number is set, as many as may be."""
        if self.num_searches > 1 or work <= 0:
            return self.num_searches
        return max(1, self.whole_work // work)

    def num_again(self, work: int) -> int:
        """Return how many searches start again from the best plan of those afresh, of ``work`` each: what is left."""
        left = self.whole_work - self.num_afresh(work) * work
        return max(0, round(left / (AGAIN * work))) if work > 0 else 0

    def where_thin(self) -> "Effort":
        """Return the effort where demand is thin: a batch with all its stops changes by whole stops or not at all.

        So the search goes by rebuilds rather than exchanges, and accepts what a stop too many costs for a while.
        Swaps did not pay there: with them plans of small markets often had a batch more.
        """
        params = replace(
            self.params,
            hot_yuan=THIN_HOT * self.params.hot_yuan,
            cold_yuan=THIN_COLD * self.params.cold_yuan,
            share_of_rebuilds=min(1.0, THIN_REBUILDS * self.params.share_of_rebuilds),
            share_of_swaps=0.0,
            share_of_reorders=0.0,
        )
        return replace(
            self,
            base_work=int(self.thin_work * self.base_work),
            work_per_group=int(THIN_QUICK * self.work_per_group),
            most_base_per_person=int(THIN_WORK_PER_PERSON * self.most_base_per_person),
            params=params,
        )

    def beside_full_vehicles(self) -> "Effort":
        """Return the effort where full vehicles carry most people: the others have few ways to share one."""
        return replace(self, work_per_group=self.work_per_group // BESIDE_FULL)

    def from_full_vehicles(self, gap: float) -> "Effort":
        """Return the effort, of that beside them, where a plan of full vehicles is improved: most people stay.

        Parameters
        ----------
        gap : what can be saved at most, as a share of the cost; below ``WORTH_ALL`` the work falls with it
        """
        share = min(1.0, gap / WORTH_ALL)
        return replace(self, work_per_group=int(share * (self.work_per_group // FROM_FULL)), replicas=1)

    def where_indivisible(self, has_long_routes: bool) -> "Effort":
        """Return the effort where groups fill vehicles by themselves: several searches find the batches to choose from.

        Swaps and other orders of stops shorten long routes, as in tables of vehicle routing.
        """
        params = replace(
            self.params, share_of_swaps=INDIVISIBLE_SWAPS, share_of_reorders=INDIVISIBLE_REORDERS
        )
        return replace(
            self,
            base_work=int(INDIVISIBLE_WORK * self.base_work),
            num_searches=INDIVISIBLE_SEARCHES,
            whole_work=int(INDIVISIBLE_WHOLE * self.base_work) if has_long_routes else 0,
            params=params,
        )

    def where_divisible(self, has_long_routes: bool) -> "Effort":
        """Return the effort where vehicles may share the people of a stop in many ways: swaps find them."""
        params = replace(
            self.params,
            hot_yuan=DIVISIBLE_HOT * self.params.hot_yuan,
            share_of_rebuilds=DIVISIBLE_REBUILDS * self.params.share_of_rebuilds,
            share_of_swaps=DIVISIBLE_SWAPS,
        )
        return replace(
            self,
            work_per_group=DIVISIBLE_WORK * self.work_per_group,
            whole_work=int(DIVISIBLE_WHOLE * self.base_work) if has_long_routes else 0,
            params=params,
        )


DEAR_DETOUR_YUAN = 60.0
"""From here on detours are dear enough for the temperatures of the parameters."""
NUM_NEAR = 5
"""Stops that count as near."""


def tempered(params: SearchParams, market: Market) -> SearchParams:
    """Return the parameters, colder in proportion where detours of the market are cheap."""
    share = min(1.0, detour_yuan(market) / DEAR_DETOUR_YUAN)
    if share == 0.0:  # nothing is ever a detour
        return params
    return replace(params, hot_yuan=share * params.hot_yuan, cold_yuan=share * params.cold_yuan)


def cooled(params: SearchParams, market: Market) -> SearchParams:
    """Return the parameters with a last temperature that suits the detours of the market."""
    share = min(1.0, detour_yuan(market) / DEAR_DETOUR_YUAN)
    return replace(params, cold_yuan=share * params.cold_yuan) if share else params


def detour_yuan(market: Market) -> float:
    """Return what it costs on average to call at one more of the near stops, by the cheapest km."""
    km = market.km.min(axis=0)
    stops = np.unique(market.cells["pickup"]), np.unique(market.drops["place"])
    near_km = np.concatenate([_near_km(km, places) for places in stops if len(places) > 1] or [np.zeros(1)])
    per_km = float(market.pools["per_km_yuan"].min(initial=np.inf))
    return per_km * float(near_km.mean()) + float(market.limits[0]["stop_cost_yuan"])


def _near_km(km: Floats, places: Ints) -> Floats:
    """Return for each place the km, on average there and back, to those near it."""
    between = km[np.ix_(places, places)]
    both_ways = np.sort((between + between.T) / 2 + np.diag(np.full(len(places), np.inf)), axis=1)
    return np.asarray(both_ways[:, : min(NUM_NEAR, len(places) - 1)].mean(axis=1))
