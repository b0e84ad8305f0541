"""How a Chinese name sounds, letter by letter: enough to compare a misprint with the name that was meant.

pypinyin knows the reading of a letter within a phrase, and takes half a second to load. Here both names are read
in the same plain way, out of its table of letters alone.
"""

import json
import unicodedata
from functools import cache
from importlib.util import find_spec
from pathlib import Path


def sound(name: str) -> str:
    """Return the usual toneless reading of each letter in one word (东塘 → dongtang); others stay as they are."""
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
