"""``notify``: who has to be told what by phone, and what they answered."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from returnplan.model.faults import Fault
from returnplan.model.plan import OWN_WORD, Batch, Rider, RunHeader, Unplanned
from returnplan.model.texts import LANGS, Lang, Text
from returnplan.papers.calls import (
    PAPER,
    CallResult,
    OffCall,
    agreed,
    call_names,
    first_calls,
    write_calls,
)
from returnplan.papers.calls import Call as CallToMake
from returnplan.papers.calls import read_calls as read_results
from returnplan.papers.calls.call import Told
from returnplan.papers.employers.corrections import PAPER as CORRECTIONS
from returnplan.papers.employers.corrections import correction_names, write_corrections
from returnplan.papers.employers.expected import PAPER as ARRIVALS
from returnplan.papers.itinerary import itineraries
from returnplan.papers.voided import put_away
from returnplan.papers.whose import Named, of_another_person, own_papers
from returnplan.store import OFF, TOLD, UNCALLED, CallRecord, RunLock, Store
from returnplan.usecases.campaign import Campaign
from returnplan.usecases.choice import (
    Choice,
    choose_batches,
    full_name,
    header_with_people,
    lies_in,
    with_linked,
)
from returnplan.usecases.employers import NO_LISTS, news_for_employers, who_comes
from returnplan.usecases.evening import Evening
from returnplan.usecases.leaders import leaders_told
from returnplan.usecases.moved_trains import waiting
from returnplan.usecases.telling import record_of, told_before


@dataclass(frozen=True)
class NotifyOutcome:
    """Who has to be called, the call lists written for them, and what their employers have to know anew.

    ``num_corrected`` people stand on the corrections.
    ``for_tonight`` are the call lists with somebody who is not on a draft that the advice holds.
    """

    header: RunHeader
    calls: list[CallToMake | OffCall]
    paths: list[Path]
    corrections: list[Path]
    for_tonight: list[Path]
    notes: list[Text]
    num_corrected: int = 0


@dataclass(frozen=True)
class AnswersOutcome:
    """What the calls brought: results by person, who was told of an older plan, cells that cannot be read."""

    header: RunHeader
    results: tuple[CallResult, ...]
    outdated: tuple[int, ...]
    faults: tuple[Fault, ...]


def notify(
    campaign: Campaign,
    choice: Choice,
    out: Path,
    lang: Lang | None = None,
    printed_at: datetime | None = None,
    evening: Evening | None = None,
) -> NotifyOutcome:
    """Write call lists of everybody who was not told yet what the plan says now: all at first, then changes.

    Changes are also told to those who rode and ride no more. Employers hear of all that is not as on the list of
    arrivals that they got last; who got none, of what is not as its people were told. Papers of before on which nobody
    has to be told anything any more, whoever was asked for, go into 作废.

    Parameters
    ----------
    evening : on which people are called; None: by the clock, and nobody is taken to have left who is not said to have

    Raises
    ------
    InputRefused : nothing is planned yet
    UsageError : no such city or batch
    """
    with Store.snapshot(campaign.store_path) as store:
        campaign.refuse_other_year(store)
        header = header_with_people(store)
        evening = evening or Evening.by_hand(header, campaign.config.rules.notice_days)
        calls = due_calls(store, header, choice, evening)
        every = calls if choice == Choice() else due_calls(store, header, Choice(), evening)
        notes = [*lies_in(store, header, choice), *waiting(store, header).notes]
        coming = who_comes(store, header) if store.load_lists(ARRIVALS.en) else NO_LISTS
        chosen = None if choice == Choice() else {one.id for one in choose_batches(store, header, choice)}
    edition = campaign.edition(header, notes.append, lang=lang, printed_at=printed_at)
    is_for_tonight = write_calls(calls, out, edition)
    paths = list(is_for_tonight)
    at = edition.printed_at
    news = news_for_employers(coming, calls, at, chosen)
    corrections = write_corrections(news, out, edition)
    hold = [path.name for path in (*paths, *corrections)]
    if choice != Choice():
        for either in LANGS:  # a list in the other language holds, too
            of_all = news_for_employers(coming, every, at, None)
            hold += [*call_names(every, either), *correction_names(of_all, either)]
    if old := put_away(out, hold, (PAPER, CORRECTIONS)):
        notes.append(old)
    for_tonight = [path for path, is_due in is_for_tonight.items() if is_due]
    num_corrected = sum(map(len, news.values()))
    return NotifyOutcome(header, calls, paths, corrections, for_tonight, notes, num_corrected)


def due_calls(
    store: Store, header: RunHeader, choice: Choice, evening: Evening
) -> list[CallToMake | OffCall]:
    """Return the calls to everybody who was not told yet what the plan says now, by the choice of coaches.

    Nobody is called of a coach that has left, or of hours that are known to be wrong. Where a seat would be new to
    somebody, on a draft that is held, the call says so.

    Raises
    ------
    UsageError : no such city or batch
    """
    is_all = choice == Choice()  # there may be no batch left, and people to tell so
    chosen = store.load_batches(header.id) if is_all else choose_batches(store, header, choice)
    batches = [one for one in waiting(store, header).without(chosen) if not evening.has_left(one)]
    known, held = store.calls(), evening.held(store.load_overview(header.id))
    calls = (call for call in _calls(store, header, batches, known) if not evening.has_left(call.batch))
    due = (replace(call, kind="held") if _is_held(call, held) else call for call in _due(calls, known))
    return [*due, *_off(store, header, choice, known)]


def _is_held(call: CallToMake, held: Set[str]) -> bool:
    """Return whether a call would tell somebody for the first time of a draft that is held."""
    rides = (call.ride, *call.onward)
    return call.kind == "new" and any(ride.batch.id in held for ride in rides)


def _calls(
    store: Store, header: RunHeader, batches: Sequence[Batch], known: Mapping[int, CallRecord]
) -> list[CallToMake]:
    """Return a call to everybody on the batches, about all rides of the journey."""
    with_others = with_linked(store, header, batches)
    riders = store.load_riders(header.id, [batch.id for batch in with_others])
    by_rail = (batch for batch in with_others if batch.kind != "direct")
    calls = first_calls(batches, riders, itineraries(by_rail, riders), leaders_told(known, riders))
    return [call for call in calls if call.batch.state != "departed"]  # who is on the way is not called


def _due(calls: Iterable[CallToMake], known: Mapping[int, CallRecord]) -> Iterator[CallToMake]:
    for call in calls:
        last = known.get(call.rider.person)
        if last is None:
            yield call
        elif last.frees(call.batch_id, call.batch.date):
            continue  # they gave up this very seat; the next plan takes them off
        elif not last.is_told:
            yield call
        elif kind := _what_is_new(said := replace(call, was=told_before(last, call.rider)), last):
            yield replace(said, kind=kind)
        elif last.result == UNCALLED:
            yield call


def _what_is_new(call: CallToMake, last: CallRecord) -> Literal["moved", "retimed", "corrected"] | None:
    """Return what kind of news the seat is to somebody who was told before; None: they know it."""
    if (last.batch, last.day, last.pickup) != (call.batch_id, call.batch.date, call.place):
        return "moved"
    if call.is_at_another_hour:
        return "retimed"
    return "corrected" if call.corrections else None


def _off(
    store: Store, header: RunHeader, choice: Choice, known: Mapping[int, CallRecord]
) -> Iterator[OffCall]:
    """Yield a call to everybody who was told of a coach and is on none now, by the choice of coaches then."""
    riding = set(store.riding(header.id))
    told = {number: call for number, call in known.items() if call.is_told and number not in riding}
    people = _names(store, header, told)
    city = choice.city and full_name(store, header, "city", choice.city)
    for number, who in people.items():
        call = told[number]
        is_chosen = city in (None, who.city) and (choice.until is None or call.day <= choice.until)
        if is_chosen:
            is_withdrawn = isinstance(who, Unplanned) and who.code in OWN_WORD
            kind: Literal["withdrawn", "off"] = "withdrawn" if is_withdrawn else "off"
            yield OffCall(kind, who, call.batch, call.pickup, call.time, call.employer)


def _names(store: Store, header: RunHeader, persons: Collection[int]) -> dict[int, Unplanned | Rider]:
    """Return people on no batch as the latest list has them, else as they last rode."""
    left = {line.person: line for line in store.stream_unplanned(header.id) if line.person in persons}
    return {**store.last_riders(set(persons) - left.keys()), **left}


def read_calls(campaign: Campaign, paths: Sequence[Path]) -> AnswersOutcome:
    """Keep what people said; who cancelled or put off is off the coach from the next plan on.

    A person who was told of a coach that is not theirs any more has to be called again. Where two rows contradict each
    other of a person, neither is kept.

    Raises
    ------
    InputRefused : nothing is planned yet, the personal data were removed, or a file is no call list
    StoreLocked : another run is at work
    """
    with RunLock(campaign.store_path), Store.open(campaign.store_path) as store, store.transaction():
        campaign.refuse_other_year(store)
        header = header_with_people(store)
        batches = store.load_batches(header.id)
        first_year = min((batch.date.year for batch in batches), default=None)
        runs, years = [run.id for run in store.runs()], {batch.date.year for batch in batches}
        ours, others = own_papers(paths, set(runs), years)
        report = read_results(ours, campaign.config.dates.year or first_year, runs)
        known = store.calls()
        now = {call.rider.person: call for call in _calls(store, header, batches, known)}
        who = _names(store, header, known.keys() - now.keys())
        who |= {number: call.rider for number, call in now.items()}
        people = {number: Named(one.name, one.phone) for number, one in who.items()}
        strange = [of_another_person(one.ref, one.person, one.unmarked, people) for one in report.answers]
        answers = tuple(
            one
            for one, fault in zip(report.answers, strange, strict=True)
            if fault is None or fault.severity == "warning"
        )
        heard = {one: _heard(one, now.get(one.person), known.get(one.person)) for one in answers}
        outdated = {one.person: one for one, call in heard.items() if call is None}
        counted, contradictions = agreed([one for one, call in heard.items() if call], runs)
        calls = (call for one in counted if (call := heard[one]))
        store.record_calls(call for call in calls if _is_news(call, known.get(call.person)))
    faults = (*others, *report.faults, *filter(None, strange), *contradictions)
    heard_now = {one.person for one in counted}
    late = [one for person, one in outdated.items() if person not in heard_now]
    return AnswersOutcome(header, (*counted, *late), tuple(one.person for one in late), faults)


def _heard(result: CallResult, call: CallToMake | None, last: CallRecord | None) -> CallRecord | None:
    """Return what is kept of a result; None where the call list said something that is no longer so."""
    at = datetime.now(UTC).replace(microsecond=0)
    if call and _is_current(result, call):
        told = Told(
            call.batch_id,
            call.place,
            call.time,
            result.vehicle,
            result.seat,
            result.dropoff,
            result.leader,
            result.employer or (last.employer if last else ""),
        )
        record = record_of(call, told, at)
        return replace(record, result=result.outcome, postponed_to=result.postponed_to)
    if call is None and last and last.is_told and last.batch == result.batch:
        outcome = OFF if result.outcome == TOLD else result.outcome
        return replace(last, result=outcome, postponed_to=result.postponed_to, at=at)
    return None


def _is_news(call: CallRecord, last: CallRecord | None) -> bool:
    """Return whether a result is not kept yet; a list read twice is heard once."""
    return last is None or call != replace(last, at=call.at)


def _is_current(result: CallResult, call: CallToMake) -> bool:
    """Return whether the call list said what the plan says now; a refusal counts whatever the hour."""
    if call.batch_id != result.batch:
        return False
    return result.outcome != TOLD or result.hour in ("", f"{call.time:%H:%M}")
