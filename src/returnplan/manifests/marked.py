"""Papers that come back from a journey: who boarded, who was added on the spot, who arrived at the employer.

Reads what the escort and the employer wrote; what follows from it is the caller's. A list on which nothing was
marked at all says nothing; on one with marks, a blank means that the person was not there.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from returnplan.answers.read import Answer, UnclearAnswer, files_to_read, no_such_paper, table_rows
from returnplan.errors import InputRefused
from returnplan.faults import Fault
from returnplan.manifests.receipt import ARRIVED, NOTE, PERSON
from returnplan.manifests.ride_fields import ADDED, BATCH, RIDE_FIELDS
from returnplan.pages import read_marks
from returnplan.plan import WalkUp
from returnplan.reading.cells import clean, required
from returnplan.reading.ids import id_number
from returnplan.reading.quantities import count
from returnplan.reading.words import yes_no
from returnplan.sheets.reader import read_tables
from returnplan.sheets.tables import Table, cell_text
from returnplan.texts import Text

PAPER = Text("随车名单或签收单", "manifest or receipt of ours")
_RIDE_HEADERS = {field.key: field.header for field in RIDE_FIELDS}
_RECEIPT_HEADERS = {"person": PERSON, "arrived": ARRIVED, "note": NOTE}
_SEARCHED_ROWS = 12
_ADDED_ROW = re.compile(rf"[{''.join(ADDED)}]\d+")

_person = required(count("编号", "the person number"), "missing_person", "编号", "the person number")
_name = required(clean, "missing_name", "姓名", "the name")
_id_number = required(id_number, "missing_id_number", "身份证号码", "the ID number")
_tick = yes_no("是否到了", "there or not")


@dataclass(frozen=True, slots=True)
class Paper:
    """A workbook that came back: which printing of a batch's papers it is (0: it no longer says)."""

    file: str
    batch: str
    version: int


@dataclass(frozen=True, slots=True)
class Boarding:
    """Whether a rider boarded."""

    batch: str
    person: int
    boarded: bool


@dataclass(frozen=True, slots=True)
class Arrival:
    """Whether a person arrived at the employer; ``note`` says where else they went."""

    batch: str
    person: int
    arrived: bool
    note: str


_Said = Boarding | WalkUp | Arrival | Fault


@dataclass(frozen=True, slots=True)
class JourneyReport:
    """All that the papers say."""

    papers: tuple[Paper, ...]
    boardings: tuple[Boarding, ...]
    walk_ups: tuple[WalkUp, ...]
    arrivals: tuple[Arrival, ...]
    faults: tuple[Fault, ...]


def read_marked(paths: Sequence[Path]) -> JourneyReport:
    """Read manifests and receipts that were marked by hand and typed in.

    Raises
    ------
    InputRefused : a file is unreadable or dangerous, or holds neither a manifest nor a receipt
    """
    papers: list[Paper] = []
    files, faults = files_to_read(paths)
    said: list[_Said] = [*faults]
    for path, tables in zip(files, read_tables(files), strict=True):
        known = [table for table in tables if _rides(table) is not None or _arrivals(table) is not None]
        if not known:
            raise InputRefused(no_such_paper(path, PAPER))
        version = int(read_marks(path).get("version", 0))
        papers += [Paper(table.file, _batch_of(table), version) for table in known[:1]]
        for table in known:
            said += _table_says(table, _batch_of(table))
    return JourneyReport(
        tuple(papers),
        tuple(one for one in said if isinstance(one, Boarding)),
        tuple(one for one in said if isinstance(one, WalkUp)),
        tuple(one for one in said if isinstance(one, Arrival)),
        tuple(one for one in said if isinstance(one, Fault)),
    )


def _rides(table: Table) -> list[Answer] | None:
    return table_rows(table, _RIDE_HEADERS, ("number", "person", "boarded"))


def _arrivals(table: Table) -> list[Answer] | None:
    return table_rows(table, _RECEIPT_HEADERS, ("person", "arrived"))


def _batch_of(table: Table) -> str:
    """Return the id that stands right of its label at the top of every paper; empty when there is none."""
    for row in range(min(_SEARCHED_ROWS, table.num_rows)):
        texts = [text for text in table.row_texts(row) if text]
        for label, value in pairwise(texts):
            if label in BATCH:
                return value
    return ""


def _table_says(table: Table, batch: str) -> Iterator[_Said]:
    rides = _rides(table) or []
    yield from _marked(rides, "boarded", lambda row: _boarding(row, batch))
    added = (row for row in rides if _ADDED_ROW.fullmatch(clean(row.cells["number"])) and row.has("name"))
    yield from (_clear(lambda row: _walk_up(row, batch), row) for row in added)
    yield from _marked(_arrivals(table) or [], "arrived", lambda row: _arrival(row, batch))


def _marked(rows: Sequence[Answer], mark: str, read: Callable[[Answer], _Said]) -> Iterator[_Said]:
    """Yield what the rows of people say, when at least one of them is marked."""
    people = [row for row in rows if cell_text(row.cells["person"]).isdigit()]
    if any(row.has(mark) for row in people):
        yield from (_clear(read, row) for row in people)


def _clear(read: Callable[[Answer], _Said], row: Answer) -> _Said:
    try:
        return read(row)
    except UnclearAnswer as unclear:
        return unclear.fault


def _boarding(row: Answer, batch: str) -> Boarding:
    return Boarding(batch, row.value("person", _person), row.value("boarded", _tick))


def _walk_up(row: Answer, batch: str) -> WalkUp:
    return WalkUp(
        batch,
        row.value("name", _name),
        row.value("id_number", _id_number),
        *(row.value(field, clean) for field in ("phone", "pickup", "dropoff", "employer")),
    )


def _arrival(row: Answer, batch: str) -> Arrival:
    return Arrival(batch, row.value("person", _person), row.value("arrived", _tick), row.value("note", clean))
