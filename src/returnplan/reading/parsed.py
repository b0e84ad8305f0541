"""The parsed data lines of a sheet: a value for each field and line, and findings about cells."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
from pydantic import TypeAdapter, ValidationError

from returnplan.model.faults import Fault, RowRef
from returnplan.model.foreign import pydantic_words
from returnplan.model.text_column import TextColumn, references, text_column
from returnplan.model.texts import Text
from returnplan.reading.cells import CellError, Finding, clean, is_blank, limited, shown
from returnplan.reading.headers import Header
from returnplan.reading.layout import SheetField
from returnplan.reading.rows import Mask, data_lines, filled_down, with_ditto
from returnplan.reading.ticked import ticked_column
from returnplan.sheets.tables import Cell, Column, Table

Days = npt.NDArray[np.datetime64]


@dataclass(frozen=True, slots=True)
class ParsedColumn:
    """One field: data line i has the value ``values[codes[i]]``; ``findings`` are by code.

    ``letters`` is the column in the sheet, None if the sheet does not have the field.
    """

    cells: Sequence[Cell]
    values: npt.NDArray[np.object_]
    codes: npt.NDArray[np.int32]
    findings: dict[int, Finding]
    letters: str | None

    def by_line(self) -> npt.NDArray[np.object_]:
        """Return the values line by line."""
        return np.asarray(self.values[self.codes])

    def texts_by_line(self) -> TextColumn:
        """Return the texts line by line."""
        # What stands above the people is no text of theirs.
        used, codes = np.unique(self.codes, return_inverse=True)
        return text_column(self.values[used]).take(codes)

    def days(self, pick: Callable[[Any], Any] = lambda day: day) -> Days:
        """Return the dates of the column line by line, or the result of ``pick`` for each value; NaT: none."""
        days = [pick(value) if value is not None else None for value in self.values]
        return np.asarray(np.array(days, dtype="datetime64[D]")[self.codes])

    def moments(self) -> Days:
        """Return days with their hours line by line, NaT where there is none."""
        return np.asarray(self.values.astype("datetime64[s]")[self.codes])

    def map(self, function: Callable[[Any], Any]) -> npt.NDArray[np.object_]:
        """Return ``function`` of each value, line by line, called once for each distinct value; None stays None."""
        mapped = np.empty(len(self.values), dtype=object)
        mapped[:] = [function(value) if value is not None else None for value in self.values]
        return np.asarray(mapped[self.codes])

    def validated(self, values: TypeAdapter[list[Any]]) -> "ParsedColumn":
        """Return the column with a finding for each value that the field of the record refuses."""
        refused = {}
        try:
            values.validate_python(self.values.tolist())
        except ValidationError as error:
            refused = {int(e["loc"][0]): invalid(pydantic_words(e)) for e in error.errors(include_url=False)}
        return replace(self, findings=refused | self.findings)


@dataclass(frozen=True)
class ParsedSheet:
    """All fields of a sheet; a field without a column is blank. ``lines`` are the data lines (from 0)."""

    table: Table
    header: Header
    lines: npt.NDArray[np.intp]
    columns: dict[str, ParsedColumn]

    def ref(self, index: int) -> str:
        """Return the reference of the i-th data line."""
        return str(RowRef(self.table.file, self.table.sheet, int(self.lines[index]) + 1))

    def refs(self) -> TextColumn:
        """Return the references of all data lines."""
        return references(f"{self.table.file}!{self.table.sheet}!", self.lines + 1)

    def has(self, field: str) -> bool:
        """Return whether the sheet has a column for a field."""
        return self.columns[field].letters is not None

    @property
    def labels(self) -> dict[str, str]:
        """The headers of the fields as written."""
        return {field: self.header.labels[column] for field, column in self.header.columns.items()}

    def only(self, mask: Mask) -> "ParsedSheet":
        """Return the sheet with some of its data lines."""
        columns = {field: replace(column, codes=column.codes[mask]) for field, column in self.columns.items()}
        return replace(self, lines=self.lines[mask], columns=columns)

    def is_filled(self, field: str) -> Mask:
        """Return the data lines in which the cell of a field is not blank."""
        column = self.columns[field]
        blank = [code for code, cell in enumerate(column.cells) if is_blank(cell)]
        return ~np.isin(column.codes, blank)

    def is_filled_in_any(self, fields: Sequence[str]) -> Mask:
        """Return the data lines in which at least one of some fields is not blank; mostly the first one is enough."""
        is_filled = np.zeros(len(self.lines), dtype=bool)
        for field in fields:
            if is_filled.all():
                break
            is_filled |= self.is_filled(field)
        return is_filled

    def texts(self, field: str, indices: npt.NDArray[np.intp]) -> list[str]:
        """Return the words of the cells of a field in some data lines, as a finding quotes them."""
        column = self.columns[field]
        return [shown(clean(column.cells[code])) for code in column.codes[indices]]

    def fault(self, index: int, field: str, finding: Finding) -> Fault:
        """Return a finding about the cell of a field in the i-th data line."""
        column = self.columns[field]
        return Fault(
            self.table.file,
            self.table.sheet,
            f"{column.letters}{self.lines[index] + 1}" if column.letters else "",
            shown(column.cells[column.codes[index]]),
            finding.code,
            finding.message,
            finding.fix,
            finding.severity,
            self.ref(index) if self.header.layout.kind == "signups" else None,
        )

    def faults(self) -> Iterator[Fault]:
        """Yield what is wrong with single cells, field by field."""
        for field, column in self.columns.items():
            for index in np.flatnonzero(np.isin(column.codes, list(column.findings))):
                yield self.fault(int(index), field, column.findings[int(column.codes[index])])

    def has_error(self) -> Mask:
        """Return which data lines have a cell with an error."""
        errors = np.zeros(len(self.lines), dtype=bool)
        for column in self.columns.values():
            codes = [code for code, finding in column.findings.items() if finding.severity == "error"]
            errors |= np.isin(column.codes, codes)
        return errors


def invalid(why: Text) -> Finding:
    """Return the finding for a value that a record refuses."""
    return Finding(
        "invalid_value",
        Text(f"数值不在允许的范围内（{why.zh}）", f"this value is not allowed: {why.en}"),
        Text("请改正", "correct it"),
    )


def parse_sheet(table: Table, header: Header) -> ParsedSheet:
    """Read the data lines of a sheet; every distinct cell of a column is parsed once."""
    lines, above = data_lines(table, header), dict(header.told)
    columns = {}
    for field in header.layout.fields:
        parse = limited(field.parse, field.most_units, needed=field.required)
        index = header.columns.get(field.name)
        if index is None:
            told = Column([above.get(field.name, "")], np.zeros(len(lines), dtype=np.int32))
            columns[field.name] = parse_column(told, parse, None)
        else:
            column = _cells_of(table, header, field, index)
            column = Column(column.cells, column.codes[lines])
            column = with_ditto(column) if field.fills_down and field.repeats else column
            columns[field.name] = parse_column(column, parse, table.letters(index))
    return ParsedSheet(table, header, lines, columns)


def _cells_of(table: Table, header: Header, field: SheetField, index: int) -> Column:
    """Return the column of a field; of answers that are ticked it is the words above the ticks."""

    def cells(column: int) -> Column:
        return filled_down(table, column) if field.fills_down else table.columns[column]

    answers = dict(header.ticked).get(field.name)
    if answers is None:
        return cells(index)
    return ticked_column([cells(one.column) for one in answers], [one.words for one in answers])


def parse_column(column: Column, parse: Callable[[Cell], Any], letters: str | None) -> ParsedColumn:
    """Parse each distinct cell of a column once; ``letters`` is its column in the sheet."""
    values = np.empty(len(column.cells), dtype=object)
    findings = {}
    for code, cell in enumerate(column.cells):
        try:
            values[code] = parse(cell)
        except CellError as error:
            values[code] = error.finding.value
            findings[code] = error.finding
    return ParsedColumn(column.cells, values, column.codes, findings, letters)
