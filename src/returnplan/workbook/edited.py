"""plan.xlsx read back after somebody edited it: the editable columns and where each cell stands."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TypeVar

from returnplan.answers.read import Answer, UnclearAnswer, no_such_paper, table_rows
from returnplan.errors import InputRefused
from returnplan.faults import Fault
from returnplan.reading.cells import clean
from returnplan.reading.quantities import count
from returnplan.sheets.reader import read_tables
from returnplan.sheets.tables import Table
from returnplan.texts import Text
from returnplan.workbook.fields import Field
from returnplan.workbook.tables import BATCH_FIELDS, RIDER_FIELDS, STOP_FIELDS

T = TypeVar("T")

PAPER = Text("方案表", "plan workbook of ours")


@dataclass(frozen=True, slots=True)
class BatchRow:
    """What a row of the batches says now; ``where`` are its cells by field."""

    where: Answer
    id: str
    vehicle: str
    plate: str
    drivers: tuple[str, ...]
    version: int | None


@dataclass(frozen=True, slots=True)
class RiderRow:
    """On which batch and seat a person rides now; ``batch`` empty: on none."""

    where: Answer
    person: int | None
    batch: str
    seat: int | None


@dataclass(frozen=True, slots=True)
class StopRow:
    """In which order a stop is called at now; ``kind`` is the word for pick-up or drop-off."""

    where: Answer
    batch: str
    place: str
    kind: str
    seq: int | None


@dataclass(frozen=True, slots=True)
class EditedPlan:
    """All rows, and the cells that cannot be read."""

    batches: tuple[BatchRow, ...]
    riders: tuple[RiderRow, ...]
    stops: tuple[StopRow, ...]
    faults: tuple[Fault, ...]


def read_edited(path: Path) -> EditedPlan:
    """Read a plan workbook back.

    Raises
    ------
    InputRefused : the file is unreadable or dangerous, or lacks the sheets of a plan
    """
    (tables,) = read_tables([path])
    faults: list[Fault] = []
    parts = [
        _read(tables, fields, needed, path)
        for fields, needed in (
            (BATCH_FIELDS, ("batch.id", "batch.vehicle", "batch.plate")),
            (RIDER_FIELDS, ("batch", "seat", "person", "name")),
            (STOP_FIELDS, ("batch", "stop.seq", "stop.place")),
        )
    ]
    batches, riders, stops = parts
    return EditedPlan(
        tuple(_each(batches, _batch, faults)),
        tuple(_each(riders, _rider, faults)),
        tuple(_each(stops, _stop, faults)),
        tuple(faults),
    )


def _read(
    tables: Sequence[Table], fields: Sequence[Field], needed: Sequence[str], path: Path
) -> list[Answer]:
    headers = {field.key: field.header for field in fields}
    found = [rows for table in tables if (rows := table_rows(table, headers, needed)) is not None]
    if not found:
        raise InputRefused(no_such_paper(path, PAPER))
    return list(chain.from_iterable(found))


def _each(rows: Sequence[Answer], read: Callable[[Answer], T], faults: list[Fault]) -> list[T]:
    clear = []
    for row in rows:
        try:
            clear.append(read(row))
        except UnclearAnswer as unclear:
            faults.append(unclear.fault)
    return clear


_number = count("数字", "the number")


def _batch(row: Answer) -> BatchRow:
    drivers = row.value("batch.drivers", clean).split("、")
    return BatchRow(
        row,
        row.value("batch.id", clean),
        row.value("batch.vehicle", clean),
        row.value("batch.plate", clean),
        tuple(filter(None, drivers)),
        row.value("batch.version", _number),
    )


def _rider(row: Answer) -> RiderRow:
    batch = row.value("batch", clean)
    return RiderRow(row, row.value("person", _number), batch, row.value("seat", _number))


def _stop(row: Answer) -> StopRow:
    batch, place, kind = (row.value(field, clean) for field in ("batch", "stop.place", "kind"))
    return StopRow(row, batch, place, kind, row.value("stop.seq", _number))
