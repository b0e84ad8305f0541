"""The network as rows and columns, and what each arc is worth for the goals of docs/contract.md#matching."""

from collections.abc import Iterator

import numpy as np

from returnplan.matching.crews import ANYWHERE, NO_POST, Kinds
from returnplan.matching.network import Network
from returnplan.matching.openings import Floats, Ints, Openings
from returnplan.matching.phases import Goal, Limits, best_in_order

COURTESY_GAP = 1e-3
"""How far the last goals, the wish for the city named first and the opening of before, may be missed where parties make
it hard."""


def best_flow(network: Network, kinds: Kinds, openings: Openings) -> tuple[Ints, Ints, Ints]:
    """Return the best flow on the arcs of crews, hubs and openings by the goals in their order.

    The goals: place the most people; then the most people of the first class, of the second, and so on; the
    most people in the post that they wished; the highest sum of wages; the most people in the city that they
    named first; the most people in the opening that they had in the last plan. Only the number of parties at each
    site must be declared an integer; the rest is a network flow.
    """
    num_crew, num_hub = len(network.crew), len(network.hub_from)
    everybody = np.full(
        num_hub, np.bincount(network.member_arc, minlength=num_crew) @ network.supply[network.crew]
    )
    most = np.concatenate([network.supply[network.crew], everybody, network.fill_most])
    whole = np.zeros(len(most), dtype=bool)
    whole[:num_crew] = network.crew_site != ANYWHERE
    flow = best_in_order(_rows(network), most.astype(np.float64), whole, _goals(network, kinds, openings))
    crew, hub, fill = np.split(flow, [num_crew, num_crew + num_hub])
    return crew, hub, fill


def _rows(network: Network) -> Limits:
    """Return the rows: the supply of crews, the balance of each node, the headcount of each opening."""
    num_crew, num_hub = len(network.crew), len(network.hub_from)
    num_supply, num_nodes = len(network.supply), len(network.nodes)
    hub = num_crew + np.arange(num_hub)
    fill = num_crew + num_hub + np.arange(len(network.fill_node))
    entries = [
        (network.crew, np.arange(num_crew), 1.0),
        (num_supply + network.member_node, network.member_arc, 1.0),
        (num_supply + network.hub_from, hub, -1.0),
        (num_supply + network.hub_to, hub, 1.0),
        (num_supply + network.fill_node, fill, -1.0),
        (num_supply + num_nodes + network.fill_line, fill, 1.0),
    ]
    row, column = (np.concatenate([entry[i] for entry in entries]) for i in (0, 1))
    value = np.concatenate([np.full(len(entry[0]), entry[2]) for entry in entries])
    upper = np.concatenate([network.supply, np.zeros(num_nodes), network.headcount]).astype(np.float64)
    place, which = np.unique(column * len(upper) + row, return_inverse=True)  # two of a crew may be one entry
    column, row = np.divmod(place, len(upper))
    return Limits(np.zeros(len(upper)), upper, row, column, np.bincount(which, value).astype(np.float64))


def _goals(network: Network, kinds: Kinds, openings: Openings) -> Iterator[Goal]:
    """Yield what each arc is worth for each goal; goals that no arc serves are left out."""
    rest = np.zeros(len(network.hub_from) + len(network.fill_node))
    for heads in _placements(network, kinds.rank[network.member_kind]):
        yield Goal(np.append(heads, rest))
    before = np.zeros(len(network.crew) + len(network.hub_from))
    own_city = kinds.own_city[network.nodes.worker[network.fill_node], network.fill_line]
    for worth, gap in (
        (network.nodes.post[network.fill_node] != NO_POST, 0.0),
        (openings.wage_yuan[network.fill_line], 0.0),
        (own_city, COURTESY_GAP),
        (network.stays, COURTESY_GAP),
    ):
        if worth.any():
            yield Goal(np.append(before, worth.astype(np.float64)), gap)


def _placements(network: Network, rank: Ints) -> Iterator[Floats]:
    """Yield the heads that count on each arc of a crew: all of them, then class by class."""
    num_crew = len(network.crew)
    ranks = np.unique(rank)
    if np.all(network.crew_site == ANYWHERE):
        # The sets of single people that can be placed are a matroid. There a set of greatest weight is also
        # largest and has the most people of the first class, the second ... (Edmonds 1971): one goal for all.
        weight = (len(ranks) - np.searchsorted(ranks, rank)).astype(np.float64)
        yield np.bincount(network.member_arc, weight, num_crew).astype(np.float64)
        return
    yield np.bincount(network.member_arc, minlength=num_crew).astype(np.float64)
    for first in ranks[:-1]:
        yield np.bincount(network.member_arc, rank == first, num_crew).astype(np.float64)
