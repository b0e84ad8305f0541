"""Crews: a single person or a party that must be placed together; equal crews are counted, not listed."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from returnplan.matching.kinds import Kinds
from returnplan.matching.openings import Ints, Openings

ANYWHERE = -1
"""The site of a single person, who may take any opening."""


@dataclass(frozen=True, slots=True)
class Crew:
    """Equal single people or equal parties: the kinds of the members, and the sites that can take them.

    ``rows`` (crews, members) are places in the list of seekers; column j is of the j-th kind.
    """

    kinds: tuple[int, ...]
    sites: tuple[int, ...]
    rows: Ints


def crews_of(
    kind: Ints, party: Ints, kinds: Kinds, openings: Openings, pins: Mapping[int, frozenset[int]]
) -> list[Crew]:
    """Return the crews that some opening may take.

    Parameters
    ----------
    kind, party : of each seeker; party -1 alone
    pins : party -> places of the members who have an employer; the other members must go there too
    """
    alone = party < 0
    singles = [
        Crew((int(kind[rows[0]]),), (ANYWHERE,), rows[:, None])
        for rows in _runs(kind, np.flatnonzero(alone))
        if kinds.admitted[kinds.worker[kind[rows[0]]]].any()
    ]
    alike: dict[tuple[tuple[int, ...], frozenset[int] | None], list[Ints]] = defaultdict(list)
    for rows in _runs(party, np.flatnonzero(~alone)):
        rows = rows[np.argsort(kind[rows], kind="stable")]
        alike[tuple(kind[rows].tolist()), pins.get(int(party[rows[0]]))].append(rows)
    parties = (
        Crew(members, _sites(members, pin, kinds, openings), np.stack(rows))
        for (members, pin), rows in alike.items()
    )
    return singles + [crew for crew in parties if crew.sites]


def _runs(value: Ints, rows: Ints) -> Iterator[Ints]:
    """Return the rows of each value, values ascending."""
    rows = rows[np.argsort(value[rows], kind="stable")]
    starts = np.flatnonzero(np.diff(value[rows])) + 1
    return (run for run in np.split(rows, starts) if len(run))


def _sites(
    members: tuple[int, ...], pin: frozenset[int] | None, kinds: Kinds, openings: Openings
) -> tuple[int, ...]:
    """Return the sites with an opening for each member and enough vacancies for all of them."""
    num_sites = int(openings.site.max(initial=-1)) + 1
    vacancies = np.bincount(openings.site, openings.headcount, num_sites)
    good = vacancies >= len(members)
    for worker in set(kinds.worker[list(members)].tolist()):
        good &= np.bincount(openings.site, kinds.admitted[worker], num_sites) > 0
    if pin is not None:
        good[openings.site[~np.isin(openings.place, list(pin))]] = False
    return tuple(np.flatnonzero(good).tolist())
