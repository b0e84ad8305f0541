"""How the headers of a sheet were understood, and the likely meanings of unknown headers."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from returnplan.model.personal_numbers import CALLING_CODE, ID_NUMBER, MOBILE
from returnplan.model.records import SheetKind
from returnplan.reading.cells import clean, is_blank
from returnplan.reading.headers import Header, find_header, header_candidates
from returnplan.reading.layout import Layout, header_names
from returnplan.reading.names import Names
from returnplan.reading.questions import KNOWN, asked, normal
from returnplan.sheets.tables import Table, cell_text

_SAMPLES = 3
_LOOKED_AT = 50
_ALIKE_ENOUGH = 60  # of 100, as rapidfuzz counts letters that stand in the same order
_MOST_LIKELY = 3
_SHAPES = {
    "id_number": re.compile(ID_NUMBER),
    "phone": re.compile(CALLING_CODE + MOBILE),
    "sex": re.compile(r"[男女]"),
    "named_date": re.compile(r"(?:\d{4}[-./年])?\d{1,2}[-./月]\d{1,2}[日号]?(?: 00:00:00)?|[正腊]月.+"),
}


@dataclass(frozen=True, slots=True)
class HeaderMeaning:
    """One column: its header, and the field that it means.

    ``field`` is None where nothing matched, ``_known`` for a column that is known and not used; ``is_twice``
    says that another column claims the field too. ``likely`` are fields that a column without one may mean,
    the likeliest first; ``samples`` are some of its values, open.
    """

    file: str
    sheet: str
    kind: SheetKind
    letters: str
    label: str
    field: str | None
    is_twice: bool
    likely: tuple[str, ...]
    samples: tuple[str, ...]


def header_meanings(table: Table, layouts: Sequence[Layout], names: Names) -> list[HeaderMeaning]:
    """Return how each header of a sheet was understood, from left to right.

    Of a sheet of no known kind, the line with the most fields of a kind is taken for its header, else the
    fullest of the first lines; it is then looked at as a sign-up sheet.
    """
    header = next(iter(find_header(table, layouts, names)), None) or max(
        header_candidates(table, layouts, names, may_be_strange=True),
        key=lambda header: (header.num_fields, sum(map(bool, header.labels))),
        default=None,
    )
    if header is None:
        return []
    field_of = {column: field for field, column in header.columns.items()}
    field_of |= {column: field for field, columns in header.twice.items() for column in columns}
    field_of |= {answer.column: field for field, answers in header.ticked for answer in answers}
    free = [
        field.name for field in header.layout.fields if field.name not in {*header.columns, *header.twice}
    ]
    return [
        _meaning(table, header, column, field_of.get(column), free)
        for column, label in enumerate(header.labels)
        if label
    ]


def _meaning(
    table: Table, header: Header, column: int, field: str | None, free: Sequence[str]
) -> HeaderMeaning:
    is_unknown = column in header.unknown
    codes = dict.fromkeys(table.columns[column].codes[header.line + 1 :].tolist())
    cells = (table.columns[column].cells[code] for code in codes)
    values = [clean(cell_text(cell)) for cell in cells if not is_blank(cell)][:_LOOKED_AT]
    return HeaderMeaning(
        table.file,
        table.sheet,
        header.layout.kind,
        table.letters(column),
        header.labels[column],
        None if is_unknown else field or KNOWN,
        field in header.twice,
        _likely(header.layout.kind, header.labels[column], values, free) if is_unknown else (),
        tuple(values[:_SAMPLES]),
    )


def _likely(kind: SheetKind, label: str, values: Sequence[str], free: Sequence[str]) -> tuple[str, ...]:
    """Return fields that nothing else claims: those of the values' shape, then those of the most alike names."""
    shaped = [
        field
        for field, shape in _SHAPES.items()
        if field in free and sum(bool(shape.fullmatch(value)) for value in values) * 2 > len(values)
    ]
    scores = {field: _likeness(label, header_names()[kind][field]) for field in free}
    alike = sorted(
        (field for field in free if scores[field] >= _ALIKE_ENOUGH), key=lambda field: -scores[field]
    )
    return tuple(dict.fromkeys((*shaped, *alike)))[:_MOST_LIKELY]


def _likeness(label: str, names: Sequence[str]) -> float:
    return max(fuzz.ratio(asked(label), asked(name)) for name in names)


def field_names(kind: SheetKind) -> Mapping[str, tuple[str, str]]:
    """Return the fields of a kind of sheet, each with its first Chinese and its last English header."""
    return {
        field: (names[0], names[-1])
        for field, names in header_names()[kind].items()
        if not field.startswith("_")
    }


def field_of(kind: SheetKind, answer: str) -> str | None:
    """Return the field of a kind of sheet that somebody calls by any of its headers, or by its key in [headers]."""
    wanted = normal(answer)
    names = {field: words for field, words in header_names()[kind].items() if not field.startswith("_")}
    return next(
        (field for field, words in names.items() if wanted in map(normal, (field, *words))),
        None,
    )
