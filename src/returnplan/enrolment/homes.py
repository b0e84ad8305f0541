"""Home prefecture and county of each person by full names; a missing home is taken from the ID number."""

from collections import defaultdict
from dataclasses import dataclass

import pandas as pd

from returnplan.enrolment.columns import Distinct, by_distinct, rows_of
from returnplan.enrolment.findings import Findings, unclear_name
from returnplan.model.texts import Text
from returnplan.places import Division, Gazetteer, Level

CHECK_HOME = Text("改成完整的市、县名称", "write the full names of prefecture and county")


@dataclass(frozen=True, slots=True)
class Home:
    """A home, as far as it is known; ``fault`` names the wrong field."""

    prefecture: Division | None = None
    county: Division | None = None
    from_id: bool = False
    fault: tuple[str, str, Text] | None = None

    @property
    def area(self) -> Division | None:
        """The county, else the prefecture, else None."""
        return self.county or self.prefecture


def find_homes(people: pd.DataFrame, gazetteer: Gazetteer, findings: Findings) -> Distinct[Home]:
    """Return the home of each line of ``people``; a wrong home is a fault of each row that has it."""
    finder = HomeFinder(gazetteer)
    table = people[["prefecture", "county", "township"]].assign(division=people["id_number"].str[:6])
    full = (people["prefecture"] != "") & (people["county"] != "")
    table.loc[full, ["township", "division"]] = ""
    homes = by_distinct(table, list(table.columns), finder.find)
    wrong = homes.lines(lambda home: home.fault is not None)
    for value, ref, *told in rows_of(
        people.iloc[wrong].assign(value=homes.of[wrong]), "value", "ref", "prefecture", "county"
    ):
        field, code, message = homes.values[value].fault or ("", "", Text("", ""))
        findings.add(ref, field, told[field == "county"], code, message, CHECK_HOME)
    _warn_of_ids(people, homes, findings)
    return homes


@dataclass(frozen=True)
class HomeFinder:
    """Reads the texts of prefecture, county and township."""

    gazetteer: Gazetteer

    def find(self, prefecture: str, county: str, township: str, id_division: str) -> Home:
        """Return the home by these columns; ``township`` may contain the county (户籍地址)."""
        whole = self._prefecture(prefecture) if prefecture else None
        if prefecture and whole is None:
            cities = self._cities(prefecture)
            message = unclear_name(prefecture, cities, self.gazetteer)
            return Home(fault=("prefecture", "unknown_prefecture", message))
        if county:
            return self._told_county(county, whole, id_division)
        found = self._counties(prefecture, whole) or self._counties(township, whole)
        if len(found) == 1:
            return self._at(found[0])
        from_id = self.gazetteer.of_id_number(id_division)
        if whole is None and from_id is not None:
            return self._at(from_id, from_id=True)
        return Home(whole if whole is not None and whole.city else None)

    def _told_county(self, county: str, whole: Division | None, id_division: str) -> Home:
        found = self._counties(county, whole)
        if len(found) > 1:
            born = self.gazetteer.of_id_number(id_division)
            found = [d for d in found if born is not None and d.city == born.city] or found
        if len(found) == 1:
            return self._at(found[0])
        only = self.gazetteer.read(county, whole).only
        if only is not None and only.level is Level.PREFECTURE:
            return Home(only)
        elsewhere = self._counties(county, None) if whole is not None else []
        if whole is not None and elsewhere and not found:
            names = [self.gazetteer.full_name(division) for division in elsewhere]
            message = Text(
                f"“{county}”不在{whole.name}，而是{'、'.join(names)}",
                f'"{county}" is not in {whole.name} but is {", ".join(names)}',
            )
        else:
            near_home = whole or self.gazetteer.by_code.get(id_division[:2] + "0000")
            message = unclear_name(county, found, self.gazetteer, near_home)
        return Home(fault=("county", "unknown_county", message))

    def _at(self, area: Division, *, from_id: bool = False) -> Home:
        county = area if area.level is Level.COUNTY else None
        return Home(self.gazetteer.city_of(area), county, from_id)

    def _prefecture(self, text: str) -> Division | None:
        """Return the prefecture that a text means, or the province if the text names only that (广西)."""
        cities = self._cities(text)
        if len(cities) == 1:
            return cities[0]
        only = self.gazetteer.read(text).only
        return only if only is not None and only.level is Level.PROVINCE else None

    def _cities(self, text: str) -> list[Division]:
        codes = {division.city for division in self.gazetteer.city(text).divisions}
        return [self.gazetteer.by_code[code] for code in sorted(codes)]

    def _counties(self, text: str, whole: Division | None) -> list[Division]:
        reading = self.gazetteer.read(text, whole)
        return [division for division in reading.divisions if division.level is Level.COUNTY]


def _warn_of_ids(people: pd.DataFrame, homes: Distinct[Home], findings: Findings) -> None:
    """Warn once of each county or prefecture that was taken from ID numbers, at its first person."""
    first: dict[str, int] = {}
    count: defaultdict[str, int] = defaultdict(int)
    for home, line, lines in zip(homes.values, homes.first, homes.count, strict=True):
        if home.from_id and home.area is not None:
            first.setdefault(home.area.name, int(line))
            count[home.area.name] += int(lines)
    for area, line in first.items():
        ref, number = people["ref"].iloc[line], people["id_number"].iloc[line]
        field, value = ("county", "") if findings.cell(ref, "county") else ("id_number", number)
        findings.add(
            ref,
            field,
            value,
            "county_from_id",
            Text(
                f"这一行等 {count[area]} 行没有填户籍县，按身份证号码前六位（{number[:6]}）当作{area}",
                f"this row and others, {count[area]} in all, have no home county and are taken to be of {area}, "
                f"as their ID says ({number[:6]})",
            ),
            Text("填写户籍县（市、区）", "fill in the home county"),
            "warning",
        )
