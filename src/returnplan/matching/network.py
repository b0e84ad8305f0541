"""The flow of seekers to vacancies, in integers, and from the flow back to people.

Crews come in at *nodes*, one for each (site, worker, wished post). A node with a wish leads to the openings
of that post, and to its hub, the node of the same site and worker without a wish, which leads to every
opening that admits the worker. So the size grows with kinds and sites, not with people.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from returnplan.matching.crews import ANYWHERE, NO_POST, Crew, Kinds
from returnplan.matching.openings import Bools, Ints, Openings

NO_SITE = -2
"""Of who had no opening in the last plan."""


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
    vacancies of an opening. Where people of a node had an opening before, a second arc to it, which ``stays`` (F,),
    takes at most as many, ``fill_most`` (F,).
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
    fill_most: Ints
    stays: Bools


def build_network(
    crews: Sequence[Crew], kinds: Kinds, openings: Openings, kind: Ints, party: Ints, before: Ints
) -> Network:
    """Return the network of all allowed ways from crews to openings.

    Parameters
    ----------
    kind, party, before : of each seeker; ``before`` the opening that was found in the last plan, -1 if there is none
    """
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
    again, num = _had_before(nodes, fill_node, fill_line, kinds, openings, kind, party, before)
    node, line = np.append(fill_node, fill_node[again]), np.append(fill_line, fill_line[again])
    most = np.append(openings.headcount[fill_line], num)
    stays = np.arange(len(node)) >= len(fill_node)
    order = np.argsort(node, kind="stable")
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
        fill_node=node[order],
        fill_line=line[order],
        fill_most=most[order],
        stays=stays[order],
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


def _had_before(
    nodes: Nodes,
    fill_node: Ints,
    fill_line: Ints,
    kinds: Kinds,
    openings: Openings,
    kind: Ints,
    party: Ints,
    before: Ints,
) -> tuple[Ints, Ints]:
    """Return the (node, opening) pairs that people had before, by their place in the lists, and how many people."""
    known = np.flatnonzero(before >= 0)
    line, own = before[known], kind[known]
    site = np.where(party[known] < 0, ANYWHERE, openings.site[line])
    post = np.where(kinds.post[own] == openings.post[line], kinds.post[own], NO_POST)
    pairs, num = np.unique(np.stack([site, kinds.worker[own], post, line]), axis=1, return_counts=True)
    triples = zip(nodes.site.tolist(), nodes.worker.tolist(), nodes.post.tolist(), strict=True)
    number = {triple: node for node, triple in enumerate(triples)}
    place = {pair: i for i, pair in enumerate(zip(fill_node.tolist(), fill_line.tolist(), strict=True))}
    found = [place.get((number.get((s, w, p), -1), one), -1) for s, w, p, one in pairs.T.tolist()]
    again = np.array(found, dtype=np.int64)
    return again[again >= 0], num[again >= 0]


def place_people(
    crews: Sequence[Crew], network: Network, openings: Openings, before: Ints, flow: tuple[Ints, Ints, Ints]
) -> tuple[Ints, Ints]:
    """Return the placed people (places in the list of seekers) and the opening of each.

    Of equal people those who had an opening ``before`` come first, and they have it again where the flow leads there.

    Parameters
    ----------
    before : the opening of each seeker in the last plan, -1 if there is none
    flow : on the arcs of crews, hubs and openings
    """
    crew, hub, fill = flow
    waiting = _arrivals(crews, network, crew, np.append(openings.site, NO_SITE)[before])
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
        here, found, onwards = _as_before(here, found, before)
        people.append(here)
        lines.append(found)
        if node in onward:
            waiting[onward[node][0]].append(onwards)
    return np.concatenate(people), np.concatenate(lines)


def _as_before(here: Ints, found: Ints, before: Ints) -> tuple[Ints, Ints, Ints]:
    """Return those of the people at a node who are placed, the opening of each, and the others, who go on."""
    free = Counter(found.tolist())
    stay = []
    for place, line in enumerate(before[here].tolist()):
        if free[line] > 0:
            free[line] -= 1
            stay.append(place)
    others = np.delete(here, stay)
    had_one_elsewhere = before[others] >= 0  # another node leads to it
    others = others[np.argsort(had_one_elsewhere, kind="stable")]
    rest = np.array(sorted(free.elements()), dtype=np.int64)
    staying = here[stay]
    placed = np.concatenate([staying, others[: len(rest)]])
    return placed, np.concatenate([before[staying], rest]), others[len(rest) :]


def _arrivals(crews: Sequence[Crew], network: Network, crew: Ints, site_before: Ints) -> list[list[Ints]]:
    """Return the people who arrive at each node."""
    waiting: list[list[Ints]] = [[] for _ in range(len(network.nodes))]
    left = [one.rows for one in crews]
    first_member = np.searchsorted(network.member_arc, np.arange(len(network.crew)))
    for arc in np.flatnonzero(crew):
        number, site = network.crew[arc], network.crew_site[arc]
        had = site_before[left[number][:, 0]]
        had_another = (had != site) & (had != NO_SITE)
        order = np.lexsort((had_another, had != site) if site != ANYWHERE else (had == NO_SITE,))
        going, left[number] = np.split(left[number][order], [crew[arc]])
        for j, column in enumerate(going.T):
            waiting[network.member_node[first_member[arc] + j]].append(column)
    return waiting
