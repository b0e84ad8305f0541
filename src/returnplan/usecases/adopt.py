"""``verify`` and ``adopt``: a plan workbook edited by hand, against every rule, and into the store."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from returnplan.audit import Violation, audit
from returnplan.edits import SEAT_LOST, in_vehicle, pool_named, put_on, rerouted, taken_off, without_batches
from returnplan.edits.batches import batch_named, replaced
from returnplan.edits.reseating import PLAN_AGAIN
from returnplan.model.errors import InputRefused, UsageError
from returnplan.model.faults import Fault, RowRef
from returnplan.model.plan import Batch, Plan, RunHeader
from returnplan.model.texts import Text
from returnplan.papers.filled_in import Answer
from returnplan.papers.workbook import write_plan_workbook
from returnplan.papers.workbook.edited import (
    BatchEdit,
    Edits,
    RiderEdit,
    StopEdit,
    lang_of_edited,
    read_edits,
    run_of_edited,
)
from returnplan.reading.cells import Finding, clean
from returnplan.usecases.campaign import Campaign
from returnplan.usecases.change.request import not_departed
from returnplan.usecases.interrupted import once_saved
from returnplan.usecases.open_plan import HOUR_BY_HAND, OpenPlan, is_known, next_version, open_plan

MOVED_OFF = Text("在方案表中移出", "taken off in the plan workbook")
WHOLE_JOURNEY = Text(
    "铁路行程不能在方案表里改乘；请用 returnplan change --drop 和 --add(整个行程一起改)",
    "a journey by train is not changed in the workbook; returnplan change --drop and --add move all of its rides",
)
TAKEN_IN = Text("表中的改动已采用", "the edits are taken in")
TAKEN_BEFORE = Text(
    "这个表的改动此前已采用，没有再改；表已按现行方案重新写出",
    "the edits of this workbook were taken in before; it is written again as the plan stands",
)

Edit = Callable[[Plan], Plan]


@dataclass(frozen=True)
class AdoptOutcome:
    """``changed`` are the ids of edited batches; ``faults`` every broken rule, with the cell that broke it.

    ``notes`` say what else a person should know.
    """

    header: RunHeader
    changed: tuple[str, ...]
    faults: tuple[Fault, ...]
    is_adopted: bool = False
    notes: tuple[Text, ...] = ()


def verify(campaign: Campaign, path: Path) -> AdoptOutcome:
    """Audit an edited plan workbook; nothing is changed.

    Raises
    ------
    InputRefused : no plan workbook, or of another run or state than the one that stands
    StoreLocked : another run is at work
    """
    with open_plan(campaign) as opened:
        return _Review(opened, _current(opened, path)).outcome()


def adopt(campaign: Campaign, path: Path) -> AdoptOutcome:
    """Take the edits of a plan workbook into the store unless they break a rule; later plans keep them.

    The workbook is written again, so that it can be edited again. One whose edits are in the store already, as the
    command ended before it was written, is just written.

    Raises
    ------
    InputRefused, StoreLocked : as :func:`verify`
    StoreError : the store refuses and nothing is changed, or the new workbook cannot be written
    Interrupted : a person pressed Ctrl-C after the edits were taken in
    """
    with open_plan(campaign) as opened:
        source = _digest(path)
        if taken := opened.store.changed_from(opened.header.id, source):
            done = AdoptOutcome(opened.header, tuple(sorted(taken)), (), notes=(TAKEN_BEFORE,))
            return _with_workbook(opened, path, done)
        review = _Review(opened, _current(opened, path))
        outcome = review.outcome()
        if not outcome.changed or any(fault.severity == "error" for fault in outcome.faults):
            return outcome
        aboard = review.plan.riders[review.plan.riders["batch"].isin(outcome.changed)]
        with opened.store.transaction():
            opened.save(review.plan, "adopted", source=source)
            opened.store.pin(dict(zip(aboard["person"].tolist(), aboard["batch"].tolist(), strict=True)))
        return _with_workbook(replace(opened, plan=review.plan), path, outcome)


def _with_workbook(opened: OpenPlan, path: Path, outcome: AdoptOutcome) -> AdoptOutcome:
    """Write the workbook of the plan, into which the edits were taken."""
    notes = list(outcome.notes)
    lang = lang_of_edited(path) or opened.header.lang
    with once_saved(TAKEN_IN):
        write_plan_workbook(opened.plan, opened.header, path, lang=lang, notes=notes.append)
    return replace(outcome, is_adopted=True, notes=tuple(notes))


def _digest(path: Path) -> str:
    """Return what tells this state of a workbook from others; it must be one of ours."""
    run_of_edited(path)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _current(opened: OpenPlan, path: Path) -> Edits:
    """Return the edits of a workbook, which must be of the run that stands and of its present versions."""
    if run_of_edited(path) == opened.header.id:
        edits = read_edits(path, opened.plan)
        if edits.versions == {batch.id: batch.version for batch in opened.plan.batches}:
            return edits
    raise InputRefused(
        Text(
            f"{path} 不是现行方案 {opened.header.id} 的表，或之后又改过号车；请在新的 plan.xlsx 里修改",
            f"{path} is not of the plan that stands ({opened.header.id}), or batches were changed since; "
            "edit the new plan.xlsx",
        )
    )


@dataclass(frozen=True, slots=True)
class Cell:
    """An edited cell: the field of a row, wherever its column stands in the workbook."""

    row: Answer
    key: str

    def fault(self, code: str, message: Text) -> Fault:
        """Return what is wrong with it."""
        return self.row.fault(self.key, Finding(code, message))


class _Review:
    """The edits of a workbook, made one by one; what cannot be made is a fault of its cell."""

    def __init__(self, opened: OpenPlan, edits: Edits) -> None:
        self._opened = opened
        self._edits = edits
        self.plan = opened.plan
        self._faults = list(edits.faults)
        self._cells: dict[str, Cell] = {}
        self._refused: set[tuple[RowRef, Text]] = set()
        riders = opened.plan.riders
        self._signups = dict(zip(riders["person"].tolist(), riders["signup"].tolist(), strict=True))
        for cell, batches, edit in (*self._leaving(), *self._vehicles(), *self._coming(), *self._routes()):
            self._make(cell, batches, edit)
        self._changed = set(self._cells) & {batch.id for batch in opened.plan.batches}
        self._finish()

    def outcome(self) -> AdoptOutcome:
        """Return what was edited and what it breaks."""
        opened = self._opened
        known = set(audit(opened.plan, opened.roster, opened.rules, opened.law)) if self._changed else set()
        found = audit(self.plan, opened.roster, opened.rules, opened.law) if self._changed else ()
        broken = [self._fault(v) for v in found if not is_known(v, known) and v.code != HOUR_BY_HAND]
        missing = _missing(self._edits) if self._edits.missing else ()
        return AdoptOutcome(
            opened.header, tuple(sorted(self._changed)), (*self._faults, *broken), notes=missing
        )

    def _make(self, cell: Cell, touched: tuple[str, ...], edit: Edit) -> None:
        try:
            for batch in self._opened.plan.batches:
                if batch.id in touched:
                    not_departed(batch)
            self.plan = edit(self.plan)
        except UsageError as error:
            if (cell.row.ref, error.message) not in self._refused:  # of a row once, however many cells it has
                self._refused.add((cell.row.ref, error.message))
                self._faults.append(cell.fault("cannot_be_done", error.message))
        else:
            for key in touched:
                self._cells.setdefault(key, cell)

    def _coming(self) -> Iterator[tuple[Cell, tuple[str, ...], Edit]]:
        """Put those who move on, once everybody has left and the vehicles are those they come to; then seats."""
        for cell, signup, row in self._moved():
            yield cell, (row.from_batch, row.to_batch, signup), self._on(row.to_batch, signup)
        for row in self._edits.riders:
            if row.from_batch == row.to_batch and row.seat is not None:
                yield (
                    Cell(row.row, "seat"),
                    (row.to_batch, self._signups[row.person]),
                    _on_seat(row.person, row.to_batch, row.seat),
                )

    def _leaving(self) -> Iterator[tuple[Cell, tuple[str, ...], Edit]]:
        for cell, signup, row in self._moved():
            yield (
                cell,
                (row.from_batch, row.to_batch, signup),
                _off(row.person, (row.from_batch, row.to_batch)),
            )

    def _moved(self) -> Iterator[tuple[Cell, str, RiderEdit]]:
        for row in self._edits.riders:
            if row.from_batch and row.to_batch != row.from_batch:
                yield Cell(row.row, "batch"), self._signups[row.person], row

    def _on(self, batch: str, signup: str) -> Edit:
        return lambda plan: put_on(plan, batch, [signup], self._opened.roster)

    def _vehicles(self) -> Iterator[tuple[Cell, tuple[str, ...], Edit]]:
        old = {batch.id: batch for batch in self._opened.plan.batches}
        for row in self._edits.batches:
            if row.vehicle != clean(old[row.batch].vehicle):
                yield Cell(row.row, "batch.vehicle"), (row.batch,), self._in_vehicle(row, old[row.batch])
            has_plate = row.plate != clean(old[row.batch].plate)
            edited = Cell(row.row, "batch.plate" if has_plate else "batch.drivers")
            yield edited, (row.batch,), _with_drivers(row)

    def _in_vehicle(self, row: BatchEdit, batch: Batch) -> Edit:
        opened = self._opened
        written = {clean(pool.vehicle): pool.vehicle for pool in opened.roster.pools}
        vehicle = written.get(row.vehicle, row.vehicle)
        return lambda plan: in_vehicle(
            plan,
            row.batch,
            pool_named(vehicle, batch, plan, opened.roster),
            opened.roster,
            opened.rules,
            opened.law,
        )

    def _routes(self) -> Iterator[tuple[Cell, tuple[str, ...], Edit]]:
        for row in self._edits.stops:
            yield Cell(row.row, "stop.seq"), (row.batch,), self._rerouted(row)

    def _rerouted(self, row: StopEdit) -> Edit:
        opened = self._opened

        def edit(plan: Plan) -> Plan:
            known = tuple(stop.seq for stop in batch_named(plan, row.batch).stops)
            if row.order == known or sorted(row.order) != list(known):
                raise UsageError(
                    Text(
                        f"{row.batch} 的站点须与方案相同，站序不能重复",
                        f"the stops of {row.batch} must be those of the plan, each with a number of its own",
                    )
                )
            return rerouted(plan, row.batch, row.order, opened.roster, opened.rules, opened.law)

        return edit

    def _finish(self) -> None:
        inhabited = set(self.plan.riders["batch"])
        self.plan = without_batches(self.plan, self._changed - inhabited)
        if self._changed:
            self.plan = self._opened.totalled(next_version(self.plan, self._changed))

    def _fault(self, violation: Violation) -> Fault:
        """Return a broken rule with the cell that broke it: the edit of the person, else one of the batch."""
        cell = self._cells.get(violation.signup) or self._cells.get(violation.batch)
        cell = cell or next(iter(self._cells.values()))
        fault = cell.fault(violation.code, violation.message)
        return replace(fault, severity=violation.severity, signup=violation.signup or None)


def _missing(edits: Edits) -> tuple[Text, ...]:
    who = ", ".join(str(person) for person, _ in edits.missing)
    return (
        Text(
            f"表中删去了 {len(edits.missing)} 人的行，不算取消，座位保留"
            f"(要取消用 returnplan change --drop)：编号 {who}",
            f"the rows of {len(edits.missing)} riders are gone, which is no cancellation, they keep their seats"
            f" (returnplan change --drop takes them off): person {who}",
        ),
    )


def _off(person: int, batches: tuple[str, str]) -> Edit:
    def edit(plan: Plan) -> Plan:
        if any(batch.kind != "direct" for batch in plan.batches if batch.id in batches):
            raise UsageError(WHOLE_JOURNEY)
        return taken_off(plan, [person], SEAT_LOST, MOVED_OFF, PLAN_AGAIN)

    return edit


def _with_drivers(row: BatchEdit) -> Edit:
    return lambda plan: replaced(
        plan, replace(batch_named(plan, row.batch), plate=row.plate, drivers=row.drivers)
    )


def _on_seat(person: int, batch: str, seat: int) -> Edit:
    def edit(plan: Plan) -> Plan:
        is_theirs = (plan.riders["person"] == person) & (plan.riders["batch"] == batch)
        seats = plan.riders["seat"].where(~is_theirs, seat)
        return replace(plan, riders=plan.riders.assign(seat=seats))

    return edit
