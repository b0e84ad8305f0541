"""The names nearest to a misspelt one, by its characters or by its sound (rapidfuzz, pypinyin)."""

from collections.abc import Sequence

from rapidfuzz import fuzz

from returnplan.places.names import core, is_latin, pinyin
from returnplan.texts import NO_TEXT, Text

LEAST = 50.0
"""Below this similarity (0–100) a name is no help."""


def did_you_mean(near: Sequence[str]) -> Text:
    """Return the end of a message that offers the nearest names, empty when there are none."""
    if not near:
        return NO_TEXT
    return Text(f"，是否为：{'、'.join(near)}？", f"; did you mean {', '.join(near)}?")


def near_names(text: str, names: tuple[str, ...], limit: int) -> tuple[str, ...]:
    """Return up to ``limit`` of ``names`` that may have been meant by ``text``, the nearest first."""
    short = text if is_latin(text) else core(text)
    sound = text if is_latin(text) else pinyin(short)
    scored = sorted((-_similarity(short, sound, core(name)), name) for name in names)
    return tuple(name for score, name in scored[:limit] if -score >= LEAST)


def _similarity(text: str, sound: str, name: str) -> float:
    """Return how alike two names are, 0–100: sound counts nearly as much as characters."""
    return max(float(fuzz.ratio(text, name)), 0.95 * float(fuzz.ratio(sound, pinyin(name))))
