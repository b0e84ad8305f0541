"""``board``: what marked manifests and receipts say becomes the status of people, lists and totals."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from returnplan.assembly.payments import bill_of
from returnplan.edits.aboard import with_aboard
from returnplan.edits.itineraries import by_person
from returnplan.model.aboard import (
    BOARDED,
    Aboard,
    aboard_so_far,
    is_aboard,
    without_a_seat,
)
from returnplan.model.errors import UsageError
from returnplan.model.faults import Fault
from returnplan.model.plan import Batch, Plan, Rider, RunHeader, WalkUp
from returnplan.model.texts import Text
from returnplan.papers.manifest.marked import Arrival, Boarding, JourneyReport, Known, read_marked
from returnplan.papers.manifest.own_receipt import Seated
from returnplan.papers.manifest.whereabouts import says_elsewhere
from returnplan.papers.whose import Named
from returnplan.papers.wording import STATUSES, say_day, today_in_china
from returnplan.reading.cells import clean
from returnplan.store import ABSENT, Amendment, CallRecord, RunLock, Store
from returnplan.usecases.absent_after_all import Absences, on_board_after_all
from returnplan.usecases.before_boarding import GivenUp, WalkUps, before_these
from returnplan.usecases.campaign import Campaign
from returnplan.usecases.carrier_bill import write_carrier_bill
from returnplan.usecases.choice import header_with_people
from returnplan.usecases.interrupted import once_saved
from returnplan.usecases.no_shows import NoShow, no_shows
from returnplan.usecases.open_plan import objects_of
from returnplan.usecases.travelled import (
    Absent,
    Results,
    SignedUp,
    call_back_results,
    travellers_of,
    write_follow_up,
    write_free_riders,
    write_no_shows,
    write_subsidies,
    write_walk_ups,
)

if TYPE_CHECKING:
    import pandas as pd

_WAS_ABOARD = Text(
    "以前登记为已上车，这张单上打×，没有改动",
    "entered as on board before and crossed on this paper: nothing was changed",
)
_CONFIRM = Text(
    "请问清楚；确实没上车的，在“上车”栏填“确认未到”再读一次",
    "ask; who was surely not on board gets 'surely absent' in the column, and read the paper again",
)
_RIDES_SAID = {"boarded": {True}, ABSENT: {False}}
_RECEIPTS_SAID = {"arrived": {True}}
"""What the papers said of before by which a person has a status."""

_NO_SEAT = Text("没有座位", "no seat")
ENTERED = Text("上车情况已登记", "what the papers say is entered")


@dataclass(frozen=True)
class BoardOutcome:
    """``counts`` riders by status and ``here`` are what these papers tell, ``so_far`` what all papers told.

    ``unknown`` are on board by the paper of a batch on which they do not ride; ``after_all`` were entered as absent
    from it before, and count as its walk-ups. ``num_astray`` walk-ups got on a batch
    that the plan does not know: they are in the lists, not in the totals. ``crossed_only`` says of how many riders of a
    batch nothing is known because its list has crosses and no tick, ``absent_before`` how many were entered as absent
    before though it, or a list without any mark, has no cross at them.
    """

    header: RunHeader
    counts: Counter[str]
    here: Aboard
    so_far: Aboard
    unknown: list[int]
    after_all: list[int]
    num_astray: int
    crossed_only: dict[str, int]
    absent_before: dict[str, int]
    faults: tuple[Fault, ...]
    paths: list[Path]


def board(campaign: Campaign, paths: Sequence[Path], out: Path, *, yes: bool = False) -> BoardOutcome:
    """Enter who boarded and arrived; their batches have departed, absent people wait again with their class.

    A person with several rides counts once, and has boarded who boarded any of them.

    Who got on another coach without a seat gives up the seat that they had. Writes who was absent, the call-back
    sheet, the subsidy list and who rode free, of everybody who has boarded so far, walk-ups included, and the walk-ups
    of these papers as sign-up lists.

    Parameters
    ----------
    yes : enter them though the day of a batch has not come yet

    Raises
    ------
    UsageError : the day of a batch has not come yet
    InputRefused : nothing is planned yet, the personal data were removed, or a file is neither a manifest nor a receipt
    StoreLocked : another run is at work
    Interrupted : a person pressed Ctrl-C after everything was entered
    """
    with RunLock(campaign.store_path), Store.open(campaign.store_path) as store:
        with store.reading():
            campaign.refuse_other_year(store)
            header = header_with_people(store)
            before, known, revision = store.load_plan(header.id), store.walk_ups(), store.revision()
            calls = store.calls()
            runs = {run.id for run in store.runs()}
        report = read_marked(paths, _known(runs, before))
        if not yes and (coming := _not_left(report, before)):
            raise UsageError(_ask(coming))
        known_results = call_back_results(out, header.lang)
        report = with_listed(report, before.riders)
        status_of, unknown = statuses(report, before.riders)
        after_all = _after_all(store, header, report, before, Absences(calls, known)) if unknown else {}
        report = replace(report, walk_ups=(*report.walk_ups, *after_all.values()))
        questions = contradictions(report, before.riders)
        status_of = {person: status for person, status in status_of.items() if person not in questions}
        now = before.riders["person"].map(status_of)
        plan = replace(
            before, riders=before.riders.assign(status=now.where(now.notna(), before.riders["status"]))
        )
        added = without_a_seat(report.walk_ups, plan.riders)
        with store.transaction(revision):
            is_news = _is_news(before, plan, known, added)
            if is_news:
                store.record_walk_ups(added)
            walk_ups = without_a_seat(store.walk_ups(), plan.riders)
            plan = with_aboard(plan, walk_ups)
            departed = _departed(report, plan.riders, status_of)
            if is_news:
                absences = _enter(store, header, plan, status_of, added, departed)
                store.keep_boardings(
                    before_these(before, plan, WalkUps(known, added), departed, GivenUp(absences, calls))
                )
        signed_up = signed_up_of(store, header, walk_ups)
        absent = no_shows(store, header)
        left = (replace(one, state="departed") if one.id in departed else one for one in plan.batches)
        plan = replace(plan, batches=tuple(left))
    counts, batches = Counter(status_of.values()), {batch.id: batch for batch in plan.batches}
    with once_saved(ENTERED):
        lists = [
            *write_lists(header, plan, walk_ups, signed_up, absent, out, known_results),
            *write_walk_ups([one for one in added if one not in after_all.values()], batches, out),
        ]
    here = Aboard(sum(counts[status] for status in BOARDED), len(added))
    num_astray = sum(one.batch not in batches for one in added)
    so_far = aboard_so_far(plan.summary)
    faults = (*report.faults, *questions.values())
    crossed_only, absent_before = _crossed_only(report, plan.riders)
    unknown = [person for person in unknown if person not in after_all]
    return BoardOutcome(
        header,
        counts,
        here,
        so_far,
        unknown,
        sorted(after_all),
        num_astray,
        crossed_only,
        absent_before,
        faults,
        lists,
    )


def _after_all(
    store: Store, header: RunHeader, report: JourneyReport, plan: Plan, absences: Absences
) -> dict[int, WalkUp]:
    roster = store.load_roster(header.id)  # None: an older version kept none
    rides = set(zip(plan.riders["person"].tolist(), plan.riders["batch"].tolist(), strict=True))
    ticked = [
        one for one in report.boardings if one.boarded and one.batch and (one.person, one.batch) not in rides
    ]
    return on_board_after_all(ticked, absences, roster, store.person_numbers()) if roster else {}


def signed_up_of(store: Store, header: RunHeader, walk_ups: Sequence[WalkUp]) -> dict[str, SignedUp]:
    """Return what the sign-ups of the run say of walk-ups, by ID number."""
    roster = store.load_roster(header.id) if walk_ups else None
    if roster is None:
        return {}
    people = roster.people[roster.people["id_number"].isin([one.id_number for one in walk_ups])]
    people = people.assign(person=people["id_number"].map(store.person_numbers())).dropna(subset=["person"])
    columns = (people[name].tolist() for name in ("id_number", "person", "category", "county", "township"))
    return {
        id_number: SignedUp(int(person), *home) for id_number, person, *home in zip(*columns, strict=True)
    }


def write_lists(
    header: RunHeader,
    plan: Plan,
    walk_ups: Sequence[WalkUp],
    signed_up: Mapping[str, SignedUp],
    absent: Sequence[NoShow],
    out: Path,
    known_results: Results,
) -> list[Path]:
    """Write the lists of everybody who has boarded, and who was absent: call back, subsidies, free rides, carriers."""
    batches = {batch.id: batch for batch in plan.batches}
    boarded = by_person(plan.riders[is_aboard(plan.riders)])
    people = travellers_of(objects_of(boarded, Rider), walk_ups, batches, signed_up)
    return [
        write_follow_up(people, out, header.lang, known_results),
        write_subsidies(people, out, header),
        write_no_shows(_absent_now(absent, plan), out, header.lang),
        write_free_riders(people, bill_of(header, plan), out, header.lang),
        write_carrier_bill(plan, walk_ups, out, header),
    ]


def _absent_now(absent: Sequence[NoShow], plan: Plan) -> list[Absent]:
    """Return what became of those who were absent: on board of a later batch, a seat on one, or none."""
    rides = plan.riders.loc[plan.riders["status"] != ABSENT, ["person", "batch", "status"]]
    columns = (column.tolist() for _, column in rides.drop_duplicates("person").items())
    stands = {
        person: Text(f"{batch} {STATUSES[status].zh}", f"{batch} {STATUSES[status].en}")
        for person, batch, status in zip(*columns, strict=True)
    }
    return [Absent(one.rider, one.day, stands.get(one.rider.person, _NO_SEAT)) for one in absent]


def _crossed_only(report: JourneyReport, riders: "pd.DataFrame") -> tuple[dict[str, int], dict[str, int]]:
    """Return of the batches whose lists have crosses and no tick how many riders they do not mark.

    First those of whom nothing is known, then those who were entered as absent before; of the latter also on lists
    without any mark, which say nothing.
    """
    ticked = {one.batch for one in report.boardings if one.boarded}
    crossed = {one.batch for one in report.boardings} - ticked
    told = ticked | {one.batch for one in report.arrivals} | {one.batch for one in report.walk_ups}
    silent = {one.batch for one in report.papers} - told
    marked = {(one.person, one.batch) for one in report.boardings}
    lines = zip(*(riders[name].tolist() for name in ("person", "batch", "status")), strict=True)
    unmarked = Counter(
        (batch, status)
        for person, batch, status in lines
        if batch in crossed | silent and (person, batch) not in marked
    )
    unknown, absent = (
        {batch: unmarked[batch, status] for batch in sorted(batches) if unmarked[batch, status]}
        for batches, status in ((crossed, "assigned"), (crossed | silent, ABSENT))
    )
    return unknown, absent


def _not_left(report: JourneyReport, plan: Plan) -> list[Batch]:
    """Return the batches of the papers whose day has not come yet."""
    said = {one.batch for one in report.boardings} | {one.batch for one in report.arrivals}
    said |= {one.batch for one in report.walk_ups}
    return [batch for batch in plan.batches if batch.id in said and batch.date > today_in_china()]


def _ask(batches: Sequence[Batch]) -> Text:
    zh = "、".join(f"{one.id}({say_day(one.date, 'zh')})" for one in batches)
    en = ", ".join(f"{one.id} ({say_day(one.date, 'en')})" for one in batches)
    return Text(
        f"还没有到出发日期，没有登记：{zh}。确实已经发车的，同样的命令加 --yes",
        f"the day has not come yet, nothing is entered: {en}. If they have left, the same command with --yes",
    )


def _known(runs: Set[str], plan: Plan) -> Known:
    riders = plan.riders
    rows = zip(*(riders[name].tolist() for name in ("person", "name", "phone")), strict=True)
    people = {person: Named(name, phone) for person, name, phone in rows}
    return Known(runs, {batch.id: batch.date for batch in plan.batches}, people, partial(_by_name, riders))


def _by_name(riders: "pd.DataFrame") -> dict[str, list[Seated]]:
    """Return the riders by name, each on the last batch of the journey."""
    last = riders.sort_values("leg").drop_duplicates("person", keep="last")
    by_name: dict[str, list[Seated]] = defaultdict(list)
    for one in zip(*(last[name].tolist() for name in Seated._fields), strict=True):
        seated = Seated(*one)
        by_name[clean(seated.name)].append(seated)
    return by_name


def _is_news(before: Plan, after: Plan, known: Sequence[WalkUp], added: Sequence[WalkUp]) -> bool:
    """Return whether the papers say anything that is not entered yet; read twice, they are entered once."""
    batches = {one.batch for one in added}
    is_same = before.riders["status"].tolist() == after.riders["status"].tolist()
    return not is_same or {one for one in known if one.batch in batches} != set(added)


def _enter(
    store: Store,
    header: RunHeader,
    plan: Plan,
    status_of: dict[int, str],
    added: Sequence[WalkUp],
    departed: set[str],
) -> list[CallRecord]:
    """Enter what became of the riders, who gave up a seat, and the totals; return who did."""
    riders = plan.riders
    is_told = riders["person"].isin(list(status_of))
    is_elsewhere = riders["id_number"].isin([one.id_number for one in added])
    store.set_status(header.id, status_of)
    store.set_state(header.id, sorted(departed), "departed")
    absences = _absences(riders[is_elsewhere | is_told & (riders["status"] == ABSENT)], plan)
    store.record_calls(absences)
    store.amend(header.id, Amendment("boarded", summary=plan.summary))
    return absences


def _departed(report: JourneyReport, riders: "pd.DataFrame", status_of: dict[int, str]) -> set[str]:
    """Return the batches of which papers tell what became of somebody; a feeder's list says nothing of the train."""
    sayings: tuple[Boarding | Arrival, ...] = (*report.boardings, *report.arrivals)
    said = {(one.person, one.batch) for one in sayings}
    lines = zip(riders["person"].tolist(), riders["batch"].tolist(), strict=True)
    return {
        batch
        for person, batch in lines
        if person in status_of and ((person, batch) in said or (person, "") in said)
    }


def with_listed(report: JourneyReport, riders: "pd.DataFrame") -> JourneyReport:
    """Return the report with whom the escort added though they are on the list: they have boarded.

    That is so on their own batch, and on another feeder or shuttle of their train.
    """
    columns = (riders[name].tolist() for name in ("batch", "journey", "id_number", "person"))
    journeys: dict[str, set[str]] = defaultdict(set)
    seats: dict[tuple[str, str], tuple[str, int]] = {}
    for batch, journey, id_number, person in zip(*columns, strict=True):
        journeys[batch].add(journey)
        seats.setdefault((journey, id_number), (batch, person))
        seats[batch, id_number] = batch, person
    added = [
        seats[place, one.id_number]
        for one in report.walk_ups
        for place in [one.batch, *sorted(journeys[one.batch])]
        if (place, one.id_number) in seats
    ]
    boardings = [Boarding(batch, person, boarded=True) for batch, person in dict.fromkeys(added)]
    return replace(report, boardings=(*report.boardings, *boardings))


def statuses(report: JourneyReport, riders: "pd.DataFrame") -> tuple[dict[int, str], list[int]]:
    """Return what became of each rider, and who is said to be on board of a batch that is not theirs.

    On a paper of a batch that they have left since, they are rightly crossed or blank. The employer's word comes after
    the escort's, and a mark after a blank: who is on board by an earlier paper, or by another one, is not absent for
    want of a tick, and who has arrived does not go back to the coach. Of several rides one tick is enough. A remark
    that says where somebody went puts nobody on board whom the escort had not there.
    """
    columns = (riders[name].tolist() for name in ("person", "note", "status"))
    known = {person: others for person, *others in zip(*columns, strict=True)}
    rides = set(zip(riders["person"].tolist(), riders["batch"].tolist(), strict=True))
    told: dict[int, str] = {}
    unknown = set()
    boardings = sorted(report.boardings, key=lambda one: (not one.is_blank, one.boarded))
    sayings: tuple[Boarding | Arrival, ...] = (*boardings, *report.arrivals)
    for one in sayings:
        note, before = known.get(one.person, ("", ""))
        status = _boarded(one, before) if isinstance(one, Boarding) else _arrived(one, note)
        if status == "other_factory" and told.get(one.person, before) == ABSENT:
            continue
        if one.person in known and (not one.batch or (one.person, one.batch) in rides):
            told |= {one.person: status} if status else {}
        elif status in BOARDED:
            unknown.add(one.person)
    return told, sorted(unknown)


def contradictions(report: JourneyReport, riders: "pd.DataFrame") -> dict[int, Fault]:
    """Return the persons of whom one paper says yes and another no, with the cell of the last that says so.

    A paper of a coach on which they do not ride any more contradicts nothing: who missed one coach and took a later one
    was absent and on board. A cross for one ride and a tick for a later one of the journey is no contradiction, either:
    they came to the station by themselves. What earlier papers said counts where these say nothing. A cross
    on a receipt beside a remark that says where somebody went is no contradiction: they were on board. It is one where
    the escort's list has no tick for them; a cross there stands.
    """
    columns = (riders[name].tolist() for name in ("person", "batch", "leg", "status", "note"))
    lines = list(zip(*columns, strict=True))
    known = {person: (status, note) for person, _, _, status, note in lines}
    leg_of = {(person, batch): leg for person, batch, leg, _, _ in lines}
    leg_of |= {(person, ""): 1 for person in known}
    rides: dict[int, set[tuple[int, bool]]] = defaultdict(set)
    receipts: dict[int, set[tuple[int, bool]]] = defaultdict(set)
    last: dict[int, Fault] = {}
    sure: set[int] = {one.person for one in report.boardings if one.is_sure}
    crossed: set[int] = {one.person for one in report.boardings if one.differs and not one.boarded}
    by_escort, _ = statuses(replace(report, arrivals=()), riders)
    found = {}
    for boarding in report.boardings:
        leg = leg_of.get((boarding.person, boarding.batch))
        if boarding.differs and leg:
            rides[boarding.person].add((leg, boarding.boarded))
            last[boarding.person] = boarding.differs
    for arrival in report.arrivals:
        leg = leg_of.get((arrival.person, arrival.batch))
        before, printed_note = known.get(arrival.person, ("", ""))
        is_elsewhere = _arrived(arrival, printed_note) == "other_factory"
        is_absent = by_escort.get(arrival.person, before) == ABSENT and arrival.person not in crossed
        if leg and is_elsewhere and is_absent and arrival.not_on_board:
            found[arrival.person] = arrival.not_on_board
        if arrival.differs and leg and not is_elsewhere:
            receipts[arrival.person].add((leg, arrival.arrived))
            last[arrival.person] = arrival.differs
    for person, differs in last.items():
        status, _ = known.get(person, ("", ""))
        marks = rides[person] | receipts[person]
        last_tick = max((leg for leg, is_there in marks if is_there), default=0)
        ride, receipt = (
            {is_there for leg, is_there in said[person] if is_there or leg >= last_tick}
            or said_before.get(status, set())
            for said, said_before in ((rides, _RIDES_SAID), (receipts, _RECEIPTS_SAID))
        )
        if len(ride | receipt) > 1:
            found[person] = differs
        elif ride == {False} and status in BOARDED and person not in sure:
            found[person] = replace(differs, message=_WAS_ABOARD, fix=_CONFIRM)
    return found


def _boarded(one: Boarding, before: str) -> str:
    """Return the status of a person by the manifest; empty where its blank says nothing against ``before``."""
    if one.boarded:
        return before if before in BOARDED else "boarded"
    return "" if one.is_blank and before in BOARDED else ABSENT


def _arrived(one: Arrival, printed_note: str) -> str:
    """Return the status of a person by the receipt; empty where it leaves the escort's word standing."""
    if one.arrived:
        return "arrived"
    return "other_factory" if says_elsewhere(one.note, printed_note) else ""


def _absences(riders: "pd.DataFrame", plan: Plan) -> list[CallRecord]:
    batches = {batch.id: batch for batch in plan.batches}
    now = datetime.now(UTC).replace(microsecond=0)
    riders = by_person(riders)
    rows = zip(riders["person"].tolist(), riders["batch"].tolist(), riders["pickup"].tolist(), strict=True)
    return [
        CallRecord(person, batch, batches[batch].date, pickup, batches[batch].depart, ABSENT, None, now)
        for person, batch, pickup in rows
    ]
