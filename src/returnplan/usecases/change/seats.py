"""Changes that concern seats: vehicle, day or hour, people added or dropped, a batch called off or broken down."""

from collections import Counter
from collections.abc import Collection, Set
from dataclasses import replace
from datetime import UTC, date, datetime

import pandas as pd

from returnplan.edits import (
    SEAT_LOST,
    at_railway_hours,
    emptied,
    in_vehicle,
    moved_to,
    pool_named,
    put_on,
    seated_anew,
    taken_off,
    with_railway_seats,
    without_batches,
)
from returnplan.edits.batches import batch_named, replaced
from returnplan.edits.breakdown import rescued
from returnplan.edits.broken_vehicles import last_day_out, with_broken
from returnplan.edits.itineraries import by_person
from returnplan.edits.people import party_of, without_seat
from returnplan.edits.reseating import PLAN_AGAIN, reseated
from returnplan.edits.room import can_travel
from returnplan.edits.spare_vehicles import spare_pools
from returnplan.edits.vehicles import notices_of
from returnplan.model.errors import UsageError
from returnplan.model.journeys import has_ticket
from returnplan.model.masking import mask_text
from returnplan.model.plan import Batch, Plan, Rider
from returnplan.model.pools import pool_of
from returnplan.model.roster import Roster
from returnplan.model.texts import Text
from returnplan.places import tidy
from returnplan.problem.seats import usable_seats
from returnplan.store import CANCELLED, POSTPONED, CallRecord
from returnplan.usecases.campaign import Campaign
from returnplan.usecases.change.hours import long_stands
from returnplan.usecases.change.names import is_short_now, of_the_plate, with_names
from returnplan.usecases.change.papers import as_it_is, saved_before, was_saved, with_papers
from returnplan.usecases.change.request import ChangeOutcome, ChangeRequest, Move, not_departed
from returnplan.usecases.double_use import used_twice
from returnplan.usecases.open_plan import (
    HOUR_BY_HAND,
    OpenPlan,
    is_as_before,
    next_version,
    objects_of,
    open_plan,
    riders_changed,
    seats_uncalled,
)
from returnplan.usecases.who import find_people

TOO_FEW_SEATS = Text("换车后座位不够", "the other vehicle has too few seats")
SEATS_CUT = Text("铁路减少了座位", "the railway has cut the train")
ANOTHER_DAY = Text("改期后那天不能走", "cannot travel on the other day")
CALLED_OFF = Text("所在号车取消", "the batch was called off")
DROPPED = Text("临行前退出", "left before departure")
ALL = frozenset({"all", "ALL", "全部", "全体"})
"""Words for everybody."""

ASK = Text("如改主意，用 returnplan change --add 加入", "if they change their mind: returnplan change --add")


def reseated_by_hand(campaign: Campaign, request: ChangeRequest) -> ChangeOutcome:
    """Change a batch and the seats on it; raises what ``change`` raises."""
    with open_plan(campaign) as opened:
        if was_saved(opened.store, opened.header, request):
            return saved_before(campaign, opened.store, opened.header, request)
        stored = opened.plan
        before = not_departed(batch_named(stored, request.batch))
        agreed = _agreed(opened, request, before)
        opened = _able(_welcoming(opened, request.add), agreed, request.day or before.date)
        plan, misfits = _changed(opened, request, before)
        if request.breakdown:
            opened = replace(opened, roster=with_broken(opened.roster, before))
        plan = without_batches(plan, emptied(plan, opened.plan) - {before.id})
        if not request.breakdown and is_as_before(stored, plan):
            return as_it_is(campaign, opened.store, opened.header, request)
        changed = {before.id} | riders_changed(opened.plan, plan) | _retimed(opened.plan, plan)
        plan = opened.totalled(next_version(plan, changed))
        moves = _moves(opened.plan, plan, misfits)
        batch = next((one for one in plan.batches if one.id == before.id), None)
        lacks_driver = batch is not None and is_short_now(before, batch)
        is_called_off = request.cancel and _counts_on(opened, before)
        is_asked = bool(moves or request.breakdown or lacks_driver or is_called_off) and not request.yes
        notes, breaks_own_rule = _findings(opened, plan, changed, is_proposal=is_asked)
        is_proposal = is_asked or (breaks_own_rule and not request.yes)
        notes += long_stands(before, batch)
        notes += _of_another_carrier(before, batch)
        notes += used_twice(plan.batches, [before.id])
        notes += _also_called_off(opened.plan, plan, before) if request.cancel else []
        notes += _tickets_to_return(opened.plan, misfits) if request.vehicle else []
        notes += of_the_plate(request, before, batch, is_proposal=is_proposal)
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
            is_called_off=is_called_off,
            more_yuan=more_yuan,
        )
        if is_proposal:
            return replace(outcome, is_proposal=True)
        notes += _waiting(plan, off["person"].tolist())
        notes += _fewer(gone) if request.drop else []
        notes += _out(opened.roster, before) if request.breakdown else []
        with opened.store.transaction():
            is_roster_new = bool(request.add or agreed or request.breakdown)
            roster = opened.roster if is_roster_new else None
            replace(opened, plan=stored).save(plan, "changed", roster, request.digest)
            _remember(opened, plan, request, before, agreed)
        return with_papers(campaign, opened.store, opened.header, request, changed, outcome)


def _retimed(before: Plan, after: Plan) -> set[str]:
    """Return the ids of the batches that call at other hours than before."""
    hours = {batch.id: [stop.time for stop in batch.stops] for batch in before.batches}
    return {batch.id for batch in after.batches if [stop.time for stop in batch.stops] != hours[batch.id]}


def _counts_on(opened: OpenPlan, batch: Batch) -> bool:
    """Return whether somebody counts on a batch: it is published, one of its riders was phoned, or has a ticket."""
    calls = opened.store.calls().values()
    is_told = any(call.is_told and call.batch == batch.id for call in calls)
    return batch.state == "published" or is_told or _num_tickets(opened.plan, batch) > 0


def _num_tickets(plan: Plan, batch: Batch) -> int:
    """Return for how many riders of a batch the railway has issued tickets."""
    return int(has_ticket(plan.riders[plan.riders["batch"] == batch.id]).sum())


def _also_called_off(before: Plan, after: Plan, batch: Batch) -> list[Text]:
    """Return what goes with a batch that is called off: other rides of its journeys, and tickets."""
    left = {one.id for one in after.batches} | {batch.id}
    others = [one.id for one in before.batches if one.id not in left]
    notes = []
    if others:
        notes.append(
            Text(
                f"接驳车也一起取消：{'、'.join(others)}",
                f"feeders and shuttles that go with it are called off, too: {', '.join(others)}",
            )
        )
    on_it = before.riders.loc[before.riders["batch"] == batch.id, "person"].tolist()
    return [*notes, *_tickets_to_return(before, on_it)]


def _tickets_to_return(before: Plan, persons: Collection[int]) -> list[Text]:
    """Return for how many people who do not take their train the railway has issued tickets."""
    own = before.riders[before.riders["person"].isin(list(persons))]
    num_tickets = own.loc[has_ticket(own), "person"].nunique()
    if not num_tickets:
        return []
    return [
        Text(
            f"{num_tickets} 人已出票，请到铁路办理退票；姓名和订单号在上次发回的乘车人员名单上",
            f"tickets of {num_tickets} people are issued: return them to the railway; names and order numbers are "
            "on the name list that came back",
        )
    ]


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
    return [one.message for one in found.said if one.code != HOUR_BY_HAND], bool(found.asked)


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


def _welcoming(opened: OpenPlan, texts: tuple[str, ...]) -> OpenPlan:
    """Return the opened plan with people who are to be added eligible, should they have cancelled before."""
    people = opened.roster.people
    if not texts:
        return opened
    back = people["signup"].isin(list(_waiting_named(opened, texts))) & (people["code"] == CANCELLED)
    people = people.assign(code=people["code"].where(~back, ""))
    return replace(opened, roster=replace(opened.roster, people=people))


def _agreed(opened: OpenPlan, request: ChangeRequest, before: Batch) -> set[int]:
    """Return the person numbers of riders, and of people to be added, who have agreed to the day.

    Raises
    ------
    UsageError : there is neither another day nor anybody to be added, or somebody is none of these; or somebody to be
        added has named other days and has not agreed
    """
    plan, roster, day = opened.plan, opened.roster, request.day or before.date
    if request.agreed and not request.day and not request.add:
        raise UsageError(
            Text(
                "--agreed 要和 --date 或 --add 一起用：同意的是哪一天",
                "--agreed goes with --date or --add: they agree to a day",
            )
        )
    if not request.agreed and not request.add:
        return set()
    added = _waiting_named(opened, request.add)
    cannot = roster.people[~can_travel(roster.people, day) & roster.people["signup"].isin(list(added))]
    riders = plan.riders[plan.riders["batch"] == before.id]
    every = pd.concat([riders, plan.unplanned[plan.unplanned["signup"].isin(list(added))]])
    number = dict(zip(every["signup"].tolist(), every["person"].tolist(), strict=True))
    if {word.strip() for word in request.agreed} & ALL:
        stay = _who_cannot(plan, before, request.day, roster) if request.day else []
        return {*stay, *(number[signup] for signup in cannot["signup"])}
    why = Text(f"不在 {before.id} 上", f"is not on {before.id}")
    signups = {_signup(opened, text, set(number), why) for text in request.agreed}
    if not (missing := cannot[~cannot["signup"].isin(list(signups))]).empty:
        raise UsageError(_named_other_days(missing, before.id, day))
    return {number[signup] for signup in signups}


def _named_other_days(people: pd.DataFrame, batch: str, day: date) -> Text:
    """Return who cannot be added for their days or their employer's, and how to say that they agree."""
    days = []
    is_shut = (people["reception"] > pd.Timestamp(day)).tolist()
    for one, shut in zip(people.itertuples(), is_shut, strict=True):
        words = Text(
            f"{one.signup} 可走 {one.earliest:%m-%d}–{one.latest:%m-%d}",
            f"{one.signup} can travel from {one.earliest:%m-%d} to {one.latest:%m-%d}",
        )
        if shut:
            words = Text(
                f"{words.zh}，企业 {one.reception:%m-%d} 起接收",
                f"{words.en}, and the employer takes people in from {one.reception:%m-%d}",
            )
        days.append(words)
    zh, en = "；".join(one.zh for one in days), "; ".join(one.en for one in days)
    return Text(
        f"没有改动：{batch} 在 {day:%m-%d} 走，而{zh}。本人(和企业)在电话里同意这天走的，同样的命令加 --agreed 姓名"
        "(全部同意写 --agreed 全部)",
        f"not changed: {batch} leaves on {day:%m-%d}, but {en}. Who agrees to it on the phone, and their employer: the "
        "same command with --agreed NAME (if all do --agreed all)",
    )


def _able(opened: OpenPlan, agreed: Set[int], day: date) -> OpenPlan:
    """Return the opened plan with people who agreed to a day able to travel on it."""
    if not agreed:
        return opened
    from returnplan.carryover import heard  # loads all that a plan keeps of the one before

    riders, people = opened.plan.riders, opened.roster.people
    is_agreed = riders["person"].isin(list(agreed))
    every = pd.concat([riders, opened.plan.unplanned])
    own = every[every["person"].isin(list(agreed))]
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


def _of_another_carrier(before: Batch, batch: Batch | None) -> list[Text]:
    """Return whose vehicle it is, where that has changed."""
    if batch is None or batch.carrier in ("", before.carrier):
        return []
    return [
        Text(
            f"{batch.id} 的 {batch.vehicle} 由 {batch.carrier} 派出",
            f"the {batch.vehicle} of {batch.id} comes from {batch.carrier}",
        )
    ]


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
    if request.vehicle and before.mode == "train" and tidy(request.vehicle) == tidy(before.vehicle):
        plan, standing = with_railway_seats(plan, before.id, roster)
        if standing:
            plan = reseated(plan, before.id, standing, SEATS_CUT, roster, rules).plan
            misfits += standing
        plan = seated_anew(plan, before.id)
    elif request.vehicle:
        pool = pool_named(request.vehicle, before, plan, roster, request.day)
        usable = usable_seats(pool.seats, rules, notices_of(plan, before, opened.law))
        if standing := without_seat(plan, before.id, usable, roster):
            plan = reseated(plan, before.id, standing, TOO_FEW_SEATS, roster, rules).plan
            misfits += standing
        plan = in_vehicle(plan, before.id, pool, roster, rules, opened.law)
    if before.mode == "train" and request.depart and not request.day:
        plan = at_railway_hours(plan, before.id, request.depart, roster, rules, opened.law)
    elif request.day or request.depart:
        day, hour = request.day or before.date, request.depart or before.depart.time()
        if request.day and (stranded := _who_cannot(plan, before, request.day, roster)):
            plan = reseated(plan, before.id, stranded, ANOTHER_DAY, roster, rules).plan
            misfits += stranded
        plan = moved_to(plan, before.id, day, hour, roster, rules, opened.law)
    if request.vehicle or request.day:
        _refuse_overbooking(plan, before, roster)
    if request.add:
        plan = put_on(plan, before.id, _waiting_named(opened, request.add), roster)
    batch = batch_named(plan, before.id)
    if not batch.load:
        return without_batches(plan, {before.id}), misfits
    return replaced(plan, with_names(batch, request)), misfits


def _refuse_overbooking(plan: Plan, before: Batch, roster: Roster) -> None:
    """Refuse a published batch a vehicle, or a day, of which other published ones have all.

    The audit only warns of these, for they may be a vehicle too many by a later fleet sheet. Where a draft has the
    vehicle, the audit refuses the change, and the refusal says how the draft can give the vehicle up.

    Raises
    ------
    UsageError : all vehicles of the type are on other published batches
    """
    batch = batch_named(plan, before.id)
    is_same = (batch.vehicle, batch.carrier, batch.date) == (before.vehicle, before.carrier, before.date)
    line = pool_of(batch, roster.pools)
    if before.state != "published" or is_same or batch.block or line is None:
        return
    told = (one for one in plan.batches if one.state == "published" and one.id != batch.id)
    others = replace(plan, batches=tuple(told))
    free = {(pool.vehicle, pool.carrier) for pool in spare_pools(others, batch, batch.date, roster)}
    if (batch.vehicle, batch.carrier) not in free:
        whose = f" ({batch.carrier})" if batch.carrier else ""
        raise UsageError(
            Text(
                f"没有改动：{batch.date:%m-%d} 的{batch.vehicle}{whose}都有车次了，车辆表里没有多的；"
                "客运公司另有车的，先在车辆表里改数量，重新排车后再改",
                f"not changed: every {batch.vehicle}{whose} of the fleet is on another batch on {batch.date:%m-%d}; if "
                "the carrier has more, correct the fleet sheet and plan again first",
            )
        )


def _who_cannot(plan: Plan, batch: Batch, day: date, roster: Roster) -> list[int]:
    """Return the person numbers of riders who cannot travel on another day, with all of their parties."""
    riders = plan.riders[plan.riders["batch"] == batch.id]
    people = roster.people[roster.people["signup"].isin(riders["signup"])]
    cannot = people[~can_travel(people, day)]
    parties = cannot.loc[cannot["party"] >= 0, "party"]
    stranded = people[people["signup"].isin(cannot["signup"]) | people["party"].isin(parties)]
    return riders.loc[riders["signup"].isin(stranded["signup"]), "person"].tolist()


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
    lines = find_people(text, people, people["signup"].map(numbers).fillna(0))
    named = people["signup"].iloc[lines].tolist()
    found = [signup for signup in named if signup in among]
    by_number = [signup for signup in named if str(numbers.get(signup)) == text.strip()]
    if found and not among.issuperset(by_number):  # their last four are the number of somebody else
        found = [*by_number, *found]
    if len(found) == 1:
        return str(found[0])
    shown = mask_text(text)
    if found:
        names = ", ".join(map(str, found))
        raise UsageError(Text(f"“{shown}”不止一人：{names}", f"{shown!r} is more than one person: {names}"))
    elsewhere = [_where(opened.plan, signup) for signup in named]
    zh = "；".join([f"“{shown}”{why.zh}", *(place.zh for place in elsewhere)])
    en = "; ".join([f"{shown!r} {why.en}", *(place.en for place in elsewhere)])
    raise UsageError(Text(zh, en))


def _where(plan: Plan, signup: str) -> Text:
    """Return on which batch somebody is, or why on none."""
    rides = plan.riders.loc[plan.riders["signup"] == signup, "batch"].tolist()
    if rides:
        on = ", ".join(rides)
        return Text(f"{signup} 在 {on} 上", f"{signup} is on {on}")
    waiting = plan.unplanned[plan.unplanned["signup"] == signup]
    return Text(
        f"{signup} 未排：{'；'.join(waiting['reason_zh'])}",
        f"{signup} is on no batch: {'; '.join(waiting['reason_en'])}",
    )


def _waiting(plan: Plan, persons: Collection[int]) -> list[Text]:
    """Return where people are who have no batch any more: for each reason how many, and what comes next."""
    waiting = plan.unplanned[plan.unplanned["person"].isin(list(persons))]
    words = waiting[["reason_zh", "reason_en", "suggestion_zh", "suggestion_en"]].astype(object)
    return [
        Text(
            f"{num} 人现在列在未排人员中(returnplan show unplanned)：{reason_zh}；{suggestion_zh}",
            f"{num} now stand among the people on no batch (returnplan show unplanned): {reason_en}; {suggestion_en}",
        )
        for (reason_zh, reason_en, suggestion_zh, suggestion_en), num in Counter(
            words.itertuples(index=False, name=None)
        ).items()
    ]


def _fewer(gone: Collection[Rider]) -> list[Text]:
    """Return which employers expect somebody who has dropped out: nobody is called about it, so they are not told."""
    num_of = Counter(rider.employer for rider in gone if rider.employer)
    if not num_of:
        return []
    zh = "、".join(f"{employer} {num} 人" for employer, num in sorted(num_of.items()))
    en = ", ".join(f"{num} of {employer}" for employer, num in sorted(num_of.items()))
    return [
        Text(
            f"请告知企业少来的人：{zh}；新的到岗名单用 returnplan manifest --employers 写出",
            f"tell the employers who does not come: {en}; returnplan manifest --employers writes the new lists",
        )
    ]


def _out(roster: Roster, before: Batch) -> list[Text]:
    """Return until when the vehicle that does not come is not used, and how to say that it is."""
    until = last_day_out(roster, before)
    if until is None:
        return []
    base = Text(f"({before.base})", f" of {before.base}") if before.base else Text("", "")
    return [
        Text(
            f"来不了的 {before.vehicle}{base.zh} 到 {until:%m-%d} 为止不再排用；修好了能用："
            f"returnplan change {before.id} --mended；更久不能用：改车辆表的每日可用车辆数",
            f"the {before.vehicle}{base.en} that does not come is not used until {until:%m-%d}; once it can be: "
            f"returnplan change {before.id} --mended; if it takes longer: correct the vehicles a day in the fleet "
            "sheet",
        )
    ]


def _remember(opened: OpenPlan, plan: Plan, request: ChangeRequest, before: Batch, agreed: Set[int]) -> None:
    """Keep in later runs who left and, where the batch is a draft still, who is on it by hand."""
    now = datetime.now(UTC).replace(microsecond=0)
    stop = before.stops[0]
    left = _riders_named(opened, request.drop, before)
    opened.store.record_calls(
        CallRecord(person, before.id, before.date, stop.place, stop.time, CANCELLED, None, now)
        for person in left
    )
    added = set(plan.riders["person"]) - set(opened.plan.riders["person"])
    known = opened.store.calls()
    opened.store.record_calls(seats_uncalled(plan, added, known))
    opened.store.record_calls(
        replace(call, result=POSTPONED, postponed_to=call.day) for call in seats_uncalled(plan, agreed, known)
    )
    old = opened.plan.riders
    seat = ["person", "batch"]
    is_new = ~pd.MultiIndex.from_frame(plan.riders[seat]).isin(pd.MultiIndex.from_frame(old[seat]))
    moved = is_new & plan.riders["person"].isin(old.loc[old["batch"] == before.id, "person"])
    by_hand = plan.riders[moved | (plan.riders["batch"] == before.id)]
    opened.store.pin(dict(zip(by_hand["person"].tolist(), by_hand["batch"].tolist(), strict=True)))
