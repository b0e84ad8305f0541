"""Find the header and the kind of a sheet; an ambiguous header is reported, not guessed."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from returnplan.model.faults import Fault
from returnplan.model.records import SheetKind
from returnplan.model.texts import Text
from returnplan.reading.layout import Layout, header_names
from returnplan.reading.names import Names
from returnplan.reading.questions import KNOWN
from returnplan.sheets.tables import Table, cell_text

SEARCHED_ROWS = 30
SEARCHED_COLUMNS = 256  # a sheet may have 16,384, and each costs time
_NEVER_LOOKED_LIKE_IT = 3  # fewer matching columns than this, and an incomplete sheet is of no known kind
_DATA = re.compile(r"\d{6}|\d{4}-\d{2}-\d{2}")  # ID numbers, phones and dates stand in no header


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a sheet read as one layout: its last line (from 0), and the column of each field.

    ``twice`` are fields with several columns; they are not in ``columns``. ``unknown`` are columns whose header
    is not known. ``labels`` are the headers as written, of two lines joined.
    """

    layout: Layout
    line: int
    columns: Mapping[str, int]
    twice: Mapping[str, tuple[int, ...]]
    unknown: tuple[int, ...]
    labels: tuple[str, ...]

    @property
    def missing(self) -> tuple[tuple[str, ...], ...]:
        """Groups of needed fields without any column."""
        found = {*self.columns, *self.twice}
        return tuple(group for group in self.layout.needs if found.isdisjoint(group))

    @property
    def num_fields(self) -> int:
        """How many different fields were found."""
        return len(self.columns) + len(self.twice)


def find_header(table: Table, layouts: Sequence[Layout], names: Names) -> list[Header]:
    """Return the best reading of the header of a sheet; several if they are equally good, none if none fits.

    A complete reading (all needed columns) is better than an incomplete one; then one with more columns, then
    one of a single line, then the upper one.
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

    ``may_be_strange`` includes lines of which no kind of sheet knows two words.
    """
    return [
        _match(layout, names, line, labels)
        for line, labels in _label_lines(table)
        if may_be_strange or names.may_be_header(label for column in labels for label in column)
        for layout in layouts
    ]


def _without_those_rather_another(candidates: Sequence[Header]) -> list[Header]:
    """Return the readings without those whose line fits the kind ``rather`` better.

    It fits better if it has more columns of that kind, or as many while this layout lacks a column.
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
    """Yield candidates: the last header line, and the labels of each column, the most specific first."""
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
    """Yield the labels of a two-line header: a group title in the upper line covers the columns to its right.

    Over a single column, the title may be the header and the lower line a remark. Over several columns, the
    title alone names none of them.
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
    """Return whether every needed column is there, and none of them twice."""
    return not header.missing and all(header.twice.keys().isdisjoint(group) for group in header.layout.needs)


LEARNT = Text(
    "县里也可以用 returnplan headers --learn 记住别的叫法",
    "or the office has its name learnt: returnplan headers --learn",
)
"""What only the office can do: a township that gets its sheet back has no returnplan."""


def header_faults(table: Table, header: Header) -> list[Fault]:
    """Return what is wrong with a header: columns missing, doubled or unknown."""
    return [
        *(_missing(table, header, group) for group in header.missing),
        *(_twice(table, header, field, columns) for field, columns in header.twice.items()),
        *(_unknown(table, header, column) for column in header.unknown),
    ]


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
            f"请补上该列，或把表中这一列的列名改成它；{LEARNT.zh}",
            f"add the column, or call the one that holds it so; {LEARNT.en}",
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
        Text(
            "请只留一列，或给另一列改名；并排的两张名单请上下接成一张",
            "keep one of them, or give the other another name; put lists that stand side by side below each other",
        ),
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
        Text(
            f"如需采用，请改用报名表模板的列名；{LEARNT.zh}",
            f"if it is needed, give it a header of the form; {LEARNT.en}",
        ),
        "warning",
    )
