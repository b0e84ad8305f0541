"""``notify``: who has to be told what by phone, and what they answered."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Literal

from returnplan.model.faults import Fault
from returnplan.model.plan import KEPT_BACK, OWN_WORD, TRAVELLED, Batch, Rider, RunHeader, Unplanned
from returnplan.model.texts import Lang, Text
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
from returnplan.papers.voided import langs_there, put_away
from returnplan.papers.whose import Named, of_another_person, own_papers
from returnplan.store import (
    CANCELLED,
    DECISIVE,
    OFF,
    TOLD,
    UNCALLED,
    CallRecord,
    RunLock,
    Store,
)
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

_FAULTY_ROW, _UNREACHED = "faulty_row", "unreached"


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
        gave_up = cancelled_by_phone(store, header, choice, evening)
        langs = [] if choice == Choice() else langs_there(out, (PAPER, CORRECTIONS))
        every = due_calls(store, header, Choice(), evening) if langs else []
        every_gave_up = cancelled_by_phone(store, header, Choice(), evening) if langs else []
        notes = [*lies_in(store, header, choice), *waiting(store, header).notes]
        coming = who_comes(store, header) if store.load_lists(ARRIVALS.en) else NO_LISTS
        chosen = None if choice == Choice() else {one.id for one in choose_batches(store, header, choice)}
    edition = campaign.edition(header, notes.append, lang=lang, printed_at=printed_at)
    is_for_tonight = write_calls(calls, out, edition)
    paths = list(is_for_tonight)
    at = edition.printed_at
    news = news_for_employers(coming, [*calls, *gave_up], at, chosen)
    corrections = write_corrections(news, out, edition)
    hold = [path.name for path in (*paths, *corrections)]
    for either in langs:  # lists of people who were not chosen hold, in the other language, too
        of_all = news_for_employers(coming, [*every, *every_gave_up], at, None)
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
    somebody, on a draft that is held, the call says so. Who never had a seat is told that there is none on the last
    evening on which that can be done before their last day.

    Raises
    ------
    UsageError : no such city or batch
    """
    overview = store.load_overview(header.id)
    is_all = choice == Choice()  # there may be no batch left, and people to tell so
    chosen = overview.batches if is_all else choose_batches(store, header, choice)
    batches = [one for one in waiting(store, header).without(chosen) if not evening.has_left(one)]
    known, held = store.calls(), evening.held(overview)
    calls = (call for call in _calls(store, header, batches, known) if not evening.has_left(call.batch))
    due = (replace(call, kind="held") if _is_held(call, held) else call for call in _due(calls, known))
    off = _off(store, header, choice, known, _first_day(header, overview.batches, evening))
    return [*due, *off, *_never(store, header, choice, known, evening)]


def cancelled_by_phone(store: Store, header: RunHeader, choice: Choice, evening: Evening) -> list[OffCall]:
    """Return who cancelled on the phone a seat whose day is not over; nobody calls them, but their employer hears."""
    told = {number: call for number, call in store.calls().items() if call.result == CANCELLED and call.batch}
    if not told:
        return []
    first = _first_day(header, store.load_batches(header.id), evening)
    told = {number: call for number, call in told.items() if call.day >= first}
    city = choice.city and full_name(store, header, "city", choice.city)
    people = _names(store, header, told) if told else {}
    return [
        OffCall("withdrawn", who, call.batch, call.pickup, call.time, call.employer)
        for number, who in people.items()
        if (call := told[number])
        and city in (None, who.city)
        and (choice.until is None or call.day <= choice.until)
        and (not choice.batches or call.batch in choice.batches)
    ]


def _first_day(header: RunHeader, batches: Iterable[Batch], evening: Evening) -> date:
    """Return the first day that is not over; none is in a rehearsal with lists of a year that is past."""
    is_rehearsal = header.as_of is None and all(batch.date < evening.today for batch in batches)
    return date.min if is_rehearsal else evening.today


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
    store: Store, header: RunHeader, choice: Choice, known: Mapping[int, CallRecord], today: date
) -> Iterator[OffCall]:
    """Yield a call to everybody who was told of a coach and is on none now, by the choice of coaches then.

    Who asked for another day on the phone, and has no seat on it, waits for a word, too, until that day is over.
    """
    riding = set(store.riding(header.id))
    told = {
        number: call
        for number, call in known.items()
        if number not in riding and (call.is_told or call.waits_for_day)
    }
    people = _names(store, header, told)
    city = choice.city and full_name(store, header, "city", choice.city)
    for number, who in people.items():
        call = told[number]
        is_chosen = city in (None, who.city) and (choice.until is None or call.day <= choice.until)
        code = who.code if isinstance(who, Unplanned) else ""
        asked = call.postponed_to if call.waits_for_day else None
        if not is_chosen or (asked and (code in (*OWN_WORD, TRAVELLED) or asked < today)):
            continue
        kind: Literal["withdrawn", "off"] = "withdrawn" if code in OWN_WORD else "off"
        yield OffCall(kind, who, call.batch, call.pickup, call.time, call.employer, asked)


def _never(
    store: Store, header: RunHeader, choice: Choice, known: Mapping[int, CallRecord], evening: Evening
) -> Iterator[OffCall]:
    """Yield a call to everybody who never had a seat, whom nobody has reached, and whose last day comes.

    One that they asked for on such a call comes as well. Who is kept back, as for their age, is no matter of seats.
    """
    city = choice.city and full_name(store, header, "city", choice.city)
    for who in store.stream_unplanned(header.id):
        last, call = who.latest, known.get(who.person)
        if not who.person or last is None or who.code in (*OWN_WORD, *KEPT_BACK, TRAVELLED, _FAULTY_ROW):
            continue
        is_untold = call is None or (call.had_no_seat and (call.result == _UNREACHED or call.asks_for(last)))
        is_chosen = city in (None, who.city) and (choice.until is None or last <= choice.until)
        if is_untold and is_chosen and evening.today <= last <= evening.last_told:
            yield OffCall("none", who, "", "", datetime.combine(last, time.min))


def _names(store: Store, header: RunHeader, persons: Collection[int]) -> dict[int, Unplanned | Rider]:
    """Return people on no batch as the latest list has them, else as they last rode."""
    left = {line.person: line for line in store.stream_unplanned(header.id) if line.person in persons}
    return {**store.last_riders(set(persons) - left.keys()), **left}


def read_calls(campaign: Campaign, paths: Sequence[Path]) -> AnswersOutcome:
    """Keep what people said; who cancelled or put off is off the coach from the next plan on.

    A person who was told of a coach that is not theirs any more, and not of anything else since, has to be called
    again. Lists say nothing of who is on a batch that has departed. Where two rows contradict each other of a person,
    neither is kept.

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
        ours = own_papers(paths, set(runs), years)
        year = campaign.config.dates.year or first_year
        report = read_results(ours.files, year, runs, ours.may_differ)
        known = store.calls()
        now = {call.rider.person: call for call in _calls(store, header, batches, known)}
        on_their_way = store.riding(header.id) - now.keys()
        who = _names(store, header, known.keys() - now.keys())
        who |= {number: call.rider for number, call in now.items()}
        people = {number: Named(one.name, one.phone) for number, one in who.items()}
        strange = [of_another_person(one.ref, one.person, one.unmarked, people) for one in report.answers]
        answers = tuple(
            one
            for one, fault in zip(report.answers, strange, strict=True)
            if (fault is None or fault.severity == "warning") and one.person not in on_their_way
        )
        seatless = _seatless(store, header, answers, known)
        heard = {
            one: seatless.get(one) or _heard(one, now.get(one.person), known.get(one.person))
            for one in answers
        }
        outdated = {
            one.person: one
            for one, call in heard.items()
            if call is None and _is_to_be_called(one, now.get(one.person), known.get(one.person))
        }
        counted, contradictions = agreed([one for one, call in heard.items() if call], runs)
        calls = (call for one in counted if (call := heard[one]))
        store.record_calls(call for call in calls if _is_news(call, known.get(call.person)))
    faults = (*ours.faults, *report.faults, *filter(None, strange), *contradictions)
    heard_now = {one.person for one in counted}
    late = [one for person, one in outdated.items() if person not in heard_now]
    return AnswersOutcome(header, (*counted, *late), tuple(one.person for one in late), faults)


def _seatless(
    store: Store, header: RunHeader, answers: Sequence[CallResult], known: Mapping[int, CallRecord]
) -> dict[CallResult, CallRecord]:
    """Return what is kept of those who heard that there was never a seat for them, and have none by now.

    The day that they asked for before stays theirs.
    """
    of_person = {one.person: one for one in answers if not one.batch}
    at = datetime.now(UTC).replace(microsecond=0)
    found = {}
    for who in store.stream_unplanned(header.id) if of_person else ():
        if (result := of_person.get(who.person)) and who.latest:
            last = known.get(who.person)
            if last and last.had_no_seat and last.asks_for(who.latest) and result.outcome not in DECISIVE:
                found[result] = replace(last, day=who.latest, at=at) if result.outcome == TOLD else last
                continue
            outcome = OFF if result.outcome == TOLD else result.outcome
            moment = datetime.combine(who.latest, time.min)
            found[result] = CallRecord(
                who.person, "", who.latest, "", moment, outcome, result.postponed_to, at
            )
    return found


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
    if call is None and last and last.batch == result.batch and (last.is_told or last.waits_for_day):
        return _heard_of_no_seat(result, last, at)
    return None


def _heard_of_no_seat(result: CallResult, last: CallRecord, at: datetime) -> CallRecord | None:
    """Return what is kept of somebody who has no seat now; None where the list told of the seat of before."""
    if result.outcome in DECISIVE:
        return replace(last, result=result.outcome, postponed_to=result.postponed_to, at=at)
    if result.vehicle:
        return None
    if result.outcome != TOLD:
        return last  # they are to be called again
    return replace(last, batch="", at=at) if last.waits_for_day else replace(last, result=OFF, at=at)


def _is_to_be_called(result: CallResult, call: CallToMake | None, last: CallRecord | None) -> bool:
    """Return whether somebody whose list said what is no longer so has to hear anything new.

    Who cancelled, or has been told since, has not; what an older list says of them is past.
    """
    if call:
        return any(_due([call], {call.rider.person: last} if last else {}))
    if last is None or last.is_told or last.waits_for_day:
        return True
    return result.outcome in DECISIVE and last.result not in (CANCELLED, result.outcome)


def _is_news(call: CallRecord, last: CallRecord | None) -> bool:
    """Return whether a result is not kept yet; a list read twice is heard once."""
    return last is None or call != replace(last, at=call.at)


def _is_current(result: CallResult, call: CallToMake) -> bool:
    """Return whether the call list said what the plan says now; a refusal counts whatever the hour."""
    if call.batch_id != result.batch:
        return False
    return result.outcome != TOLD or result.hour in ("", f"{call.time:%H:%M}")
