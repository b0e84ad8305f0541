"""Papers that come back from a journey: who boarded, who was added on the spot, who arrived at the employer.

Reads what the escort and the employer wrote; what follows from it is the caller's. A list on which nothing was
marked at all says nothing. On one with ticks, a blank means that the person was not there; on one with crosses
alone, it says nothing.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import chain, pairwise
from pathlib import Path
from typing import TypeVar

from returnplan.model.faults import Fault
from returnplan.model.plan import WalkUp
from returnplan.model.texts import Text
from returnplan.papers.filled_in import Answer, UnclearAnswer, opened, table_rows
from returnplan.papers.manifest.own_receipt import Seated, receipt_rows, said_of, who_it_is
from returnplan.papers.manifest.receipt import RECEIPT_FIELDS
from returnplan.papers.manifest.ride_fields import (
    ADDED,
    ARRIVES,
    BATCH,
    DEPARTS,
    RIDE_FIELDS,
    SURELY_NOT_THERE,
    TRAIN_DEPARTS,
)
from returnplan.papers.pages import read_marks
from returnplan.papers.whose import Named, of_another_person, of_another_year, own_papers
from returnplan.reading.cells import Finding, clean
from returnplan.sheets.tables import Table, cell_text

T = TypeVar("T")

PAPER = Text("随车名单或签收单", "manifest or receipt of ours")
_SEARCHED_ROWS = 12
_ADDED_ROW = re.compile(rf"[{''.join(ADDED)}]\d+")

_DIFFER = Finding(
    "marks_differ",
    Text("一张单上打√,另一张打×,没有登记", "ticked on one paper and crossed on another: nothing was entered"),
    Text("请问清楚，改正其中一张再读一次", "ask, correct one of them, and read both again"),
)
_NOT_ON_BOARD = Finding(
    "marks_differ",
    Text(
        "备注写去了别处，随车名单上却没有上车，没有登记",
        "the remark says where somebody went whom the escort's list does not have on board: nothing was entered",
    ),
    Text(
        "请问清楚：上了车的，随车名单打√；没上车的打×，再读一次",
        "ask; tick who was on board on the escort's list, cross who was not, and read both again",
    ),
)


@dataclass(frozen=True, slots=True)
class Paper:
    """A workbook that came back: which printing of a batch's papers it is (0: it no longer says)."""

    file: str
    batch: str
    version: int


@dataclass(frozen=True, slots=True)
class Boarding:
    """Whether a rider boarded.

    ``differs`` is what is wrong with the cell when another paper says the opposite; None where nothing was written.
    ``is_sure`` is an absence that also counts against what was entered before (确认未到).
    """

    batch: str
    person: int
    boarded: bool
    differs: Fault | None = None
    is_sure: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether a person counts as absent only for want of a tick."""
        return not self.boarded and self.differs is None


@dataclass(frozen=True, slots=True)
class Arrival:
    """Whether a person arrived at the employer; ``note`` says where else they went, ``differs`` as of a boarding.

    ``not_on_board`` is what is wrong with the note when the escort had them not on board.
    """

    batch: str
    person: int
    arrived: bool
    note: str
    differs: Fault | None = None
    not_on_board: Fault | None = None


_Said = Boarding | WalkUp | Arrival | Fault


@dataclass(frozen=True, slots=True)
class JourneyReport:
    """All that the papers say."""

    papers: tuple[Paper, ...]
    boardings: tuple[Boarding, ...]
    walk_ups: tuple[WalkUp, ...]
    arrivals: tuple[Arrival, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What tells a paper of another campaign: our ``runs``, the ``days`` of the batches, the ``people`` by number.

    ``riders`` returns them by name; it is asked only where a receipt in an employer's own form came back.
    """

    runs: Collection[str]
    days: Mapping[str, date]
    people: Mapping[int, Named]
    riders: Callable[[], Mapping[str, Sequence[Seated]]]


def read_marked(paths: Sequence[Path], known: Known) -> JourneyReport:
    """Read manifests and receipts that were marked by hand and typed in; those of another campaign say nothing.

    A receipt may be in the employer's own form.

    Raises
    ------
    InputRefused : a file is unreadable or dangerous, or holds neither a manifest nor a receipt
    """
    papers: list[Paper] = []
    said: list[_Said] = []
    ours = own_papers(paths, known.runs, {day.year for day in known.days.values()})
    for path, tables in opened(ours.files, _are_sought, PAPER, ours.may_differ, ours.faults):
        lists = [table for table in tables if _rides(table) is not None or _arrivals(table) is not None]
        marks = read_marks(path)
        is_marked = marks.get("run") in known.runs
        is_ours = bool(lists) and (is_marked or any(_has_our_numbers(one, known.people) for one in lists))
        received = [] if is_ours else [rows for one in tables if (rows := receipt_rows(one)) is not None]
        if received:
            papers.append(Paper(tables[0].file, "", 0))
        else:
            papers.append(Paper(lists[0].file, _batch_of(lists[0]), int(marks.get("version", 0))))
        if lists and not is_marked and (fault := _of_another_year(lists[0], known.days)):
            said.append(fault)
        elif received:
            riders = known.riders()
            said += filter(None, (_clear(partial(_came, riders), row) for row in chain(*received)))
        else:
            for table in lists:
                said += _table_says(table, _batch_of(table), {} if is_marked else known.people)
    said += ours.faults
    return JourneyReport(
        tuple(papers),
        tuple(one for one in said if isinstance(one, Boarding)),
        tuple(one for one in said if isinstance(one, WalkUp)),
        tuple(one for one in said if isinstance(one, Arrival)),
        tuple(one for one in said if isinstance(one, Fault)),
    )


def _are_sought(tables: Sequence[Table]) -> bool:
    return any(read(table) is not None for table in tables for read in (_rides, _arrivals, receipt_rows))


def _rides(table: Table) -> list[Answer] | None:
    return table_rows(table, RIDE_FIELDS, ("number", "person", "boarded"))


def _arrivals(table: Table) -> list[Answer] | None:
    return table_rows(table, RECEIPT_FIELDS, ("person", "arrived"))


def _batch_of(table: Table) -> str:
    """Return the id that stands right of its label at the top of every paper; empty when there is none."""
    return _labelled(table, BATCH)


def _of_another_year(table: Table, days: Mapping[str, date]) -> Fault | None:
    day = days.get(_batch_of(table))
    written = _labelled(table, {*DEPARTS, *TRAIN_DEPARTS, *ARRIVES})
    return of_another_year(table.file, written, day.year) if day else None


def _labelled(table: Table, labels: Collection[str]) -> str:
    """Return what stands right of a label at the top of a paper; empty when there is none."""
    for row in range(min(_SEARCHED_ROWS, table.num_rows)):
        texts = [text for text in table.row_texts(row) if text]
        for label, value in pairwise(texts):
            if label in labels:
                return value
    return ""


def _table_says(table: Table, batch: str, people: Mapping[int, Named]) -> Iterator[_Said]:
    rides = _rides(table) or []
    yield from (
        one for row in _speaking(rides) for one in _of_ours(row, people, lambda row: _boarding(row, batch))
    )
    added = (row for row in rides if _ADDED_ROW.fullmatch(clean(row.cells["number"])) and row.has("name"))
    yield from (_clear(lambda row: _walk_up(row, batch), row) for row in added)
    received = _people(_arrivals(table) or [])
    if any(row.has("arrived") for row in received):
        yield from (
            one for row in received for one in _of_ours(row, people, lambda row: _arrival(row, batch))
        )


def _has_our_numbers(table: Table, people: Mapping[int, Named]) -> bool:
    """Return whether any number on a list is that of a person so named: 编号 may be the employer's own."""
    rows = _people([*(_rides(table) or []), *(_arrivals(table) or [])])
    named = ((people.get(int(cell_text(row.cells["person"]))), row.cells.get("name", "")) for row in rows)
    return any(one is not None and clean(one.name) == clean(name) for one, name in named)


def _came(riders: Mapping[str, Sequence[Seated]], row: Answer) -> Arrival | None:
    """Return what a row in an employer's own form says; None: nothing."""
    has_come, note = said_of(row)
    if has_come is None and not note:
        return None
    rider = who_it_is(row, riders)
    differs = None if has_come is None else row.fault("arrived", _DIFFER)
    return Arrival(
        rider.batch, rider.person, bool(has_come), note, differs, row.fault("arrived", _NOT_ON_BOARD)
    )


def _people(rows: Sequence[Answer]) -> list[Answer]:
    return [row for row in rows if cell_text(row.cells["person"]).isdigit()]


def _speaking(rides: Sequence[Answer]) -> list[Answer]:
    """Return the rows of people that say something: all of a list with ticks, else those with a mark.

    What stands for nothing (/, -) is no mark, and no want of a tick either. A cell that cannot be read is no tick.
    """
    marks = [(row, _clear(_mark, row)) for row in _people(rides)]
    with_ticks = any(mark is True for _, mark in marks)
    return [row for row, mark in marks if mark is not None or (with_ticks and not row.has("boarded"))]


def _mark(row: Answer) -> bool | None:
    is_there: bool | None = row.value("boarded")
    return is_there


def _clear(read: Callable[[Answer], T], row: Answer) -> T | Fault:
    try:
        return read(row)
    except UnclearAnswer as unclear:
        return unclear.fault


def _of_ours(row: Answer, people: Mapping[int, Named], read: Callable[[Answer], _Said]) -> Iterator[_Said]:
    """Yield what a row says, and what is wrong with its name; of another person it says nothing."""
    if fault := _clear(lambda row: _of_other(row, people), row):
        yield fault
    if fault is None or fault.severity == "warning":
        yield _clear(read, row)


def _of_other(row: Answer, people: Mapping[int, Named]) -> Fault | None:
    named = Named(*(cell_text(row.cells[key]) if row.has(key) else "" for key in ("name", "phone")))
    return of_another_person(row.ref, row.value("person"), named, people)


def _boarding(row: Answer, batch: str) -> Boarding:
    is_there = row.value("boarded")
    differs = None if is_there is None else row.fault("boarded", _DIFFER)
    is_sure = clean(row.cells["boarded"]) in SURELY_NOT_THERE
    return Boarding(batch, row.value("person"), bool(is_there), differs, is_sure)


def _walk_up(row: Answer, batch: str) -> WalkUp:
    return WalkUp(
        batch,
        *(row.value(key) for key in ("name", "id_number", "phone", "pickup", "dropoff", "employer")),
    )


def _arrival(row: Answer, batch: str) -> Arrival:
    is_there = row.value("arrived")
    differs = None if is_there is None else row.fault("arrived", _DIFFER)
    not_on_board = row.fault("note", _NOT_ON_BOARD)
    return Arrival(batch, row.value("person"), bool(is_there), row.value("note"), differs, not_on_board)
