"""The numbers of a market's cells and places: by where they lie and who travels, whatever their names are.

A search begins with the first cells and breaks ties by their numbers, so in the order of names it would find
another plan once a stop is renamed. The stops of most people come first, of these what lies in the middle.
"""

from typing import NamedTuple

import numpy as np

from returnplan.problem.model import Ints, Problem

UNITS_PER_KM, MOST_KM = 100, 5_000
"""Ways are compared in whole numbers, whose sum is the same in any order; what is farther counts as so far."""


class Numbering(NamedTuple):
    """The cells and the places of the whole problem that a market has, in the order of its own numbers."""

    cells: Ints
    places: Ints


def numbering(problem: Problem, part: Ints) -> Numbering:
    """Return the numbering of the market that has the cells ``part``."""
    cells = problem.cells
    drops = cells.drop_lines(part)
    places = np.unique(np.concatenate([cells.pickup[part], cells.drop_place[drops]]))
    first_drop = cells.drop_place[cells.drop_start[part]]
    seats = (cells.num_groups * cells.num_seats)[part]
    boarding, alighting = (
        np.bincount(np.searchsorted(places, of_cell), seats, len(places)).astype(np.int64)
        for of_cell in (cells.pickup[part], first_drop)
    )
    way = np.rint(UNITS_PER_KM * np.minimum(problem.km[0][np.ix_(places, places)], MOST_KM)).astype(np.int64)
    lies = boarding @ way**2 + way**2 @ alighting
    places = places[np.lexsort((lies, -(boarding + alighting)))]
    rank = np.empty(problem.km.shape[1], dtype=np.int64)
    rank[places] = np.arange(len(places))
    order = np.lexsort((
        cells.num_groups[part], cells.num_seats[part], cells.weight[part], cells.latest[part],
        cells.earliest[part], rank[first_drop], rank[cells.pickup[part]],
    ))  # fmt: skip
    return Numbering(part[order], places)
