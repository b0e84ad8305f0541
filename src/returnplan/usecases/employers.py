"""Who comes to which employer by the plan that stands, and what each employer got last (到岗名单)."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from returnplan.model.plan import OWN_WORD, Batch, Handout, Rider, RunHeader
from returnplan.model.texts import Text
from returnplan.papers.employers import Expected, expected, lines_of
from returnplan.papers.employers.expected import PAPER, is_chosen
from returnplan.papers.itinerary import itineraries
from returnplan.papers.since_last import Issue, Lines, issue_of, next_issue
from returnplan.papers.wording import STATUSES, say_code, say_day
from returnplan.store import ABSENT, POSTPONED, CallRecord, Store
from returnplan.usecases.moved_trains import waiting

if TYPE_CHECKING:
    from returnplan.papers.calls import Call, OffCall
    from returnplan.papers.employers.corrections import NewsOf

_NOT_ON_BOARD = Text("未上车", "was not on board")
_CALLED_OFF = Text("本人电话取消", "cancelled by phone")
_ELSEWHERE = Text("改去别的单位", "goes to another employer")


@dataclass(frozen=True)
class WhoComes:
    """Who comes to each employer, by receiver, why others do not, by number, and the lists that were written last.

    ``last`` is under the names that the receivers have now, ``stored`` as it is kept. ``waiting`` are the names of the
    lines of people whose batches have hours that are known to be wrong: they are not told, and not gone either.
    """

    people: Mapping[str, Sequence[Expected]]
    why_not: Mapping[int, Text]
    last: Mapping[str, Handout]
    stored: Mapping[str, Handout]
    waiting: Mapping[str, AbstractSet[str]] = field(default_factory=dict)

    def lines(self, to: str) -> Lines:
        """Return the lines of a receiver as they are now; of people who wait those that it has."""
        waiting = self.waiting.get(to, frozenset())
        stay = {name: facts for name, facts in issue_of(self.last.get(to)).lines.items() if name in waiting}
        return {**stay, **lines_of(self.people.get(to, ()))}

    def issues(self, at: datetime, chosen: AbstractSet[str] | None = None) -> dict[str, Issue]:
        """Return the list of each receiver that has one, as it would be written now.

        Parameters
        ----------
        chosen : the batches whose people it is asked for; None: all
        """
        issues = {}
        for to in sorted(self.people.keys() | self.last.keys()):
            now = self.lines(to)
            issue = next_issue(self.last.get(to), now, at, lambda facts: is_chosen(chosen, facts))
            is_asked = chosen is None or any(is_chosen(chosen, line) for line in now.values())
            if is_asked and (issue.lines.keys() - self.waiting.get(to, frozenset()) or issue.gone):
                issues[to] = issue
        return issues

    def of_chosen(
        self, issues: Mapping[str, Issue], chosen: AbstractSet[str] | None
    ) -> dict[str, list[Expected]]:
        """Return the people whom the lists name: of the chosen batches, and who was on one of them by the last list."""
        return {
            to: [
                one
                for one in self.people.get(to, ())
                if is_chosen(chosen, one.facts, (issue.before or {}).get(str(one.rider.person)))
            ]
            for to, issue in issues.items()
        }


NO_LISTS = WhoComes({}, {}, {}, {})
"""Where no employer has got a list yet, so that none has to hear what has changed in it."""


def who_comes(store: Store, header: RunHeader) -> WhoComes:
    """Return who comes to each employer by a stored plan; who is on a batch with hours that are wrong waits."""
    batches, wait = store.load_batches(header.id), waiting(store, header)
    riders = store.load_riders(header.id, [batch.id for batch in batches])
    calls, last = store.calls(), store.load_lists(PAPER.en)
    why_not = dict(_why_not(batches, riders, calls))
    every = expected(batches, riders, itineraries(batches, riders), why_not.keys())
    people, waits = dict[str, list[Expected]](), dict[str, set[str]]()
    for to, own in every.items():
        if told := [one for one in own if one.batch.id not in wait.batches]:
            people[to] = told
        if others := lines_of(own).keys() - lines_of(told).keys():
            waits[to] = others
    told_of = {batch.id: riders[batch.id] for batch in wait.without(batches)}
    why_not = _off_the_plan(store, header, told_of, calls) | why_not
    return WhoComes(people, why_not, _under_names_now(last, every), last, waits)


def news_for_employers(
    coming: WhoComes, calls: "Iterable[Call | OffCall]", at: datetime, chosen: AbstractSet[str] | None
) -> "dict[str, list[NewsOf]]":
    """Return what employers have to know anew: against the list that they got last, else against ``calls``.

    Parameters
    ----------
    chosen : the batches whose people are asked for, now or then; None: all
    """
    issues = {
        to: issue
        for to, last in coming.last.items()
        if (issue := next_issue(last, coming.lines(to), at)).before_version and issue.version > last.version
    }
    from returnplan.enrolment.employer_names import is_one_employer  # loads numpy
    from returnplan.papers.employers.corrections import corrections_by_calls, corrections_of

    news = corrections_of(coming.people, issues, coming.why_not, chosen)
    with_list = [to.rpartition("-") for to in coming.last]
    for employer, own in corrections_by_calls(calls).items():
        if not any(is_one_employer(employer, name, city) for name, _, city in with_list):
            news[employer] = own
    return news


def _why_not(
    batches: Iterable[Batch], riders: Mapping[str, Sequence[Rider]], calls: Mapping[int, CallRecord]
) -> Iterable[tuple[int, Text]]:
    """Yield who has a seat and does not come with it: was not on board, went elsewhere, or has said so by phone."""
    for batch in batches:
        for rider in riders[batch.id]:
            call = calls.get(rider.person)
            if rider.status == ABSENT:
                yield rider.person, _NOT_ON_BOARD
            elif rider.status == "other_factory":
                yield rider.person, STATUSES[rider.status]
            elif rider.status == "assigned" and call and call.frees(batch.id, batch.date):
                yield rider.person, _said(call)


def _said(call: CallRecord) -> Text:
    """Return what somebody said who gives up a seat."""
    if call.result == ABSENT:
        return _NOT_ON_BOARD
    if call.result == POSTPONED and call.postponed_to:
        return Text(
            f"本人改期至{say_day(call.postponed_to, 'zh')}", f"puts off to {say_day(call.postponed_to, 'en')}"
        )
    return _CALLED_OFF


def _off_the_plan(
    store: Store, header: RunHeader, riders: Mapping[str, Sequence[Rider]], calls: Mapping[int, CallRecord]
) -> dict[int, Text]:
    """Return why people are on no batch, as far as it is their own word, and who rides to another employer now."""
    why = {rider.person: _ELSEWHERE for own in riders.values() for rider in own}
    for line in store.stream_unplanned(header.id):
        call = calls.get(line.person)
        is_decisive = call is not None and not call.is_told and call.result in (ABSENT, POSTPONED)
        if call and is_decisive:
            why[line.person] = _said(call)
        elif line.code in OWN_WORD:
            why[line.person] = Text(say_code(line.code, "zh"), say_code(line.code, "en"))
    return why


def _under_names_now(last: Mapping[str, Handout], people: Mapping[str, object]) -> dict[str, Handout]:
    """Return lists by receiver, where the name of an employer may be spelled in another way since."""
    from returnplan.enrolment.employer_names import is_one_employer

    under = {to: handout for to, handout in last.items() if to in people}
    for old in sorted(last.keys() - people.keys()):
        name, _, city = old.rpartition("-")
        same = (
            to
            for to in sorted(people)
            if to.rpartition("-")[2] == city and is_one_employer(name, to.rpartition("-")[0], city)
        )
        under.setdefault(next(same, old), last[old])
    return under
