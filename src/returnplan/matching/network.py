"""The flow of seekers to vacancies, in integers, and from the flow back to people.

Crews come in at *nodes*, one for each (site, worker, wished post). A node with a wish leads to the openings
of that post, and to its hub, the node of the same site and worker without a wish, which leads to every
opening that admits the worker. So the size grows with kinds and sites, not with people.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from returnplan.matching.crews import ANYWHERE, NO_POST, Crew, Kinds
from returnplan.matching.openings import Ints, Openings


@dataclass(frozen=True, slots=True)
class Nodes:
    """Where seekers of one site, worker and wish meet; arrays of length N, each triple once."""

    site: Ints
    worker: Ints
    post: Ints

    def __len__(self) -> int:
        return len(self.site)


@dataclass(frozen=True, slots=True)
class Network:
    """Three sorts of arcs: crews to sites (Z), nodes with a wish to their hub (Q), nodes to openings (F).

    ``crew``, ``crew_site`` (Z,) say which crew goes where, ``member_arc``, ``member_kind``, ``member_node``
    (M,) at which node each member of a crew comes in; ``hub_from``, ``hub_to`` (Q,) are nodes;
    ``fill_node``, ``fill_line`` (F,) a node and an opening. ``supply`` counts the crews, ``headcount`` the
    vacancies of an opening.
    """

    nodes: Nodes
    supply: Ints
    headcount: Ints
    crew: Ints
    crew_site: Ints
    member_arc: Ints
    member_kind: Ints
    member_node: Ints
    hub_from: Ints
    hub_to: Ints
    fill_node: Ints
    fill_line: Ints


def build_network(crews: Sequence[Crew], kinds: Kinds, openings: Openings) -> Network:
    """Return the network of all allowed ways from crews to openings."""
    crew = np.repeat(np.arange(len(crews)), [len(c.sites) for c in crews])
    crew_site = np.concatenate([np.array(c.sites, dtype=np.int64) for c in crews])
    member_arc = np.repeat(np.arange(len(crew)), np.array([len(c.kinds) for c in crews])[crew])
    member_kind = np.concatenate([np.tile(np.array(c.kinds), len(c.sites)) for c in crews])
    arriving = np.stack([crew_site[member_arc], kinds.worker[member_kind], kinds.post[member_kind]])
    hubs = arriving.copy()
    hubs[2] = NO_POST
    triples, number = np.unique(np.concatenate([arriving, hubs], axis=1), axis=1, return_inverse=True)
    member_node, member_hub = np.split(number, 2)
    wishing, first = np.unique(member_node[member_node != member_hub], return_index=True)
    nodes = Nodes(*triples)
    fill_node, fill_line = _fills(nodes, kinds, openings)
    return Network(
        nodes=nodes,
        supply=np.array([len(c.rows) for c in crews], dtype=np.int64),
        headcount=openings.headcount,
        crew=crew,
        crew_site=crew_site,
        member_arc=member_arc,
        member_kind=member_kind,
        member_node=member_node,
        hub_from=wishing,
        hub_to=member_hub[member_node != member_hub][first],
        fill_node=fill_node,
        fill_line=fill_line,
    )


def _fills(nodes: Nodes, kinds: Kinds, openings: Openings) -> tuple[Ints, Ints]:
    """Return the allowed (node, opening) pairs, sorted by node."""
    fill_node, fill_line = [], []
    for site in np.unique(nodes.site):
        here = np.flatnonzero(nodes.site == site)
        there = np.flatnonzero((openings.site == site) | (site == ANYWHERE))
        wish = nodes.post[here][:, None]
        good = kinds.admitted[np.ix_(nodes.worker[here], there)]
        node, line = np.nonzero(good & ((wish == NO_POST) | (wish == openings.post[there])))
        fill_node.append(here[node])
        fill_line.append(there[line])
    return np.concatenate(fill_node), np.concatenate(fill_line)


def place_people(
    crews: Sequence[Crew], network: Network, crew: Ints, hub: Ints, fill: Ints
) -> tuple[Ints, Ints]:
    """Return the placed people (places in the list of seekers) and the opening of each.

    Parameters
    ----------
    crew, hub, fill : the flow on the three sorts of arcs
    """
    waiting = _arrivals(crews, network, crew)
    # Nodes with a wish come first: a person without an opening of that post goes on to the hub.
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
    """Return the people who arrive at each node."""
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
