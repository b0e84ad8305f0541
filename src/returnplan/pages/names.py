"""Names that Excel, Windows and Linux all accept, made from what people wrote."""

import re
from collections.abc import Iterable

_SHEET_LENGTH = 31
_STEM_LENGTH = 80
_NOT_IN_SHEETS = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_NOT_IN_FILES = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


def sheet_names(wishes: Iterable[str]) -> list[str]:
    """Return legal sheet names near the wished ones, each once (Excel does not tell A from a)."""
    return _each_once((_NOT_IN_SHEETS.sub(" ", wish).strip(" '") or "-" for wish in wishes), _SHEET_LENGTH)


def file_stems(wishes: Iterable[str]) -> list[str]:
    """Return file names without suffix as :func:`file_stem`, each once (Windows does not tell A from a)."""
    return _each_once(map(file_stem, wishes), _STEM_LENGTH)


def file_stem(wish: str) -> str:
    """Return a file name without suffix near the wished one, legal on Windows too."""
    return _NOT_IN_FILES.sub("_", wish).strip(" .")[:_STEM_LENGTH] or "_"


def _each_once(stems: Iterable[str], length: int) -> list[str]:
    names: list[str] = []
    taken: set[str] = set()
    for stem in stems:
        names.append(_free(stem, taken, length))
        taken.add(names[-1].casefold())
    return names


def _free(stem: str, taken: set[str], length: int) -> str:
    name, number = stem[:length].rstrip(" '"), 1
    while name.casefold() in taken:
        number += 1
        mark = f"({number})"
        name = stem[: length - len(mark)] + mark
    return name
