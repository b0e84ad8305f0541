"""A batch tried out: a group put in or taken out, its stops adapted."""

from dataclasses import replace

import numpy as np

from returnplan.problem.draft import Draft, Leg, Load, Stops
from returnplan.problem.model import Floats, Ints, Problem


def with_groups(problem: Problem, draft: Draft, cell: int, num_groups: int) -> Draft:
    """Return the draft with groups of a cell added (or, negative, taken out), its stops adapted."""
    load = dict(draft.load)
    load[cell] = load.get(cell, 0) + num_groups
    load = {c: n for c, n in sorted(load.items()) if n > 0}
    return replace(draft, legs=(_routed(problem, draft.leg, tuple(load.items())),))


def alone(problem: Problem, cell: int, pool: int, day: int) -> Draft:
    """Return a vehicle for one group alone."""
    return carrying(problem, ((cell, 1),), pool, day)


def carrying(problem: Problem, load: Load, pool: int, day: int) -> Draft:
    """Return a further vehicle for the load, along the stops that it needs."""
    return Draft((_routed(problem, Leg(day, pool, (), (), ()), load),))


def _routed(problem: Problem, leg: Leg, load: Load) -> Leg:
    """Return the leg with another load and the stops that it needs, each new one where it costs the fewest km."""
    if not load:
        return replace(leg, pickups=(), dropoffs=(), load=load)
    cells, km = problem.cells, np.asarray(problem.km[problem.network_of_day[leg.day]])
    on_board = [cell for cell, _ in load]
    drop_lines = [np.arange(cells.drop_start[cell], cells.drop_start[cell + 1]) for cell in on_board]
    pickups = _called_at(km, leg.pickups, cells.pickup[on_board], before=(), after=leg.dropoffs[:1])
    drops = cells.drop_place[np.concatenate(drop_lines)]
    dropoffs = _called_at(km, leg.dropoffs, drops, before=pickups[-1:], after=())
    return replace(leg, pickups=pickups, dropoffs=dropoffs, load=load)


def _called_at(km: Floats, stops: Stops, places: Ints, before: Stops, after: Stops) -> Stops:
    """Return the stops without those that nobody uses, and with the places that are new."""
    used = set(places.tolist())
    route = tuple(stop for stop in stops if stop in used)
    for place in sorted(used - set(route)):
        routes = [(*route[:gap], place, *route[gap:]) for gap in range(len(route) + 1)]
        route = min(routes, key=lambda tried: _path_km(km, (*before, *tried, *after)))
    return route


def _path_km(km: Floats, stops: Stops) -> float:
    return float(km[list(stops[:-1]), list(stops[1:])].sum())
