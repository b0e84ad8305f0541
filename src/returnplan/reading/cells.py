"""Cells in, values out: a parser takes one cell and returns its value, or raises what is wrong with it."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from returnplan.faults import Severity
from returnplan.sheets.tables import Cell, cell_text
from returnplan.texts import NO_TEXT, Text

Parser = Callable[[Cell], Any]
"""Returns the value of a cell; raises :class:`CellError`."""

_INVISIBLE = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060\ufeff]+")
_CHINESE = "\u2e80-\u9fff\uff00-\uffef"
_SPACE_IN_CHINESE = re.compile(rf"(?<=[{_CHINESE}]) (?=[{_CHINESE}])")
_QUOTES = "'\u2018\u2019`"
_NOTHING = frozenset(("", "无", "没有", "暂无", "/", "\\", "-", "--", "—", "——", "n/a", "none"))


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a cell; a warning keeps the row, with ``value`` in place of what could not be read."""

    code: str
    message: Text
    fix: Text = NO_TEXT
    severity: Severity = "error"
    value: Any = None


class CellError(Exception):
    """A cell that cannot be taken as it stands."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


def clean(cell: Cell) -> str:
    """Return a cell as one line of text: half-width, without apostrophes, stray spaces and invisible marks.

    Spaces between Chinese characters go (张 三), those between Latin words stay, one at a time.
    """
    text = cell if isinstance(cell, str) else cell_text(cell)
    if text.isalnum() and (text.isascii() or unicodedata.is_normalized("NFKC", text)):
        return text  # most are: letters and digits alone, nothing to tidy
    text = unicodedata.normalize("NFKC", text)
    text = _INVISIBLE.sub(" ", text).strip().strip(_QUOTES).strip()
    return _SPACE_IN_CHINESE.sub("", text)


def is_blank(cell: Cell) -> bool:
    """Tell whether a cell shows nothing."""
    return isinstance(cell, str) and not cell.isalnum() and clean(cell) == ""


def text(cell: Cell) -> str:
    """Return the text of a cell; words for nothing (无, /) are empty."""
    words = clean(cell)
    return "" if words.lower() in _NOTHING else words


def remark(cell: Cell) -> str:
    """Return the words of a cell as they stand, but for spaces at its ends."""
    return cell_text(cell).strip()


def several(cell: Cell) -> tuple[str, ...]:
    """Return the parts of a list in one cell (张三、李四)."""
    parts = re.split(r"[、,，;；/|\n]+|\s+", text(cell))
    return tuple(dict.fromkeys(part for part in parts if part))


def required(parse: Parser, code: str, zh: str, en: str) -> Parser:
    """Return ``parse`` for a cell that must not be empty; ``zh`` and ``en`` name what it holds."""
    missing = Finding(
        code,
        Text(f"没有填写{zh}", f"{en} is missing"),
        Text(f"请补填{zh}", f"fill in {en}"),
    )

    def parse_present(cell: Cell) -> Any:
        value = None if is_blank(cell) else parse(cell)
        if value is None or value == "":  # 无 and / say nothing either
            raise CellError(missing)
        return value

    return parse_present
