"""Finds the header of a sheet and what kind of sheet it is; ambiguity is reported, nothing is guessed."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from returnplan.faults import Fault
from returnplan.reading.layout import Layout, header_names
from returnplan.sheets.tables import Table, cell_text
from returnplan.texts import Text

SEARCHED_ROWS = 30
SEARCHED_COLUMNS = 256  # a sheet may have 16,384, and each costs time
_IN_PARENTHESES = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_KNOWN = "_known"
_NEVER_LOOKED_LIKE_IT = 3  # fewer matching columns than this, and an incomplete sheet is of no known kind


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


@cache
def normal(header: str) -> str:
    """Return what counts of a header: letters and digits, half-width, lower case."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", header).casefold()))


@cache
def _spellings(label: str) -> tuple[str, ...]:
    """Return a header as it counts, first with and then without what stands in parentheses."""
    half_width = unicodedata.normalize("NFKC", label)
    return normal(half_width), normal(_IN_PARENTHESES.sub("", half_width))


class Names:
    """Which field a header means, for each kind of sheet; ``extra`` are the office's own names."""

    def __init__(self, extra: Mapping[str, Sequence[str]]) -> None:
        self._fields: dict[str, dict[str, str]] = {}
        for kind, fields in header_names().items():
            known = {normal(name): field for field, names in fields.items() for name in names}
            own = {normal(name): field for field in fields for name in extra.get(field, ())}
            self._fields[kind] = known | own

    def field(self, kind: str, labels: Sequence[str]) -> str | None:
        """Return the field of the first label that means one."""
        fields = self._fields[kind]
        for label in labels:
            for spelling in _spellings(label):
                if spelling in fields:
                    return fields[spelling]
        return None


def find_header(table: Table, layouts: Sequence[Layout], names: Names) -> list[Header]:
    """Return the best reading of a sheet's header; several when they are equally good, none when none fits.

    A complete one (all needed columns) goes before an incomplete one, then the one with more columns wins,
    then the one of a single line, then the upper one.
    """
    candidates = [
        _match(layout, names, line, labels) for line, labels in _label_lines(table) for layout in layouts
    ]
    own = [header for header in candidates if not _is_rather_another(header, candidates)]
    complete = [header for header in own if not header.missing]
    partial = [header for header in own if header.num_fields >= _NEVER_LOOKED_LIKE_IT]
    choice = complete or partial
    most = max((header.num_fields for header in choice), default=0)
    best = [header for header in choice if header.num_fields == most]
    by_kind = {header.layout.kind: header for header in reversed(best)}
    return list(by_kind.values())


def _is_rather_another(header: Header, candidates: Sequence[Header]) -> bool:
    """Tell whether the same line has more columns of the kind that the layout gives way to.

    As many are enough when this layout lacks a column, too.
    """
    return any(
        other.layout.kind == header.layout.rather
        and other.line == header.line
        and (other.num_fields, bool(header.missing)) > (header.num_fields, False)
        for other in candidates
    )


def _label_lines(table: Table) -> Iterator[tuple[int, list[tuple[str, ...]]]]:
    """Yield candidates: the last header line, and the labels of each column, the most telling first."""
    columns = table.columns[:SEARCHED_COLUMNS]
    lines = [
        [cell_text(column[row]) for column in columns] for row in range(min(SEARCHED_ROWS, table.num_rows))
    ]
    for row, line in enumerate(lines):
        yield row, [(label,) for label in line]
    for row, (upper, lower) in enumerate(pairwise(lines)):
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
    fields = [names.field(layout.kind, column) for column in labels]
    counts = Counter(field for field in fields if field and field != _KNOWN)
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


def header_faults(table: Table, header: Header) -> list[Fault]:
    """Return what the office should know about a header: columns unknown, doubled or missing."""
    return [
        *(_missing(table, header, group) for group in header.missing),
        *(_twice(table, header, field, columns) for field, columns in header.twice.items()),
        *(_unknown(table, header, column) for column in header.unknown),
    ]


def is_readable(header: Header) -> bool:
    """Tell whether every needed column is there, and none of them twice."""
    return not header.missing and all(header.twice.keys().isdisjoint(group) for group in header.layout.needs)


def _missing(table: Table, header: Header, group: tuple[str, ...]) -> Fault:
    names = header_names()[header.layout.kind]
    wanted_zh = "或".join(names[field][0] for field in group)
    wanted_en = " or ".join(names[field][-1] for field in group)
    return Fault(
        table.file,
        table.sheet,
        "",
        "",
        "missing_column",
        Text(f"缺少“{wanted_zh}”列，整张表未读取", f"no column {wanted_en}: the sheet was not read"),
        Text(
            "请补上该列，或在 [headers] 中写明它叫什么",
            "add the column, or say in [headers] what it is called",
        ),
    )


def _twice(table: Table, header: Header, field: str, columns: Sequence[int]) -> Fault:
    is_needed = any(field in group for group in header.layout.needs)
    labels = "、".join(f"{header.labels[i]}({table.letters(i)})" for i in columns)
    return Fault(
        table.file,
        table.sheet,
        f"{table.letters(columns[1])}{header.line + 1}",
        header.labels[columns[1]],
        "column_twice",
        Text(
            f"{labels} 是同一项内容，" + ("整张表未读取" if is_needed else "都未采用"),
            f"{labels} mean the same: " + ("the sheet was not read" if is_needed else "none was used"),
        ),
        Text("请只留一列，或给另一列改名", "keep one of them, or give the other another name"),
        "error" if is_needed else "warning",
    )


def _unknown(table: Table, header: Header, column: int) -> Fault:
    label = header.labels[column]
    return Fault(
        table.file,
        table.sheet,
        f"{table.letters(column)}{header.line + 1}",
        label,
        "unknown_column",
        Text(f"不认识的列“{label}”，未采用", f"the column '{label}' is not known and was not used"),
        Text("如需采用，请在 [headers] 中写明", "if it is needed, say in [headers] what it is"),
        "warning",
    )
