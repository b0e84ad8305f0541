"""Names that Excel, Windows, macOS and Linux all accept, made from what people wrote: the one place for it."""

import re
import unicodedata
from collections.abc import Callable, Iterable

from returnplan.model.texts import shortened

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


def file_stems(wishes: Iterable[str]) -> list[str]:
    """Return file names without suffix as :func:`file_stem`, each once (Windows does not tell A from a)."""
    return _each_once(wishes, file_stem)


def file_stem(wish: str, ending: str = "") -> str:
    """Return a file name without suffix near the wished one, legal on Windows too; a long one is cut.

    Parameters
    ----------
    wish : the name
    ending : what must stand at its end, however long ``wish`` is
    """
    own, last = (_NOT_IN_FILES.sub("_", _visible(words)) for words in (wish, ending))
    stem = (_first_bytes(own, _STEM_BYTES - len(last.encode())) + last).strip(" .")
    return f"_{stem}" if _DEVICES.fullmatch(stem) else stem or "_"


def _sheet_name(wish: str, ending: str = "") -> str:
    own = _NOT_IN_SHEETS.sub(" ", _visible(wish)).strip(" '")
    name = (shortened(own, _SHEET_UNITS - len(ending), "") + ending).rstrip(" '")
    return f"{name}_" if name.casefold() in _NAMES_OF_EXCEL else name or "-"


def _visible(words: str) -> str:
    """Return a text in its composed form, without what nobody sees and XML does not take."""
    composed = unicodedata.normalize("NFC", words)
    seen = (letter for letter in composed if unicodedata.category(letter) not in _UNSEEN)
    return "".join(letter for letter in seen if letter not in "\ufffe\uffff")


def _first_bytes(words: str, num_bytes: int) -> str:
    return words.encode()[:num_bytes].decode(errors="ignore")


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
