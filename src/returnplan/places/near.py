"""The names nearest to a misspelt one, by its characters or by its sound (rapidfuzz, pypinyin)."""

import json
import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from operator import eq
from pathlib import Path

from rapidfuzz import fuzz

from returnplan.model.division_names import core
from returnplan.model.texts import NO_TEXT, Text
from returnplan.places.names import pinyin

LEAST = 40.0
"""Below this likeness (0–100) a name is no help."""


def did_you_mean(near: Sequence[str]) -> Text:
    """Return the end of a message that offers the nearest names, empty when there are none."""
    if not near:
        return NO_TEXT
    return Text(f"，是否为：{'、'.join(near)}？", f"; did you mean {', '.join(near)}?")


def near_names(text: str, names: tuple[str, ...], limit: int) -> tuple[str, ...]:
    """Return up to ``limit`` of ``names`` that may have been meant by ``text``, the nearest first.

    Of equally near names, the one with more equal characters in equal positions is first, then the earlier one.
    """
    likeness = _sounds_like if text.isascii() and text.isalpha() else _looks_and_sounds_like
    scored = sorted(
        (-likeness(core(text), core(name)), -sum(map(eq, text, name)), place)
        for place, name in enumerate(names)
    )
    return tuple(dict.fromkeys(names[place] for score, _, place in scored[:limit] if -score >= LEAST))


def _sounds_like(text: str, name: str) -> float:
    return float(fuzz.ratio(text, pinyin(name)))


def _looks_and_sounds_like(text: str, name: str) -> float:
    """Return the likeness of two names: the mean of the likeness of characters and of sound."""
    return (float(fuzz.ratio(text, name)) + float(fuzz.ratio(sound(text), sound(name)))) / 2


def sound(name: str) -> str:
    """Return the usual toneless reading of each letter in one word (东塘 → dongtang); other letters are kept."""
    return "".join(map(_reading, name)).lower()


@cache
def _reading(letter: str) -> str:
    usual = _letters().get(str(ord(letter)), letter).partition(",")[0]
    apart = unicodedata.normalize("NFD", usual).replace("u\N{COMBINING DIAERESIS}", "v")
    return "".join(part for part in apart if not unicodedata.combining(part))


@cache
def _letters() -> dict[str, str]:
    """Return the readings of each letter, the usual one first, without importing pypinyin."""
    package = find_spec("pypinyin")
    assert package is not None
    assert package.origin is not None
    table: dict[str, str] = json.loads(Path(package.origin).with_name("pinyin_dict.json").read_text("utf-8"))
    return table
