"""The divisions of China: cpca's table (its data only), and the towns and new names that it lacks.

Reads files of installed packages; knows nothing of what people write.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import IntEnum
from importlib.metadata import files
from importlib.resources import files as resources
from pathlib import Path

MUNICIPALITIES = ("11", "12", "31", "50")


class Level(IntEnum):
    """The level of a division; a municipality such as 上海市 counts as a prefecture, because it is a city."""

    PROVINCE = 0
    PREFECTURE = 1
    COUNTY = 2
    TOWN = 3


@dataclass(frozen=True, slots=True)
class Division:
    """One division: ``code`` (six digits, longer for towns), its present full name and the coordinates of its seat.

    ``city`` is the code of the prefecture-level city it lies in ("" for a province), ``also`` other names.
    """

    code: str
    name: str
    level: Level
    city: str
    lon: float
    lat: float
    also: tuple[str, ...] = ()

    def inside(self, other: "Division") -> bool:
        """Return whether this division is ``other`` or a part of it."""
        return self.city == other.code or self.code.startswith(_stub(other))


def read_divisions() -> tuple[Division, ...]:
    """Return all divisions that have a seat, ordered by code."""
    table = {division.code: division for division in _table()}
    for code, name, also in rows("names.csv"):
        table[code] = replace(table[code], name=name or table[code].name, also=tuple(also.split()))
    towns = (_town(i, row, table) for i, row in enumerate(rows("towns.csv")))
    return tuple(sorted((*table.values(), *towns), key=lambda division: division.code))


def read_usual() -> dict[str, str]:
    """Return the usual meaning of each destination name that exists more than once in China."""
    return {row[0]: row[1] for row in rows("usual.csv")}


def read_retired() -> dict[str, str]:
    """Return the present code for each retired code with which an ID number may begin."""
    return {code: today for code, today, _ in rows("retired.csv")}


def _table() -> Iterator[Division]:
    # Importing cpca would load pandas and its parser.
    found = next(path for path in files("cpca") or () if path.name == "adcodes.csv")
    for row in csv.DictReader(Path(str(found.locate())).read_text(encoding="utf-8").splitlines()):
        code = row["adcode"][:6]
        if not row["longitude"] or code.endswith("9000"):
            continue
        if code.endswith("0000"):
            level = Level.PREFECTURE if code[:2] in MUNICIPALITIES else Level.PROVINCE
        else:
            level = Level.PREFECTURE if code.endswith("00") else Level.COUNTY
        yield Division(code, row["name"], level, _city(code), float(row["longitude"]), float(row["latitude"]))


def _city(code: str) -> str:
    """Return the city of a code; a county directly under a province (仙桃市 429004) is its own city."""
    if code[:2] in MUNICIPALITIES:
        return code[:2] + "0000"
    if code.endswith("0000"):
        return ""
    return code if code[2:4] == "90" else code[:4] + "00"


def _town(i: int, row: list[str], table: dict[str, Division]) -> Division:
    """Return the division of a row of towns.csv; a district (区) directly under a prefecture is a county."""
    parent, name, lon, lat, also = row
    above = table[parent]
    level = Level.COUNTY if above.level is Level.PREFECTURE and name.endswith("区") else Level.TOWN
    code = f"{_stub(above)}t{i:03d}"
    return Division(code, name, level, above.city, float(lon), float(lat), tuple(also.split()))


def _stub(division: Division) -> str:
    """Return the common beginning of the codes of all parts of a division."""
    if division.code.endswith("0000"):
        return division.code[:2]
    return division.code.removesuffix("00")


def rows(name: str) -> Iterator[list[str]]:
    """Yield the lines of a shipped table, without its remarks."""
    text = (resources(__package__) / "data" / name).read_text(encoding="utf-8")
    yield from csv.reader(line for line in text.splitlines() if not line.startswith("#"))
