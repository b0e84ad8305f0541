"""Job seekers as kinds and crews: equal people are counted, not listed.

A *worker* is all that a vacancy may ask for (destination, acceptable cities, sex, age). A *kind* is a worker
with a wished post and a class. A *crew* is a single person or a party that must be placed together.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from returnplan.matching.openings import Bools, Ints, Openings, plain_post

NO_POST = -1


@dataclass(frozen=True, slots=True)
class Kinds:
    """Kinds as columns, arrays of length K unless said otherwise.

    ``worker`` is a line of ``admitted`` (W, L), the openings that may take the worker, and of ``own_city``
    (W, L), the openings in the city that the worker named first; ``post`` is a post of the openings or
    ``NO_POST``; ``rank`` 0 is the class served first.
    """

    worker: Ints
    post: Ints
    rank: Ints
    admitted: Bools
    own_city: Bools


def kinds_of(seekers: pd.DataFrame, openings: Openings) -> tuple[Kinds, Ints]:
    """Return the kinds of the seekers, and the kind of each."""
    # Ages between the same limits of all openings are one band.
    cuts = np.unique(np.concatenate([openings.min_age, openings.max_age + 1]))
    traits = [
        pd.factorize(seekers["city"])[0],
        pd.factorize(seekers["acceptable"])[0],
        pd.factorize(seekers["sex"])[0],
        np.searchsorted(cuts, seekers["age"].to_numpy(np.int64), side="right").astype(np.int64),
    ]
    _, first, worker = np.unique(np.stack(traits), axis=1, return_index=True, return_inverse=True)
    wished = {
        post: openings.posts.get(plain_post(post), NO_POST) for post in seekers["post"].unique() if post
    }
    post = seekers["post"].map(wished).fillna(NO_POST).to_numpy(np.int64)
    columns = np.stack([worker, post, seekers["rank"].to_numpy(np.int64)])
    (worker, post, rank), kind = np.unique(columns, axis=1, return_inverse=True)
    workers = seekers.iloc[first]
    own_city = workers["city"].to_numpy(dtype=object)[:, None] == openings.city
    accepted = [np.isin(openings.city, np.array(cities, dtype=object)) for cities in workers["acceptable"]]
    is_near = own_city | np.array(accepted, dtype=bool).reshape(own_city.shape)
    sex = workers["sex"].to_numpy(dtype=object)[:, None]
    age = workers["age"].to_numpy(np.int64)[:, None]
    of_age = (age >= openings.min_age) & (age <= openings.max_age)
    admitted = np.asarray(is_near & of_age & ((openings.sex == "") | (sex == openings.sex)))
    return Kinds(worker, post, rank, admitted=admitted, own_city=own_city), kind


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
