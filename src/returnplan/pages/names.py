"""Names that Excel, Windows and Linux all accept, made from what people wrote."""

import re
from collections.abc import Iterable

_SHEET_LENGTH = 31
_STEM_LENGTH = 80
_NOT_IN_SHEETS = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_NOT_IN_FILES = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


def sheet_names(wishes: Iterable[str]) -> list[str]:
    """Return legal sheet names near the wished ones, each once (Excel does not tell A from a)."""
    names: list[str] = []
    taken: set[str] = set()
    for wish in wishes:
        stem = _NOT_IN_SHEETS.sub(" ", wish).strip(" '") or "-"
        name = _free(stem, taken)
        taken.add(name.casefold())
        names.append(name)
    return names


def file_stem(wish: str) -> str:
    """Return a file name without suffix near the wished one, legal on Windows too."""
    return _NOT_IN_FILES.sub("_", wish).strip(" .")[:_STEM_LENGTH] or "_"


def _free(stem: str, taken: set[str]) -> str:
    name, number = stem[:_SHEET_LENGTH].rstrip(" '"), 1
    while name.casefold() in taken:
        number += 1
        mark = f"({number})"
        name = stem[: _SHEET_LENGTH - len(mark)] + mark
    return name
