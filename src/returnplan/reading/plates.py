"""Plates of vehicles; words for a plate that is not known yet are none."""

import re

from returnplan.reading.cells import text
from returnplan.sheets.tables import Cell

_NOT_KNOWN = re.compile(
    r"[x*?.…/\\—_-]+|(?:待|未)[定报填安排知]*|暂[无缺定]|没有|无|另行?通知|tbd|n/a", re.IGNORECASE
)

_PLATE = re.compile(r"[\u4e00-\u9fff][A-Z][A-Z0-9]{4,5}[A-Z0-9学警港澳挂]")


def plate(cell: Cell) -> str:
    """Return a plate in capitals without spaces and dots (桂r·12345 -> 桂R12345), empty for 待定, xx, 无, -, ?."""
    words = re.sub(r"[\s·•・]", "", text(cell))
    return "" if _NOT_KNOWN.fullmatch(words) else words.upper()


def is_plate(number: str) -> bool:
    """Return whether a plate that :func:`plate` returned is a whole one: 桂R12345, 桂AD12345."""
    return _PLATE.fullmatch(number) is not None
