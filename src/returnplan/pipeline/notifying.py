"""``notify``: who has to be told what by phone, and what they answered."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from returnplan.calls import Call as CallToMake
from returnplan.calls import CallResult, first_calls, read_calls, write_calls
from returnplan.faults import Fault
from returnplan.outgoing import Printing
from returnplan.pipeline.campaign import Campaign
from returnplan.pipeline.choosing import Choice, choose_batches
from returnplan.pipeline.stored import latest_header
from returnplan.plan import RunHeader
from returnplan.store import Call, RunLock, Store
from returnplan.texts import Lang, Text

TOLD = "told"


@dataclass(frozen=True)
class NotifyOutcome:
    """How many people have to be called, and the call lists written for them."""

    header: RunHeader
    calls: list[CallToMake]
    paths: list[Path]
    notes: list[Text]


@dataclass(frozen=True)
class AnswersOutcome:
    """What the calls brought: results by person, how many are of an older plan, cells that cannot be read."""

    header: RunHeader
    results: tuple[CallResult, ...]
    num_outdated: int
    faults: tuple[Fault, ...]


def write_call_lists(
    campaign: Campaign, choice: Choice, out: Path, lang: Lang | None = None
) -> NotifyOutcome:
    """Write call lists of everybody who was not told yet what the plan says now: all at first, then changes.

    Raises
    ------
    InputRefused : nothing is planned yet
    UsageError : no such city or batch
    """
    with Store.open(campaign.store_path) as store:
        header = latest_header(store)
        batches = [b for b in choose_batches(store, header, choice) if b.state != "departed"]
        riders = store.load_riders(header.id, [batch.id for batch in batches])
        known = store.calls()
    calls = list(_due(first_calls(batches, riders), known))
    notes: list[Text] = []
    printing = Printing(lang or header.lang, header.id, datetime.now(), notes.append)
    paths = write_calls(calls, out, printing)
    return NotifyOutcome(header, calls, paths, notes)


def _due(calls: Sequence[CallToMake], known: Mapping[int, Call]) -> Iterator[CallToMake]:
    for call in calls:
        last = known.get(call.rider.person)
        if last is None or last.result != TOLD:
            yield call
        elif (last.batch, last.day, last.pickup) != (call.batch.id, call.batch.date, call.rider.pickup):
            yield CallToMake("moved", call.rider, call.batch, call.leader)
        elif last.time != call.pickup.time:
            yield CallToMake("retimed", call.rider, call.batch, call.leader)


def read_call_lists(campaign: Campaign, paths: Sequence[Path]) -> AnswersOutcome:
    """Keep what people said; who cancelled or put off is off the coach from the next plan on.

    A person who was told of a coach that is not theirs any more has to be called again.

    Raises
    ------
    InputRefused : nothing is planned yet, or a file is no call list
    StoreLocked : another run is at work
    """
    report = read_calls(paths, campaign.config.dates.year)
    with RunLock(campaign.store_path), Store.open(campaign.store_path) as store:
        header = latest_header(store)
        batches = store.load_batches(header.id)
        riders = store.load_riders(header.id, [batch.id for batch in batches])
        now = {call.rider.person: call for call in first_calls(batches, riders)}
        current = [(r, now[r.person]) for r in report.answers if _is_current(r, now.get(r.person))]
        store.record_calls(_kept(result, call) for result, call in current)
    return AnswersOutcome(header, report.answers, len(report.answers) - len(current), report.faults)


def _is_current(result: CallResult, call: CallToMake | None) -> bool:
    """Tell whether the call list said what the plan says now; a refusal counts whatever the hour."""
    if call is None or call.batch.id != result.batch:
        return False
    return result.outcome != TOLD or result.hour in ("", f"{call.pickup.time:%H:%M}")


def _kept(result: CallResult, call: CallToMake) -> Call:
    return Call(
        person=result.person,
        batch=result.batch,
        day=call.batch.date,
        pickup=call.rider.pickup,
        time=call.pickup.time,
        result=result.outcome,
        postponed_to=result.postponed_to,
        at=datetime.now(UTC).replace(microsecond=0),
    )
