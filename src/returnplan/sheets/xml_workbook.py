"""Workbooks of Excel 2003's XML ("XML 表格 2003"), which many systems export as .xls or .xml.

A DTD is refused, so there are no entities but XML's own, and nothing is fetched. The child runs this module, so it
imports nothing but the standard library.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any
from xml.parsers import expat

from returnplan.sheets.csvs import MAX_COLUMNS, TooWideError, without_formula
from returnplan.sheets.markup import NoTableError, TooManyCellsError
from returnplan.sheets.tables import MAX_CELLS, MergedRange

_OURS = "urn:schemas-microsoft-com:office:spreadsheet"
_SEPARATOR = " "  # between namespace and name
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_MOST_DIGITS = 15  # of a number; ID numbers have 18, and Excel's XML keeps them
_FIRST_DAY = datetime(1900, 1, 1)


class EntitiesError(Exception):
    """The file has a DTD, which Excel never writes."""


@dataclass(slots=True)
class XmlSheet:
    """A sheet that is being read; a row is the number of its line (from 0) and its cells."""

    name: str
    is_hidden: bool = False
    lines: list[tuple[int, list[Any]]] = field(default_factory=list)
    merged: list[MergedRange] = field(default_factory=list)

    def rows(self) -> Iterator[list[Any]]:
        """Yield each row, also those between the ones that are written."""
        at = 0
        for line, cells in self.lines:
            yield from ([] for _ in range(line - at))
            yield cells
            at = line + 1


def xml_sheets(text: str) -> list[XmlSheet]:
    """Return the sheets of a workbook of XML.

    Raises
    ------
    EntitiesError : it has a DTD
    NoTableError : it has no sheet
    TooWideError : more than 16,384 columns
    TooManyCellsError : more cells than a sheet may have
    xml.parsers.expat.ExpatError : it is no XML, or cut off
    """
    reader = _Reader()
    reader.parser.Parse(
        _DECLARATION.sub("", text, count=1), True
    )  # what it says of its encoding was of the bytes
    if not reader.sheets:
        raise NoTableError
    return reader.sheets


class _Reader:
    """Follows the tags; names count without their namespace, which some exporters leave out."""

    def __init__(self) -> None:
        self.sheets: list[XmlSheet] = []
        self.parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._say
        self._line = -1
        self._column = -1
        self._taken: dict[int, int] = {}  # the line below a cell that spans several, by column
        self._width = 1
        self._num_columns = 1
        self._kind = ""
        self._words: list[str] | None = None
        self._aside = 0  # inside a comment, whose text is none of the cell

    def _refuse(self, *_: object) -> None:
        raise EntitiesError

    def _start(self, tag: str, attrs: dict[str, str]) -> None:
        name = tag.rpartition(_SEPARATOR)[2]
        told = {key.rpartition(_SEPARATOR)[2]: value for key, value in attrs.items()}
        if self._aside or name in ("Comment", "PhoneticText"):
            self._aside += 1
        elif name == "Worksheet":
            self.sheets.append(XmlSheet(told.get("Name", "")))
            self._line, self._width, self._taken = -1, 1, {}
        elif not self.sheets:
            return
        elif name == "Row":
            self._line = max(self._line + 1, _number(told.get("Index")) - 1)
            self._column = -1
            self.sheets[-1].lines.append((self._line, []))
            self._limit()
        elif name == "Cell" and self.sheets[-1].lines:
            self._begin_cell(told)
        elif name == "Data":
            self._kind, self._words = told.get("Type", "String"), []
        elif name == "Visible":
            self._words = []

    def _begin_cell(self, told: dict[str, str]) -> None:
        column = self._column + self._num_columns if self._column >= 0 else 0
        while self._taken.get(column, 0) > self._line:
            column += 1
        self._column = max(column, _number(told.get("Index")) - 1)
        self._num_columns = 1 + _number(told.get("MergeAcross"))
        num_below = _number(told.get("MergeDown"))
        if self._column + self._num_columns > MAX_COLUMNS:
            raise TooWideError
        cells = self.sheets[-1].lines[-1][1]
        cells += [""] * (self._column + 1 - len(cells))
        self._width = max(self._width, self._column + 1)
        self._limit()
        if self._num_columns > 1 or num_below:
            first, last = self._column, self._column + self._num_columns
            self.sheets[-1].merged.append((self._line + 1, first + 1, self._line + num_below + 1, last))
            if num_below:
                self._taken |= dict.fromkeys(range(first, last), self._line + num_below + 1)

    def _limit(self) -> None:
        if (self._line + 1) * self._width > MAX_CELLS:
            raise TooManyCellsError

    def _say(self, words: str) -> None:
        if self._words is not None and not self._aside:
            self._words.append(words)

    def _end(self, tag: str) -> None:
        name = tag.rpartition(_SEPARATOR)[2]
        if self._aside:
            self._aside -= 1
            return
        if self._words is None or name not in ("Data", "Visible"):
            return
        text, self._words = "".join(self._words), None
        sheet = self.sheets[-1]
        if name == "Visible":
            sheet.is_hidden = text.strip() in ("SheetHidden", "SheetVeryHidden")
        elif sheet.lines and self._column >= 0:
            sheet.lines[-1][1][self._column] = _value(self._kind, text)


def _value(kind: str, text: str) -> Any:
    """Return a cell; a number of more digits than Excel keeps, and what is not of its kind, stays text."""
    if kind == "Number" and sum(map(str.isdigit, text)) <= _MOST_DIGITS:
        with suppress(ValueError):
            return float(text)
    if kind == "DateTime":
        with suppress(ValueError):
            moment = datetime.fromisoformat(text.strip())
            if moment < _FIRST_DAY:
                return moment.time()
            return moment.date() if moment.time() == time() else moment
    if kind == "Boolean" and text.strip() in ("0", "1"):
        return text.strip() == "1"
    return without_formula(text.strip())


def _number(told: str | None) -> int:
    """Return a number of an attribute, 0 where it is none; Excel has a million rows."""
    number = (told or "").strip()
    return int(number) if number.isascii() and number.isdigit() and len(number) <= 7 else 0
