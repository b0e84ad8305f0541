"""The places of a roster: numbered in an order of their own, with the km between them."""

from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from returnplan.distance import road_networks
from returnplan.enrolment.findings import Findings
from returnplan.enrolment.roads import find_roads
from returnplan.records import DistanceRow
from returnplan.roster import Place


def number_places(places: Iterable[Place]) -> dict[Place, int]:
    """Return the number of each place, in an order that does not depend on who named it first."""
    ordered = sorted(set(places), key=lambda p: (p.city, p.county, p.name, p.lat, p.lon))
    return {place: i for i, place in enumerate(ordered)}


def measure(
    places: Sequence[Place],
    rows: Sequence[DistanceRow],
    circuity: float,
    people: pd.DataFrame,
    findings: Findings,
) -> tuple[npt.NDArray[np.float64], dict[date, int]]:
    """Return the km of each network and which network holds on which day of the people's windows."""
    first, last = people["earliest"].min(), people["latest"].max()
    known = len(people) > 0
    return road_networks(
        np.array([place.lat for place in places]),
        np.array([place.lon for place in places]),
        find_roads(rows, places, findings),
        circuity,
        first.date() if known else date(2000, 1, 1),
        (last - first).days + 1 if known else 1,
    )
