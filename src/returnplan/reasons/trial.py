"""A batch tried out: a group put in or taken out, its price, and the rules it would break."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from returnplan.planning.drafts import Draft
from returnplan.problem.model import Floats, Ints, Problem

Stops = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that does not hold: its name, the figure and the limit (days, seats, stops, km, people, yuan)."""

    rule: str
    figure: float
    limit: float


def with_groups(problem: Problem, draft: Draft, cell: int, num_groups: int) -> Draft:
    """Return the draft with groups of a cell added (or, negative, taken out), its stops adapted."""
    load = dict(draft.load)
    load[cell] = load.get(cell, 0) + num_groups
    load = {c: n for c, n in sorted(load.items()) if n > 0}
    return routed(problem, replace(draft, load=tuple(load.items())))


def alone(problem: Problem, cell: int, pool: int, day: int) -> Draft:
    """Return a vehicle for one group alone."""
    return routed(problem, Draft(day, pool, (), (), ((cell, 1),)))


def routed(problem: Problem, draft: Draft) -> Draft:
    """Return the draft with the stops that its load needs, each new one where it costs the fewest km."""
    if not draft.load:
        return replace(draft, pickups=(), dropoffs=())
    cells, km = problem.cells, _km(problem, draft.day)
    on_board = [cell for cell, _ in draft.load]
    drop_lines = [np.arange(cells.drop_start[cell], cells.drop_start[cell + 1]) for cell in on_board]
    pickups = _called_at(km, draft.pickups, cells.pickup[on_board], before=(), after=draft.dropoffs[:1])
    drops = cells.drop_place[np.concatenate(drop_lines)]
    dropoffs = _called_at(km, draft.dropoffs, drops, before=pickups[-1:], after=())
    return replace(draft, pickups=pickups, dropoffs=dropoffs)


def _called_at(km: Floats, stops: Stops, places: Ints, before: Stops, after: Stops) -> Stops:
    """Return the stops without those that nobody uses, and with the places that are new."""
    used = set(places.tolist())
    route = tuple(stop for stop in stops if stop in used)
    for place in sorted(used - set(route)):
        routes = [(*route[:gap], place, *route[gap:]) for gap in range(len(route) + 1)]
        route = min(routes, key=lambda tried: _path_km(km, (*before, *tried, *after)))
    return route


def _km(problem: Problem, day: int) -> Floats:
    return np.asarray(problem.km[problem.network_of_day[day]])


def _path_km(km: Floats, stops: Stops) -> float:
    return float(km[list(stops[:-1]), list(stops[1:])].sum())


def price_yuan(problem: Problem, draft: Draft) -> float:
    """Return what the batch costs; nothing when nobody rides."""
    if not draft.load:
        return 0.0
    pools = problem.pools
    further_stops_yuan = problem.limits.stop_cost_yuan * (len(draft.pickups) + len(draft.dropoffs) - 2)
    road_yuan = float(pools.per_km_yuan[draft.pool]) * route_km(problem, draft)
    return float(pools.fixed_yuan[draft.pool]) + road_yuan + further_stops_yuan


def route_km(problem: Problem, draft: Draft) -> float:
    """Return the road km from the first pick-up to the last drop-off."""
    return _path_km(_km(problem, draft.day), (*draft.pickups, *draft.dropoffs))


def num_persons(problem: Problem, draft: Draft) -> int:
    """Return the riders of a draft."""
    return sum(int(problem.cells.num_persons[cell]) * n for cell, n in draft.load)


def seats_taken(problem: Problem, draft: Draft) -> int:
    """Return the seats that riders and children take."""
    return sum(int(problem.cells.num_seats[cell]) * n for cell, n in draft.load)


def breaches(problem: Problem, draft: Draft, most_a_head_yuan: float) -> tuple[Breach, ...]:
    """Return the rules that the draft would break, of those that concern it alone."""
    persons = num_persons(problem, draft)
    limits, pools = problem.limits, problem.pools
    figures = (
        Breach("seats", seats_taken(problem, draft), int(pools.usable[draft.pool])),
        Breach("max_pickups", len(draft.pickups), limits.max_pickups),
        Breach("max_dropoffs", len(draft.dropoffs), limits.max_dropoffs),
        Breach("max_pickup_km", _path_km(_km(problem, draft.day), draft.pickups), limits.max_pickup_km),
        Breach("max_dropoff_km", _path_km(_km(problem, draft.day), draft.dropoffs), limits.max_dropoff_km),
        Breach("max_cost_per_head", price_yuan(problem, draft) / persons, most_a_head_yuan),
        Breach("min_load", -persons, -int(pools.min_load[draft.pool])),
    )
    over = (breach for breach in figures if breach.figure > breach.limit + 1e-6)
    return (*over, *_kinds(problem, draft), *_days_outside(problem, draft))


def _kinds(problem: Problem, draft: Draft) -> Iterator[Breach]:
    """Yield what is mixed that may not be: bases, counties."""
    on_board = [cell for cell, _ in draft.load]
    base = problem.pools.base[draft.pool]
    if base >= 0 and np.any(problem.cells.prefecture[on_board] != base):
        yield Breach("base", 1, 0)
    num_counties = len(np.unique(problem.cells.county[on_board]))
    if not problem.limits.mix_counties and num_counties > 1:
        yield Breach("mix_counties", num_counties, 1)


def _days_outside(problem: Problem, draft: Draft) -> Iterator[Breach]:
    on_board = [cell for cell, _ in draft.load]
    early = problem.cells.earliest[on_board] - draft.day
    late = draft.day - problem.cells.latest[on_board]
    outside = int(np.maximum(early, late).max())
    if outside > 0:
        yield Breach("window", outside, 0)
