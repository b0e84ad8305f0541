"""plan.xlsx as it comes back from the office, and what was changed in its yellow cells.

Reads and compares; the audit says whether a change keeps the rules, and the caller takes it in.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

from returnplan.model.errors import InputRefused
from returnplan.model.faults import Fault
from returnplan.model.plan import Batch, Plan, Stop
from returnplan.model.texts import Lang, Text
from returnplan.papers.field import Field
from returnplan.papers.filled_in import Answer, UnclearAnswer, files_to_read, no_such_paper, table_rows
from returnplan.papers.pages import read_marks
from returnplan.papers.wording import say_place
from returnplan.papers.workbook.not_read import cells_not_read
from returnplan.papers.workbook.tables import BATCH_FIELDS, RIDER_FIELDS, STOP_FIELDS, STOP_KINDS, drivers
from returnplan.reading.cells import clean
from returnplan.sheets.reader import read_tables
from returnplan.sheets.tables import Table

T = TypeVar("T")
_Journey = tuple[int, int]
_Spot = tuple[str | float | None, ...]

PAPER = Text("方案表", "plan workbook of ours")


@dataclass(frozen=True, slots=True)
class RiderEdit:
    """A rider who stands on another batch, or in another seat, than the plan has; ``seat`` None: any."""

    row: Answer
    person: int
    leg: int
    from_batch: str
    to_batch: str
    seat: int | None


@dataclass(frozen=True, slots=True)
class BatchEdit:
    """A batch with another vehicle, plate or drivers than the plan has; all three as they are now."""

    row: Answer
    batch: str
    vehicle: str
    plate: str
    drivers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StopEdit:
    """A batch whose stops come in another order, or two of them under one number.

    ``order`` are their numbers in the plan, in the order that they have now (0: a stop that the plan does not
    have); ``row`` is that of the first one that moved.
    """

    row: Answer
    batch: str
    order: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Edits:
    """All changes; ``missing`` are riders (person, leg) of the plan who are no longer in the workbook.

    ``faults`` are cells that cannot be read, and those that were changed and that nobody reads back. ``versions`` are
    those of the batches when the workbook was written.
    """

    run_id: str
    riders: tuple[RiderEdit, ...]
    batches: tuple[BatchEdit, ...]
    stops: tuple[StopEdit, ...]
    missing: tuple[tuple[int, int], ...]
    faults: tuple[Fault, ...]
    versions: Mapping[str, int] = field(default_factory=dict)


def run_of_edited(path: Path) -> str:
    """Return which run the workbook is of.

    Raises
    ------
    InputRefused : it is not there, or no plan workbook of ours
    """
    files_to_read([path])
    run_id = read_marks(path).get("run")
    if not run_id:
        raise InputRefused(no_such_paper(path, PAPER))
    return run_id


def lang_of_edited(path: Path) -> Lang | None:
    """Return the language in which the workbook was written; None where it does not say so."""
    lang = read_marks(path).get("lang")
    return "zh" if lang == "zh" else "en" if lang == "en" else None


def read_edits(path: Path, plan: Plan) -> Edits:
    """Read a plan workbook that was edited by hand.

    Parameters
    ----------
    path : the workbook
    plan : what the workbook was written from: the plan of its run

    Raises
    ------
    InputRefused : the file is unreadable or dangerous, or no plan workbook
    """

    def version_of(row: Answer) -> tuple[str, int]:
        return row.value("batch.id"), row.value("batch.version") or 0

    run_id = run_of_edited(path)
    (tables,) = read_tables([path])
    faults: list[Fault] = []
    riders = list(_clear(_rider_row, _rows(tables, RIDER_FIELDS, ("batch", "seat", "person")), faults))
    batches = list(_clear(_batch_row, _rows(tables, BATCH_FIELDS, ("batch.id", "batch.plate")), faults))
    stops = list(_clear(_stop_row, _rows(tables, STOP_FIELDS, ("batch", "stop.seq")), faults))
    if not riders and len(plan.riders):
        raise InputRefused(no_such_paper(path, PAPER))
    columns = (plan.riders[name].tolist() for name in ("person", "leg", "batch", "seat"))
    not_read = cells_not_read(tables, plan, lang_of_edited(path) or "zh")
    known = {(person, leg): (batch, seat) for person, leg, batch, seat in zip(*columns, strict=True)}
    here = {(row.person, row.leg) for row in riders}
    return Edits(
        run_id,
        tuple(_moved(riders, known)),
        tuple(_changed(batches, plan.batches)),
        tuple(_reordered(stops, plan.batches)),
        tuple(sorted(known.keys() - here)),
        (*faults, *not_read),
        dict(_clear(version_of, _rows(tables, BATCH_FIELDS, ("batch.id", "batch.version")), faults)),
    )


@dataclass(frozen=True, slots=True)
class _RiderRow:
    row: Answer
    person: int
    leg: int
    batch: str
    seat: int | None


@dataclass(frozen=True, slots=True)
class _StopRow:
    row: Answer
    batch: str
    seq: int
    kind: str
    spot: _Spot


def _rows(tables: Sequence[Table], fields: Sequence[Field[Any]], needed: Sequence[str]) -> Iterator[Answer]:
    for table in tables:
        yield from table_rows(table, fields, needed) or []


def _clear(read: Callable[[Answer], T], rows: Iterator[Answer], faults: list[Fault]) -> Iterator[T]:
    """Yield what rows say; those that say nothing clear become faults."""
    for row in rows:
        try:
            yield read(row)
        except UnclearAnswer as unclear:
            faults.append(unclear.fault)


def _rider_row(row: Answer) -> _RiderRow:
    person, batch, seat = (row.value(key) for key in ("person", "batch", "seat"))
    return _RiderRow(row, person, row.value("leg") or 1, batch, seat)


def _batch_row(row: Answer) -> BatchEdit:
    return BatchEdit(row, *(row.value(f"batch.{name}") for name in ("id", "vehicle", "plate", "drivers")))


def _stop_row(row: Answer) -> _StopRow:
    spot = _spot(*(row.value(f"stop.{name}") for name in ("place", "lat", "lon")))
    return _StopRow(row, row.value("batch"), row.value("stop.seq"), row.value("kind"), spot)


def _moved(rows: Iterable[_RiderRow], known: Mapping[_Journey, tuple[str, int]]) -> Iterator[RiderEdit]:
    for row in rows:
        batch, seat = known.get((row.person, row.leg), ("", 0))
        if (row.batch, row.seat) != (batch, seat):
            yield RiderEdit(row.row, row.person, row.leg, batch, row.batch, row.seat)


def _changed(rows: Iterable[BatchEdit], batches: Iterable[Batch]) -> Iterator[BatchEdit]:
    known = {  # what the reader makes of an unchanged batch
        batch.id: (clean(batch.vehicle), clean(batch.plate), drivers("、".join(batch.drivers)))
        for batch in batches
    }
    return (row for row in rows if (row.vehicle, row.plate, row.drivers) != known.get(row.batch))


def _reordered(rows: Iterable[_StopRow], batches: Iterable[Batch]) -> Iterator[StopEdit]:
    rows_of: dict[str, list[_StopRow]] = defaultdict(list)
    for row in rows:
        rows_of[row.batch].append(row)
    for batch in batches:
        own = sorted(rows_of[batch.id], key=lambda row: row.seq)
        order = tuple(_seq_of(row, batch.stops) for row in own)
        if not own or order == tuple(stop.seq for stop in batch.stops):
            moved = [row for row, next_row in pairwise(own) if row.seq == next_row.seq]
        else:
            moved = [row for row, seq in zip(own, order, strict=True) if row.seq != seq] or own
        if moved:
            yield StopEdit(moved[0].row, batch.id, order)


def _seq_of(row: _StopRow, stops: Sequence[Stop]) -> int:
    """Return the number that a stop has in the plan, 0 for one that it does not have."""
    here = (stop for stop in stops if row.kind in STOP_KINDS[stop.kind])
    same = (
        stop.seq
        for stop in here
        for place in (stop.place, say_place(stop.place, "en"))
        if row.spot == _spot(clean(place), stop.lat, stop.lon)
    )
    return next(same, 0)


def _spot(place: str, lat: float | None, lon: float | None) -> _Spot:
    """Return what tells a stop from others, also of its name; a spreadsheet program may lose the last digits."""
    return place, *(None if degrees is None else round(degrees, 6) for degrees in (lat, lon))
