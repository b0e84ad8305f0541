"""The names behind the cells: from which prefecture people leave, to which city they go."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from returnplan.model.roster import Roster
from returnplan.problem.model import Travellers

Objects = npt.NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Labels:
    """Full names (C,) of the prefecture of departure and the destination city of each cell."""

    base: Objects
    city: Objects


def labels_of(roster: Roster, travellers: Travellers) -> Labels:
    """Return the names of each cell; those of its first person where a party differs."""
    names = (roster.boarding_prefectures(), roster.people["city"])
    return Labels(*(column.take(travellers.first_member).to_numpy(dtype=object) for column in names))
