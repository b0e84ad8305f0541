"""The names nearest to a misspelt one, by its characters or by its sound (rapidfuzz, pypinyin)."""

from collections.abc import Sequence
from operator import eq

from rapidfuzz import fuzz

from returnplan.model.texts import NO_TEXT, Text
from returnplan.places.names import core, is_latin, pinyin
from returnplan.places.sounds import sound

LEAST = 40.0
"""Below this likeness (0–100) a name is no help."""


def did_you_mean(near: Sequence[str]) -> Text:
    """Return the end of a message that offers the nearest names, empty when there are none."""
    if not near:
        return NO_TEXT
    return Text(f"，是否为：{'、'.join(near)}？", f"; did you mean {', '.join(near)}?")


def near_names(text: str, names: tuple[str, ...], limit: int) -> tuple[str, ...]:
    """Return up to ``limit`` of ``names`` that may have been meant by ``text``, the nearest first.

    Of those equally near, a name with the same characters in the same places goes first, then the one named first.
    """
    likeness = _sounds_like if is_latin(text) else _looks_and_sounds_like
    scored = sorted(
        (-likeness(core(text), core(name)), -sum(map(eq, text, name)), place)
        for place, name in enumerate(names)
    )
    return tuple(dict.fromkeys(names[place] for score, _, place in scored[:limit] if -score >= LEAST))


def _sounds_like(text: str, name: str) -> float:
    return float(fuzz.ratio(text, pinyin(name)))


def _looks_and_sounds_like(text: str, name: str) -> float:
    """Return how alike two names are, characters and sound counting the same."""
    return (float(fuzz.ratio(text, name)) + float(fuzz.ratio(sound(text), sound(name)))) / 2
