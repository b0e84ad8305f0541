"""``board``: what marked manifests and receipts say becomes the status of people, lists and totals."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from returnplan.edits.totals import BOARDED, with_boarded
from returnplan.faults import Fault
from returnplan.manifests.marked import Arrival, Boarding, JourneyReport, read_marked
from returnplan.pipeline.campaign import Campaign
from returnplan.pipeline.desk import objects_of
from returnplan.pipeline.follow_up import call_back_results, travellers_of, write_follow_up, write_subsidies
from returnplan.pipeline.stored import latest_header
from returnplan.pipeline.walk_ups import known_walk_ups, write_walk_ups
from returnplan.plan import Plan, Rider, RunHeader
from returnplan.reading.cells import clean
from returnplan.store import Amendment, Call, RunLock, Store
from returnplan.store.deeds import ABSENT

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class BoardOutcome:
    """``counts`` people by status, as far as these papers tell; ``unknown`` do not ride on the batch of their paper."""

    header: RunHeader
    counts: Counter[str]
    num_walk_ups: int
    unknown: list[int]
    faults: tuple[Fault, ...]
    paths: list[Path]


def board(campaign: Campaign, paths: Sequence[Path], out: Path) -> BoardOutcome:
    """Enter who boarded and arrived; their batches have departed, absent people wait again with their class.

    Writes the call-back sheet and the subsidy list of everybody who has boarded so far, walk-ups included, and the
    walk-ups of these papers as sign-up lists.

    Raises
    ------
    InputRefused : nothing is planned yet, or a file is neither a manifest nor a receipt
    StoreLocked : another run is at work
    """
    report = read_marked(paths)
    with RunLock(campaign.store_path), Store.open(campaign.store_path) as store:
        header = latest_header(store)
        plan = store.load_plan(header.id)
        known_results, walk_ups = call_back_results(out, header.lang), known_walk_ups(report.walk_ups, out)
        status_of, unknown = statuses(report, plan.riders)
        known = plan.riders[plan.riders["person"].isin(list(status_of))]
        riders = _with_status(plan.riders, status_of)
        with store.transaction():
            store.set_status(header.id, status_of)
            store.set_state(header.id, sorted(set(known["batch"])), "departed")
            store.record_calls(_absences(known[known["person"].map(status_of) == ABSENT], plan))
            store.amend(header.id, Amendment("boarded", summary=with_boarded(plan.summary, riders)))
    aboard = objects_of(riders[riders["status"].isin(BOARDED)], Rider)
    batches = {batch.id: batch for batch in plan.batches}
    people = travellers_of(aboard, walk_ups, batches)
    lists = [
        write_follow_up(people, out, header.lang, known_results),
        write_subsidies(people, out, header.lang),
        *write_walk_ups(report.walk_ups, batches, out),
    ]
    num_walk_ups = len(report.walk_ups)
    return BoardOutcome(header, Counter(status_of.values()), num_walk_ups, unknown, report.faults, lists)


def statuses(report: JourneyReport, riders: "pd.DataFrame") -> tuple[dict[int, str], list[int]]:
    """Return what became of each rider, and the persons who do not ride on the batch of their paper (any more).

    The employer's word comes after the escort's.
    """
    columns = (riders[name].tolist() for name in ("person", "batch", "note"))
    known = {person: (batch, note) for person, batch, note in zip(*columns, strict=True)}
    told: dict[int, str] = {}
    unknown = set()
    sayings: tuple[Boarding | Arrival, ...] = (*report.boardings, *report.arrivals)
    for one in sayings:
        batch, note = known.get(one.person, ("", ""))
        if not batch or one.batch not in ("", batch):
            unknown.add(one.person)
        elif status := _boarded(one) if isinstance(one, Boarding) else _arrived(one, clean(note)):
            told[one.person] = status
    return told, sorted(unknown)


def _boarded(one: Boarding) -> str:
    return "boarded" if one.boarded else ABSENT


def _arrived(one: Arrival, printed_note: str) -> str:
    """Return the status of a person by the receipt; empty where it leaves the escort's word standing.

    Remarks that the receipt was printed with say nothing about where somebody went.
    """
    if one.arrived:
        return "arrived"
    return "other_factory" if one.note not in ("", printed_note) else ""


def _with_status(riders: "pd.DataFrame", status_of: dict[int, str]) -> "pd.DataFrame":
    told = riders["person"].map(status_of)
    return riders.assign(status=told.where(told.notna(), riders["status"]))


def _absences(riders: "pd.DataFrame", plan: Plan) -> list[Call]:
    batches = {batch.id: batch for batch in plan.batches}
    now = datetime.now(UTC).replace(microsecond=0)
    rows = zip(riders["person"].tolist(), riders["batch"].tolist(), riders["pickup"].tolist(), strict=True)
    return [
        Call(person, batch, batches[batch].date, pickup, batches[batch].depart, ABSENT, None, now)
        for person, batch, pickup in rows
    ]
