"""The hours at which people are taken in, by place: those that the settings give to an employer, a place or a city."""

from collections import defaultdict

import numpy as np

from returnplan.model.law import Span
from returnplan.model.roster import Roster
from returnplan.problem.model import Ints
from returnplan.problem.timetable import ANY_HOUR


def receptions_of(roster: Roster, reception: Span | dict[str, Span] | None) -> tuple[tuple[Span, ...], Ints]:
    """Return the different hours of reception, and (P,) which of them each place has.

    Of the names that a place goes by, an employer's there counts before its own, and both before the city's (东莞 and
    东莞市 are one).
    """
    if not isinstance(reception, dict):
        return (reception or ANY_HOUR,), np.zeros(len(roster.places), dtype=np.int64)
    employers: dict[int, set[str]] = defaultdict(set)
    for vacancy in roster.vacancies:
        employers[vacancy.place].add(vacancy.employer)
    people = roster.people[roster.people["employer"].isin(list(reception))]
    for place, employer in people[["dropoff", "employer"]].drop_duplicates().itertuples(index=False):
        employers[place].add(employer)
    spans = []
    for line, place in enumerate(roster.places):
        names = (*sorted(employers[line]), place.name, place.city, place.city.removesuffix("市"))
        spans.append(next((reception[name] for name in names if name in reception), ANY_HOUR))
    different = tuple(sorted({ANY_HOUR, *spans}))
    return different, np.array([different.index(span) for span in spans], dtype=np.int64)
