"""One market from cells to batches: dive, anneal, drop loads below the minimum, put stops in order."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from returnplan.planning import _core
from returnplan.planning.columns import most_people
from returnplan.planning.demand import is_divisible, is_thin
from returnplan.planning.diving import dive
from returnplan.planning.effort import AGAIN, WARM, Effort, cooled, tempered
from returnplan.planning.goals import best_plan
from returnplan.planning.near_journeys import from_near_to_near
from returnplan.planning.packing import is_packing, packed
from returnplan.planning.params import SearchParams
from returnplan.planning.polish import polished
from returnplan.planning.replanning import is_dear, is_small, succeeding
from returnplan.planning.stop_sets import IMPROVING, PACKED, can_be_packed, on_fewer_vehicles
from returnplan.planning.tables import (
    Market,
    local_places,
    market_tables,
    previous_batches,
    units_on_board,
    usable_pools,
)
from returnplan.planning.taking_turns import take_turns
from returnplan.problem.draft import Draft, Stops, groups_planned
from returnplan.problem.model import NO_PREVIOUS, Ints, Problem
from returnplan.problem.rules import MAX_COST_PER_HEAD, MIN_LOAD, breaches

SPARE_BATCHES = 8
MOST_REMEMBERED = 200_000
"""Batches."""
SEARCHES_A_CHOICE = 4
"""Searches again from the best plan after which whole batches are chosen again."""

FINDING_PEOPLE, KEEPING_PEOPLE = 2.0, 0.5
"""Work of looking for a plan with more people, and of making it cheaper, against that of the search before."""

NEAR_WORK, FILLED = 0.2, 1
"""Share of the work that full vehicles between neighbourhoods take, and the seed of searches that start by filling."""

DIVE = 0.5
"""Share of the time that the dive takes, if there is time enough."""
LATE = 0.15
"""Share of a dive by which it may be late before it is given up."""


class Watch(_core.Watch):
    """What a running search shares with the thread that waits for it."""

    def dived(self, share: float) -> bool:
        """Be told how far the dive is; return whether there is time to go on."""
        self.work_over = max(self.work_over, DIVE * share * self.work_until)
        return bool(self.time_over < DIVE * (share + LATE))


TOGETHER = 0.05
"""Share of the work for markets that share vehicles together; the rest is for each of them alone."""


class Plans(NamedTuple):
    """Plans of a market: the best one, and one that owes nothing to the last plan; both the same, if none was made."""

    best: list[Draft]
    afresh: list[Draft]


class Work(NamedTuple):
    """Units of work of a search, and of one that repairs the last plan."""

    whole: int
    repair: int


def plan_market(
    problem: Problem,
    effort: Effort,
    work: Work,
    markets: Sequence[Ints],
    watch: Watch,
    seed: int = 0,
    start: Sequence[Draft] = (),
) -> Plans:
    """Return the batches of a market, or of several that share vehicles; on a night those of before as far as it pays.

    Parameters
    ----------
    markets : the cells of each
    start : a plan that is to be improved, where nobody was on a batch before
    """
    part = np.sort(np.concatenate(markets))
    if not (problem.cells.previous[part] >= 0).any():
        plan = solve_part(problem, effort, work.whole, markets, watch, seed, start)
        return Plans(plan, plan)
    total = work.repair + work.whole + work.repair
    watch.work_until = work.repair / max(1, total)
    repaired = solve_market(problem, effort, work.repair, part, watch, seed)
    dear = is_dear(problem, part, repaired)
    if work.whole <= 0 or not (dear or is_small(problem, part)):
        return Plans(repaired, repaired)
    watch.work_until = (work.repair + work.whole) / total
    unplanned = replace(problem.cells, previous=np.full(len(problem.cells), NO_PREVIOUS))
    afresh = solve_part(replace(problem, cells=unplanned), effort, work.whole, markets, watch, seed)
    afresh = succeeding(problem, afresh)
    watch.work_until = 1.0
    if not dear:  # the plan stays; what another one would save is told
        return Plans(repaired, afresh)
    returned = solve_market(problem, effort, work.repair, part, watch, seed, start=afresh)
    return Plans(best_plan(problem, [repaired, afresh, returned]), afresh)


def solve_part(
    problem: Problem,
    effort: Effort,
    work: int,
    markets: Sequence[Ints],
    watch: Watch,
    seed: int = 0,
    start: Sequence[Draft] = (),
) -> list[Draft]:
    """Return the batches of a market, or of several that share vehicles: these take turns after a look together.

    Where there is a plan to start from, they take turns at once, and none gets worse.
    """
    part = np.sort(np.concatenate(markets))
    if not start and (len(markets) < 2 or work <= 0):
        return solve_market(problem, effort, work, part, watch, seed)
    begun, until, together = watch.work_over, watch.work_until, 0.0 if start else TOGETHER
    watch.work_until = begun + together * (until - begun)
    plan = start or solve_market(problem, effort, int(together * work), part, watch, seed)
    share = (1 - together) * problem.cells.num_groups / problem.cells.num_groups[part].sum()

    def improve(left: Problem, market: int, plan: Sequence[Draft]) -> list[Draft]:
        mine = float(share[markets[market]].sum())
        watch.work_until = min(until, watch.work_until + mine * (until - begun))
        return solve_market(left, effort, int(mine * work), markets[market], watch, seed, plan)

    return take_turns(problem, markets, plan, improve, watch)


def solve_market(
    problem: Problem,
    effort: Effort,
    work: int,
    part: Ints,
    watch: Watch,
    seed: int = 0,
    start: Sequence[Draft] = (),
) -> list[Draft]:
    """Return the batches of one market (``part``: its cells) after so many units of ``work``.

    The search starts from a given plan, or that of the last night; where there is none, from a dive into the
    relaxation. Another ``seed`` than 0, and a search that has no work or no time, starts from batches filled one by
    one.
    """
    places, pools = local_places(problem, part), usable_pools(problem, part)
    if len(pools) == 0:  # the others have taken all vehicles
        return []
    market = market_tables(problem, part, places, pools)
    order = np.lexsort((market.cells["latest"], -market.cells["weight"]))  # by class, then by deadline
    chooses = work > 0 and _has_one_price(problem, part)
    packs = chooses and is_packing(problem, part)
    several = chooses and not packs
    memory = _core.Memory(MOST_REMEMBERED) if several and effort.num_searches > 1 else None

    def search(on_board: Ints, params: SearchParams, work: int, seed: int = seed) -> list[Draft]:
        state = _core.State(market, _most_batches(market, int(on_board[:, 1].max(initial=-1))))
        _core.anneal(state, params, work, effort.seed + seed, watch, order, on_board, memory)
        drafts = _drafts(problem, market, state, part, places, pools)
        return [draft for draft in drafts if not breaches(problem, draft, (MIN_LOAD, MAX_COST_PER_HEAD))]

    params = effort.params
    if is_divisible(problem, part):
        params = tempered(params, market)
    elif memory:
        params = cooled(params, market)
    if start:
        market = market._replace(
            newcomers=np.arange(len(market.unit_cell))
        )  # everybody's place is in question
        loads = [dict(draft.load) for draft in start]
        return search(units_on_board(market, part, loads, _places(problem, part, start)), params, work)
    dives = work > 0 and seed == 0 and not market.limits[0]["has_previous"] and watch.dived(0.0)
    num_afresh, num_again = (effort.num_afresh(work), effort.num_again(work)) if several else (1, 0)
    packs_stops = dives and is_thin(problem, part) and can_be_packed(market, work)
    slots = _slots(watch, [1.0] * num_afresh + [AGAIN] * num_again + [PACKED] * packs_stops)
    watch.work_until = next(slots)
    nobody = first = units_on_board(market, part, [])
    first_params = params
    if dives and (near := _from_near_to_near(problem, effort, work, part, watch)):
        first = units_on_board(market, part, [dict(draft.load) for draft in near])
        first_params = replace(params, hot_yuan=params.cold_yuan)  # a hot search would mix what is full
    elif dives:
        first = units_on_board(market, part, dive(problem, part, watch.dived))
    plan = search(first, first_params, work)
    for nth in range(1, num_afresh):
        watch.work_until = next(slots)
        another = search(nobody, params, work, seed + nth * effort.replicas)
        plan = best_plan(problem, [plan, another])

    def chosen(plan: list[Draft]) -> list[Draft]:
        if memory is None or watch.time_over >= 1.0:
            return plan
        return polished(problem, part, places, pools, memory, plan)

    plan = chosen(plan)
    warm = replace(params, hot_yuan=max(params.cold_yuan, WARM * params.hot_yuan))
    for nth in range(1, 1 + num_again):
        watch.work_until = next(slots)
        begin = units_on_board(market, part, [dict(draft.load) for draft in plan])
        another = search(begin, warm, int(AGAIN * work), seed + (num_afresh + nth) * effort.replicas)
        plan = best_plan(problem, [plan, another])
        if nth % SEARCHES_A_CHOICE == 0:
            plan = chosen(plan)
    if packs:
        plan = packed(problem, part, plan, work, lambda: watch.time_over >= 1.0)
    stays_behind = groups_planned(problem, plan)[part] < problem.cells.num_groups[part]
    if packs_stops and not stays_behind.any():
        watch.work_until = next(slots)
        settled = replace(params, hot_yuan=params.cold_yuan)
        for fewer in on_fewer_vehicles(market, len(plan), work, effort.seed, watch):
            plan = best_plan(problem, [plan, search(fewer, settled, int(IMPROVING * work))])
    if work <= 0 or not stays_behind.any() or watch.time_over >= 1.0:
        return plan
    filled = search(nobody, params, 0)
    plan = best_plan(problem, [plan, filled])  # now and then a search loses who had a place
    if not dives:
        return plan
    whole = most_people(problem, part, int(FINDING_PEOPLE * work), lambda: watch.time_over >= 1.0)
    if not whole:
        return plan
    keeping = replace(params, cheap_share=0.0, idle_share=0.0)  # nobody is risked for yuan
    kept = search(units_on_board(market, part, whole), keeping, int(KEEPING_PEOPLE * work))
    return best_plan(problem, [plan, kept])


def _from_near_to_near(problem: Problem, effort: Effort, work: int, part: Ints, watch: Watch) -> list[Draft]:
    """Return full vehicles between neighbourhoods of the market ``part``, where these carry nearly all people."""
    begun, until = watch.work_over, watch.work_until
    share = NEAR_WORK * problem.cells.num_groups / problem.cells.num_groups[part].sum()

    def plan(left: Problem, journey: Ints) -> list[Draft]:
        mine = float(share[journey].sum())
        watch.work_until = min(until, watch.work_over + mine * (until - begun))
        return solve_market(left, effort, int(mine * work), journey, watch, FILLED)

    near = from_near_to_near(problem, part, plan, watch)
    watch.work_until = until
    return near


def _slots(watch: Watch, shares: Sequence[float]) -> Iterator[float]:
    """Yield how far the work is after each of some searches, which are so long, one after the other."""
    begun, until = watch.work_over, watch.work_until
    for over in np.cumsum(shares) / sum(shares):
        yield float(begun + over * (until - begun))


def _has_one_price(problem: Problem, part: Ints) -> bool:
    """Return whether each batch of the market has one price, so that whole batches can be chosen from.

    People of the last plan ride for less on their own batch than on one like it, and late days without a price have
    another at each hour of the search.
    """
    late_days_differ = problem.limits.late_day_yuan is None and problem.cells.late_days[part].any()
    return not late_days_differ and not (problem.cells.previous[part] >= 0).any()


def _places(problem: Problem, part: Ints, plan: Sequence[Draft]) -> Ints:
    """Return the numbers of the drafts in the search: those of the last plan first."""
    known = previous_batches(problem, part)
    previous = np.array([draft.previous for draft in plan])
    return np.where(previous >= 0, np.searchsorted(known, previous), len(known) + np.arange(len(plan)))


def _most_batches(market: Market, last: int) -> int:
    """Return how many batches there can be at most, if the ``last`` one of a plan to start from has this number."""
    cells = market.cells[market.unit_cell]
    by_load = int(cells["persons"].sum()) // max(1, int(market.pools["min_load"].min()))
    num_previous = int(cells["previous"].max(initial=-1)) + 1
    return max(min(len(cells), max(by_load, num_previous) + SPARE_BATCHES), last + 1 + SPARE_BATCHES) + 1


def _drafts(
    problem: Problem, market: Market, state: _core.State, part: Ints, places: Ints, pools: Ints
) -> list[Draft]:
    """Return the batches that have riders in the numbers of the whole problem, their stops in the best order."""
    batches, picks, drops, members = state.batches, state.picks, state.drops, state.members
    limits, drafts, cell_of = problem.limits, [], part.tolist()
    previous = np.append(previous_batches(problem, part), np.full(len(batches), -1)).tolist()
    for number in np.flatnonzero(batches["persons"][: state.num_active] > 0).tolist():
        batch = batches[number]
        day, pool = int(batch["day"]), int(pools[batch["pool"]])
        cells = Counter(market.unit_cell[members[number, : batch["num_members"]]].tolist())
        load = tuple((cell_of[cell], num) for cell, num in sorted(cells.items()))
        searched = picks[number, : batch["num_picks"]], drops[number, : batch["num_drops"]]
        draft = Draft.direct(day, pool, *_stops(places, searched), load, previous[number])
        km = market.km[market.network_of_day[day]]
        best = _core.best_route(km, *searched, limits.max_pickup_km, limits.max_dropoff_km)
        if not all(map(np.array_equal, best, searched)):
            shortest = Draft.direct(day, pool, *_stops(places, best), load, previous[number])
            if shortest.leg.is_legal(problem) and not (
                problem.caps.bind and shortest.arrival_day(problem) != draft.arrival_day(problem)
            ):  # on another day than counted a day cap may have no room
                draft = shortest
        drafts.append(draft)
    return drafts


def _stops(places: Ints, route: tuple[Ints, Ints]) -> tuple[Stops, Stops]:
    """Return the places of a route in the numbers of the whole problem."""
    pickups, dropoffs = route
    return tuple(places[pickups].tolist()), tuple(places[dropoffs].tolist())
