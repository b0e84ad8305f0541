"""``manifest``: the papers of the stored plan; loads no pandas, so it starts fast."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from returnplan.model.errors import StoreReadOnly, UsageError
from returnplan.model.plan import Batch, EmployerLine, RunHeader
from returnplan.model.texts import LANGS, Lang, Text
from returnplan.papers.edition import Edition
from returnplan.papers.employers import arrival_names, write_arrivals
from returnplan.papers.employers.expected import PAPER as ARRIVALS
from returnplan.papers.itinerary import itineraries
from returnplan.papers.manifest import write_next_versions
from returnplan.papers.manifest.cities import write_cities
from returnplan.papers.voided import put_away
from returnplan.store import Store
from returnplan.usecases.campaign import Campaign, Progress, no_progress
from returnplan.usecases.choice import Choice, choose_batches, header_with_people, lies_in, with_linked
from returnplan.usecases.employers import WhoComes, who_comes
from returnplan.usecases.giving_up import with_what_they_said
from returnplan.usecases.kept import not_kept
from returnplan.usecases.leaders import leaders_told
from returnplan.usecases.moved_trains import waiting

_MOST_NAMED = 10
"""Departed batches that one message names."""


@dataclass(frozen=True, slots=True)
class PapersRequest:
    """Which batches (every given condition must hold), where their papers go, the password that opens them.

    ``one_workbook``, ``for_employers`` and ``for_cities`` ask for one list of all batches, a list an employer, or a
    list a destination city instead.
    ``printed_at`` is the hour at the foot of the pages (None: now).
    """

    out: Path
    city: str | None = None
    county: str | None = None
    day: date | None = None
    batches: tuple[str, ...] = ()
    one_workbook: bool = False
    for_employers: bool = False
    for_cities: bool = False
    lang: Lang | None = None
    password: str | None = None
    printed_at: datetime | None = None


@dataclass(frozen=True)
class PapersOutcome:
    """The batches and the workbooks that were written for them; who has several rides is one of ``num_people``."""

    header: RunHeader
    batches: list[Batch]
    paths: list[Path]
    notes: list[Text]
    num_people: int


def manifest(campaign: Campaign, request: PapersRequest, progress: Progress = no_progress) -> PapersOutcome:
    """Write the papers of the chosen batches of the latest plan; of those with hours that are known to be wrong none.

    Raises
    ------
    InputRefused : nothing is planned yet
    UsageError : no such city, county or batch, or no batch meets all conditions, or all that do wait for the hours of
        a train that the railway moved, or have departed and changed since
    """
    with Store.snapshot(campaign.store_path) as store:
        campaign.refuse_other_year(store)
        header = header_with_people(store)
        choice = Choice(request.city, request.county, request.day, None, request.batches)
        chosen, wait = choose_batches(store, header, choice), waiting(store, header)
        if not (batches := wait.without(chosen)):
            raise wait.refusal
        running = wait.without(store.load_batches(header.id))
        with_others = with_linked(store, header, batches)
        riders = store.load_riders(header.id, [batch.id for batch in with_others])
        employers = store.load_employers(header.id)
        notes, last = lies_in(store, header, choice), store.load_handouts()
        notes += wait.notes_on(chosen)
        calls = store.calls()
        leaders = leaders_told(calls, riders)
        coming = who_comes(store, header) if request.for_employers else None
    edition = campaign.edition(
        header, notes.append, lang=request.lang, printed_at=request.printed_at, password=request.password
    )
    num_people = len({rider.person for batch in batches for rider in riders[batch.id]})
    if coming:
        asked = None if choice == Choice() else {batch.id for batch in batches}
        paths = _write_arrivals(campaign, request, coming, asked, employers, edition, notes)
        return PapersOutcome(header, batches, paths, notes, num_people)
    if request.for_cities:
        paths = write_cities(batches, riders, request.out, edition, itineraries(with_others, riders))
        return PapersOutcome(header, batches, paths, notes, num_people)
    journeys = itineraries((batch for batch in with_others if batch.kind != "direct"), riders)
    people = with_what_they_said(with_others, riders, calls, edition.lang)
    written = write_next_versions(
        last,
        batches,
        people,
        request.out,
        edition,
        campaign.config.papers,
        journeys=journeys,
        employers=employers,
        leaders_told=leaders,
        one_workbook=request.one_workbook,
        running=running,
        progress=lambda done, total: progress("papers", done, total),
    )
    if written.as_they_left:
        left = _departed(written.as_they_left)
        if not written.batches:
            raise UsageError(left)
        notes.append(left)
        batches = [batch for batch in batches if batch.id not in written.as_they_left]
        num_people = len({rider.person for batch in batches for rider in riders[batch.id]})
    try:
        with Store.open(campaign.store_path) as store:
            store.keep_handouts(written.handouts, last)
    except StoreReadOnly as refusal:
        notes.append(not_kept(refusal.message))
    return PapersOutcome(header, batches, written.paths, notes, num_people)


def _departed(batches: Sequence[str]) -> Text:
    named, more = batches[:_MOST_NAMED], "…" * (len(batches) > _MOST_NAMED)
    return Text(
        f"已发车的 {len(batches)} 趟车，名单还是发车时的那一版，没有再写：{'、'.join(named)}{more}",
        f"{len(batches)} batches have departed and keep the papers they left with: {', '.join(named)}{more}",
    )


def _write_arrivals(
    campaign: Campaign,
    request: PapersRequest,
    coming: WhoComes,
    chosen: Set[str] | None,
    employers: Sequence[EmployerLine],
    edition: Edition,
    notes: list[Text],
) -> list[Path]:
    """Write the lists of employers under their next versions; older ones of who gets none any more go into 作废."""
    issues = coming.issues(edition.printed_at, chosen)
    people = coming.of_chosen(issues, chosen)
    paths = write_arrivals(people, issues, coming.why_not, employers, request.out, edition)
    hold = [path.name for path in paths]
    others = coming.waiting.keys() - issues.keys()
    if chosen is not None:
        others |= coming.people.keys()
    for either in LANGS:  # a list in the other language holds, too
        hold += arrival_names(others, either)
    if old := put_away(request.out, hold, (ARRIVALS,)):
        notes.append(old)
    try:
        with Store.open(campaign.store_path) as store:
            store.keep_lists(ARRIVALS.en, {to: issue.handout for to, issue in issues.items()}, coming.stored)
    except StoreReadOnly as refusal:
        notes.append(not_kept(refusal.message))
    return paths
