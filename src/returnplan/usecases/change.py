"""``change``: one batch changed by hand at the coach door; nobody else is moved."""

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path

from returnplan.edits import (
    SEAT_LOST,
    in_vehicle,
    moved_to,
    pool_named,
    put_on,
    taken_off,
    without_batch,
)
from returnplan.edits.batches import batch_named, replaced
from returnplan.edits.double_use import used_twice
from returnplan.edits.people import party_of, without_seat
from returnplan.edits.vehicles import notices_of
from returnplan.model.errors import UsageError
from returnplan.model.masking import mask_text
from returnplan.model.plan import Batch, Plan, Rider, RunHeader
from returnplan.model.texts import Text
from returnplan.papers.edition import Edition
from returnplan.papers.manifest import write_manifests
from returnplan.problem.seats import usable_seats
from returnplan.reading.cells import clean
from returnplan.reading.vehicles import is_plate, plate
from returnplan.store import CANCELLED, CallRecord
from returnplan.usecases.campaign import Campaign
from returnplan.usecases.interrupted import once_saved
from returnplan.usecases.open_plan import OpenPlan, next_version, objects_of, open_plan
from returnplan.usecases.who import find_people

BROKEN_DOWN = Text("换车后座位不够", "the other vehicle has too few seats")
CALLED_OFF = Text("所在号车取消", "the batch was called off")
PLAN_AGAIN = Text("重新运行 returnplan plan,另行安排", "run returnplan plan again to place them")
DROPPED = Text("临行前退出", "left before departure")
DONE = Text(
    "{batch} 的这项改动此前已保存,没有再改;这次只写名单(谁没有座位了见 returnplan show unplanned)",
    "this change of {batch} was saved before and is not made twice; its papers are written (who has no seat now: "
    "returnplan show unplanned)",
)
ASK = Text("如改主意,用 returnplan change --add 加入", "if they change their mind: returnplan change --add")


@dataclass(frozen=True, slots=True)
class ChangeRequest:
    """What to change of a batch; None and empty: as it is. ``add`` and ``drop`` name people as they are typed."""

    batch: str
    out: Path
    vehicle: str | None = None
    plate: str | None = None
    drivers: tuple[str, ...] = ()
    day: date | None = None
    depart: time | None = None
    cancel: bool = False
    add: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """Return what tells it from other changes, wherever its papers go."""
        return hashlib.sha256(repr(replace(self, out=Path())).encode()).hexdigest()


@dataclass(frozen=True)
class ChangeOutcome:
    """The batch as it is now (None: called off), who is no longer on it, what a person should know, the papers."""

    header: RunHeader
    batch: Batch | None
    off: list[Rider]
    notes: list[Text]
    papers: list[Path]


def change(campaign: Campaign, request: ChangeRequest) -> ChangeOutcome:
    """Change a batch, audit the plan, save it, and write the next version of the batch's papers.

    The same change again, when it was the last of the batch, is not made twice: its papers are written.

    Raises
    ------
    UsageError : no such batch, person or vehicle; it has departed; or the change would break a rule
    InputRefused : nothing is planned yet
    StoreLocked : another run is at work
    Interrupted : a person pressed Ctrl-C after the change was saved
    """
    with open_plan(campaign) as opened:
        if opened.was_made(request.digest, request.batch):
            done = Text(*(text.format(batch=request.batch) for text in DONE))
            notes = [done, *(found.message for found in opened.audited(opened.plan, {request.batch}))]
            return _with_papers(campaign, opened, request, [], notes)
        before = batch_named(opened.plan, request.batch)
        if before.state == "departed":
            raise UsageError(Text(f"{before.id} 已发车", f"{before.id} has departed"))
        opened = _welcoming(opened, request.add)
        plan = _changed(opened, request, before)
        plan = opened.totalled(next_version(plan, {before.id}))
        notes = [found.message for found in opened.audited(plan, {before.id})]
        notes += used_twice(plan.batches, [before.id])
        notes += _of_the_plate(request, before, plan)
        with opened.store.transaction():
            opened.save(plan, "changed", opened.roster if request.add else None, request.digest)
            _remember(opened, plan, request, before)
        off = opened.plan.riders[~opened.plan.riders["person"].isin(plan.riders["person"])]
        return _with_papers(campaign, replace(opened, plan=plan), request, objects_of(off, Rider), notes)


def _with_papers(
    campaign: Campaign, opened: OpenPlan, request: ChangeRequest, off: list[Rider], notes: list[Text]
) -> ChangeOutcome:
    """Write the papers of the batch as it is now, if it runs."""
    batch = next((one for one in opened.plan.batches if one.id == request.batch), None)
    saved = Text(f"{request.batch} 的改动已保存", f"the change of {request.batch} is saved")
    command = f"returnplan manifest --batch {request.batch}"
    papers: list[Path] = []
    with once_saved(saved, Text(f"用 {command} 写出", f"{command} writes them")):
        if batch:
            riders = opened.plan.riders[opened.plan.riders["batch"] == batch.id].sort_values("seat")
            papers = write_manifests(
                [batch],
                {batch.id: objects_of(riders, Rider)},
                request.out,
                Edition(opened.header.lang, opened.header.id, datetime.now(), notes.append),
                campaign.config.papers,
            )
    return ChangeOutcome(opened.header, batch, off, notes, papers)


def _welcoming(opened: OpenPlan, texts: tuple[str, ...]) -> OpenPlan:
    """Return the opened plan with people who are to be added eligible, should they have cancelled before."""
    people = opened.roster.people
    if not texts:
        return opened
    back = people["signup"].isin(list(_waiting_named(opened, texts))) & (people["code"] == CANCELLED)
    people = people.assign(code=people["code"].where(~back, ""))
    return replace(opened, roster=replace(opened.roster, people=people))


def _changed(opened: OpenPlan, request: ChangeRequest, before: Batch) -> Plan:
    plan = opened.plan
    if request.cancel:
        everybody = plan.riders.loc[plan.riders["batch"] == before.id, "person"].tolist()
        return without_batch(taken_off(plan, everybody, SEAT_LOST, CALLED_OFF, PLAN_AGAIN), before.id)
    if leaving := _riders_named(opened, request.drop, before):
        plan = taken_off(plan, leaving, CANCELLED, DROPPED, ASK)
    if request.vehicle:
        pool = pool_named(request.vehicle, before.base, opened.roster)
        usable = usable_seats(pool.seats, opened.rules, notices_of(plan, before, opened.law))
        if standing := without_seat(plan, before.id, usable, opened.roster):
            plan = taken_off(plan, standing, SEAT_LOST, BROKEN_DOWN, PLAN_AGAIN)
        plan = in_vehicle(plan, before.id, pool, opened.roster, opened.rules, opened.law)
    if request.day or request.depart:
        hour = request.depart or before.depart.time()
        day = request.day or before.date
        plan = moved_to(plan, before.id, day, hour, opened.roster, opened.rules, opened.law)
    if request.add:
        plan = put_on(plan, before.id, _waiting_named(opened, request.add), opened.roster)
    batch = batch_named(plan, before.id)
    drivers = tuple(map(clean, request.drivers)) or batch.drivers
    return replaced(plan, replace(batch, plate=_plate(request, batch), drivers=drivers))


def _plate(request: ChangeRequest, batch: Batch) -> str:
    """Return the plate from now on; words for an unknown one do not clear a known one, nothing at all does.

    Raises
    ------
    UsageError : such words stand for a plate where one is known
    """
    if request.plate is None:
        return batch.plate
    number = plate(request.plate)
    if not number and batch.plate and clean(request.plate):
        raise UsageError(
            Text(
                f'“{request.plate}”不是车牌,{batch.id} 的车牌 {batch.plate} 没有改;要清空请写 --plate ""',
                f'{request.plate!r} is no plate; {batch.id} keeps {batch.plate}. To clear it write --plate ""',
            )
        )
    return number


def _of_the_plate(request: ChangeRequest, before: Batch, plan: Plan) -> list[Text]:
    """Return that a known plate is gone, or that the new one does not look like a plate."""
    batch = next((one for one in plan.batches if one.id == before.id), None)
    if batch is None:
        return []
    if before.plate and not batch.plate:
        return [
            Text(
                f"原车牌 {before.plate} 已清空;新车牌用 --plate 写明",
                f"the plate {before.plate} was cleared; give the new one with --plate",
            )
        ]
    if request.plate and batch.plate and batch.mode == "coach" and not is_plate(batch.plate):
        return [
            Text(
                f"“{batch.plate}”不像完整的车牌(如 桂R12345),请核对",
                f"{batch.plate} does not look like a whole plate (such as 桂R12345); check it",
            )
        ]
    return []


def _riders_named(opened: OpenPlan, texts: tuple[str, ...], batch: Batch) -> list[int]:
    """Return the person numbers of riders of the batch."""
    riders = opened.plan.riders[opened.plan.riders["batch"] == batch.id]
    number = dict(zip(riders["signup"].tolist(), riders["person"].tolist(), strict=True))
    why = Text(f"不在 {batch.id} 上", f"is not on {batch.id}")
    return [number[_signup(opened, text, set(number), why)] for text in texts]


def _waiting_named(opened: OpenPlan, texts: tuple[str, ...]) -> set[str]:
    """Return the row references of people on no batch, with those who travel with them."""
    waiting = set(opened.plan.unplanned["signup"].tolist())
    why = Text("不在未排人员中", "is not among the people on no batch")
    signups = [_signup(opened, text, waiting, why) for text in texts]
    return {ref for signup in signups for ref in party_of(opened.roster, signup)["signup"].tolist()} & waiting


def _signup(opened: OpenPlan, text: str, among: set[str], why: Text) -> str:
    """Return the one row reference among some that a text names."""
    people = opened.roster.people
    parts = (opened.plan.riders, opened.plan.unplanned)
    numbers = {s: p for part in parts for s, p in zip(part["signup"], part["person"], strict=True)}
    lines = find_people(text, opened.roster, people["signup"].map(numbers).fillna(0))
    found = [signup for signup in people["signup"].iloc[lines].tolist() if signup in among]
    if len(found) == 1:
        return str(found[0])
    shown = mask_text(text)
    if found:
        names = ", ".join(map(str, found))
        raise UsageError(Text(f"“{shown}”不止一人:{names}", f"{shown!r} is more than one person: {names}"))
    raise UsageError(Text(f"“{shown}”{why.zh}", f"{shown!r} {why.en}"))


def _remember(opened: OpenPlan, plan: Plan, request: ChangeRequest, before: Batch) -> None:
    """Keep in later runs who left and, where the batch is a draft still, who is on it by hand."""
    now = datetime.now(UTC).replace(microsecond=0)
    stop = before.stops[0]
    left = _riders_named(opened, request.drop, before)
    opened.store.record_calls(
        CallRecord(person, before.id, before.date, stop.place, stop.time, CANCELLED, None, now)
        for person in left
    )
    added = plan.riders[~plan.riders["person"].isin(opened.plan.riders["person"])]
    opened.store.record_calls(
        CallRecord(person, before.id, before.date, stop.place, stop.time, "told", None, now)
        for person in added["person"].tolist()
    )
    aboard = plan.riders.loc[plan.riders["batch"] == before.id, "person"].tolist()
    opened.store.pin(dict.fromkeys(aboard, before.id))
