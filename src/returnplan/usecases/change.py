"""``change``: one batch changed by hand at the coach door; nobody else is moved.

Whoever no longer fits (too few seats, another day, no vehicle) is named with another seat if there is one, and nothing
is changed before a person has said so: by ``agreed`` or ``drop`` for some, by ``yes`` for the rest.
"""

import hashlib
from collections.abc import Collection, Set
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path

import pandas as pd

from returnplan.carryover import heard
from returnplan.edits import (
    SEAT_LOST,
    emptied,
    in_vehicle,
    moved_to,
    pool_named,
    put_on,
    taken_off,
    without_batches,
)
from returnplan.edits.batches import batch_named, replaced
from returnplan.edits.breakdown import rescued
from returnplan.edits.itineraries import by_person
from returnplan.edits.people import party_of, without_seat
from returnplan.edits.reseating import PLAN_AGAIN, reseated
from returnplan.edits.room import can_travel
from returnplan.edits.vehicles import notices_of
from returnplan.model.errors import UsageError
from returnplan.model.journeys import linked
from returnplan.model.masking import mask_text
from returnplan.model.plan import Batch, Plan, Rider, RunHeader
from returnplan.model.roster import Roster
from returnplan.model.texts import Text
from returnplan.papers.itinerary import itineraries
from returnplan.papers.manifest import next_handouts, write_manifests
from returnplan.problem.seats import usable_seats
from returnplan.reading.cells import clean
from returnplan.reading.vehicles import is_plate, plate
from returnplan.store import CANCELLED, POSTPONED, CallRecord
from returnplan.usecases.campaign import Campaign
from returnplan.usecases.double_use import used_twice
from returnplan.usecases.drivers import lacks_drivers
from returnplan.usecases.interrupted import once_saved
from returnplan.usecases.open_plan import (
    BY_HAND,
    OpenPlan,
    next_version,
    objects_of,
    open_plan,
    riders_changed,
)
from returnplan.usecases.telling import told_now
from returnplan.usecases.who import find_people

TOO_FEW_SEATS = Text("换车后座位不够", "the other vehicle has too few seats")
ANOTHER_DAY = Text("改期后那天不能走", "cannot travel on the other day")
CALLED_OFF = Text("所在号车取消", "the batch was called off")
DROPPED = Text("临行前退出", "left before departure")
ALL = frozenset({"all", "ALL", "全部", "全体"})
"""Words for everybody."""

DONE = Text(
    "{batch} 的这项改动此前已保存，没有再改；这次只写名单(谁没有座位了见 returnplan show unplanned)",
    "this change of {batch} was saved before and is not made twice; its papers are written (who has no seat now: "
    "returnplan show unplanned)",
)
ASK = Text("如改主意，用 returnplan change --add 加入", "if they change their mind: returnplan change --add")


@dataclass(frozen=True, slots=True)
class ChangeRequest:
    """What to change of a batch; None and empty: as it is. ``add``, ``drop`` and ``agreed`` name people as typed.

    ``agreed`` are riders who have agreed to the other day on the phone (``ALL``: everybody); ``yes`` accepts what was
    proposed for those who no longer fit.
    """

    batch: str
    out: Path
    vehicle: str | None = None
    plate: str | None = None
    drivers: tuple[str, ...] = ()
    day: date | None = None
    depart: time | None = None
    cancel: bool = False
    breakdown: bool = False
    add: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    agreed: tuple[str, ...] = ()
    yes: bool = False

    @property
    def is_naming(self) -> bool:
        """Return whether nothing is to change but the plate and the drivers."""
        return self == ChangeRequest(
            self.batch, self.out, plate=self.plate, drivers=self.drivers, yes=self.yes
        )

    @property
    def digest(self) -> str:
        """Return what tells it from other changes, wherever its papers go."""
        return hashlib.sha256(repr(replace(self, out=Path())).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Move:
    """A rider who no longer fits on the batch: who it is, and the seat elsewhere; ``batch`` None: there is none."""

    rider: Rider
    batch: Batch | None
    seat: int = 0
    boards: datetime | None = None


@dataclass(frozen=True)
class ChangeOutcome:
    """The batch as it is now (None: it does not run), who is no longer on it, what a person should know, the papers.

    ``moves`` are those who no longer fit, and ``more_yuan`` is what the plan costs more than before.
    ``is_proposal``: nothing was changed yet. ``lacks_driver``: fewer are named now than the law asks for.
    ``breaks_own_rule``: a batch has fewer people or costs more a head than the office wants.
    """

    header: RunHeader
    batch: Batch | None
    off: list[Rider]
    notes: list[Text]
    papers: list[Path]
    moves: tuple[Move, ...] = ()
    is_proposal: bool = False
    is_another_day: bool = False
    is_another_vehicle: bool = False
    lacks_driver: bool = False
    breaks_own_rule: bool = False
    more_yuan: float = 0.0


def change(campaign: Campaign, request: ChangeRequest) -> ChangeOutcome:
    """Change a batch, audit the plan, save it, and write the next version of the papers of the changed batches.

    The same change again, when it was the last of the batch, is not made twice: its papers are written. Where somebody
    no longer fits, or the vehicle does not come, the change is proposed and not made, unless ``yes`` accepts it.

    Raises
    ------
    UsageError : no such batch, person or vehicle; it has departed; or the change would break a rule
    InputRefused : nothing is planned yet
    StoreLocked : another run is at work
    Interrupted : a person pressed Ctrl-C after the change was saved
    """
    with open_plan(campaign, request.batch if request.is_naming else None) as opened:
        if opened.was_made(request.digest, request.batch):
            done = Text(*(text.format(batch=request.batch) for text in DONE))
            changed = opened.made_by(request.digest)
            notes = [done, *_findings(opened, opened.plan, changed)[0]]
            return _with_papers(
                campaign, opened, request, changed, ChangeOutcome(opened.header, None, [], notes, [])
            )
        before = batch_named(opened.plan, request.batch)
        if before.state == "departed":
            raise UsageError(Text(f"{before.id} 已发车", f"{before.id} has departed"))
        agreed = _agreed(opened, request, before)
        opened = _able(_welcoming(opened, request.add), agreed, request.day)
        plan, misfits = _changed(opened, request, before)
        plan = without_batches(plan, emptied(plan, opened.plan) - {before.id})
        changed = {before.id} | riders_changed(opened.plan, plan)
        plan = opened.totalled(next_version(plan, changed))
        moves = _moves(opened.plan, plan, misfits)
        batch = next((one for one in plan.batches if one.id == before.id), None)
        lacks_driver = batch is not None and _is_short_now(before, batch)
        is_asked = bool(moves or request.breakdown or lacks_driver) and not request.yes
        notes, breaks_own_rule = _findings(opened, plan, changed, is_proposal=is_asked)
        is_proposal = is_asked or (breaks_own_rule and not request.yes)
        notes += used_twice(plan.batches, [before.id])
        notes += _of_the_plate(request, before, plan)
        off = by_person(opened.plan.riders)
        off = off[~off["person"].isin(plan.riders["person"])]
        more_yuan = plan.summary["cost"] - opened.plan.summary["cost"]
        gone = objects_of(off, Rider)
        outcome = ChangeOutcome(
            opened.header,
            batch,
            gone,
            notes,
            [],
            moves,
            is_another_day=batch is not None and batch.date != before.date,
            is_another_vehicle=request.breakdown,
            lacks_driver=lacks_driver,
            breaks_own_rule=breaks_own_rule,
            more_yuan=more_yuan,
        )
        if is_proposal:
            return replace(outcome, is_proposal=True)
        with opened.store.transaction():
            is_roster_new = bool(request.add or agreed)
            opened.save(plan, "changed", opened.roster if is_roster_new else None, request.digest)
            _remember(opened, plan, request, before, agreed)
        return _with_papers(campaign, replace(opened, plan=plan), request, changed, outcome)


def _is_short_now(before: Batch, now: Batch) -> bool:
    """Return whether a batch lacks a driver by what is changed: it was known of others, or they were enough."""
    drivers = (before.drivers, before.num_drivers)
    return lacks_drivers(now) and (now.drivers, now.num_drivers) != drivers


def _findings(
    opened: OpenPlan, plan: Plan, changed: Set[str], *, is_proposal: bool = False
) -> tuple[list[Text], bool]:
    """Return what the audit finds of the changed batches, and whether the office has to agree to some of it.

    That one leaves at the hour that was ordered is no news. What a proposal would break is a finding; of a change it is
    an error.
    """
    try:
        found = opened.audited(plan, changed)
    except UsageError as error:
        if not is_proposal:
            raise
        return [error.message], False
    return [one.message for one in found.said if one.code != BY_HAND], bool(found.asked)


def _moves(before: Plan, after: Plan, misfits: Collection[int]) -> tuple[Move, ...]:
    """Return where each of those goes who no longer fits, by batch and seat; who has no seat comes last."""
    batches = {batch.id: batch for batch in after.batches}
    now = {
        rider.person: rider
        for rider in objects_of(by_person(after.riders[after.riders["person"].isin(list(misfits))]), Rider)
    }
    moves = []
    for rider in objects_of(by_person(before.riders[before.riders["person"].isin(list(misfits))]), Rider):
        if there := now.get(rider.person):
            batch = batches[there.batch]
            moves.append(Move(rider, batch, there.seat, batch.stops[there.pickup_seq - 1].time))
        else:
            moves.append(Move(rider, None))
    return tuple(
        sorted(moves, key=lambda move: (move.batch is None, move.batch.id if move.batch else "", move.seat))
    )


def _with_papers(
    campaign: Campaign, opened: OpenPlan, request: ChangeRequest, changed: Set[str], outcome: ChangeOutcome
) -> ChangeOutcome:
    """Write the papers of the changed batches as they are now, of those that run."""
    batches = [one for one in opened.plan.batches if one.id in changed]
    saved = Text(f"{request.batch} 的改动已保存", f"the change of {request.batch} is saved")
    command = " ".join(["returnplan manifest", *(f"--batch {batch.id}" for batch in batches)])
    papers: list[Path] = []
    notes = list(outcome.notes)
    with once_saved(saved, Text(f"用 {command} 写出", f"{command} writes them")):
        if batches:
            riders = opened.plan.riders
            parts = riders["batch"].isin([one.id for one in opened.plan.batches if one.kind != "direct"])
            pairs = riders.loc[parts, ["batch", "journey"]]  # a direct batch is linked to no other
            rides = linked(changed, zip(pairs["batch"], pairs["journey"], strict=True))
            riders = riders[riders["batch"].isin(list(rides))].sort_values("seat", kind="stable")
            riders_of = {
                batch: objects_of(riders[riders["batch"] == batch], Rider) for batch in sorted(rides)
            }
            edition, settings = campaign.edition(opened.header, notes.append), campaign.config.papers
            journeys = itineraries(
                (one for one in opened.plan.batches if one.id in rides and one.kind != "direct"), riders_of
            )
            employers, last = opened.plan.employers, opened.store.load_handouts()
            handouts = next_handouts(
                last, batches, riders_of, edition, settings, journeys=journeys, employers=employers
            )
            batches = [replace(one, version=handouts[one.id].version) for one in batches]
            papers = write_manifests(
                batches, riders_of, request.out, edition, settings, journeys=journeys, employers=employers
            )
            opened.store.keep_handouts(handouts, last)
    batch = next((one for one in batches if one.id == request.batch), None)
    return replace(outcome, batch=batch, notes=notes, papers=papers)


def _welcoming(opened: OpenPlan, texts: tuple[str, ...]) -> OpenPlan:
    """Return the opened plan with people who are to be added eligible, should they have cancelled before."""
    people = opened.roster.people
    if not texts:
        return opened
    back = people["signup"].isin(list(_waiting_named(opened, texts))) & (people["code"] == CANCELLED)
    people = people.assign(code=people["code"].where(~back, ""))
    return replace(opened, roster=replace(opened.roster, people=people))


def _agreed(opened: OpenPlan, request: ChangeRequest, before: Batch) -> set[int]:
    """Return the person numbers of riders who have agreed to the other day.

    Raises
    ------
    UsageError : there is no other day, or somebody is not on the batch
    """
    if not request.agreed:
        return set()
    if request.day is None:
        raise UsageError(
            Text(
                "--agreed 要和 --date 一起用：同意的是哪一天",
                "--agreed goes with --date: they agree to a day",
            )
        )
    if {word.strip() for word in request.agreed} & ALL:
        return set(_who_cannot(opened.plan, before, request.day, opened.roster))
    return set(_riders_named(opened, request.agreed, before))


def _able(opened: OpenPlan, agreed: Set[int], day: date | None) -> OpenPlan:
    """Return the opened plan with people who agreed to a day able to travel on it."""
    if not agreed or day is None:
        return opened
    riders, people = opened.plan.riders, opened.roster.people
    is_agreed = riders["person"].isin(list(agreed))
    own = riders[is_agreed]
    person = people["signup"].map(dict(zip(own["signup"], own["person"], strict=True))).fillna(0)
    people = heard(people, person, set(), dict.fromkeys(agreed, day), {})
    windows = people.set_index("signup")
    riders = riders.copy()
    for name in ("earliest", "latest"):
        days = riders.loc[is_agreed, "signup"].map(windows[name])
        riders.loc[is_agreed, name] = days.astype(riders[name].dtype)
    return replace(
        opened, roster=replace(opened.roster, people=people), plan=replace(opened.plan, riders=riders)
    )


def _changed(opened: OpenPlan, request: ChangeRequest, before: Batch) -> tuple[Plan, list[int]]:
    """Return the changed plan, and the person numbers of riders who no longer fit on the batch."""
    plan, roster, rules = opened.plan, opened.roster, opened.rules
    everybody = plan.riders.loc[plan.riders["batch"] == before.id, "person"].tolist()
    if request.cancel:
        return without_batches(taken_off(plan, everybody, SEAT_LOST, CALLED_OFF, PLAN_AGAIN), {before.id}), []
    if leaving := _riders_named(opened, request.drop, before):
        plan = taken_off(plan, leaving, CANCELLED, DROPPED, ASK)
    misfits: list[int] = []
    if request.breakdown:
        plan = rescued(plan, before.id, roster, rules, opened.law)
        now = plan.riders[plan.riders["person"].isin(everybody)]
        kept = {batch.id for batch in plan.batches if (batch.id, batch.date) == (before.id, before.date)}
        fits = set(now.loc[now["batch"].isin(kept), "person"])
        misfits = [person for person in everybody if person not in fits and person not in leaving]
        if before.id not in {batch.id for batch in plan.batches}:
            return plan, misfits
    if request.vehicle:
        pool = pool_named(request.vehicle, before.base, roster, before.carrier)
        usable = usable_seats(pool.seats, rules, notices_of(plan, before, opened.law))
        if standing := without_seat(plan, before.id, usable, roster):
            plan = reseated(plan, before.id, standing, TOO_FEW_SEATS, roster, rules).plan
            misfits += standing
        plan = in_vehicle(plan, before.id, pool, roster, rules, opened.law)
    if request.day or request.depart:
        day, hour = request.day or before.date, request.depart or before.depart.time()
        if request.day and (stranded := _who_cannot(plan, before, request.day, roster)):
            plan = reseated(plan, before.id, stranded, ANOTHER_DAY, roster, rules).plan
            misfits += stranded
        plan = moved_to(plan, before.id, day, hour, roster, rules, opened.law)
    if request.add:
        plan = put_on(plan, before.id, _waiting_named(opened, request.add), roster)
    batch = batch_named(plan, before.id)
    if not batch.load:
        return without_batches(plan, {before.id}), misfits
    drivers = tuple(map(clean, request.drivers)) or batch.drivers
    return replaced(plan, replace(batch, plate=_plate(request, batch), drivers=drivers)), misfits


def _who_cannot(plan: Plan, batch: Batch, day: date, roster: Roster) -> list[int]:
    """Return the person numbers of riders who cannot travel on another day, with all of their parties."""
    riders = plan.riders[plan.riders["batch"] == batch.id]
    people = roster.people[roster.people["signup"].isin(riders["signup"])]
    cannot = people[~can_travel(people, day)]
    parties = cannot.loc[cannot["party"] >= 0, "party"]
    stranded = people[people["signup"].isin(cannot["signup"]) | people["party"].isin(parties)]
    return riders.loc[riders["signup"].isin(stranded["signup"]), "person"].tolist()


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
                f'“{request.plate}”不是车牌，{batch.id} 的车牌 {batch.plate} 没有改；要清空请写 --plate ""',
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
                f"原车牌 {before.plate} 已清空；新车牌用 --plate 写明",
                f"the plate {before.plate} was cleared; give the new one with --plate",
            )
        ]
    if request.plate and batch.plate and batch.mode == "coach" and not is_plate(batch.plate):
        return [
            Text(
                f"“{batch.plate}”不像完整的车牌(如 桂R12345)，请核对",
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
        raise UsageError(Text(f"“{shown}”不止一人：{names}", f"{shown!r} is more than one person: {names}"))
    raise UsageError(Text(f"“{shown}”{why.zh}", f"{shown!r} {why.en}"))


def _remember(opened: OpenPlan, plan: Plan, request: ChangeRequest, before: Batch, agreed: Set[int]) -> None:
    """Keep in later runs who left and, where the batch is a draft still, who is on it by hand."""
    now = datetime.now(UTC).replace(microsecond=0)
    stop = before.stops[0]
    left = _riders_named(opened, request.drop, before)
    opened.store.record_calls(
        CallRecord(person, before.id, before.date, stop.place, stop.time, CANCELLED, None, now)
        for person in left
    )
    batches = [one for one in plan.batches if one.id == before.id]
    aboard = {before.id: objects_of(plan.riders[plan.riders["batch"] == before.id], Rider)}
    added = set(plan.riders["person"]) - set(opened.plan.riders["person"])
    opened.store.record_calls(told_now(batches, aboard, added))
    opened.store.record_calls(
        replace(call, result=POSTPONED, postponed_to=call.day) for call in told_now(batches, aboard, agreed)
    )
    old = opened.plan.riders
    seat = ["person", "batch"]
    is_new = ~pd.MultiIndex.from_frame(plan.riders[seat]).isin(pd.MultiIndex.from_frame(old[seat]))
    moved = is_new & plan.riders["person"].isin(old.loc[old["batch"] == before.id, "person"])
    by_hand = plan.riders[moved | (plan.riders["batch"] == before.id)]
    opened.store.pin(dict(zip(by_hand["person"].tolist(), by_hand["batch"].tolist(), strict=True)))
