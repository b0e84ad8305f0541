"""Destination city of everyone, the part of it that they named, and the other cities they accept."""

from dataclasses import dataclass

import pandas as pd

from returnplan.enrolment.columns import Distinct, by_distinct, rows_of
from returnplan.enrolment.findings import Findings
from returnplan.enrolment.unclear import unclear_name
from returnplan.places import Division, Gazetteer
from returnplan.texts import Text

CHECK_CITY = Text(
    "改成地级市名称，如“东莞市”", "write the name of the prefecture-level city, such as Dongguan"
)


@dataclass(frozen=True, slots=True)
class Destination:
    """``city`` None: not resolved; ``area`` is the named part of it, else the city itself.

    ``loose_town`` is a town in the words of the sheet that the gazetteer does not know.
    """

    city: Division | None = None
    area: Division | None = None
    loose_town: str = ""


@dataclass(frozen=True)
class DestinationFinder:
    """Reads the texts of city and town; used for sign-ups and for the demand sheet alike."""

    gazetteer: Gazetteer

    def find(self, city: str, town: str) -> Destination:
        """Return where ``city`` and ``town`` lead."""
        reading = self.gazetteer.city(city)
        codes = {division.city for division in reading.divisions}
        if len(codes) != 1:
            return Destination()
        whole = self.gazetteer.by_code[codes.pop()]
        area = reading.only or whole
        if not town:
            return Destination(whole, area)
        part = self.gazetteer.read(town, area).only or self.gazetteer.read(town, whole).only
        if part is None or not part.inside(whole):
            return Destination(whole, area, loose_town=town)
        return Destination(whole, part)

    def message(self, text: str) -> Text:
        """Say why a text is no city: it may be several, or is unknown, then with the nearest names."""
        return unclear_name(text, self.gazetteer.city(text).divisions, self.gazetteer)


def find_destinations(
    people: pd.DataFrame, finder: DestinationFinder, findings: Findings
) -> Distinct[Destination]:
    """Return the destination of each line; an unresolvable city is a fault of all rows that have it."""
    goals = by_distinct(people, ["city", "town"], finder.find)
    lost = people.iloc[goals.lines(lambda goal: goal.city is None)]
    for ref, city in rows_of(lost, "ref", "city"):
        findings.add(ref, "city", city, "unknown_city", finder.message(city), CHECK_CITY)
    return goals


def find_acceptable(
    people: pd.DataFrame, finder: DestinationFinder, findings: Findings
) -> Distinct[tuple[Division | None, ...]]:
    """Return the other cities that each line accepts, in its order, None for one that is unresolvable."""

    def resolve(city: str, others: tuple[str, ...]) -> tuple[Division | None, ...]:
        own = finder.find(city, "").city
        found = [finder.find(other, "").city for other in others]
        return tuple(dict.fromkeys(other for other in found if other is None or other is not own))

    acceptable = by_distinct(people, ["city", "acceptable_cities"], resolve)
    lost = people.iloc[acceptable.lines(lambda cities: None in cities)]
    for ref, others in rows_of(lost, "ref", "acceptable_cities"):
        wrong = next(other for other in others if finder.find(other, "").city is None)
        message = finder.message(wrong)
        findings.add(ref, "acceptable_cities", "、".join(others), "unknown_city", message, CHECK_CITY)
    return acceptable
