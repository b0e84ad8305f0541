"""Home prefecture and county of each person by full names; a missing one is of the township, else of the ID number."""

from collections import defaultdict
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from returnplan.enrolment.columns import Distinct, by_distinct, rows_of
from returnplan.enrolment.findings import Findings, unclear_name
from returnplan.enrolment.townships import TownshipFinder, township_words
from returnplan.model.text_column import repeated, text_column
from returnplan.model.texts import Text
from returnplan.places import Division, Gazetteer, Level

_MOST = 0.5
"""More than this share of a file are most of its people."""
CHECK_HOME = Text("改成完整的市、县名称", "write the full names of prefecture and county")


@dataclass(frozen=True, slots=True)
class Home:
    """A home, as far as it is known; ``fault`` names the wrong field.

    ``from_id``: the ID number alone tells it. ``set_aside`` is the county of the ID number where the township
    lies elsewhere, or that which the township only resembles.
    """

    prefecture: Division | None = None
    county: Division | None = None
    from_id: bool = False
    fault: tuple[str, str, Text] | None = None
    set_aside: Division | None = None

    @property
    def area(self) -> Division | None:
        """The county, else the prefecture, else None."""
        return self.county or self.prefecture


def find_homes(people: pd.DataFrame, townships: TownshipFinder, findings: Findings) -> Distinct[Home]:
    """Return the home of each line of ``people``; a wrong home is a fault of each row that has it."""
    gazetteer = townships.table.gazetteer
    finder = HomeFinder(gazetteer)
    table = people[["prefecture", "county", "township"]].assign(
        division=text_column(people["id_number"]).part(0, 6), lies_in=repeated("", len(people))
    )
    why = pd.Series(dtype=object)
    full = (people["prefecture"] != "") & (people["county"] != "")
    table.loc[full, ["township", "division"]] = ""
    is_open = (people["county"] == "") & (people["township"] != "")
    if is_open.any():
        table.loc[is_open, "lies_in"], why = townships.find(people[is_open])
    if townships.office is not None:
        table.loc[_among_people_of(townships.office, people, gazetteer), "lies_in"] = townships.office.code
    homes = by_distinct(table, list(table.columns), finder.find)
    wrong = homes.lines(lambda home: home.fault is not None)
    for value, ref, *told in rows_of(
        people.iloc[wrong].assign(value=homes.of[wrong]), "value", "ref", "prefecture", "county"
    ):
        field, code, message = homes.values[value].fault or ("", "", Text("", ""))
        findings.add(ref, field, told[field == "county"], code, message, CHECK_HOME)
    _warn_of_ids(people, homes, findings, townships.office)
    _warn_of_townships(people, homes, why, findings)
    return homes


def _among_people_of(office: Division, people: pd.DataFrame, gazetteer: Gazetteer) -> "pd.Series[bool]":
    """Return who says nothing of a home, in a file most of whose people are of the office's county by their ID numbers.

    Who marries into the county keeps the ID number of another one, and no coach of the office calls there.
    """
    division = pd.Series(text_column(people["id_number"]).part(0, 6), people.index)
    born = {code: gazetteer.of_id_number(code) for code in division.unique()}
    is_own = division.map({code: area is office for code, area in born.items()}).astype(bool)
    file = text_column(people["ref"]).before_mark().before_mark()
    share = is_own.groupby(pd.Series(file, people.index)).transform("mean")
    says_nothing = (people["prefecture"] == "") & (people["county"] == "") & (people["township"] == "")
    return says_nothing & ~is_own & (share > _MOST)


@dataclass(frozen=True)
class HomeFinder:
    """Reads the texts of prefecture, county and township."""

    gazetteer: Gazetteer

    def find(self, prefecture: str, county: str, township: str, id_division: str, lies_in: str = "") -> Home:
        """Return the home by these columns; ``township`` may name the county (融水县大浪镇).

        ``lies_in`` is the code of the county where the township lies by all that is known, "" if nothing says it.
        """
        whole = self._prefecture(prefecture) if prefecture else None
        if prefecture and whole is None:
            cities = self._cities(prefecture)
            message = unclear_name(prefecture, cities, self.gazetteer)
            return Home(fault=("prefecture", "unknown_prefecture", message))
        if county:
            return self._told_county(county, whole, id_division)
        words = township_words(township, self.gazetteer, whole)
        found = self._counties(prefecture, whole) or list(words.counties)
        if len(found) == 1:
            return self._at(found[0])
        from_id = self.gazetteer.of_id_number(id_division)
        area = self.gazetteer.by_code.get(lies_in)
        if area is not None and (whole is None or area.inside(whole)):
            return replace(self._at(area), from_id=area is from_id, set_aside=_other(from_id, area))
        like = words.like[0] if len(words.like) == 1 else None
        if whole is None and from_id is not None:
            return replace(self._at(from_id), from_id=True, set_aside=_other(like, from_id))
        if like is not None and (from_id is None or whole is None or not from_id.inside(whole)):
            return self._at(like)
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

    def _at(self, area: Division) -> Home:
        return Home(self.gazetteer.city_of(area), area if area.level is Level.COUNTY else None)

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


def _other(one: Division | None, home: Division) -> Division | None:
    """Return a county if it is another one than the home."""
    return one if one is not None and one is not home and one.level is Level.COUNTY else None


def _warn_of_ids(
    people: pd.DataFrame, homes: Distinct[Home], findings: Findings, office: Division | None
) -> None:
    """Warn once of each county or prefecture that was taken from ID numbers, at its first person.

    Everybody whose ID number is of another county than the ``office`` is named: they may have moved since.
    """
    first: dict[str, int] = {}
    count: defaultdict[str, int] = defaultdict(int)
    is_strange = [home.from_id and office is not None and home.area is not office for home in homes.values]
    for home, line, lines, strange in zip(homes.values, homes.first, homes.count, is_strange, strict=True):
        if home.from_id and home.area is not None and not strange:
            first.setdefault(home.area.name, int(line))
            count[home.area.name] += int(lines)
    for area, line in first.items():
        number = people["id_number"].iloc[line]
        others = count[area]
        message = Text(
            f"这一行等 {others} 行没有填户籍县，按身份证号码前六位（{number[:6]}）当作{area}",
            f"this row and others, {others} in all, have no home county and are taken to be of {area}, "
            f"as their ID says ({number[:6]})",
        )
        _warn_of_id(people, line, message, findings)
    for line in np.flatnonzero(np.array(is_strange, dtype=bool)[homes.of]).tolist():
        home, number = homes.values[homes.of[line]], people["id_number"].iloc[line]
        if home.area is not None and office is not None:
            message = Text(
                f"没有填户籍县，身份证号码前六位（{number[:6]}）是{home.area.name}，不是{office.name}；"
                f"当作{home.area.name}的人，在那里上车",
                f"no home county, and an ID number ({number[:6]}) of {home.area.name}, not {office.name}: taken to be "
                f"of {home.area.name} and to board there",
            )
            _warn_of_id(people, line, message, findings)


def _warn_of_id(people: pd.DataFrame, line: int, message: Text, findings: Findings) -> None:
    """Warn of a home taken from the ID number, at the cell of the county if the sheet has one."""
    ref, number = people["ref"].iloc[line], people["id_number"].iloc[line]
    field, value = ("county", "") if findings.cell(ref, "county") else ("id_number", number)
    fix = Text("填写户籍县（市、区）", "fill in the home county")
    findings.add(ref, field, value, "county_from_id", message, fix, "warning")


def _warn_of_townships(
    people: pd.DataFrame, homes: Distinct[Home], why: pd.Series, findings: Findings
) -> None:
    """Warn of everybody whose township and ID number say different counties, at the cell of the township."""
    concerned = homes.lines(lambda home: home.set_aside is not None)
    lines = people.iloc[concerned].assign(value=homes.of[concerned])
    for line, value, ref, number, township in rows_of(
        lines.assign(line=lines.index), "line", "value", "ref", "id_number", "township"
    ):
        home = homes.values[value]
        if home.area is None or home.set_aside is None:
            continue
        area, other = home.area.name, home.set_aside.name
        if not township:
            message = Text(
                f"没有填户籍县和乡镇，身份证号码前六位（{number[:6]}）是{other}；同一份表多数是{area}人，按{area}安排上车",
                f"neither county nor township, and an ID number ({number[:6]}) of {other}; most of this list "
                f"are of {area}, so the person boards there",
            )
            _warn_of_id(people, line, message, findings)
            continue
        if home.from_id:
            message = Text(
                f"“{township}”像是{other}，身份证号码前六位（{number[:6]}）是{area}，按{area}安排",
                f'"{township}" resembles {other}, and the ID number ({number[:6]}) is of {area}, which counts',
            )
        else:
            reason = why[line]
            message = Text(
                f"身份证号码前六位（{number[:6]}）是{other}，“{township}”按{area}安排：{reason.zh}",
                f'the ID number ({number[:6]}) is of {other}; "{township}" is taken to be of {area}: {reason.en}',
            )
        findings.add(
            ref,
            "township",
            township,
            "county_unsure",
            message,
            Text(f"核对；如家在{other}，请填写户籍县", f"check; fill in the home county if it is {other}"),
            "warning",
        )
