"""The destination of each person: the city, the named part of it, and other acceptable cities."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from returnplan.enrolment.columns import Distinct, by_distinct, rows_of
from returnplan.enrolment.findings import Findings, unclear_name
from returnplan.model.rules import PeoplePerDay, Rules
from returnplan.model.texts import Text
from returnplan.places import Division, Gazetteer

CHECK_CITY = Text(
    "改成地级市名称，如“东莞市”", "write the name of the prefecture-level city, such as Dongguan"
)

ONE_CITY = Text(
    "只写一个城市，其他的写入“可接受城市”列",
    "write one city; the others go into the column of acceptable cities",
)


@dataclass(frozen=True, slots=True)
class Destination:
    """A destination: its city (None: unresolved), and ``area``, the named part of the city or the city itself.

    ``loose_town`` is a town of the sheet that the gazetteer does not know. ``left_out`` are the words of the
    city cell that were not used: words that name no place, or several parts of the city.
    """

    city: Division | None = None
    area: Division | None = None
    loose_town: str = ""
    left_out: str = ""


@dataclass(frozen=True)
class DestinationFinder:
    """Reads the texts of city and town; used for sign-ups and for the demand sheet alike."""

    gazetteer: Gazetteer

    def find(self, city: str, town: str) -> Destination:
        """Return the destination that ``city`` and ``town`` mean."""
        reading = self.gazetteer.city(city)
        codes = {division.city for division in reading.divisions}
        if len(codes) != 1:
            return Destination()
        whole = self.gazetteer.by_code[codes.pop()]
        area = reading.only or whole
        parts = () if reading.only else reading.divisions
        left_out = "、".join(
            (*(part.name for part in parts if part is not whole), *filter(None, [reading.rest]))
        )
        if not town:
            return Destination(whole, area, left_out=left_out)
        part = self.gazetteer.read(town, area).only or self.gazetteer.read(town, whole).only
        if part is None or not part.inside(whole):
            return Destination(whole, area, loose_town=town, left_out=left_out)
        return Destination(whole, part, left_out="" if part in parts else left_out)

    def cities(self, text: str) -> tuple[Division | None, ...]:
        """Return each city that a text names (东莞┋深圳), None for one that is unknown or ambiguous."""
        named = [{division.city for division in reading.divisions} for reading in self.gazetteer.cities(text)]
        return tuple(self.gazetteer.by_code[codes.pop()] if len(codes) == 1 else None for codes in named)

    def message(self, text: str) -> Text:
        """Return why a text means no city: it is ambiguous, or unknown, then with the nearest names."""
        return unclear_name(text, self.gazetteer.city(text).divisions, self.gazetteer)


def find_destinations(
    people: pd.DataFrame,
    finder: DestinationFinder,
    findings: Findings,
    employer: Callable[[str, str], str] = lambda words, city: "",
) -> Distinct[Destination]:
    """Return the destination of each line; an unresolved city is a fault of each row that has it.

    A city cell with words that were not used is a warning, at its first person; so is one with an ``employer`` of the
    demand sheet (宁波慈溪公牛电器).
    """
    goals = by_distinct(people, ["city", "town"], finder.find)
    lost = people.iloc[goals.lines(lambda goal: goal.city is None)]
    for ref, city in rows_of(lost, "ref", "city"):
        is_list = len(finder.gazetteer.cities(city)) > 1
        fix = ONE_CITY if is_list else CHECK_CITY
        findings.add(ref, "city", city, "unknown_city", finder.message(city), fix)
    for goal, line, lines in zip(goals.values, goals.first, goals.count, strict=True):
        if goal.left_out and goal.area is not None and goal.city is not None:
            if name := employer(goal.left_out, goal.city.name):
                _warn_employer(people, int(line), name, int(lines), findings)
                continue
            findings.add(
                people["ref"].iloc[line],
                "city",
                people["city"].iloc[line],
                "city_text_left_out",
                Text(
                    f"“{goal.left_out}”没有用上，{lines} 人按{goal.area.name}安排",
                    f'"{goal.left_out}" was not used; {lines} people are taken to {goal.area.name}',
                ),
                Text(
                    "如果是企业，请写入“务工企业”列；是下车的地方，写入“镇街”或“下车地点”列；否则请从务工城市中删去",
                    "if it is an employer, write it under employer; if people alight there, under town or drop-off; "
                    "else delete it from the city",
                ),
                "warning",
            )
    return goals


def _warn_employer(people: pd.DataFrame, line: int, name: str, num: int, findings: Findings) -> None:
    findings.add(
        people["ref"].iloc[line],
        "city",
        people["city"].iloc[line],
        "employer_from_city",
        Text(
            f"“{name}”是用工需求里的企业，没有填务工企业的（{num} 人）按在那里务工安排",
            f'"{name}" is an employer of the demand sheet; who names no other ({num} people) is taken to work there',
        ),
        Text("请核对，并写入“务工企业”列", "check it, and write it under employer"),
        "warning",
    )


def find_acceptable(
    people: pd.DataFrame, finder: DestinationFinder, findings: Findings
) -> Distinct[tuple[Division | None, ...]]:
    """Return the other cities that each line accepts, in the order of the sheet; None for an unresolved city."""

    def resolve(city: str, others: tuple[str, ...]) -> tuple[Division | None, ...]:
        own = finder.find(city, "").city
        found = [other for text in others for other in finder.cities(text)]
        return tuple(dict.fromkeys(other for other in found if other is None or other is not own))

    acceptable = by_distinct(people, ["city", "acceptable_cities"], resolve)
    lost = people.iloc[acceptable.lines(lambda cities: None in cities)]
    for ref, others in rows_of(lost, "ref", "acceptable_cities"):
        wrong = next(other for other in others if None in finder.cities(other))
        message = finder.message(wrong)
        findings.add(ref, "acceptable_cities", "、".join(others), "unknown_city", message, CHECK_CITY)
    return acceptable


def with_full_names(rules: Rules) -> Rules:
    """Return the rules with full city names in ``combine_cities`` and the caps.

    Raises
    ------
    UsageError
        a name is unknown or ambiguous, with the nearest ones
    """
    groups = rules.combine_cities  # where nobody names a city, its tables are not read
    return rules.model_copy(
        update={
            "combine_cities": tuple(tuple(map(Gazetteer.load().city_name, group)) for group in groups),
            "max_departures_per_day": _caps(rules.max_departures_per_day),
            "max_arrivals_per_day": _caps(rules.max_arrivals_per_day),
        }
    )


def _caps(caps: PeoplePerDay) -> PeoplePerDay:
    if not isinstance(caps, dict):
        return caps
    return {Gazetteer.load().city_name(city): people for city, people in caps.items()}
