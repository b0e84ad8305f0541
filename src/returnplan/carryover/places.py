"""Places and vacancies of the last roster, found again in the new one or added to it."""

from dataclasses import replace
from typing import Any

import numpy as np

from returnplan.model.roster import Place, Roster, Vacancy
from returnplan.places import great_circle_km
from returnplan.problem.model import Ints


def with_places(roster: Roster, old: Roster, needed: Ints, circuity: float) -> tuple[Roster, Ints]:
    """Return the roster with the needed places of an old one, and the new line of each old place.

    The km between two old places are the old ones, those to all others great-circle km times the circuity; a
    place that is not needed and not known has the line -1.
    """
    line_of = {place: line for line, place in enumerate(roster.places)}
    missing = [line for line in np.unique(needed).tolist() if old.places[line] not in line_of]
    for line in missing:
        line_of[old.places[line]] = len(line_of)
    new_line = np.array([line_of.get(place, -1) for place in old.places], dtype=np.int64)
    if not missing:
        return roster, new_line
    places = (*roster.places, *(old.places[line] for line in missing))
    return replace(roster, places=places, km=_extended(roster, old, places, new_line, circuity)), new_line


def _extended(
    roster: Roster, old: Roster, places: tuple[Place, ...], new_line: Ints, circuity: float
) -> "np.ndarray[Any, np.dtype[np.float64]]":
    lat, lon = (np.array([getattr(place, name) for place in places]) for name in ("lat", "lon"))
    straight = great_circle_km(lat, lon) * circuity
    known = np.flatnonzero(new_line >= 0)
    straight[np.ix_(new_line[known], new_line[known])] = old.km[0][np.ix_(known, known)]
    num = len(roster.places)
    km = np.repeat(straight[None], len(roster.km), axis=0)
    km[:, :num, :num] = roster.km
    return km


def vacancy_lines(roster: Roster, old: Roster) -> Ints:
    """Return for each vacancy of the old roster its line in the new one, -1 where it is gone."""
    line_of = {_sight(line, roster): at for at, line in reversed(list(enumerate(roster.vacancies)))}
    return np.array([line_of.get(_sight(line, old), -1) for line in old.vacancies], dtype=np.int64)


def _sight(line: Vacancy, roster: Roster) -> tuple[Any, ...]:
    """Return what makes a vacancy the same one in a later demand sheet."""
    return (
        line.employer,
        line.city,
        roster.places[line.place],
        line.post,
        line.sex,
        line.min_age,
        line.max_age,
    )
