"""The places of a roster: numbered as they are met, then in an order of their own; the km between them."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from returnplan.enrolment.columns import Distinct
from returnplan.model.roster import Place
from returnplan.places import Road, road_networks

Ints = npt.NDArray[np.int64]
NOWHERE = -1


class Atlas:
    """Places by number; ``final`` numbers do not depend on who named a place first."""

    def __init__(self) -> None:
        self._number: dict[Place, int] = {}

    def number(self, place: Place) -> int:
        """Return the number of a place, a new one at its first mention."""
        return self._number.setdefault(place, len(self._number))

    def numbers(self, places: Distinct[Place | None]) -> Ints:
        """Return the number of each line's place, ``NOWHERE`` for none."""
        known = [NOWHERE if place is None else self.number(place) for place in places.values]
        return np.array(known, dtype=np.int64)[places.of]

    def final(self) -> tuple[tuple[Place, ...], Ints]:
        """Return the places in their final order, and the final number by the number so far."""
        ordered = sorted(self._number, key=lambda p: (p.city, p.county, p.name, p.lat, p.lon))
        final = np.empty(len(ordered), dtype=np.int64)
        final[[self._number[place] for place in ordered]] = np.arange(len(ordered))
        return tuple(ordered), final


def measure(
    places: Sequence[Place], roads: Sequence[Road], circuity: float, people: pd.DataFrame
) -> tuple[npt.NDArray[np.float64], dict[date, int]]:
    """Return the km of each network and which network holds on which day of the people's windows."""
    first, last = people["earliest"].min(), people["latest"].max()
    known = len(people) > 0
    return road_networks(
        np.array([place.lat for place in places]),
        np.array([place.lon for place in places]),
        roads,
        circuity,
        first.date() if known else date(2000, 1, 1),
        (last - first).days + 1 if known else 1,
    )
