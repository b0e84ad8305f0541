"""The use case of this package: files in, one intake out."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from returnplan.errors import InputRefused
from returnplan.faults import Fault
from returnplan.intake import InputFile, Intake
from returnplan.reading.acceptance import blank_notes
from returnplan.reading.names import Names
from returnplan.reading.settings import ReadingSettings
from returnplan.reading.sheet import SheetOutcome, layouts, read_sheet
from returnplan.reading.signups import SignUps, joined
from returnplan.reading.small_sheets import Records
from returnplan.records import Demand, DistanceRow, FleetRow, NamedRow, PickupRow, PlaceRow, SheetKind
from returnplan.sheets.copies import oldest_first
from returnplan.sheets.files import LOCKED, SkippedFile, expand
from returnplan.sheets.reader import read_tables
from returnplan.sheets.tables import Table
from returnplan.texts import Lang, Text

Progress = Callable[[int, int], None]
_NAMED_FILES = 3
RecordType = TypeVar("RecordType", Demand, FleetRow, PlaceRow, DistanceRow, PickupRow, NamedRow)


@dataclass(frozen=True, slots=True)
class _Source:
    """A file to read, and the kind its sheets are said to be (None: recognise it)."""

    path: Path
    kind: SheetKind | None


def read_files(
    paths: Sequence[Path],
    settings: ReadingSettings,
    *,
    explicit: Mapping[SheetKind, Sequence[Path]] | None = None,
    progress: Progress | None = None,
) -> Intake:
    """Read spreadsheets and folders of them.

    Parameters
    ----------
    paths : files and folders, in the order of the command line (later sign-ups of a person win)
    settings : further names of columns, and the year of dates without one
    explicit : files whose kind the user named; their sheets are read as that kind and no other
    progress : told how many files are read, and how many there are

    Returns
    -------
    Intake : every row that is a person is a line of ``signups`` or one of ``rejected`` with its faults

    Raises
    ------
    InputRefused : a file is unreadable or dangerous, or no sheet of any file is recognised
    UsageError : the settings name a field that no sheet has
    """
    sources, skipped = _sources(paths, explicit or {})
    names = Names(settings.headers)
    outcomes: list[SheetOutcome] = []
    inputs: list[InputFile] = []
    notes = [_skip_note(file) for file in skipped if file.reason != LOCKED]
    locked = [_locked_fault(file) for file in skipped if file.reason == LOCKED]
    files = [source.path for source in sources]
    for done, (source, tables) in enumerate(zip(sources, read_tables(files), strict=True), start=1):
        choices = layouts(settings.year, source.kind)
        read = [read_sheet(table, choices, names, settings.year) for table in tables]
        notes.extend(_hidden_note(table) for table in tables if table.is_hidden)
        inputs.append(InputFile(str(source.path), _sha256(source.path), sum(o.report.rows for o in read)))
        outcomes.extend(read)
        if progress:
            progress(done, len(sources))
    if not any(outcome.is_readable for outcome in outcomes):
        raise InputRefused(_nothing_recognised(sources, outcomes))
    given = [*paths, *(path for named in (explicit or {}).values() for path in named)]
    reports = [outcome.report for outcome in outcomes]
    intake = _intake(outcomes, inputs, (*notes, *blank_notes(reports, _faults(outcomes))))
    return replace(intake, files=tuple(oldest_first(given, files)), faults=(*locked, *_faults(outcomes)))


def _sources(
    paths: Sequence[Path], explicit: Mapping[SheetKind, Sequence[Path]]
) -> tuple[list[_Source], list[SkippedFile]]:
    """Return the files to read, each once; a file whose kind is named is of that kind."""
    kinds: dict[Path, SheetKind | None] = {}
    skipped: list[SkippedFile] = []
    for kind, named in ((None, paths), *explicit.items()):
        files, skips = expand(named)
        skipped.extend(skips)
        kinds.update(dict.fromkeys(files, kind))
    return [_Source(path, kind) for path, kind in kinds.items()], skipped


def _intake(outcomes: Sequence[SheetOutcome], inputs: Sequence[InputFile], notes: Sequence[Text]) -> Intake:
    people = [outcome.content for outcome in outcomes if isinstance(outcome.content, SignUps)]
    records = [
        record
        for outcome in outcomes
        if isinstance(outcome.content, Records)
        for record in outcome.content.records
    ]
    return Intake(
        signups=joined(people),
        inputs=tuple(inputs),
        sheets=tuple(outcome.report for outcome in outcomes),
        rejected=tuple(row for sheet in people for row in sheet.rejected),
        demand=_of_type(records, Demand),
        fleet=_of_type(records, FleetRow),
        places=_of_type(records, PlaceRow),
        distances=_of_type(records, DistanceRow),
        pickups=_of_type(records, PickupRow),
        named=_of_type(records, NamedRow),
        lang=_language(outcomes),
        notes=tuple(notes),
    )


def _of_type(records: Sequence[object], kind: type[RecordType]) -> tuple[RecordType, ...]:
    return tuple(record for record in records if isinstance(record, kind))


def _language(outcomes: Sequence[SheetOutcome]) -> Lang:
    """Return en when most headers that were recognised are English."""
    labels = [
        outcome.header.labels[column]
        for outcome in outcomes
        if outcome.header
        for column in outcome.header.columns.values()
    ]
    return "en" if sum(map(str.isascii, labels)) * 2 > len(labels) else "zh"


def _faults(outcomes: Sequence[SheetOutcome]) -> list[Fault]:
    return [fault for outcome in outcomes for fault in outcome.faults]


def _locked_fault(skipped: SkippedFile) -> Fault:
    return Fault(
        skipped.path.name,
        "",
        "",
        "",
        "file_locked",
        skipped.reason,
        Text("请关闭该文件后再运行", "close it, then run again"),
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _skip_note(skipped: SkippedFile) -> Text:
    return Text(f"跳过 {skipped.path}：{skipped.reason.zh}", f"skipped {skipped.path}: {skipped.reason.en}")


def _hidden_note(table: Table) -> Text:
    return Text(
        f"{table.file} 中隐藏的工作表“{table.sheet}”未读取",
        f"the hidden sheet '{table.sheet}' of {table.file} was not read",
    )


def _nothing_recognised(sources: Sequence[_Source], outcomes: Sequence[SheetOutcome]) -> Text:
    """Return one line: the files, the first finding that says why, and what would help."""
    names = "、".join(source.path.name for source in sources[:_NAMED_FILES])
    more = "…" if len(sources) > _NAMED_FILES else ""
    fault = next(iter(_faults(outcomes)), None)
    if fault is None:
        return Text(
            f"{names}{more} 中没有数据：工作表都是空的或隐藏的。请检查是否选错了文件。",
            f"{names}{more}: every sheet is empty or hidden. Check whether these are the right files.",
        )
    return Text(
        f"{names}{more} 中没有可读的表。{fault.file} 的“{fault.sheet}”：{fault.message.zh}。{fault.fix.zh}。",
        f"{names}{more}: no sheet could be read. {fault.file}, sheet '{fault.sheet}': "
        f"{fault.message.en}; {fault.fix.en}.",
    )
