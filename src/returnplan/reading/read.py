"""Read files and folders into one intake."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import TypeVar

from returnplan.model.errors import InputRefused
from returnplan.model.faults import OTHER_YEAR, Fault
from returnplan.model.intake import InputFile, Intake, SheetReport
from returnplan.model.records import (
    Demand,
    DistanceRow,
    FleetRow,
    NamedRow,
    PickupRow,
    PlaceRow,
    RailRow,
    SheetKind,
)
from returnplan.model.texts import NO_TEXT, Text
from returnplan.reading.acceptance import blank_notes
from returnplan.reading.elsewhere import Readers, file_outcomes_elsewhere
from returnplan.reading.not_read import id_number_in, num_people_in_text
from returnplan.reading.other_year import file_of_other_year
from returnplan.reading.settings import ReadingSettings
from returnplan.reading.sheet import SheetOutcome
from returnplan.reading.side_by_side import file_outcomes_side_by_side
from returnplan.reading.signups import SignUps, joined
from returnplan.reading.small_sheets import Records
from returnplan.reading.without_row import people_without_row
from returnplan.sheets.copies import oldest_first
from returnplan.sheets.files import (
    LOCKED,
    NOT_FILES,
    OWN,
    SkippedFile,
    expand,
    is_marked,
    readable,
    shown_names,
)
from returnplan.sheets.refusals import FileRefused

Progress = Callable[[int, int], None]
_NAMED_FILES = 3
_NO_DATA = Text("没有数据：工作表都是空的或隐藏的", "holds no data: every sheet is empty or hidden")
RecordType = TypeVar("RecordType", Demand, FleetRow, RailRow, PlaceRow, DistanceRow, PickupRow, NamedRow)


@dataclass(frozen=True, slots=True)
class _Source:
    """A file to read, the kind of its sheets (None: recognise it), and whether the call names the file."""

    path: Path
    kind: SheetKind | None
    is_named: bool


def read_files(
    paths: Sequence[Path],
    settings: ReadingSettings,
    *,
    explicit: Mapping[SheetKind, Sequence[Path]] | None = None,
    progress: Progress | None = None,
    readers: Readers | None = None,
    is_look: bool = False,
) -> Intake:
    """Read spreadsheets and folders of them.

    Parameters
    ----------
    paths : files and folders, in the order of the command line (later sign-ups of a person win)
    settings : further names of columns, and the year of dates without one
    explicit : files whose kind the user gave; their sheets are read only as that kind
    progress : called with the number of files read and the number of all files
    readers : read the files, which travel to them; None: this process does
    is_look : nothing is planned of it: read the other files, too, where one has to be refused, and keep why

    Returns
    -------
    Intake : each row of a person is a line of ``signups``, or one of ``rejected`` with its faults

    Raises
    ------
    InputRefused : a file is unreadable or dangerous, or no sheet of any file is recognised
    UsageError : the settings name a field that no sheet has
    """
    sources, skipped = _sources(paths, explicit or {})
    outcomes: list[SheetOutcome] = []
    inputs: list[InputFile] = []
    notes = [
        Text(
            f"跳过 {readable(str(file.path))}：{file.reason.zh}",
            f"skipped {readable(str(file.path))}: {file.reason.en}",
        )
        for file in skipped
        if file.reason not in (OWN, LOCKED, *NOT_FILES)  # the program's own files are no news
    ]
    close_it = Text("请关闭该文件后再运行", "close it, then run again")
    unread = [
        Fault(readable(file.path.name), "", "", "", "file_locked", file.reason, close_it)
        for file in skipped
        if file.reason == LOCKED
    ]
    unread += [
        _unread_fault(readable(file.path.name), file.reason) for file in skipped if file.reason in NOT_FILES
    ]
    of_year: list[Fault] = []
    stopped: list[Text] = []
    files = [source.path for source in sources]
    shown = shown_names(files)
    options = (files, shown, [source.kind for source in sources], settings)
    outcomes_of = (
        file_outcomes_elsewhere(*options, readers) if readers else file_outcomes_side_by_side(*options)
    )
    with closing(outcomes_of) as read:
        for done, (source, name, file) in enumerate(zip(sources, shown, read, strict=True), start=1):
            if file.refusal:
                refused = FileRefused(source.path, *file.refusal)
                if source.is_named or refused.stops:
                    if not is_look or len(sources) == 1:
                        raise refused
                    stopped.append(refused.message)
                num_people = num_people_in_text(source.path)
                unread.append(_unread_fault(name, refused.reason, num_people))
                if num_people:
                    report = SheetReport(name, "", None, None, 0, 0, not_read=num_people)
                    outcomes.append(SheetOutcome(report))
            else:
                if not any(sheet.is_understood or sheet.faults for sheet in file.sheets):
                    unread.append(_unread_fault(name, _NO_DATA))
                notes.extend(file.notes)
                of_year += _of_other_year(source.path, name, file.sheets, settings.year)
                num_rows = sum(sheet.report.rows for sheet in file.sheets)
                inputs.append(InputFile(readable(str(source.path)), _sha256(source.path), num_rows))
                outcomes.extend(_in_folder(file.sheets, readable(source.path.resolve().parent.name)))
            if progress:
                progress(done, len(sources))
    outcomes = _with_people_without_row(outcomes)
    faults = (*unread, *of_year, *_faults(outcomes))
    if not any(outcome.is_readable for outcome in outcomes):
        why = _nothing_recognised(sources, faults)
        if not is_look or not outcomes:
            raise InputRefused(why)
        stopped.append(why)
    given = [*paths, *(path for named in (explicit or {}).values() for path in named)]
    reports = [outcome.report for outcome in outcomes]
    intake = _intake(outcomes, inputs, (*notes, *blank_notes(reports, _faults(outcomes))))
    return replace(
        intake,
        files=tuple(oldest_first(given, files)),
        faults=faults,
        unread=tuple((fault.file, fault.code) for fault in unread),
        refused=tuple(stopped),
    )


def _sources(
    paths: Sequence[Path], explicit: Mapping[SheetKind, Sequence[Path]]
) -> tuple[list[_Source], list[SkippedFile]]:
    """Return the files to read, each once, and the skipped ones; an explicit kind has priority."""
    kinds: dict[Path, SheetKind | None] = {}
    skipped: list[SkippedFile] = []
    for kind, named in ((None, paths), *explicit.items()):
        files, skips = expand(named, is_deep=True)
        skipped.extend(skips)
        kinds.update(dict.fromkeys(files, kind))
    named_files = {path.resolve() for path in chain(paths, *explicit.values()) if not path.is_dir()}
    sources = [_Source(path, kind, path.resolve() in named_files) for path, kind in kinds.items()]
    for source in sources:
        if source.is_named and is_marked(source.path):
            raise InputRefused(_our_own(readable(source.path.name)))
    return sources, skipped


def _our_own(name: str) -> Text:
    return Text(
        f"{name} 是本程序写出的表（方案表、名单等），不是报名表。请指定报名表。",
        f"{name} is a workbook that this program wrote (a plan, a manifest), no list of people. Name the sign-up "
        "sheets.",
    )


def _intake(outcomes: Sequence[SheetOutcome], inputs: Sequence[InputFile], notes: Sequence[Text]) -> Intake:
    people = [outcome.content for outcome in outcomes if isinstance(outcome.content, SignUps)]
    records = [
        record
        for outcome in outcomes
        if isinstance(outcome.content, Records)
        for record in outcome.content.records
    ]
    contents = [outcome.content for outcome in outcomes]
    faulty = [one for content in contents if isinstance(content, Records) for one in content.faulty_fleet]
    labels = [label for outcome in outcomes for label in outcome.labels]
    return Intake(
        signups=joined(people),
        inputs=tuple(inputs),
        sheets=tuple(outcome.report for outcome in outcomes),
        titles={
            (outcome.report.file, outcome.report.sheet): (outcome.titles, (outcome.folder,))
            for outcome in outcomes
            if outcome.report.kind == "signups"
        },
        rejected=tuple(row for sheet in people for row in sheet.rejected),
        demand=_of_type(records, Demand),
        fleet=_of_type(records, FleetRow),
        faulty_fleet=tuple(faulty),
        rail=_of_type(records, RailRow),
        places=_of_type(records, PlaceRow),
        distances=_of_type(records, DistanceRow),
        pickups=_of_type(records, PickupRow),
        named=_of_type(records, NamedRow),
        lang="en" if sum(map(str.isascii, labels)) * 2 > len(labels) else "zh",
        notes=tuple(notes),
    )


def _with_people_without_row(outcomes: Sequence[SheetOutcome]) -> list[SheetOutcome]:
    """Return the sheets with the people whose ID number stands in a cell, but in no row of any file."""
    if not any(outcome.numbers_beside for outcome in outcomes):
        return list(outcomes)
    known: set[str] = set()
    for content in (outcome.content for outcome in outcomes):
        if isinstance(content, SignUps):
            known.update(content.columns["id_number"])
            known.update(id_number_in(row.id_number).upper() for row in content.rejected)
        elif isinstance(content, Records):
            known.update(row.id_number for row in _of_type(content.records, NamedRow))
    told = []
    for outcome in outcomes:
        faults, num_people = people_without_row(outcome.numbers_beside, known)
        report = replace(outcome.report, not_read=outcome.report.not_read + num_people)
        told.append(replace(outcome, report=report, faults=(*outcome.faults, *faults), numbers_beside=()))
    return told


def _of_type(records: Sequence[object], kind: type[RecordType]) -> tuple[RecordType, ...]:
    return tuple(record for record in records if isinstance(record, kind))


def _faults(outcomes: Sequence[SheetOutcome]) -> list[Fault]:
    return [fault for outcome in outcomes for fault in outcome.faults]


def _in_folder(sheets: Iterable[SheetOutcome], folder: str) -> Iterator[SheetOutcome]:
    """Yield the sheets of a file with the name of its folder."""
    return (replace(sheet, folder=folder) for sheet in sheets)


def _of_other_year(
    path: Path, name: str, sheets: Sequence[SheetOutcome], year: int | None
) -> tuple[Fault, ...]:
    """Return the warning about a file whose name or folder says another year, if none of its sheets does."""
    is_said = any(fault.code == OTHER_YEAR for sheet in sheets for fault in sheet.faults)
    if is_said or not any(sheet.report.kind in ("signups", "demand", "fleet", "rail") for sheet in sheets):
        return ()
    fault = file_of_other_year(name, path.parent.name, year)
    return (fault,) if fault else ()


def _unread_fault(name: str, reason: Text, num_people: int = 0) -> Fault:
    """Return the fault of a file that was not read, while other files of the folder were."""
    people = Text(f"里面看来有 {num_people} 人。", f" It seems to hold {num_people} people.")
    message = Text(reason.zh + people.zh, reason.en + people.en) if num_people else reason
    return Fault(name, "", "", "", "file_not_read", message)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _nothing_recognised(sources: Sequence[_Source], faults: Sequence[Fault]) -> Text:
    """Return one line: the files, the first finding that says why, and what would help."""
    names = "、".join(readable(source.path.name) for source in sources[:_NAMED_FILES])
    more = "…" if len(sources) > _NAMED_FILES else ""
    if not faults:
        return Text(
            f"{names}{more} 中没有数据：工作表都是空的或隐藏的。请检查是否选错了文件。",
            f"{names}{more}: every sheet is empty or hidden. Check whether these are the right files.",
        )
    fault = next((fault for fault in faults if fault.severity == "error"), faults[0])
    sheet = Text(f" 的“{fault.sheet}”", f", sheet '{fault.sheet}'") if fault.sheet else NO_TEXT
    fix = Text(f"。{fault.fix.zh}。", f"; {fault.fix.en}.") if fault.fix.zh else NO_TEXT
    return Text(
        f"{names}{more} 中没有可读的表。{fault.file}{sheet.zh}：{fault.message.zh}{fix.zh}",
        f"{names}{more}: no sheet could be read. {fault.file}{sheet.en}: {fault.message.en}{fix.en}",
    )
