"""How hot a search is: by what a detour costs, so that cheap roads are searched as finely as dear ones.

The temperatures of ``SearchParams`` suit the coaches of the field, where a detour to a near stop costs about a
hundred yuan. Where it costs far less, a search that hot would never settle. (For parties in
vehicles of several prices it did not pay to search colder.)
"""

from dataclasses import replace

import numpy as np

from returnplan.planning.params import SearchParams
from returnplan.planning.tables import Market
from returnplan.problem.model import Floats, Ints

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
