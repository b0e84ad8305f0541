"""Finds the header of a sheet and what kind of sheet it is; ambiguity is reported, nothing is guessed."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from returnplan.model.records import SheetKind
from returnplan.reading.layout import Layout
from returnplan.reading.names import Names
from returnplan.reading.services import KNOWN
from returnplan.sheets.tables import Table, cell_text

SEARCHED_ROWS = 30
SEARCHED_COLUMNS = 256  # a sheet may have 16,384, and each costs time
_NEVER_LOOKED_LIKE_IT = 3  # fewer matching columns than this, and an incomplete sheet is of no known kind
_DATA = re.compile(r"\d{6}|\d{4}-\d{2}-\d{2}")  # ID numbers, phones and dates stand in no header


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a sheet read as one layout: its last line (from 0), and the column of each field.

    ``twice`` are fields that several columns claim; they are in none of ``columns``. ``unknown`` are columns
    whose header matches nothing. ``labels`` are the headers as written, of two lines both.
    """

    layout: Layout
    line: int
    columns: Mapping[str, int]
    twice: Mapping[str, tuple[int, ...]]
    unknown: tuple[int, ...]
    labels: tuple[str, ...]

    @property
    def missing(self) -> tuple[tuple[str, ...], ...]:
        """Groups of needed fields of which no column was found."""
        found = {*self.columns, *self.twice}
        return tuple(group for group in self.layout.needs if found.isdisjoint(group))

    @property
    def num_fields(self) -> int:
        """How many different fields were found."""
        return len(self.columns) + len(self.twice)


def find_header(table: Table, layouts: Sequence[Layout], names: Names) -> list[Header]:
    """Return the best reading of a sheet's header; several when they are equally good, none when none fits.

    A complete one (all needed columns) goes before an incomplete one, then the one with more columns wins,
    then the one of a single line, then the upper one.
    """
    candidates = header_candidates(table, layouts, names)
    own = _without_those_rather_another(candidates)
    complete = [header for header in own if not header.missing]
    partial = [header for header in own if header.num_fields >= _NEVER_LOOKED_LIKE_IT]
    choice = complete or partial
    most = max((header.num_fields for header in choice), default=0)
    best = [header for header in choice if header.num_fields == most]
    by_kind = {header.layout.kind: header for header in reversed(best)}
    return list(by_kind.values())


def header_candidates(
    table: Table, layouts: Sequence[Layout], names: Names, *, may_be_strange: bool = False
) -> list[Header]:
    """Return the first lines of a sheet read as headers, line by line, as each kind.

    ``may_be_strange`` takes lines of which no kind knows two words, too.
    """
    return [
        _match(layout, names, line, labels)
        for line, labels in _label_lines(table)
        if may_be_strange or names.may_be_header(label for column in labels for label in column)
        for layout in layouts
    ]


def _without_those_rather_another(candidates: Sequence[Header]) -> list[Header]:
    """Return the readings without those whose line has more columns of the kind that the layout gives way to.

    As many are enough when this layout lacks a column, too.
    """
    most: dict[tuple[SheetKind | None, int], int] = {}
    for header in candidates:
        key = (header.layout.kind, header.line)
        most[key] = max(most.get(key, 0), header.num_fields)
    return [
        header
        for header in candidates
        if (most.get((header.layout.rather, header.line), 0), bool(header.missing))
        <= (header.num_fields, False)
    ]


def _label_lines(table: Table) -> Iterator[tuple[int, list[tuple[str, ...]]]]:
    """Yield candidates: the last header line, and the labels of each column, the most telling first."""
    columns = table.columns[:SEARCHED_COLUMNS]
    lines = [
        [cell_text(column[row]) for column in columns] for row in range(min(SEARCHED_ROWS, table.num_rows))
    ]
    for row, line in enumerate(lines):
        yield row, [(label,) for label in line]
    for row, (upper, lower) in enumerate(pairwise(lines)):
        has_data = any(map(_DATA.search, lower))  # 手机 below 填写设备 is what the first person said
        if not has_data:
            yield row + 1, list(_two_lines(upper, lower))


def _two_lines(upper: Sequence[str], lower: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield the labels of a two-line header: a group's title above stands over the columns to its right.

    Over a single column the title above may be the header and the line below a remark; over several it
    names none of them alone.
    """
    group = ""
    for i, (above, below) in enumerate(zip(upper, lower, strict=True)):
        group = above or (group if below else "")
        is_wide = not above or (lower[i + 1 : i + 2] != [""] and upper[i + 1 : i + 2] == [""])
        yield (group + below, below) if is_wide else (above + below, below, above)


def _match(layout: Layout, names: Names, line: int, labels: Sequence[tuple[str, ...]]) -> Header:
    fields = names.fields(layout.kind, labels)
    counts = Counter(field for field in fields if field and field != KNOWN)
    return Header(
        layout,
        line,
        columns={field: i for i, field in enumerate(fields) if field and counts[field] == 1},
        twice={
            field: tuple(i for i, other in enumerate(fields) if other == field)
            for field, count in counts.items()
            if count > 1
        },
        unknown=tuple(i for i, field in enumerate(fields) if field is None and any(labels[i])),
        labels=tuple(column[0] for column in labels),
    )


def is_readable(header: Header) -> bool:
    """Tell whether every needed column is there, and none of them twice."""
    return not header.missing and all(header.twice.keys().isdisjoint(group) for group in header.layout.needs)
