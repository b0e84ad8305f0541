"""``dispatch``: order sheets for the carriers, and the plates and drivers that they send back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from returnplan.edits.double_use import used_twice
from returnplan.model.faults import Fault
from returnplan.model.plan import Batch, RunHeader
from returnplan.model.texts import Lang, Text
from returnplan.papers import orders
from returnplan.papers.edition import Edition
from returnplan.papers.passengers import at_stations
from returnplan.reading.cells import clean
from returnplan.store import Amendment, RunLock, Store
from returnplan.usecases.campaign import Campaign
from returnplan.usecases.choice import Choice, choose_batches, latest_header, lies_in
from returnplan.usecases.telling import told_now


@dataclass(frozen=True)
class OrdersOutcome:
    """The batches that were ordered, the order sheets, and what a person should know."""

    header: RunHeader
    batches: list[Batch]
    paths: list[Path]
    notes: list[Text]


@dataclass(frozen=True)
class VehiclesOutcome:
    """The batches whose plate or drivers changed, ids that no batch has, cells that cannot be read, warnings."""

    header: RunHeader
    changed: list[Batch]
    unknown: list[str]
    faults: tuple[Fault, ...]
    notes: list[Text]


def dispatch(
    campaign: Campaign,
    choice: Choice,
    out: Path,
    lang: Lang | None = None,
    printed_at: datetime | None = None,
) -> OrdersOutcome:
    """Write one order sheet a carrier for the chosen batches that have not departed.

    Raises
    ------
    InputRefused : nothing is planned yet
    UsageError : no such city or batch
    """
    with Store.snapshot(campaign.store_path) as store:
        header = latest_header(store)
        batches = [b for b in choose_batches(store, header, choice) if b.state != "departed"]
        riders = store.load_riders(header.id, [batch.id for batch in batches])
        notes = lies_in(store, header, choice)
    edition = Edition(lang or header.lang, header.id, printed_at or datetime.now(), notes.append)
    paths = orders.write_orders([at_stations(b, riders[b.id], edition.lang) for b in batches], out, edition)
    return OrdersOutcome(header, batches, paths, notes)


def read_orders(campaign: Campaign, paths: Sequence[Path]) -> VehiclesOutcome:
    """Enter plates and drivers from order sheets that came back; later plans keep them.

    Raises
    ------
    InputRefused : nothing is planned yet, or a file is no order sheet
    StoreLocked : another run is at work
    """
    report = orders.read_orders(paths)
    with RunLock(campaign.store_path), Store.open(campaign.store_path) as store, store.transaction():
        header = latest_header(store)
        batches = {batch.id: batch for batch in store.load_batches(header.id)}
        known = [answer for answer in report.answers if answer.batch in batches]
        outdated = [answer for answer in known if not _is_current(answer, batches[answer.batch])]
        answers = [answer for answer in known if answer not in outdated]
        changed = []
        for answer in answers:
            before = batches[answer.batch]
            after = replace(
                before, plate=answer.plate or before.plate, drivers=answer.drivers or before.drivers
            )
            if after != before:
                changed.append(replace(after, version=before.version + 1))
        if changed:
            told = [batches[batch.id] for batch in changed if batch.state == "published"]
            riders = store.load_riders(header.id, [batch.id for batch in told])
            persons = {rider.person for own in riders.values() for rider in own} - store.calls().keys()
            store.record_calls(told_now(told, riders, persons))
            store.amend(header.id, Amendment("ordered", changed))
    faults = (*report.faults, *(answer.outdated for answer in outdated))
    unknown = sorted({answer.batch for answer in report.answers} - batches.keys())
    notes = used_twice(
        [*(batches | {batch.id: batch for batch in changed}).values()], [b.id for b in changed]
    )
    return VehiclesOutcome(header, changed, unknown, faults, notes)


def _is_current(answer: orders.Assignment, batch: Batch) -> bool:
    """Return whether the batch goes the way of the order: a later plan may have given its id to another."""
    is_told = bool(answer.route) and all(stop.city for stop in batch.stops)
    return not is_told or answer.route == clean(orders.say_route(batch, "zh"))
