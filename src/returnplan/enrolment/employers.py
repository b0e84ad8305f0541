"""The employer of each person: sign-ups and the demand sheet joined by the names of employers."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd
from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from returnplan.enrolment.columns import Distinct, by_distinct
from returnplan.enrolment.demand_lists import lines_that_count
from returnplan.enrolment.destinations import CHECK_CITY, Destination, DestinationFinder
from returnplan.enrolment.employer_names import employer_key, has_a_name, own_name, without_trade
from returnplan.enrolment.findings import Findings
from returnplan.enrolment.sites import ADD_COORDINATES, Register, Site
from returnplan.model.person import OWN_WORK
from returnplan.model.records import Demand
from returnplan.model.roster import Place
from returnplan.model.texts import Text
from returnplan.places import Division, tidy

_NO_CITY = (
    Text(
        "没有填写所在市，地址、区县和企业名称里也看不出来",
        "the city is missing, and neither address, town nor name tells it",
    ),
    Text("请补填所在市", "fill in the city"),
)


@dataclass(frozen=True, slots=True)
class Opening:
    """A line of the demand sheet with its city and its place."""

    demand: Demand
    city: Division
    place: Place


def open_positions(
    demand: Sequence[Demand],
    finder: DestinationFinder,
    register: Register,
    findings: Findings,
    age: Mapping[str, int],
) -> tuple[Opening, ...]:
    """Return the lines with a known city that count, sorted by content and not by row.

    ``age`` is the rank of each file, the oldest 0.
    """
    openings = []
    without: defaultdict[str, list[Demand]] = defaultdict(list)
    for line in demand:
        destination = finder.find(line.city, line.town) if line.city else _said_otherwise(line, finder)
        if not line.city and destination.city is None:
            findings.add(line.ref, "city", "", "missing_city", *_NO_CITY, signup=False)
            continue
        if not line.city and destination.city is not None:
            line = line.model_copy(update={"city": destination.city.name})
            without[line.ref.rsplit("!", 1)[0]].append(line)
        if destination.city is None or destination.area is None:
            message = finder.message(line.city)
            findings.add(line.ref, "city", line.city, "unknown_city", message, CHECK_CITY, signup=False)
            continue
        text = line.place or destination.loose_town or destination.left_out
        site = register.find(text, destination.area) if text else Site(register.centre(destination.area))
        if site.loose:
            _warn_loose(line, text, destination.area, findings)
        openings.append(Opening(line, destination.city, site.place))
    for lines in without.values():
        _warn_city(lines, findings)
    of_line = {opening.demand.ref: opening for opening in openings}
    counting = lines_that_count([(_about(one), one.demand) for one in openings], age, findings)
    return tuple(sorted((replace(of_line[line.ref], demand=line) for line in counting), key=_content))


def _about(opening: Opening) -> tuple[str, ...]:
    """Return what a line is about, in which two lists may say the same: employer, city, place and post."""
    demand = opening.demand
    return employer_key(demand.employer), opening.city.code, opening.place.name, tidy(demand.post)


def _said_otherwise(line: Demand, finder: DestinationFinder) -> Destination:
    """Return the city that the address of a line tells, else its town, else the name of the employer."""
    every = (line.place, line.town + line.place, line.town, line.employer)
    found = (finder.find(words, line.town) for words in every if words)
    return next((destination for destination in found if destination.city is not None), Destination())


def _warn_city(lines: Sequence[Demand], findings: Findings) -> None:
    """Warn once a sheet of the cities that were not written; the first line is named."""
    counts = Counter(line.city for line in lines)
    told_zh = "、".join(f"{city} {num} 行" for city, num in counts.items())
    told_en = ", ".join(f"{city} {num}" for city, num in counts.items())
    findings.add(
        lines[0].ref,
        "city",
        "",
        "city_from_address",
        Text(
            f"没有写所在市，按地址、区县或企业名称定为：{told_zh}",
            f"no city is written; address, town or the name of the employer tells it: {told_en}",
        ),
        Text("请核对，不对的补上“所在市”", "check them, and write the city where it is wrong"),
        "warning",
        signup=False,
    )


def _content(opening: Opening) -> tuple[str, ...]:
    """Return the sort key of a line: all its content, and the reference last."""
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


NEAR = 75.0
"""Two names of at least this similarity (0–100) may mean one employer: one wrong character of four."""

_LEAST_SHORT = 3
"""Letters of a name that alone, without its trade, stands for an employer; 恒达 has many."""

_LEAST_MISSPELT = 3
"""Letters of a name in which one may be a slip of the pen."""
_MOST_SLIPS = 2
_TIMES_AS_MANY = 5
"""A slip stands in a few rows, the right name in many times as many."""
_TELLS_APART = frozenset("0123456789一二三四五六七八九十甲乙丙丁东西南北中大小新老上下前后abcdefgh")
"""Letters that part two plants of one firm: 一分厂 is not 二分厂."""

_DIGITS = re.compile(r"\d+")

NO_LINE = -1


@dataclass(frozen=True, slots=True)
class Employment:
    """The line of the demand sheet, else a line in another city (a conflict), else a line of a near name.

    ``is_short``: the line is of the only employer of the city with this name behind the place (新达电子).
    """

    line: int = NO_LINE
    elsewhere: int = NO_LINE
    near: int = NO_LINE
    is_short: bool = False


def find_employment(
    people: pd.DataFrame, openings: tuple[Opening, ...], findings: Findings
) -> Distinct[Employment]:
    """Return the line of the demand sheet of each person's own employer.

    ``people`` has the resolved city's full name as ``city_name``. Of several lines of the employer in
    the city, one of the same post counts, then one of the same town, then the first.
    """
    finder = _finder(openings)
    found = by_distinct(people, ["employer", "city_name", "post", "town"], finder.find)
    for line in found.lines(lambda job: job.elsewhere != NO_LINE):
        _report_conflict(people.iloc[line], openings[found.values[found.of[line]].elsewhere], findings)
    _warn_near(people, openings, found, findings)
    _warn_misspelt(people, found, findings)
    return found


def employer_among(openings: tuple[Opening, ...]) -> Callable[[str, str], str]:
    """Return a function of words (厚街镇、华坚鞋业) and a city: the employer there that they name, else ""."""
    finder = _finder(openings)

    def employer(words: str, city: str) -> str:
        parts = words.split("、")
        return next((part for part in parts if finder.find(part, city, "", "").line != NO_LINE), "")

    return employer


def _finder(openings: tuple[Opening, ...]) -> "_EmployerFinder":
    lines: defaultdict[str, list[int]] = defaultdict(list)
    for i, opening in enumerate(openings):
        lines[employer_key(opening.demand.employer)].append(i)
    return _EmployerFinder(openings, dict(lines))


@dataclass(frozen=True)
class _EmployerFinder:
    openings: tuple[Opening, ...]
    lines: dict[str, list[int]]

    def find(self, employer: str, city: str, post: str, town: str) -> Employment:
        if not employer:
            return Employment()
        key = employer_key(employer)
        lines = self.lines.get(key, [])
        here = [line for line in lines if self.openings[line].city.name == city]
        if here:
            return Employment(line=max(here, key=lambda line: (self._likeness(line, post, town), -line)))
        if lines:
            return Employment(elsewhere=lines[0])
        own = own_name(key, city)
        same = [other for other in self._keys_in.get(city, []) if own_name(other, city) == own]
        if not same and len(own) >= _LEAST_SHORT:  # 伟易达 is 东莞伟易达电讯有限公司, if there is no other
            same = [
                other for other in self._keys_in.get(city, []) if without_trade(own_name(other, city)) == own
            ]
        if len(same) == 1 and has_a_name(own):
            line = max(
                self._lines_in(same[0], city), key=lambda line: (self._likeness(line, post, town), -line)
            )
            return Employment(line=line, near=line, is_short=True)
        near = self._near(key, own, city)
        return Employment(near=self._lines_in(near, city)[0] if near else NO_LINE)

    def _near(self, key: str, own: str, city: str) -> str:
        """Return the key nearest to one by spelling, else that of the same name and another trade, "" if there is none.

        Names with different numbers (一分厂2号) are never near.
        """
        numbers = _DIGITS.findall(key)
        keys = [name for name in self._keys_in.get(city, []) if _DIGITS.findall(name) == numbers]
        best = process.extractOne(key, keys, scorer=fuzz.ratio, score_cutoff=NEAR)
        if best:
            return best[0]
        of_trade = {other: without_trade(own_name(other, city)) for other in keys if has_a_name(own)}
        return next((other for other in keys if of_trade.get(other) == without_trade(own)), "")

    def _lines_in(self, key: str, city: str) -> list[int]:
        return [line for line in self.lines[key] if self.openings[line].city.name == city]

    def _likeness(self, line: int, post: str, town: str) -> tuple[bool, bool]:
        demand = self.openings[line].demand
        return tidy(demand.post) == tidy(post), tidy(demand.town) == tidy(town)

    @cached_property
    def _keys_in(self) -> dict[str, list[str]]:
        keys: defaultdict[str, list[str]] = defaultdict(list)
        for key, lines in self.lines.items():
            for city in {self.openings[line].city.name for line in lines}:
                keys[city].append(key)
        return keys


def _report_conflict(row: pd.Series, opening: Opening, findings: Findings) -> None:
    demand = opening.demand
    findings.add(
        row["ref"],
        "city",
        row["city"],
        "employer_city",
        Text(
            f"报名填{row['city_name']}，用工需求里“{demand.employer}”在{opening.city.name}"
            f"（{findings.place_of(demand.ref, 'city')}）",
            f"the sign-up says {row['city_name']}, the demand sheet has {demand.employer} in {opening.city.name}"
            f" ({findings.place_of(demand.ref, 'city')})",
        ),
        Text("向本人或企业核实后改正其中一处", "ask the person or the employer and correct one of the two"),
    )
    findings.add(
        demand.ref,
        "city",
        demand.city,
        "employer_city",
        Text(
            f"与报名 {findings.place_of(row['ref'], 'city')} 的{row['city_name']}不一致",
            f"differs from {row['city_name']} in the sign-up {findings.place_of(row['ref'], 'city')}",
        ),
        severity="warning",
        signup=False,
    )


def _warn_near(
    people: pd.DataFrame, openings: tuple[Opening, ...], found: Distinct[Employment], findings: Findings
) -> None:
    told: set[str] = set()
    for employment, first in zip(found.values, found.first, strict=True):
        employer = people["employer"].iloc[first]
        if employment.near < 0 or employer in told:
            continue
        told.add(employer)
        name = openings[employment.near].demand.employer
        if employment.is_short:
            message = Text(
                f"“{employer}”按用工需求里的“{name}”安排",
                f'"{employer}" is taken to be "{name}" of the demand sheet',
            )
            fix = Text("若不是同一企业，请写全称", "write the full name if they are not the same")
        else:
            message = Text(
                f"用工需求里没有“{employer}”，有“{name}”", f'the demand sheet has "{name}", not "{employer}"'
            )
            fix = Text("若为同一企业，请统一名称", "if they are the same, write the same name")
        findings.add(
            people["ref"].iloc[first],
            "employer",
            employer,
            "employer_near",
            message,
            fix,
            "warning",
        )


def _warn_misspelt(people: pd.DataFrame, found: Distinct[Employment], findings: Findings) -> None:
    """Warn of a name in few rows one letter beside a name in many, where the demand sheet tells neither."""
    rows: defaultdict[str, Counter[str]] = defaultdict(Counter)
    first_of: dict[tuple[str, str], int] = {}
    for employment, first, num in zip(found.values, found.first, found.count, strict=True):
        employer, city = people["employer"].iloc[first], people["city_name"].iloc[first]
        if employer not in ("", OWN_WORK) and employment == Employment():
            key = own_name(employer_key(employer), city)
            rows[city][key] += int(num)
            first_of.setdefault((key, city), int(first))
    for city, counts in rows.items():
        usual = [name for name, num in counts.items() if num >= _TIMES_AS_MANY]
        for name in (name for name, num in counts.items() if num <= _MOST_SLIPS):
            often = [one for one in usual if counts[one] >= _TIMES_AS_MANY * counts[name]]
            if meant := _one_letter_beside(name, often):
                first, right = first_of[name, city], people["employer"].iloc[first_of[meant, city]]
                findings.add(
                    people["ref"].iloc[first],
                    "employer",
                    people["employer"].iloc[first],
                    "employer_near",
                    Text(
                        f"只有 {counts[name]} 人写这个企业，{counts[meant]} 人写“{right}”，只差一个字",
                        f'{counts[name]} people write so, {counts[meant]} write "{right}", one letter beside it',
                    ),
                    Text(
                        "若为同一企业，请统一名称：不统一的按两家企业出名单",
                        "if they are the same, write the same name: they are two employers on all lists else",
                    ),
                    "warning",
                )


def _one_letter_beside(name: str, others: Sequence[str]) -> str:
    """Return a name that differs in one letter, which tells no two plants apart; "" if there is none."""
    found = process.extractOne(name, others, scorer=Levenshtein.distance, score_cutoff=1)
    if found is None or len(name) < _LEAST_MISSPELT:
        return ""
    (edit,) = Levenshtein.editops(name, found[0])
    there = "" if edit.tag == "insert" else name[edit.src_pos]
    here = "" if edit.tag == "delete" else found[0][edit.dest_pos]
    return "" if _TELLS_APART.intersection((there + here).casefold()) else str(found[0])
