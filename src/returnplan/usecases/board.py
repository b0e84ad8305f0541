"""``board``: what marked manifests and receipts say becomes the status of people, lists and totals."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from returnplan.edits.aboard import (
    BOARDED,
    Aboard,
    aboard_so_far,
    is_aboard,
    with_aboard,
    without_a_seat,
)
from returnplan.model.faults import Fault
from returnplan.model.plan import Plan, Rider, RunHeader, WalkUp
from returnplan.model.texts import Text
from returnplan.papers.manifest.marked import Arrival, Boarding, JourneyReport, read_marked
from returnplan.reading.cells import clean
from returnplan.store import ABSENT, Amendment, CallRecord, RunLock, Store
from returnplan.usecases.campaign import Campaign
from returnplan.usecases.choice import latest_header
from returnplan.usecases.interrupted import once_saved
from returnplan.usecases.open_plan import objects_of
from returnplan.usecases.travelled import (
    call_back_results,
    travellers_of,
    write_follow_up,
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

ENTERED = Text("上车情况已登记", "what the papers say is entered")


@dataclass(frozen=True)
class BoardOutcome:
    """``counts`` riders by status and ``here`` are what these papers tell, ``so_far`` what all papers told.

    ``unknown`` do not ride on the batch of their paper. ``num_astray`` walk-ups got on a batch that the plan does
    not know: they are in the lists, not in the totals.
    """

    header: RunHeader
    counts: Counter[str]
    here: Aboard
    so_far: Aboard
    unknown: list[int]
    num_astray: int
    faults: tuple[Fault, ...]
    paths: list[Path]


def board(campaign: Campaign, paths: Sequence[Path], out: Path) -> BoardOutcome:
    """Enter who boarded and arrived; their batches have departed, absent people wait again with their class.

    Who got on another coach without a seat gives up the seat that they had. Writes the call-back sheet and the
    subsidy list of everybody who has boarded so far, walk-ups included, and the walk-ups of these papers as
    sign-up lists.

    Raises
    ------
    InputRefused : nothing is planned yet, or a file is neither a manifest nor a receipt
    StoreLocked : another run is at work
    Interrupted : a person pressed Ctrl-C after everything was entered
    """
    report = read_marked(paths)
    with RunLock(campaign.store_path), Store.open(campaign.store_path) as store:
        with store.reading():
            header = latest_header(store)
            before, known, revision = store.load_plan(header.id), store.walk_ups(), store.revision()
        known_results = call_back_results(out, header.lang)
        report = _with_listed(report, before.riders)
        status_of, unknown = statuses(report, before.riders)
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
            if is_news:
                _enter(store, header, plan, status_of, added)
    counts, batches = Counter(status_of.values()), {batch.id: batch for batch in plan.batches}
    people = travellers_of(objects_of(plan.riders[is_aboard(plan.riders)], Rider), walk_ups, batches)
    with once_saved(ENTERED):
        lists = [
            write_follow_up(people, out, header.lang, known_results),
            write_subsidies(people, out, header.lang),
            *write_walk_ups(added, batches, out),
        ]
    here = Aboard(sum(counts[status] for status in BOARDED), len(added))
    num_astray = sum(one.batch not in batches for one in added)
    so_far = aboard_so_far(plan.summary)
    faults = (*report.faults, *questions.values())
    return BoardOutcome(header, counts, here, so_far, unknown, num_astray, faults, lists)


def _is_news(before: Plan, after: Plan, known: Sequence[WalkUp], added: Sequence[WalkUp]) -> bool:
    """Return whether the papers say anything that is not entered yet; read twice, they are entered once."""
    batches = {one.batch for one in added}
    is_same = before.riders["status"].equals(after.riders["status"])
    return not is_same or {one for one in known if one.batch in batches} != set(added)


def _enter(
    store: Store, header: RunHeader, plan: Plan, status_of: dict[int, str], added: Sequence[WalkUp]
) -> None:
    """Enter what became of the riders, who gave up a seat, and the totals."""
    riders = plan.riders
    is_told = riders["person"].isin(list(status_of))
    is_elsewhere = riders["id_number"].isin([one.id_number for one in added])
    store.set_status(header.id, status_of)
    store.set_state(header.id, sorted(set(riders.loc[is_told, "batch"])), "departed")
    store.record_calls(_absences(riders[is_elsewhere | is_told & (riders["status"] == ABSENT)], plan))
    store.amend(header.id, Amendment("boarded", summary=plan.summary))


def _with_listed(report: JourneyReport, riders: "pd.DataFrame") -> JourneyReport:
    """Return the report with whom the escort added though they are on the list of that batch: they have boarded."""
    seats = zip(riders["batch"].tolist(), riders["id_number"].tolist(), strict=True)
    person_of = dict(zip(seats, riders["person"].tolist(), strict=True))
    added = [(one.batch, one.id_number) for one in report.walk_ups]
    boardings = [Boarding(key[0], person_of[key], boarded=True) for key in added if key in person_of]
    return replace(report, boardings=(*report.boardings, *boardings))


def statuses(report: JourneyReport, riders: "pd.DataFrame") -> tuple[dict[int, str], list[int]]:
    """Return what became of each rider, and the persons who do not ride on the batch of their paper (any more).

    The employer's word comes after the escort's, and a mark after a blank: who is on board by an earlier paper,
    or by another one, is not absent for want of a tick, and who has arrived does not go back to the coach.
    """
    columns = (riders[name].tolist() for name in ("person", "batch", "note", "status"))
    known = {person: others for person, *others in zip(*columns, strict=True)}
    told: dict[int, str] = {}
    unknown = set()
    boardings = sorted(report.boardings, key=lambda one: not one.is_blank)
    sayings: tuple[Boarding | Arrival, ...] = (*boardings, *report.arrivals)
    for one in sayings:
        batch, note, before = known.get(one.person, ("", "", ""))
        if not batch or one.batch not in ("", batch):
            unknown.add(one.person)
        elif status := _boarded(one, before) if isinstance(one, Boarding) else _arrived(one, clean(note)):
            told[one.person] = status
    return told, sorted(unknown)


def contradictions(report: JourneyReport, riders: "pd.DataFrame") -> dict[int, Fault]:
    """Return the persons of whom one paper says yes and another no, with the cell of the last that says so.

    What earlier papers said counts where these say nothing. A cross beside a remark that says where somebody went
    is no contradiction: they were on board.
    """
    columns = (riders[name].tolist() for name in ("person", "status", "note"))
    known = {person: (status, clean(note)) for person, status, note in zip(*columns, strict=True)}
    rides: dict[int, set[bool]] = defaultdict(set)
    receipts: dict[int, set[bool]] = defaultdict(set)
    last: dict[int, Fault] = {}
    sure: set[int] = {one.person for one in report.boardings if one.is_sure}
    for boarding in report.boardings:
        rides[boarding.person] |= {boarding.boarded} if boarding.differs else set()
        last |= {boarding.person: boarding.differs} if boarding.differs else {}
    for arrival in report.arrivals:
        _, printed_note = known.get(arrival.person, ("", ""))
        if arrival.differs and _arrived(arrival, printed_note) != "other_factory":
            receipts[arrival.person].add(arrival.arrived)
            last[arrival.person] = arrival.differs
    found = {}
    for person, differs in last.items():
        status, _ = known.get(person, ("", ""))
        ride = rides.get(person, _RIDES_SAID.get(status, set()))
        receipt = receipts.get(person, _RECEIPTS_SAID.get(status, set()))
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
    """Return the status of a person by the receipt; empty where it leaves the escort's word standing.

    Remarks that the receipt was printed with say nothing about where somebody went.
    """
    if one.arrived:
        return "arrived"
    return "other_factory" if one.note not in ("", printed_note) else ""


def _absences(riders: "pd.DataFrame", plan: Plan) -> list[CallRecord]:
    batches = {batch.id: batch for batch in plan.batches}
    now = datetime.now(UTC).replace(microsecond=0)
    rows = zip(riders["person"].tolist(), riders["batch"].tolist(), riders["pickup"].tolist(), strict=True)
    return [
        CallRecord(person, batch, batches[batch].date, pickup, batches[batch].depart, ABSENT, None, now)
        for person, batch, pickup in rows
    ]
