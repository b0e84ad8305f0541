"""What a file says: its sheets as they were understood, or why it was not opened."""

from collections.abc import Generator, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from returnplan.model.memory import give_back
from returnplan.model.records import SheetKind
from returnplan.model.texts import Text
from returnplan.reading.names import Names
from returnplan.reading.settings import ReadingSettings
from returnplan.reading.sheet import SheetOutcome, layouts, read_sheets
from returnplan.sheets.reader import open_files
from returnplan.sheets.refusals import FileRefused

FILES_AT_ONCE = 20
"""After so many files memory is given back."""


class NotOpened(NamedTuple):
    """Why a file was not opened, by the code of :class:`~returnplan.sheets.refusals.FileRefused` and in words."""

    code: str
    reason: Text


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """The result of one file, which may travel to another process; ``notes`` name the hidden sheets."""

    sheets: tuple[SheetOutcome, ...] = ()
    notes: tuple[Text, ...] = ()
    refusal: NotOpened | None = None


def file_outcomes(
    paths: Iterable[Path], names: Iterable[str], kinds: Iterable[SheetKind | None], settings: ReadingSettings
) -> Generator[FileOutcome]:
    """Open and understand files, one after the other; the next one is asked for before the present one is yielded.

    Parameters
    ----------
    names : under which the files are shown
    kinds : of all sheets of each file; None: recognise them

    Raises
    ------
    UsageError : the settings name a field that no sheet has
    StoreError : the machine has too little memory
    """
    known = Names(settings.headers)
    with closing(open_files(paths, names)) as opened:
        for done, (kind, tables) in enumerate(zip(kinds, opened, strict=True), 1):
            if done % FILES_AT_ONCE == 0:
                give_back()
            if isinstance(tables, FileRefused):
                yield FileOutcome(refusal=NotOpened(tables.code, tables.reason))
                continue
            sheets = read_sheets(tables, layouts(settings.year, kind), known, settings.year)
            told = {sheet.report.sheet for sheet in sheets if sheet.faults}
            notes = (
                Text(
                    f"{table.file} 中隐藏的工作表“{table.sheet}”未读取",
                    f"the hidden sheet '{table.sheet}' of {table.file} was not read",
                )
                for table in tables
                if table.is_hidden and table.sheet not in told
            )
            yield FileOutcome(tuple(sheets), tuple(notes))
