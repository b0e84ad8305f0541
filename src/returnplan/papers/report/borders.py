"""Borders of the provinces, for orientation (data/README.md says where they are from)."""

import json
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import hypot

Point = tuple[float, float]
"""Longitude and latitude in degrees."""
Ring = list[Point]

_NEAR_DEG = 0.5
"""A place so far outside of all simplified borders still belongs to the nearest province: it lies on the coast."""


def provinces_of(points: Iterable[Point]) -> list[list[Ring]]:
    """Return the borders of the provinces that the points lie in, each once, in the order of their codes."""
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
    """Tell whether a ray to the east crosses the ring an odd number of times."""
    x, y = point
    is_inside = False
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            is_inside = not is_inside
    return is_inside
