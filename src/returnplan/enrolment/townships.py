"""The county of a township where nobody wrote it: by the office's sheets, the other people of the file, the office.

高平镇 says nothing about 高平市: towns are called like counties far away.
"""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

import pandas as pd

from returnplan.enrolment.columns import Distinct, by_distinct
from returnplan.enrolment.sites import Register
from returnplan.model.division_names import core
from returnplan.model.text_column import text_column
from returnplan.model.texts import NO_TEXT, Text
from returnplan.places import Division, Gazetteer, Level, tidy

_KINDS = ("县", "市", "区", "旗")
_TOWN = re.compile(r"镇|乡|街道")
_TOWNSHIP = re.compile(rf".{{1,8}}?(?:{_TOWN.pattern})")
_BEGINS_WITH_ONE = re.compile(rf"[^县市区旗省]{{1,8}}?(?:{_TOWN.pattern})")
_BEGINS_WITH_A_VILLAGE = re.compile(
    r"[^省市县区州盟旗]{1,8}?(?:村|社区|居委|屯|寨|[\d一二三四五六七八九十]+组)"
)

LEAST_PEOPLE, LEAST_SHARE = 3, 2 / 3
"""So many of a township's people on a file, and this share of them, say by their ID numbers where it lies."""


class TownshipEntry(NamedTuple):
    """What the cell of a township says.

    ``counties`` are those that it names with their kind (融水县大浪镇), ``like`` those that it only resembles (武冈),
    ``name`` is the township alone.
    """

    counties: tuple[Division, ...]
    like: tuple[Division, ...]
    name: str

    @property
    def key(self) -> str:
        """The name as townships are compared: 虎形山 is 虎形山瑶族乡."""
        return core(self.name)


def township_words(text: str, gazetteer: Gazetteer, whole: Division | None = None) -> TownshipEntry:
    """Return what the cell of a township, or an address, says; ``whole`` is the prefecture that was told, if any."""
    reading, words = gazetteer.read(text, whole), tidy(text)
    named, tail = words.removesuffix(reading.tail), reading.tail
    if not reading.divisions or _TOWN.match(tail):
        return TownshipEntry((), (), _first_township(words))
    counties = tuple(division for division in reading.divisions if division.level is Level.COUNTY)
    has_kind = named.endswith((*_KINDS, "省", "州", "盟")) or tail.startswith(_KINDS)
    is_behind_a_larger = not tail and not any(named in (tidy(d.name), tidy(core(d.name))) for d in counties)
    if counties and (has_kind or is_behind_a_larger):
        return TownshipEntry(counties, (), _first_township(tail))
    is_larger = has_kind and all(division.level < Level.COUNTY for division in reading.divisions)
    return TownshipEntry((), counties, _first_township(tail if is_larger else words))


def _first_township(words: str) -> str:
    """Return the township with which words begin: 六都寨镇荷田村3组 is of 六都寨镇."""
    found = _TOWNSHIP.match(words)
    return found.group() if found else words


def with_addresses(people: pd.DataFrame, table: "PickupTable") -> pd.DataFrame:
    """Return the people with what an address (户籍地址) in place of the county says.

    One that begins with a township or a village names no county: 三水村1组 is not in 三水区. A township behind a county
    counts if it has its kind (镇), or the pick-up sheet has it.
    """
    is_open = (people["prefecture"] == "") & (people["county"] != "")
    if not is_open.any():
        return people

    def read(address: str, township: str) -> tuple[str, str]:
        if not table.gazetteer.read(address).tail:
            return address, township
        words = township_words(address, table.gazetteer)
        if not words.counties and _BEGINS_WITH_ONE.match(tidy(address)):
            return "", township or words.name
        if not words.counties and _BEGINS_WITH_A_VILLAGE.match(tidy(address)):
            return "", township
        is_township = _TOWNSHIP.fullmatch(words.name) or table.knows(words.name)
        return address, township or (words.name if words.counties and is_township else "")

    told = by_distinct(people[is_open], ["county", "township"], read)
    county, township = people["county"].copy(), people["township"].copy()
    county[is_open], township[is_open] = told.texts(lambda one: one[0]), told.texts(lambda one: one[1])
    return people.assign(county=county, township=township)


@dataclass(frozen=True)
class PickupTable:
    """Where townships board (乡镇 → 上车点); ``rows`` by the key of the township's name."""

    gazetteer: Gazetteer
    rows: dict[str, list[tuple[Division | None, str]]] = field(default_factory=dict)

    def pickup(self, township: str, area: Division | None) -> str:
        """Return the pick-up of a township in ``area``, "" if the table has none or several."""
        fits = {
            pickup
            for owner, pickup in self.of(township)
            if owner is None or area is None or owner.inside(area) or area.inside(owner)
        }
        return fits.pop() if len(fits) == 1 else ""

    def of(self, township: str) -> list[tuple[Division | None, str]]:
        """Return the rows of a township: whose it is (None: not told), and where it boards."""
        return self.rows.get(township_words(township, self.gazetteer).key, []) if township else []

    def knows(self, township: str) -> bool:
        """Return whether the table has a township."""
        return bool(self.of(township))


class _Whereabouts(NamedTuple):
    """The county where a township lies, None if nothing says it, and what says it."""

    county: Division | None = None
    why: Text = NO_TEXT


@dataclass(frozen=True)
class TownshipFinder:
    """Finds the county of townships; ``office`` is the county whose people the office serves, if it is a county's."""

    table: PickupTable
    register: Register
    office: Division | None

    def find(self, people: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
        """Return the code of the county of each line's township, and what says so; "" where nothing does.

        ``people`` named a township and no county.
        """
        lines = people[["township"]].assign(
            file=text_column(people["ref"]).before_mark().before_mark(),
            division=text_column(people["id_number"]).part(0, 6),
        )
        found = by_distinct(lines, ["file", "township", "division"], lambda *group: group)
        of_file = self._by_file(dict(zip(found.values, found.count.tolist(), strict=True)))
        counties = [
            self._county(township, self.table.gazetteer.of_id_number(division), of_file[file])
            for file, township, division in found.values
        ]
        whole = Distinct(counties, found.of, found.first, found.count)
        told = pd.DataFrame(
            {
                "lies_in": whole.texts(lambda one: one.county.code if one.county else ""),
                "why": whole.column(lambda one: one.why),
            },
            index=people.index,
        )
        return told["lies_in"], told["why"]

    def _by_file(self, sizes: dict[tuple[str, str, str], int]) -> dict[str, dict[str, Counter[str]]]:
        """Return by file and township how many people each county has, by their ID numbers."""
        of_file: defaultdict[str, dict[str, Counter[str]]] = defaultdict(dict)
        for (file, township, division), size in sizes.items():
            born = self.table.gazetteer.of_id_number(division)
            counted = of_file[file].setdefault(self._key(township), Counter())
            if born is not None:
                counted[born.code] += size
        return of_file

    def _key(self, township: str) -> str:
        return township_words(township, self.table.gazetteer).key

    def _county(self, township: str, born: Division | None, of_file: dict[str, Counter[str]]) -> _Whereabouts:
        """Return the county of a township for somebody whose ID number is of ``born``."""
        if township_words(township, self.table.gazetteer).counties:
            return _Whereabouts()
        told = {owner.code for owner, _ in self.table.of(township) if owner is not None and _is_county(owner)}
        if told:
            only = self._by_code(next(iter(told))) if len(told) == 1 else None
            return _Whereabouts(only, Text("上车点表这样写", "the pick-up sheet says so"))
        said = {key: _most(counted) for key, counted in of_file.items()}
        most = said[self._key(township)]
        if most and (born is None or born.code not in said.values()):
            why = Text("本文件同一乡镇的人大多是那里的", "most people of this township on the file are of it")
            return _Whereabouts(self._by_code(most), why)
        names = {tidy(pickup) for _, pickup in self.table.of(township)}
        owners = {
            owner for name in names for owner, _ in self.register.rows.get(name, ()) if owner is not None
        }
        if len(owners) == 1 and _is_county(owner := owners.pop()):
            return _Whereabouts(owner, Text("它的上车点在那里", "its pick-up lies there"))
        if self.office is not None and (born is None or born.code not in said.values()):
            return _Whereabouts(self.office, Text("本单位是那里的", "the office is of it"))
        return _Whereabouts()

    def _by_code(self, code: str) -> Division:
        return self.table.gazetteer.by_code[code]


def office_county(name: str, gazetteer: Gazetteer) -> Division | None:
    """Return the county of an office by its name (隆回县人力资源和社会保障局), None if that names no county."""
    only = gazetteer.read(name).only if name else None
    return only if only is not None and _is_county(only) else None


def _is_county(division: Division) -> bool:
    return division.level is Level.COUNTY


def _most(counted: Counter[str]) -> str:
    """Return the county that has enough of the people counted, "" if none has."""
    county, people = next(iter(counted.most_common(1)), ("", 0))
    return county if people >= max(LEAST_PEOPLE, LEAST_SHARE * counted.total()) else ""
