"""The register of pick-ups and drop-offs: which place a text means for a person of a county or city."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import overload

import numpy as np
from rapidfuzz import fuzz, process

from returnplan.enrolment.findings import Findings, unclear_name
from returnplan.model.division_names import core
from returnplan.model.records import PlaceRow
from returnplan.model.roster import Place
from returnplan.model.texts import Text
from returnplan.places import (
    Division,
    Gazetteer,
    Level,
    bare_station,
    stations,
    tidy,
)
from returnplan.places.distance import great_circle_km

FAR_KM = 300.0
"""No point lies farther from the seat of its prefecture."""


NEAR = 70.0
"""A text may mean a place of the sheet of at least this similarity (0–100)."""

ADD_COORDINATES = Text(
    "要算得更准，在地点里程表的“地点”里补上坐标", "add its coordinates to the places sheet to be more exact"
)
"""How a place that no table knows becomes a known one."""

_IN_EVERY_COUNTY = re.compile(
    r"(?:[县市区城镇乡老新旧东西南北中总]|[第一二三四]|长途|汽车|客运|旅游|公交|火车|高铁|动车|人民|政府|广场|文化|体育|中心|"
    r"站|场|馆|大?门|门?[口前]|路口|院|旁|对面|就业|人社|服务|大厅|街道?|办事处|学校?|医院|超市|加油)*"
)
"""Names such as 县汽车站 and 镇政府门口, which say nothing without their county."""

TAILS = ("县", "市", "区", "镇", "乡", "街道")


@dataclass(frozen=True, slots=True)
class Site:
    """A place in the register; ``loose`` if no table knows it and it has the coordinates of a centre."""

    place: Place
    loose: bool = False


@dataclass(frozen=True)
class Register:
    """The places of the sheet (地点) by name, each with the division that owns it (None: anybody may use it)."""

    gazetteer: Gazetteer
    rows: dict[str, list[tuple[Division | None, PlaceRow]]] = field(default_factory=dict)

    def centre(self, area: Division) -> Place:
        """Return the seat of a county, town or city, under its full name."""
        return Place(area.name, *self._lies_in(area), area.lat, area.lon)

    @overload
    def find(self, text: str, area: Division) -> Site: ...

    @overload
    def find(self, text: str, area: Division | None) -> Site | None: ...

    def find(self, text: str, area: Division | None) -> Site | None:
        """Return the place that ``text`` means for someone whose county (town, city) is ``area``.

        The sheet has priority over the gazetteer. An unknown place gets the centre of the area, or of the part
        of the city with which the text begins. None if nothing is known, not even an area.
        """
        part, rest = self._part(text, area)
        row = self._row(text, area) or (self._row(rest, part) if part is not None else None)
        if row is not None:
            return Site(row)
        if part is not None and not rest:
            return Site(self.centre(part))
        where = part or area
        station = self._shipped_station(text)
        if station is not None and (where is None or station.city == self.gazetteer.city_of(where).name):
            return Site(station)
        if where is None:
            return None
        return Site(Place(text, *self._lies_in(where), where.lat, where.lon), loose=True)

    def find_anywhere(self, text: str, area: Division | None) -> Site | None:
        """Return the place that the pick-up sheet means: that of ``area``, else the only one of this name."""
        rows = self.rows.get(tidy(text), [])
        is_only = len({(owner, row.lat, row.lon) for owner, row in rows}) == 1
        if is_only and (owner := rows[0][0]) is not None:
            return Site(self._place(rows[0][1], owner))
        return self.find(text, area)

    def station(self, text: str) -> Place | None:
        """Return a railway station, as the places sheet has it, else as the shipped table; None if neither does."""
        bare = bare_station(text)
        rows = (self._row(name, None) for name in (text, bare, f"{bare}站", f"{bare}火车站"))
        return next((row for row in rows if row is not None), None) or self._shipped_station(f"{bare}站")

    @staticmethod
    def _shipped_station(text: str) -> Place | None:
        """Return a station of the shipped table whose name is written with 站: 柳州 is a city."""
        known = stations().get(bare_station(text)) if text.endswith("站") else None
        return Place(known.name, "", known.city, known.lat, known.lon) if known else None

    def near(self, text: str) -> tuple[str, ...]:
        """Return the name in the sheet that is nearest to a text, if one is near enough."""
        best = process.extractOne(tidy(text), self.rows.keys(), scorer=fuzz.ratio, score_cutoff=NEAR)
        return (self.rows[best[0]][0][1].name,) if best and best[0] != tidy(text) else ()

    def _row(self, text: str, area: Division | None) -> Place | None:
        """Return the row of the sheet that fits best, None if no row fits or several fit equally."""
        fits = [(_fit(owner, area, row), owner, row) for owner, row in self.rows.get(tidy(text), ())]
        most = max((fit for fit, _, _ in fits), default=0)
        best = [(owner, row) for fit, owner, row in fits if fit == most > 0]
        if len({(row.lat, row.lon) for _, row in best}) != 1:
            return None
        owner, row = best[0]
        if owner is not None:
            return self._place(row, owner)
        city = self.gazetteer.city_of(area).name if area is not None else ""
        return Place(row.name, "", city, row.lat, row.lon)

    def _place(self, row: PlaceRow, owner: Division) -> Place:
        return Place(row.name, *self._lies_in(owner), row.lat, row.lon)

    def _part(self, text: str, area: Division | None) -> tuple[Division | None, str]:
        """Return the county or town that a text begins with, in the city of ``area``, and the rest.

        A county must have its full name or its kind (融水县汽车站): 城中广场 need not be in 城中区.
        """
        if area is None:
            return None, text
        whole = self.gazetteer.city_of(area)
        reading = self.gazetteer.read(text, whole)
        part = reading.only
        if part is None or not part.inside(whole):
            return None, text
        starts = (tidy(part.name), *map(tidy, part.also), *(core(part.name) + tail for tail in TAILS))
        if reading.rest and part.level is not Level.TOWN and not tidy(text).startswith(starts):
            return None, text
        return part, reading.rest

    def _lies_in(self, area: Division) -> tuple[str, str]:
        """Return county (or town, where there are no counties) and city of a division, by full names."""
        below = area.level in (Level.COUNTY, Level.TOWN) and area.city != area.code
        return area.name if below else "", self.gazetteer.city_of(area).name


def open_register(rows: Sequence[PlaceRow], gazetteer: Gazetteer, findings: Findings) -> Register:
    """Return the register of the places sheet; a row of an unknown owner (所属) is a fault and is left out."""
    register = Register(gazetteer, defaultdict(list))
    for row in sorted(rows, key=lambda row: (row.name, row.owner, row.lat, row.lon)):
        if not row.owner:
            register.rows[tidy(row.name)].append((None, row))
            continue
        found = [division for division in gazetteer.read(row.owner).divisions if division.city]
        if not found:
            findings.add(
                row.ref,
                "owner",
                row.owner,
                "unknown_owner",
                unclear_name(row.owner, [], gazetteer),
                Text("改成地级市或县的全称", "write the full name of the prefecture or county"),
                signup=False,
            )
            continue
        away_km = {division.code: _km(row, division) for division in found}
        nearest = min(found, key=lambda division: (away_km[division.code], division.code))
        km = away_km[nearest.code]
        if km > FAR_KM:
            findings.add(
                row.ref,
                "lat",
                f"{row.lat}, {row.lon}",
                "far_from_owner",
                Text(
                    f"坐标离{nearest.name}约 {km:.0f} 公里",
                    f"the coordinates lie some {km:.0f} km from {nearest.name}",
                ),
                Text("核对纬度、经度（可能填反）", "check latitude and longitude, they may be swapped"),
                "warning",
                signup=False,
            )
        register.rows[tidy(row.name)].append((nearest, row))
    return register


def _km(row: PlaceRow, division: Division) -> float:
    lat, lon = np.array([row.lat, division.lat]), np.array([row.lon, division.lon])
    return float(great_circle_km(lat, lon)[0, 1])


def _fit(owner: Division | None, area: Division | None, row: PlaceRow) -> int:
    """Return how well a row fits: 3 for the same area, 2 for one inside the other, 1 without owner, else 0.

    A place named after its owner (桂林北站), or with any name of its own (桥圩镇政府), may also serve people from
    elsewhere (1); 县汽车站 may not.
    """
    if owner is None or area is None:
        return 1
    if owner is area:
        return 3
    if owner.inside(area) or area.inside(owner):
        return 2
    return int(core(owner.name) in row.name or not _IN_EVERY_COUNTY.fullmatch(tidy(row.name)))
