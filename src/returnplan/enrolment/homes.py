"""Home prefecture and county of everyone, by full names; what is not told is taken from the ID number."""

from dataclasses import dataclass

import pandas as pd

from returnplan.enrolment.columns import Distinct, by_distinct, rows_of
from returnplan.enrolment.findings import Findings
from returnplan.places import Division, Gazetteer, Level, did_you_mean
from returnplan.texts import Text

CHECK_HOME = Text("改成完整的市、县名称", "write the full names of prefecture and county")


@dataclass(frozen=True, slots=True)
class Home:
    """A home: ``county`` or else ``prefecture`` is the most that is known; ``fault`` names the wrong field."""

    prefecture: Division | None = None
    county: Division | None = None
    from_id: bool = False
    fault: tuple[str, str, Text] | None = None

    @property
    def area(self) -> Division | None:
        """The county, else the prefecture, else None."""
        return self.county or self.prefecture


def find_homes(people: pd.DataFrame, gazetteer: Gazetteer, findings: Findings) -> Distinct[Home]:
    """Return the home of each line of ``people``; a wrong one is a fault of all rows that have it."""
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
        """Return the home that the columns tell, the county perhaps within the township (户籍地址)."""
        if prefecture and len(cities := self._cities(prefecture)) != 1:
            return Home(fault=("prefecture", "unknown_prefecture", self._message(prefecture, cities)))
        city = cities[0] if prefecture else None
        if county:
            return self._told_county(county, city, id_division)
        found = self._counties(prefecture, city) or self._counties(township, city)
        if len(found) == 1:
            return Home(self.gazetteer.city_of(found[0]), found[0])
        from_id = self.gazetteer.by_code.get(id_division)
        if city is None and from_id is not None and from_id.level is Level.COUNTY:
            return Home(self.gazetteer.city_of(from_id), from_id, from_id=True)
        return Home(city)

    def _told_county(self, county: str, city: Division | None, id_division: str) -> Home:
        found = self._counties(county, city)
        if len(found) > 1:
            found = [d for d in found if d.city[:4] == id_division[:4]] or found
        if len(found) == 1:
            return Home(self.gazetteer.city_of(found[0]), found[0])
        only = self.gazetteer.read(county, city).only
        if only is not None and only.level is Level.PREFECTURE:
            return Home(only)
        return Home(
            fault=("county", "unknown_county", self._county_message(county, city, found, id_division))
        )

    def _cities(self, text: str) -> list[Division]:
        codes = {division.city for division in self.gazetteer.city(text).divisions}
        return [self.gazetteer.by_code[code] for code in sorted(codes)]

    def _counties(self, text: str, city: Division | None) -> list[Division]:
        reading = self.gazetteer.read(text, city)
        return [division for division in reading.divisions if division.level is Level.COUNTY]

    def _county_message(
        self, county: str, city: Division | None, found: list[Division], id_division: str
    ) -> Text:
        elsewhere = self._counties(county, None) if city is not None else []
        if city is not None and elsewhere:
            names = "、".join(self.gazetteer.full_name(division) for division in elsewhere)
            return Text(
                f"“{county}”不在{city.name}，而是{names}", f'"{county}" is not in {city.name} but is {names}'
            )
        if found:
            return self._message(county, found)
        whole = city or self.gazetteer.by_code.get(id_division[:2] + "0000")
        return _unknown(county, self.gazetteer.near(county, whole))

    def _message(self, text: str, found: list[Division]) -> Text:
        if len(found) > 1:
            names = "、".join(self.gazetteer.full_name(division) for division in found)
            return Text(f"“{text}”有几处：{names}", f'"{text}" may be {names}')
        return _unknown(text, self.gazetteer.near(text))


def _unknown(text: str, near: tuple[str, ...]) -> Text:
    offer = did_you_mean(near)
    return Text(f"查不到“{text}”{offer.zh}", f'"{text}" is not known{offer.en}')


def _warn_of_ids(people: pd.DataFrame, homes: Distinct[Home], findings: Findings) -> None:
    for home, first, count in zip(homes.values, homes.first, homes.count, strict=True):
        if home.from_id and home.county is not None:
            findings.add(
                people["ref"].iloc[first],
                "county",
                "",
                "county_from_id",
                Text(
                    f"没有填户籍县，{count} 行按身份证号码前六位当作{home.county.name}",
                    f"no home county; {count} rows are taken to be of {home.county.name}, as their ID says",
                ),
                Text("填写户籍县（市、区）", "fill in the home county"),
                "warning",
            )
