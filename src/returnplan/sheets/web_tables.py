"""Tables of HTML that a system exports as .xls, laid out in rows and columns as Excel does.

Nothing is fetched, run or expanded: scripts, styles and comments are skipped, and references such as ``&nbsp;`` are
those of HTML alone. The child runs this module, so it imports nothing but the standard library.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from returnplan.sheets.csvs import MAX_COLUMNS, TooWideError, without_formula
from returnplan.sheets.markup import CutOffError, NoTableError, TooManyCellsError
from returnplan.sheets.tables import MAX_CELLS, MergedRange

_CHUNK = 1 << 16
_MOST_NESTED = 50
_MOST_SPANNED_COLUMNS = 1000  # as browsers have it
_MOST_SPANNED_ROWS = 65_534
_SKIPPED = frozenset(("script", "style", "title", "select", "noscript"))
_BREAKS = frozenset(("br", "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6"))
_SHEET_NAME = re.compile(r"<x:Name>\s*([^<{}$]{1,31}?)\s*</x:Name>", re.IGNORECASE)
_SPACES = re.compile(r"[^\S\n]+")


@dataclass(slots=True)
class _Cell:
    num_columns: int = 1
    num_rows: int = 1
    texts: list[str] = field(default_factory=list)
    tables: list["_Table"] = field(default_factory=list)


@dataclass(slots=True)
class _Table:
    """A table that is being read: its rows so far, and whether a row and a cell of it are open."""

    rows: list[list[_Cell]] = field(default_factory=list)
    is_in_row: bool = False
    is_in_cell: bool = False


def web_tables(text: str) -> tuple[str, list[list[str]], list[MergedRange]]:
    """Return the name of the sheet that a page tells Excel ("" if none), its rows, and the merged ranges.

    All tables of a page are one sheet, below each other, as are texts around them. A cell of several columns or rows
    has its text in the first of them. The rows of a table inside a cell follow the row of that cell; a table of one
    cell is text of the cell around it.

    Raises
    ------
    NoTableError : there is no table
    CutOffError : a table is open at the end
    TooWideError : more than 16,384 columns
    TooManyCellsError : more cells than a sheet may have
    """
    page = _Page()
    for start in range(0, len(text), _CHUNK):
        page.feed(text[start : start + _CHUNK])
    page.close()
    if page.is_open:
        raise CutOffError
    if not page.has_table:
        raise NoTableError
    grid = _Grid()
    for part in page.parts:
        if isinstance(part, _Table):
            grid.add(part)
        elif words := _shown(part):
            grid.add(_Table([[_Cell(texts=[words])]]))
    name = _SHEET_NAME.search(text)
    return name[1] if name else "", grid.rows, grid.merged


class _Page(HTMLParser):
    """Collects the tables of a page and the texts between them; cells and rows need no end, as in browsers."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[list[str] | _Table] = []
        self.has_table = False
        self._open: list[_Table] = []
        self._skipped: list[str] = []

    @property
    def is_open(self) -> bool:
        """Whether a table, or something that is skipped, has not ended."""
        return bool(self._open or self._skipped)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SKIPPED:
            self._skipped.append(tag)
        elif self._skipped:
            return
        elif tag == "table":
            self._begin_table()
        elif tag == "tr" and self._open:
            self._begin_row(self._open[-1])
        elif tag in ("td", "th") and self._open:
            self._begin_cell(self._open[-1], dict(attrs))
        elif tag in _BREAKS:
            self._say("\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("td", "th"):
            self.handle_starttag(tag, attrs)
            self.handle_endtag(tag)
        elif tag in _BREAKS:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self._skipped:
            if tag == self._skipped[-1]:
                self._skipped.pop()
        elif not self._open:
            if tag in _BREAKS:
                self._say("\n")
        elif tag == "table":
            self._open.pop()
        elif tag == "tr":
            self._open[-1].is_in_row = self._open[-1].is_in_cell = False
        elif tag in ("td", "th"):
            self._open[-1].is_in_cell = False
        elif tag in _BREAKS:
            self._say("\n")

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self._say(data.replace("\n", " "))

    def unknown_decl(self, data: str) -> None:
        """Pass over ``<![if …]>``, which Excel writes."""

    def _begin_table(self) -> None:
        table = _Table()
        self.has_table = True
        if len(self._open) >= _MOST_NESTED:
            raise TooManyCellsError
        outer = self._open[-1] if self._open else None
        if outer and outer.is_in_cell:
            outer.rows[-1][-1].tables.append(table)
        else:
            self.parts.append(table)
        self._open.append(table)

    def _begin_row(self, table: _Table) -> None:
        table.rows.append([])
        table.is_in_row, table.is_in_cell = True, False

    def _begin_cell(self, table: _Table, attrs: dict[str, str | None]) -> None:
        if not table.is_in_row:
            self._begin_row(table)
        table.rows[-1].append(
            _Cell(
                _span(attrs.get("colspan"), _MOST_SPANNED_COLUMNS),
                _span(attrs.get("rowspan"), _MOST_SPANNED_ROWS),
            )
        )
        table.is_in_cell = True

    def _say(self, words: str) -> None:
        """Add words to the open cell, else to the text before or after the tables."""
        table = self._open[-1] if self._open else None
        if table and table.is_in_cell:
            table.rows[-1][-1].texts.append(words)
            return
        if not self.parts or isinstance(self.parts[-1], _Table):
            if words.isspace():
                return
            self.parts.append([])
        said = self.parts[-1]
        assert isinstance(said, list)
        said.append(words)


class _Grid:
    """The rows of a sheet, as they are laid out."""

    def __init__(self) -> None:
        self.rows: list[list[str]] = []
        self.merged: list[MergedRange] = []
        self._width = 1

    def add(self, table: _Table) -> None:
        """Add the rows of a table below those that are there."""
        taken: dict[int, int] = {}  # the row below a cell that spans several, by column
        spans: list[tuple[int, int, _Cell]] = []
        for cells in table.rows:
            row = len(self.rows)
            texts: list[str] = []
            inner: list[_Table] = []
            column = 0
            for cell in cells:
                while taken.get(column, 0) > row:
                    column += 1
                words, tables = _content(cell)
                inner += tables
                texts += [""] * (column - len(texts))
                texts.append(words)
                if cell.num_columns > 1 or cell.num_rows > 1:
                    spans.append((row, column, cell))
                    if cell.num_rows > 1:
                        taken |= dict.fromkeys(range(column, column + cell.num_columns), row + cell.num_rows)
                column += cell.num_columns
                if column > MAX_COLUMNS:
                    raise TooWideError
            self._append(texts)
            for one in inner:
                self.add(one)
                taken = {}
        last = len(self.rows) - 1
        for row, column, cell in spans:
            bottom = min(last, row + cell.num_rows - 1)
            if bottom > row or cell.num_columns > 1:
                self.merged.append((row + 1, column + 1, bottom + 1, column + cell.num_columns))

    def _append(self, texts: list[str]) -> None:
        self.rows.append(texts)
        self._width = max(self._width, len(texts))
        if len(self.rows) * self._width > MAX_CELLS:
            raise TooManyCellsError


def _content(cell: _Cell) -> tuple[str, list[_Table]]:
    """Return the text of a cell, and the tables in it that are more than a frame of text."""
    texts = [_shown(cell.texts)]
    tables = []
    for table in cell.tables:
        cells = [one for row in table.rows for one in row]
        if len(cells) == 1 and not cells[0].tables:
            texts.append(_shown(cells[0].texts))
        elif cells:
            tables.append(table)
    return without_formula("\n".join(filter(None, texts))), tables


def _shown(texts: list[str]) -> str:
    """Return words as a page shows them: spaces are one space, and ``<br>`` alone ends a line."""
    lines = (_SPACES.sub(" ", line).strip() for line in "".join(texts).split("\n"))
    return "\n".join(filter(None, lines))


def _span(told: str | None, most: int) -> int:
    number = (told or "").strip()
    return min(most, max(1, int(number))) if number.isascii() and number.isdigit() and len(number) < 9 else 1
