"""Sheets as values: what stands where, in which style, and how it is printed. No file and no library in here."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from itertools import accumulate, chain, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple, Self, overload

from returnplan.model.texts import Lang, Text, shortened
from returnplan.papers.pages.style import CENTER, LABEL, PLAIN, Style

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

Value = str | float | date | datetime | None

A4 = 9
"""The number that Excel gives to this size of paper."""
SHORT_PT, LONG_PT = 595, 842
"""Its sides."""
MARGINS_INCH = {"left": 0.35, "right": 0.35, "top": 0.4, "bottom": 0.6, "header": 0.2, "footer": 0.25}

_MOST_AT_FOOT = 255
"""Letters of the line at the foot; Excel calls a longer one damage."""
_PAGES = Text("第 &P 页，共 &N 页", "page &P of &N")


@dataclass(frozen=True, slots=True)
class Printing:
    """How one page goes onto paper: A4, one page wide, the header on every sheet, its number at the foot.

    Parameters
    ----------
    landscape : the long side of the sheet is its width
    fits_one_sheet : the page is drawn as small as it takes to stand on one sheet
    lang : in which the foot says page x of y; None: in figures alone
    left, right : what else stands at the foot: what the sheet is and its version, when it was printed and of which run
    title : stands above the table on every sheet of paper, and on none of the screen
    num_columns : so many columns go onto paper, the others are for the screen; None: all do
    """

    landscape: bool = True
    fits_one_sheet: bool = False
    lang: Lang | None = None
    left: str = ""
    right: str = ""
    title: str = ""
    num_columns: int | None = None

    @property
    def footer(self) -> str:
        """The line at the foot of each sheet, with the marks that Excel replaces by the numbers of the pages."""
        pages = _PAGES.say(self.lang) if self.lang else "&P / &N"
        room = (
            _MOST_AT_FOOT - len(f"&L&C{pages}&R{self.right}") - self.right.count("&") - self.left.count("&")
        )
        left, right = (text.replace("&", "&&") for text in (shortened(self.left, room), self.right))
        parts = {"&L": left, "&C": pages, "&R": right}
        return "".join(place + text for place, text in parts.items() if text)

    @property
    def size_pt(self) -> tuple[float, float]:
        """Width and height of what can be printed on a sheet."""
        width, height = (LONG_PT, SHORT_PT) if self.landscape else (SHORT_PT, LONG_PT)
        across, down = (MARGINS_INCH[a] + MARGINS_INCH[b] for a, b in (("left", "right"), ("top", "bottom")))
        return width - across * 72, height - down * 72


ON_SCREEN = Printing()
"""For a page that is mostly read on the screen."""


class Cell(NamedTuple):
    """One cell outside the table; ``num_columns`` > 1 joins it with those to its right."""

    value: Value
    num_columns: int = 1
    style: Style = PLAIN


@dataclass(frozen=True, slots=True)
class Line:
    """Cells side by side from the first column on, at least ``least_pt`` high and as high as their text needs."""

    cells: tuple[Cell, ...]
    least_pt: float = 0.0


@dataclass(frozen=True, slots=True)
class Choice:
    """A drop-down; a strict one takes nothing else, the other only asks whether it is meant."""

    words: tuple[str, ...]
    is_strict: bool = True


@dataclass(frozen=True, slots=True)
class Length:
    """Text of so many characters and no other."""

    num_characters: int


@dataclass(frozen=True, slots=True)
class Since:
    """A real date from ``first`` on."""

    first: date


Check = Choice | Length | Since
"""What a cell takes when somebody types into it."""


class CodedValues(Sequence[Value]):
    """The values of a long column, most of which stand in many rows: those that differ, and the number of each row's.

    Each is put into XML once, and the column travels to another process in few bytes.
    """

    __slots__ = ("different", "numbers")

    def __init__(self, numbers: "npt.NDArray[np.signedinteger[Any]]", different: Sequence[Value]) -> None:
        self.numbers, self.different = numbers, different

    @classmethod
    def of(cls, values: Iterable[Value]) -> Self:
        """Return values so."""
        import numpy as np  # manifests start without it

        number_of: dict[Value, int] = {}
        numbers = [number_of.setdefault(value, len(number_of)) for value in values]
        return cls(np.array(numbers, dtype=np.int32), list(number_of))

    def __len__(self) -> int:
        return len(self.numbers)

    def __iter__(self) -> Iterator[Value]:
        return map(self.different.__getitem__, self.numbers.tolist())

    @overload
    def __getitem__(self, at: int) -> Value: ...

    @overload
    def __getitem__(self, at: slice) -> Self: ...

    def __getitem__(self, at: int | slice) -> "Value | CodedValues":
        if isinstance(at, slice):
            return type(self)(self.numbers[at], self.different)
        return self.different[int(self.numbers[at])]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table; ``width`` in characters; ``links`` are paths that a click opens, relative to the file."""

    header: str
    width: float
    values: Sequence[Value]
    style: Style = CENTER
    check: Check | None = None
    links: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """A native chart of two columns of the table, by their headers.

    It stands below everything else, as wide as the table, the last ``num_totals`` rows of which are none of its bars.
    """

    title: str
    categories: str
    bars: str
    category_format: str = ""
    value_format: str = ""
    num_totals: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet: lines, a table with its header (repeated on each printed page), lines.

    ``row_height_pt`` is the least height of a table row on paper. None makes a long table for the screen: rows
    as they come, formats by column, and no more memory than one row takes.
    ``name`` must be a legal sheet name (:func:`~returnplan.papers.pages.limits.sheet_names`).
    """

    name: str
    columns: tuple[Column, ...]
    top: tuple[Line, ...] = ()
    bottom: tuple[Line, ...] = ()
    row_height_pt: float | None = None
    printing: Printing = ON_SCREEN
    charts: tuple[Chart, ...] = field(default=())
    filterable: bool = False
    hidden: bool = False

    @property
    def num_rows(self) -> int:
        """Rows of the table."""
        return len(self.columns[0].values)


Block = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 0."""


@dataclass(frozen=True)
class Grid:
    """A sheet whose cells stand exactly where they stood in another file, from its first row and column on.

    ``styles`` are those of single cells (row, column, from 0); all others look by what they hold. ``joined``
    are blocks of cells that are one; only the first of each holds a value. Rows down to ``num_frozen`` stay in
    sight.
    """

    name: str
    widths: Sequence[float]
    rows: Sequence[Sequence[Value]]
    styles: Mapping[tuple[int, int], Style] = field(default_factory=dict)
    joined: Sequence[Block] = ()
    num_frozen: int = 0


class Part(NamedTuple):
    """A cell that wants ``share`` of the line's width."""

    value: Value
    style: Style = PLAIN
    share: float = 1.0


def spread(parts: Sequence[Part], widths: Sequence[float], least_pt: float = 0.0) -> Line:
    """Return a line whose cells end at the column edges nearest to their shares.

    Parameters
    ----------
    parts : at most one a column
    widths : of the columns, in characters; the line fills them all
    """
    counts = _column_counts(tuple([part.share for part in parts]), tuple(widths))
    cells = [Cell(value, count, look) for (value, look, _), count in zip(parts, counts, strict=True)]
    return Line(tuple(cells), least_pt)


def labelled(
    pairs: Sequence[tuple[str, Value]], *, label_share: float = 0.8, shares: Sequence[float] = ()
) -> list[Part]:
    """Return label, value, label, value ...; ``shares`` of the values, 2.2 each where none are given."""
    wanted = shares or [2.2] * len(pairs)
    cells = (
        (Part(label, LABEL, label_share), Part(value, PLAIN, share))
        for (label, value), share in zip(pairs, wanted, strict=True)
    )
    return list(chain.from_iterable(cells))


@cache
def _column_counts(shares: tuple[float, ...], widths: tuple[float, ...]) -> tuple[int, ...]:
    """Return how many columns each part takes; few layouts serve many pages."""
    edges = [0.0, *accumulate(widths)]
    stops = [0]
    for index, share in enumerate(accumulate(shares), 1):
        wanted = edges[-1] * share / sum(shares)
        first, last = stops[-1] + 1, len(widths) - (len(shares) - index)
        stops.append(min(range(first, last + 1), key=lambda stop: abs(edges[stop] - wanted)))
    return tuple(end - start for start, end in pairwise(stops))
