"""Collect the faults of one enrolment with their cells, and the sign-up rows that they reject."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from string import ascii_uppercase

from returnplan.model.faults import Fault, RowRef, Severity
from returnplan.model.intake import SheetReport
from returnplan.model.texts import NO_TEXT, Text
from returnplan.places import Division, Gazetteer, Level, did_you_mean, is_of_many_cities, tidy


class Findings:
    """Faults so far; an error about a sign-up row puts its reference into ``rejected``."""

    def __init__(self, sheets: Iterable[SheetReport]) -> None:
        self._columns = {(sheet.file, sheet.sheet): dict(sheet.columns) for sheet in sheets}
        self.faults: list[Fault] = []
        self.rejected: set[str] = set()
        self._superseded: dict[str, str] = {}
        self._replaced: dict[str, str] = {}

    def cell(self, ref: str, field: str) -> str:
        """Return the cell of a field in the row ``ref`` (F12), or "" when the sheet has no such column."""
        row = row_ref(ref)
        column = self._columns.get((row.file, row.sheet), {}).get(field, "")
        return f"{column}{row.row}" if column else ""

    def place_of(self, ref: str, field: str) -> str:
        """Return file, sheet and cell (or row) as one word, for a message that names a second cell."""
        row = row_ref(ref)
        return f"{row.file}!{row.sheet}!{self.cell(ref, field) or row.row}"

    def add(
        self,
        ref: str,
        field: str,
        value: str,
        code: str,
        message: Text,
        fix: Text = NO_TEXT,
        severity: Severity = "error",
        *,
        signup: bool = True,
    ) -> None:
        """Add a fault of the cell of ``field`` in the row ``ref``; ``signup`` says whether it is a sign-up row."""
        row, cell = row_ref(ref), self.cell(ref, field)
        self.faults.append(
            Fault(row.file, row.sheet, cell, value, code, message, fix, severity, ref if signup else None)
        )
        if signup and severity == "error":
            self.rejected.add(ref)

    def note(self, faults: Iterable[Fault]) -> None:
        """Add faults of rows that do not count, without rejecting the rows."""
        self.faults.extend(faults)

    def supersede(self, ref: str, by: str) -> None:
        """Record that a later row of the person replaces the faulty row ``ref``, which needs no correction."""
        self._superseded[ref] = by

    def replace_vehicle(self, ref: str, by: str) -> None:
        """Record that a later row of the carrier replaces the fleet row ``ref``: if it is faulty, it is no matter."""
        self._replaced[ref] = by

    def told(self, faults: Iterable[Fault]) -> tuple[Fault, ...]:
        """Return the faults; an error of a superseded row becomes a warning that names the later row."""
        return tuple(
            replace(fault, severity="warning", fix=_superseded(by))
            if fault.severity == "error" and (by := self._later(fault))
            else fault
            for fault in faults
        )

    def _later(self, fault: Fault) -> str:
        """Return the row that takes the place of the one of a fault, "" if none does."""
        if fault.signup is not None:
            return self._superseded.get(fault.signup, "")
        row = fault.cell.lstrip(ascii_uppercase)
        return self._replaced.get(f"{fault.file}!{fault.sheet}!{row}", "")

    def empty_copy(self) -> "Findings":
        """Return an empty collection for the same sheets."""
        copied = Findings(())
        copied._columns = self._columns
        return copied

    def sorted(self) -> tuple[Fault, ...]:
        """Return the faults sorted by position."""
        return tuple(
            sorted(self.faults, key=lambda f: (f.file, f.sheet, f.signup or "", f.cell, f.code, f.value))
        )


def _superseded(by: str) -> Text:
    return Text(
        f"此行已由后报的 {by} 代替，不必再改", f"the later row {by} took its place: nothing to correct here"
    )


def row_ref(ref: str) -> RowRef:
    """Return the parts of ``file!sheet!row``."""
    file, sheet, row = ref.rsplit("!", 2)
    return RowRef(file, sheet, int(row))


def sheet_of(ref: str) -> tuple[str, str]:
    """Return file and sheet of ``file!sheet!row``, whatever the row is called."""
    file, sheet, _ = ref.rsplit("!", 2)
    return file, sheet


def unclear_name(
    text: str, found: Sequence[Division], gazetteer: Gazetteer, within: Division | None = None
) -> Text:
    """Return the message that ``text`` may mean several divisions, or is unknown, then with near names.

    Parameters
    ----------
    text : as written
    found : the divisions it may mean
    gazetteer : the source of near names
    within : near names are parts of it; None: cities and towns
    """
    if found:
        names = [gazetteer.full_name(division) for division in found]
        return Text(f"“{text}”有几处：{'、'.join(names)}", f'"{text}" may be {", ".join(names)}')
    if is_of_many_cities(tidy(text)):
        return Text(
            f"“{text}”不止一个市有，看不出是哪个市",
            f'more than one city has a "{text}"; it does not say which',
        )
    read = gazetteer.read(text)
    if read.only is not None and read.only.level is Level.PROVINCE and not read.rest:
        return Text(f"“{text}”只写到省，请写到市", f'"{text}" is a province, not a city')
    offer = did_you_mean(gazetteer.near(text, within))
    return Text(f"查不到“{text}”{offer.zh}", f'"{text}" is not known{offer.en}')
