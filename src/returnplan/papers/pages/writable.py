"""What a cell of Excel takes: texts of legal letters and a certain length, finite numbers, dates from 1900 on."""

import math
import re
from collections.abc import Sequence
from datetime import date, datetime

from returnplan.model.texts import shortened
from returnplan.papers.pages.page import Value

MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
MOST_UNITS = 32_767
"""What a sheet and a cell of Excel hold; the letters are counted as UTF-16 does."""

_FIRST_YEAR = 1900
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def writable(values: Sequence[Value]) -> Sequence[Value]:
    """Return the values, each as near to itself as a cell takes it; a number that is none becomes a blank."""
    nearest = {value: _nearest(value) for value in set(values) if not _is_writable(value)}
    return [nearest.get(value, value) for value in values] if nearest else values


def _is_writable(value: Value) -> bool:
    if isinstance(value, str):
        return len(value) * 2 <= MOST_UNITS and value.isprintable()
    if isinstance(value, date):
        return value.year >= _FIRST_YEAR and not getattr(value, "microsecond", 0)
    return value is None or math.isfinite(value)


def _nearest(value: Value) -> Value:
    if isinstance(value, str):
        return shortened(_NOT_IN_XML.sub("", value), MOST_UNITS)
    if isinstance(value, datetime) and value.year >= _FIRST_YEAR:
        return value.replace(microsecond=0)  # Excel has no part of a second beyond its thousandths
    return str(value) if isinstance(value, date) else None
