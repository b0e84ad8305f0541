"""Lines of labels and values laid over the columns of a table whose widths they did not choose."""

from collections.abc import Sequence
from functools import cache
from itertools import accumulate, chain, pairwise
from typing import NamedTuple

from returnplan.papers.pages.page import Cell, Line, Value
from returnplan.papers.pages.style import LABEL, PLAIN, Style


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
    counts = _column_counts(tuple(part.share for part in parts), tuple(widths))
    cells = (Cell(part.value, count, part.style) for part, count in zip(parts, counts, strict=True))
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
