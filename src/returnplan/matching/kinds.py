"""Kinds of job seekers: equal people are counted, not listed.

A *worker* is all that a vacancy may ask for (destination, acceptable cities, sex, age). A *kind* is a worker
with a wished post and a class.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from returnplan.matching.openings import Bools, Ints, Objects, Openings, plain_post

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
    traits = [
        pd.factorize(seekers["city"])[0],
        pd.factorize(seekers["acceptable"])[0],
        pd.factorize(seekers["sex"])[0],
        _age_band(seekers["age"].to_numpy(np.int64), openings),
    ]
    _, first, worker = np.unique(np.stack(traits), axis=1, return_index=True, return_inverse=True)
    wished = {
        post: openings.posts.get(plain_post(post), NO_POST) for post in seekers["post"].unique() if post
    }
    post = seekers["post"].map(wished).fillna(NO_POST).to_numpy(np.int64)
    columns = np.stack([worker, post, seekers["rank"].to_numpy(np.int64)])
    (worker, post, rank), kind = np.unique(columns, axis=1, return_inverse=True)
    own_city = seekers["city"].to_numpy(dtype=object)[first][:, None] == openings.city
    admitted = (own_city | _acceptable(seekers["acceptable"].to_numpy()[first], openings)) & _within_limits(
        seekers.iloc[first], openings
    )
    return Kinds(worker, post, rank, admitted=admitted, own_city=own_city), kind


def _age_band(age: Ints, openings: Openings) -> Ints:
    """Return the age band of each age; the bands lie between the age limits of all openings."""
    cuts = np.unique(np.concatenate([openings.min_age, openings.max_age + 1]))
    return np.searchsorted(cuts, age, side="right").astype(np.int64)


def _acceptable(cities: Objects, openings: Openings) -> Bools:
    lines = [np.isin(openings.city, np.array(named, dtype=object)) for named in cities]
    return np.array(lines, dtype=bool).reshape(len(cities), len(openings))


def _within_limits(workers: pd.DataFrame, openings: Openings) -> Bools:
    sex = workers["sex"].to_numpy(dtype=object)[:, None]
    age = workers["age"].to_numpy(np.int64)[:, None]
    of_age = (age >= openings.min_age) & (age <= openings.max_age)
    return np.asarray(of_age & ((openings.sex == "") | (sex == openings.sex)))
