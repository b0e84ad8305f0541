"""The demand sheet with its names resolved: vacancies, and which of them is whose employer."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from returnplan.enrolment.destinations import CHECK_CITY, DestinationFinder
from returnplan.enrolment.findings import Findings
from returnplan.enrolment.sites import ADD_COORDINATES, Register, Site
from returnplan.model.records import Demand
from returnplan.model.roster import Place
from returnplan.model.texts import Text
from returnplan.places import Division, tidy

_LEGAL_FORM = re.compile(r"(?:有限责任公司|股份有限公司|有限公司|集团公司|公司|集团|工厂|厂)+$")


@dataclass(frozen=True, slots=True)
class Opening:
    """A line of the demand sheet with its city and its place."""

    demand: Demand
    city: Division
    place: Place


@lru_cache(maxsize=65536)
def employer_key(name: str) -> str:
    """Return an employer's name as it is compared: 东莞恒达电子厂 and 东莞恒达电子有限公司 are the same."""
    plain = tidy(name)
    return _LEGAL_FORM.sub("", plain) or plain


def open_positions(
    demand: Sequence[Demand], finder: DestinationFinder, register: Register, findings: Findings
) -> tuple[Opening, ...]:
    """Return the lines whose city is known, in an order that does not depend on their rows."""
    openings = []
    for line in demand:
        destination = finder.find(line.city, line.town)
        if destination.city is None or destination.area is None:
            message = finder.message(line.city)
            findings.add(line.ref, "city", line.city, "unknown_city", message, CHECK_CITY, signup=False)
            continue
        text = line.place or destination.loose_town or destination.left_out
        site = register.find(text, destination.area) if text else Site(register.centre(destination.area))
        if site.loose:
            _warn_loose(line, text, destination.area, findings)
        openings.append(Opening(line, destination.city, site.place))
    return tuple(sorted(openings, key=_content))


def by_employer(openings: Sequence[Opening]) -> dict[str, list[int]]:
    """Return the lines of every employer, by the compared name."""
    lines: defaultdict[str, list[int]] = defaultdict(list)
    for i, opening in enumerate(openings):
        lines[employer_key(opening.demand.employer)].append(i)
    return dict(lines)


def _content(opening: Opening) -> tuple[str, ...]:
    """Return what orders the lines: all that they say, and the row last."""
    demand = opening.demand
    said = demand.model_dump(exclude={"ref", "employer", "city"}).values()
    return (opening.city.code, demand.employer, *(str(value) for value in said), demand.ref)


def _warn_loose(line: Demand, text: str, area: Division, findings: Findings) -> None:
    findings.add(
        line.ref,
        "place" if line.place else "town",
        text,
        "unknown_place",
        Text(
            f"地点表里没有“{text}”，按{area.name}中心计算",
            f'no place "{text}"; taken as the centre of {area.name}',
        ),
        ADD_COORDINATES,
        "warning",
        signup=False,
    )
