"""What Excel and disks take, made from what people wrote: names of sheets and files, the values of cells.

A name is one that Excel, Windows, macOS and Linux all accept. A cell holds texts of legal letters and a certain
length, finite numbers, and dates from 1900 on.
"""

import math
import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import lru_cache
from urllib.parse import quote

from returnplan.model.texts import shortened
from returnplan.papers.pages.page import Value

MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
MOST_UNITS = 32_767
"""What a sheet and a cell of Excel hold; the letters are counted as UTF-16 does."""

_FIRST_YEAR = 1900
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_NOT_IN_LINKS = re.compile(rf'[ "#%<>?\\^`{{|}}]|{_NOT_IN_XML.pattern}')

_SHEET_UNITS = 31
_STEM_BYTES = 200
"""A file name may have 255 bytes; a suffix, a number, or the name it is written under first come on top."""

_NOT_IN_SHEETS = re.compile(r"[\[\]:*?/\\]")
_NOT_IN_FILES = re.compile(r'[<>:"/\\|?*]')
_UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")
"""Unicode's classes of control and format marks, halves of letters, line ends."""

_NAMES_OF_EXCEL = ("history",)
_DEVICES = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])\s*(?:\..*)?", re.I | re.S)
"""What Windows takes for a device, whatever suffix follows."""


def sheet_names(wishes: Iterable[str]) -> list[str]:
    """Return legal sheet names near the wished ones, each once (Excel does not tell A from a)."""
    return _each_once(wishes, _sheet_name)


def file_stems(wishes: Iterable[str], ending: str = "") -> list[str]:
    """Return file names without suffix as :func:`file_stem`, each once (Windows does not tell A from a)."""
    return _each_once(wishes, lambda wish, number: file_stem(wish, number + ending))


def file_stem(wish: str, ending: str = "") -> str:
    """Return a file name without suffix near the wished one, legal on Windows too; a long one is cut.

    Parameters
    ----------
    wish : the name
    ending : what must stand at its end, however long ``wish`` is
    """
    own, last = (_NOT_IN_FILES.sub("_", _visible(words)) for words in (wish, ending))
    room = _STEM_BYTES - len(last.encode())
    stem = (own.encode()[:room].decode(errors="ignore") + last).strip(" .")
    return f"_{stem}" if _DEVICES.fullmatch(stem) else stem or "_"


@lru_cache(maxsize=1024)
def _sheet_name(wish: str, ending: str = "") -> str:
    own = _NOT_IN_SHEETS.sub(" ", _visible(wish)).strip(" '")
    name = (shortened(own, _SHEET_UNITS - len(ending), "") + ending).rstrip(" '")
    return f"{name}_" if name.casefold() in _NAMES_OF_EXCEL else name or "-"


def _visible(words: str) -> str:
    """Return a text in its composed form, without what nobody sees and XML does not take."""
    composed = unicodedata.normalize("NFC", words)
    seen = (letter for letter in composed if unicodedata.category(letter) not in _UNSEEN)
    return "".join(letter for letter in seen if letter not in "\ufffe\uffff")


def _each_once(wishes: Iterable[str], legal: Callable[[str, str], str]) -> list[str]:
    names: list[str] = []
    taken: set[str] = set()
    for wish in wishes:
        name, number = legal(wish, ""), 1
        while name.casefold() in taken:
            number += 1
            name = legal(wish, f"({number})")
        names.append(name)
        taken.add(name.casefold())
    return names


def linkable(path: str) -> str:
    """Return the path of a link; what a file name may hold, but no workbook or link, is written out (``%1C``)."""
    return _NOT_IN_LINKS.sub(lambda found: quote(found[0], errors="surrogatepass"), path)


def writable(value: Value) -> Value:
    """Return a value as near to itself as a cell takes it; a number that is none becomes a blank."""
    return value if _is_writable(value) else _nearest(value)


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
