"""From flows back to people: who of the interchangeable ones goes where; the first by ID number go first."""

from collections.abc import Sequence

import numpy as np

from returnplan.matching.crews import Crew
from returnplan.matching.network import Network
from returnplan.matching.openings import Ints


def place_people(
    crews: Sequence[Crew], network: Network, crew: Ints, hub: Ints, fill: Ints
) -> tuple[Ints, Ints]:
    """Return the placed people (places in the list of seekers) and the opening of each.

    Parameters
    ----------
    crew, hub, fill : the flow on the three sorts of arcs
    """
    waiting = _arrivals(crews, network, crew)
    # Nodes with a wish first: whoever finds no opening of the post there goes on to the hub.
    people, lines = [], []
    starts = np.searchsorted(network.fill_node, np.arange(len(network.nodes) + 1))
    onward = dict(
        zip(network.hub_from.tolist(), zip(network.hub_to.tolist(), hub.tolist(), strict=True), strict=True)
    )
    order = [*onward, *(node for node in range(len(network.nodes)) if node not in onward)]
    for node in order:
        here = np.concatenate(waiting[node]) if waiting[node] else np.zeros(0, np.int64)
        arcs = slice(starts[node], starts[node + 1])
        found = np.repeat(network.fill_line[arcs], fill[arcs])
        people.append(here[: len(found)])
        lines.append(found)
        if node in onward:
            waiting[onward[node][0]].append(here[len(found) :])
    return np.concatenate(people), np.concatenate(lines)


def _arrivals(crews: Sequence[Crew], network: Network, crew: Ints) -> list[list[Ints]]:
    """Return the people that come in at each node."""
    waiting: list[list[Ints]] = [[] for _ in range(len(network.nodes))]
    taken = np.zeros(len(crews), dtype=np.int64)
    first_member = np.searchsorted(network.member_arc, np.arange(len(network.crew)))
    for arc in np.flatnonzero(crew):
        number = network.crew[arc]
        going = crews[number].rows[taken[number] : taken[number] + crew[arc]]
        taken[number] += crew[arc]
        for j, column in enumerate(going.T):
            waiting[network.member_node[first_member[arc] + j]].append(column)
    return waiting
