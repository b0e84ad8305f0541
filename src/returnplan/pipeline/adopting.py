"""``verify`` and ``adopt``: a plan workbook edited by hand, against every rule, and into the store."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from returnplan.answers import Answer
from returnplan.audit import Violation, audit
from returnplan.edits import in_vehicle, pool_named, put_on, rerouted, taken_off, without_batch
from returnplan.edits.counts import replaced
from returnplan.edits.lookup import batch_named
from returnplan.errors import InputRefused, UsageError
from returnplan.faults import Fault
from returnplan.pipeline.campaign import Campaign
from returnplan.pipeline.desk import BY_HAND, Desk, next_version, open_desk
from returnplan.plan import Batch, Plan, RunHeader
from returnplan.reading.cells import Finding, clean
from returnplan.texts import Text
from returnplan.workbook import run_id_of
from returnplan.workbook.edited import BatchRow, EditedPlan, RiderRow, StopRow, read_edited

MOVED_OFF = Text("在方案表中移出", "taken off in the plan workbook")
PLAN_AGAIN = Text("重新运行 returnplan plan,另行安排", "run returnplan plan again to place them")

Edit = Callable[[Plan], Plan]


@dataclass(frozen=True)
class AdoptOutcome:
    """``changed`` are the ids of edited batches; ``faults`` every broken rule, with the cell that broke it."""

    header: RunHeader
    changed: tuple[str, ...]
    faults: tuple[Fault, ...]
    is_adopted: bool = False


def verify(campaign: Campaign, path: Path) -> AdoptOutcome:
    """Audit an edited plan workbook; nothing is changed.

    Raises
    ------
    InputRefused : no plan workbook, or of another run or state than the one that stands
    StoreLocked : another run is at work
    """
    with open_desk(campaign) as desk:
        return _Review(desk, _current(desk, path)).outcome()


def adopt(campaign: Campaign, path: Path) -> AdoptOutcome:
    """Take the edits of a plan workbook into the store unless they break a rule; later plans keep them.

    Raises
    ------
    InputRefused, StoreLocked : as :func:`verify`
    """
    with open_desk(campaign) as desk:
        review = _Review(desk, _current(desk, path))
        outcome = review.outcome()
        if not outcome.changed or any(fault.severity == "error" for fault in outcome.faults):
            return outcome
        desk.save(review.plan, "adopted")
        aboard = review.plan.riders[review.plan.riders["batch"].isin(outcome.changed)]
        desk.store.pin(dict(zip(aboard["person"].tolist(), aboard["batch"].tolist(), strict=True)))
        return replace(outcome, is_adopted=True)


def _current(desk: Desk, path: Path) -> EditedPlan:
    """Return the workbook, which must be of the run that stands and of its present versions."""
    edited = read_edited(path)
    versions = {batch.id: batch.version for batch in desk.plan.batches}
    stale = [row.id for row in edited.batches if versions.get(row.id) != row.version]
    if run_id_of(path) == desk.header.id and not stale:
        return edited
    raise InputRefused(
        Text(
            f"{path} 不是现行方案 {desk.header.id} 的表,或之后又改过号车;请在新的 plan.xlsx 里修改",
            f"{path} is not of the plan that stands ({desk.header.id}), or batches were changed since; "
            "edit the new plan.xlsx",
        )
    )


class _Review:
    """The edits of a workbook, made one by one; what cannot be made is a fault of its cell."""

    def __init__(self, desk: Desk, edited: EditedPlan) -> None:
        self._desk = desk
        self._edited = edited
        self.plan = desk.plan
        self._faults = list(edited.faults)
        self._changed: set[str] = set()
        for where, field, batches, edit in (
            *self._moves(),
            *self._vehicles(),
            *self._routes(),
            *self._seats(),
        ):
            self._make(where, field, batches, edit)
        self._finish()

    def outcome(self) -> AdoptOutcome:
        """Return what was edited and what it breaks."""
        desk = self._desk
        known = set(audit(desk.plan, desk.roster, desk.rules, desk.timetable)) if self._changed else set()
        found = audit(self.plan, desk.roster, desk.rules, desk.timetable) if self._changed else ()
        broken = [self._fault(v) for v in found if v not in known and v.code != BY_HAND]
        return AdoptOutcome(desk.header, tuple(sorted(self._changed)), (*self._faults, *broken))

    def _make(self, where: Answer, field: str, batches: set[str], edit: Edit) -> None:
        try:
            self.plan = edit(self.plan)
        except UsageError as error:
            self._faults.append(where.fault(field, Finding("cannot_be_done", error.message, Text("", ""))))
        else:
            self._changed |= batches

    def _moves(self) -> Iterator[tuple[Answer, str, set[str], Edit]]:
        """Take everybody off who moves, before anybody is put on."""
        riders = self._desk.plan.riders
        now = dict(zip(riders["person"].tolist(), riders["batch"].tolist(), strict=True))
        signup = dict(zip(riders["person"].tolist(), riders["signup"].tolist(), strict=True))
        moved = [row for row in self._edited.riders if now.get(row.person or 0, row.batch) != row.batch]
        for row in moved:
            yield row.where, "batch", {now[row.person or 0]}, self._off(row)
        for row in moved:
            if row.batch:
                yield row.where, "batch", {row.batch}, self._on(row, signup[row.person or 0])

    def _off(self, row: RiderRow) -> Edit:
        return lambda plan: taken_off(plan, [row.person or 0], "no_vehicle", MOVED_OFF, PLAN_AGAIN)

    def _on(self, row: RiderRow, signup: str) -> Edit:
        return lambda plan: put_on(plan, row.batch, [signup], self._desk.roster)

    def _vehicles(self) -> Iterator[tuple[Answer, str, set[str], Edit]]:
        old = {batch.id: batch for batch in self._desk.plan.batches}
        for row in self._edited.batches:
            batch = old[row.id]
            if row.vehicle != clean(batch.vehicle):
                yield row.where, "batch.vehicle", {row.id}, self._in_vehicle(row, batch)
            if (row.plate, row.drivers) != (clean(batch.plate), _listed(batch.drivers)):
                yield row.where, "batch.plate", {row.id}, self._with_drivers(row)

    def _in_vehicle(self, row: BatchRow, batch: Batch) -> Edit:
        desk = self._desk
        written = {clean(pool.vehicle): pool.vehicle for pool in desk.roster.pools}
        vehicle = written.get(row.vehicle, row.vehicle)
        return lambda plan: in_vehicle(
            plan, row.id, pool_named(vehicle, batch.base, desk.roster), desk.roster, desk.rules
        )

    def _with_drivers(self, row: BatchRow) -> Edit:
        return lambda plan: replaced(
            plan, replace(batch_named(plan, row.id), plate=row.plate, drivers=row.drivers)
        )

    def _routes(self) -> Iterator[tuple[Answer, str, set[str], Edit]]:
        rows: dict[str, list[StopRow]] = {}
        for row in self._edited.stops:
            rows.setdefault(row.batch, []).append(row)
        for batch in self._desk.plan.batches:
            own = rows.get(batch.id, [])
            order = _order(batch, own)
            if order and order != [stop.seq for stop in batch.stops]:
                yield own[0].where, "stop.seq", {batch.id}, self._rerouted(batch.id, order)

    def _rerouted(self, batch_id: str, order: list[int]) -> Edit:
        desk = self._desk
        return lambda plan: rerouted(plan, batch_id, order, desk.roster, desk.rules, desk.timetable)

    def _seats(self) -> Iterator[tuple[Answer, str, set[str], Edit]]:
        riders = self._desk.plan.riders
        own = zip(riders["person"].tolist(), riders["batch"].tolist(), riders["seat"].tolist(), strict=True)
        now = {person: (batch, seat) for person, batch, seat in own}
        for row in self._edited.riders:
            batch, seat = now.get(row.person or 0, ("", 0))
            if batch == row.batch and row.seat is not None and row.seat != seat:
                yield row.where, "seat", {batch}, _on_seat(row.person or 0, row.seat)

    def _finish(self) -> None:
        inhabited = set(self.plan.riders["batch"])
        for batch_id in sorted(self._changed - inhabited):
            self.plan = without_batch(self.plan, batch_id)
        if self._changed:
            self.plan = self._desk.totalled(next_version(self.plan, self._changed))

    def _fault(self, violation: Violation) -> Fault:
        """Return a broken rule with the cell that it is about: the person's batch, else the batch's own row."""
        rows: Iterator[Answer] = (row.where for row in self._edited.batches if row.id == violation.batch)
        if violation.signup:
            rows = (
                row.where for row in self._edited.riders if row.where.cells.get("signup") == violation.signup
            )
        where = next(rows, self._edited.batches[0].where)
        field = "batch" if violation.signup else "batch.id"
        fault = where.fault(field, Finding(violation.code, violation.message, Text("", "")))
        return replace(fault, severity=violation.severity, signup=violation.signup or None)


def _order(batch: Batch, rows: list[StopRow]) -> list[int]:
    """Return the present numbers of the stops in their new order; empty where the rows do not tell."""
    ranked = sorted(rows, key=lambda row: row.seq or 0)
    seq = {(clean(stop.place), str(stop.kind)): stop.seq for stop in batch.stops}
    words = {"上客": "pickup", "pick-up": "pickup", "下客": "dropoff", "drop-off": "dropoff"}
    order = [seq.get((row.place, words.get(row.kind, ""))) for row in ranked]
    known = [number for number in order if number is not None]
    return known if sorted(known) == sorted(seq.values()) else []


def _listed(drivers: tuple[str, ...]) -> tuple[str, ...]:
    """Return drivers as they stand in the workbook and come back from it."""
    return tuple(filter(None, clean("、".join(drivers)).split("、")))


def _on_seat(person: int, seat: int) -> Edit:
    def edit(plan: Plan) -> Plan:
        seats = plan.riders["seat"].where(plan.riders["person"] != person, seat)
        return replace(plan, riders=plan.riders.assign(seat=seats))

    return edit
