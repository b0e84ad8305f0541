"""Railway stations by name: where they lie."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from returnplan.places.divisions import rows
from returnplan.places.names import tidy

_TAILS = ("火车站", "高铁站", "车站", "站")


@dataclass(frozen=True, slots=True)
class Station:
    """A station: its name with 站, the full name of its city, and where it lies."""

    name: str
    city: str
    lon: float
    lat: float


@cache
def stations() -> Mapping[str, Station]:
    """Return the stations that the shipped table knows, by the name that :func:`bare_station` returns."""
    return {
        name: Station(f"{name}站", city, float(lon), float(lat))
        for name, city, lon, lat in rows("stations.csv")
    }


def bare_station(text: str) -> str:
    """Return the name of a station without 站: 柳州, 柳州站 and 柳州火车站 are one."""
    name = tidy(text)
    tail = next((tail for tail in _TAILS if name.endswith(tail) and len(name) > len(tail) + 1), "")
    return name.removesuffix(tail)
