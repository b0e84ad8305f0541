"""A sheet whose cells stand exactly where they stood in another file: rows and columns keep their numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from returnplan.papers.pages.page import Value
from returnplan.papers.pages.style import Style

Block = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 0."""


@dataclass(frozen=True)
class Grid:
    """Cells row by row, from the sheet's first row and column on.

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
