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


def _province(point: Point) -> str | None:
    inside = (code for code, rings in _borders().items() if any(_holds(ring, point) for ring in rings))
    if (code := next(inside, None)) is not None:
        return code
    nearest_deg, code = min(
        (hypot(x - point[0], y - point[1]), code)
        for code, rings in _borders().items()
        for ring in rings
        for x, y in ring
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
