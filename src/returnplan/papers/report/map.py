"""The map of flows as a value: where each border, line, spot and name is drawn. No text of a page is made here."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import cos, hypot, radians, sqrt

from returnplan.papers.report.figures import Flow, Spot

WIDTH = 960
MOST_FLOWS = 200
"""So many lines can be told apart; the table below the map has all."""

_NEAR_DEG = 0.5
"""A place so far outside of all simplified borders still belongs to the nearest province: it lies on the coast."""
_MARGIN = 0.09
_LEAST_DEG = 0.6
_FLATTEST, _TALLEST = 0.5, 0.95
_WIDEST_LINE, _THINNEST_LINE = 13.0, 1.2
_BEND = 0.13
_LARGE, _SMALL = 32.0, 15.0
"""Height of a name: of those that are still read on a phone, and of the others."""

_MOST_LARGE = 16
"""So many names have room on a phone."""

Point = tuple[float, float]
"""Longitude and latitude in degrees."""
Ring = list[Point]
Place = Callable[[Point], Point]


@dataclass(frozen=True, slots=True)
class Line:
    """A flow: its path, its width, and what it stands for."""

    path: str
    width: float
    flow: Flow


@dataclass(frozen=True, slots=True)
class Dot:
    """A county or a city: its middle, its radius, and what it stands for."""

    x: float
    y: float
    radius: float
    spot: Spot


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a spot beside it; ``is_large`` ones are still read on a phone."""

    x: float
    y: float
    anchor: str
    spot: Spot
    is_large: bool


@dataclass(frozen=True)
class Map:
    """Everything that is drawn, the lower first; ``num_more`` and ``num_more_people`` are flows not drawn."""

    height: float
    borders: list[str]
    lines: list[Line]
    homes: list[Dot]
    goals: list[Dot]
    names: list[Name]
    num_more: int
    num_more_people: int


def map_of(
    flows: Sequence[Flow], homes: Sequence[Spot], goals: Sequence[Spot], say: Callable[[Spot], str]
) -> Map:
    """Return the map.

    Parameters
    ----------
    flows, homes, goals : the largest first
    say : what is written beside a spot, which decides the room that it takes
    """
    spots = [*homes, *goals]
    place, height = _frame([(spot.lon, spot.lat) for spot in spots])
    middles = {(spot.prefecture, spot.name): place((spot.lon, spot.lat)) for spot in spots}
    drawn, more = flows[:MOST_FLOWS], flows[MOST_FLOWS:]
    home_dots, goal_dots = _dots(homes, place, 9.0), _dots(goals, place, 11.0)
    return Map(
        height=height,
        borders=[
            "".join("M" + "L".join(f"{x:g} {y:g}" for x, y in map(place, ring)) + "Z" for ring in rings)
            for rings in provinces_of((spot.lon, spot.lat) for spot in spots)
        ],
        lines=[_line(flow, middles, drawn[0].num_people) for flow in drawn],
        homes=home_dots,
        goals=goal_dots,
        names=_names([*goal_dots, *home_dots], len(goal_dots), height, say),
        num_more=len(more),
        num_more_people=sum(flow.num_people for flow in more),
    )


def _frame(points: Sequence[Point]) -> tuple[Place, float]:
    """Return how points are placed, and the height of the map: as large as it goes with a margin around all."""
    lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
    stretch = cos(radians((min(lats) + max(lats)) / 2))
    wide = max((max(lons) - min(lons)) * stretch, _LEAST_DEG) * (1 + 2 * _MARGIN)
    high = max(max(lats) - min(lats), _LEAST_DEG) * (1 + 2 * _MARGIN)
    height = round(WIDTH * min(max(high / wide, _FLATTEST), _TALLEST))
    scale = min(WIDTH / wide, height / high)
    middle_lon, middle_lat = (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2

    def place(point: Point) -> Point:
        lon, lat = point
        x = WIDTH / 2 + (lon - middle_lon) * stretch * scale
        return round(x, 1), round(height / 2 - (lat - middle_lat) * scale, 1)

    return place, height


def _line(flow: Flow, middles: dict[tuple[str, str], Point], most: int) -> Line:
    """Return a flow as an arc, so that it does not lie upon the one beside it."""
    (x1, y1), (x2, y2) = middles[flow.prefecture, flow.county], middles["", flow.city]
    x, y = (x1 + x2) / 2 + (y2 - y1) * _BEND, (y1 + y2) / 2 - (x2 - x1) * _BEND
    width = _THINNEST_LINE + (_WIDEST_LINE - _THINNEST_LINE) * flow.num_people / most
    return Line(f"M{x1:g} {y1:g}Q{x:.1f} {y:.1f} {x2:g} {y2:g}", round(width, 1), flow)


def _dots(spots: Sequence[Spot], place: Place, largest: float) -> list[Dot]:
    most = max((spot.num_people for spot in spots), default=1)
    return [
        Dot(*place((spot.lon, spot.lat)), round(3 + (largest - 3) * sqrt(spot.num_people / most), 1), spot)
        for spot in spots
    ]


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "_Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def _names(dots: Sequence[Dot], num_goals: int, height: float, say: Callable[[Spot], str]) -> list[Name]:
    """Return the names that have room, cities before counties and large before small; no two overlap."""
    taken = [_Box(d.x - d.radius, d.y - d.radius, d.x + d.radius, d.y + d.radius) for d in dots[:num_goals]]
    names: list[Name] = []
    named: set[int] = set()
    for size in (_LARGE, _SMALL):
        for index, dot in enumerate(dots):
            if index in named or (size == _LARGE and len(names) == _MOST_LARGE):
                continue
            for name, box in _beside(dot, _width(say(dot.spot)) * size, size):
                is_within = box.left >= 0 and box.right <= WIDTH and box.top >= 0 and box.bottom <= height
                if is_within and not any(box.meets(other) for other in taken):
                    taken.append(box)
                    names.append(name)
                    named.add(index)
                    break
    return names


def _beside(dot: Dot, width: float, size: float) -> Iterable[tuple[Name, _Box]]:
    """Yield where the name of a spot may stand: to its right, its left, above it, below it, then at its corners."""
    gap = dot.radius + 4
    right, left, above, below = dot.x + gap, dot.x - gap, dot.y - gap - size / 2, dot.y + gap + size / 2
    places = (
        ("start", right, right, dot.y),
        ("end", left, left - width, dot.y),
        ("middle", dot.x, dot.x - width / 2, above),
        ("middle", dot.x, dot.x - width / 2, below),
        ("end", left, left - width, above),
        ("start", right, right, above),
        ("end", left, left - width, below),
        ("start", right, right, below),
    )
    for anchor, x, west, y in places:
        box = _Box(west, y - size / 2, west + width, y + size / 2)
        yield Name(x, round(y, 1), anchor, dot.spot, size == _LARGE), box


def _width(words: str) -> float:
    """Return the width of words in heights of a letter."""
    return sum(0.6 if letter.isascii() else 1.0 for letter in words)


def provinces_of(points: Iterable[Point]) -> list[list[Ring]]:
    """Return the borders of the provinces that the points lie in, each once, in the order of their codes.

    They are for orientation; data/README.md says where they are from.
    """
    found = {code for point in points if (code := _province(point)) is not None}
    return [_borders()[code] for code in sorted(found)]


@cache
def _borders() -> dict[str, list[Ring]]:
    text = (files(__package__) / "data" / "provinces.json").read_text(encoding="utf-8")
    borders: dict[str, list[Ring]] = json.loads(text)
    return borders


@cache
def _frames() -> list[tuple[float, float, float, float, str, Ring]]:
    """Return each ring with its west, south, east and north, and its province."""
    return [
        (*map(min, zip(*ring, strict=True)), *map(max, zip(*ring, strict=True)), code, ring)
        for code, rings in _borders().items()
        for ring in rings
    ]


def _province(point: Point) -> str | None:
    x, y = point
    near = (
        (code, ring)
        for west, south, east, north, code, ring in _frames()
        if west <= x <= east and south <= y <= north
    )
    inside = (code for code, ring in near if _holds(ring, point))
    if (code := next(inside, None)) is not None:
        return code
    nearest_deg, code = min(
        (hypot(lon - x, lat - y), code) for *_, code, ring in _frames() for lon, lat in ring
    )
    return code if nearest_deg <= _NEAR_DEG else None


def _holds(ring: Ring, point: Point) -> bool:
    """Return whether a ring holds a point: a ray to the east crosses it an odd number of times."""
    x, y = point
    is_inside = False
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            is_inside = not is_inside
    return is_inside
