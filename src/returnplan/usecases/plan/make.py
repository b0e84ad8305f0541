"""``plan``: the main job, from files to a saved, audited plan and its workbook."""

from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from returnplan.audit import Violation
from returnplan.carryover import less_travelled
from returnplan.edits import with_aboard
from returnplan.edits.broken_vehicles import broken_as_before
from returnplan.enrolment.identity import corrected_ids
from returnplan.model.aboard import without_a_seat
from returnplan.model.changed_signups import with_changed_signups
from returnplan.model.intake import Intake
from returnplan.model.memory import give_back
from returnplan.model.notices import Notice
from returnplan.model.plan import Plan, RunHeader
from returnplan.model.rules import Rules
from returnplan.model.texts import Lang, Text
from returnplan.papers.workbook import (
    RiderBooks,
    is_up_to_date,
    put_aside,
    rider_books,
    write_plan_workbook,
)
from returnplan.reasons.answers import cities_never_combined
from returnplan.store import DECISIVE, RunLock, Store
from returnplan.usecases.campaign import Campaign, Inputs, Progress, in_language, no_progress
from returnplan.usecases.carriers import changed_for_carriers
from returnplan.usecases.check import read_and_enrol
from returnplan.usecases.interrupted import told_if_saved
from returnplan.usecases.moved_trains import OF_HOURS, waiting_of
from returnplan.usecases.plan.bound import certificate
from returnplan.usecases.plan.cluster import connected
from returnplan.usecases.plan.cut_trains import OF_SEATS, cut_trains
from returnplan.usecases.plan.gone_trains import gone_trains
from returnplan.usecases.plan.guard import look_up, refuse_vanished, supplemented
from returnplan.usecases.plan.identify import (
    again,
    in_state,
    number_persons,
    run_header,
    same_run,
    unrepeatable,
)
from returnplan.usecases.plan.job_seekers import say_job_seekers
from returnplan.usecases.plan.keep import Prepared, keep_promises
from returnplan.usecases.plan.lost_seats import lost_seats
from returnplan.usecases.plan.nights import never_published, say_due, send_or_hold
from returnplan.usecases.plan.ordered_terms import OTHER_TERMS, ordered_terms
from returnplan.usecases.plan.solve import Search, Solved, plan_roster

CUT_SHORT = Text(
    "搜索提前结束(到时限或按了 Ctrl-C)，这是到那时为止最好的方案；不限时加 --afresh 再排一次可能更省",
    "the search was cut short (time limit or Ctrl-C), this is the best plan so far; --afresh may find a better",
)

AFRESH = Text(
    "全部重排约可省 {yuan} 元，改动 {num} 人：加 --afresh",
    "planning afresh would save about {yuan} yuan and move {num} people: add --afresh",
)


def overridden(rule: Notice) -> Text:
    """Return the note that an override set dated rules aside."""
    return Text(
        f"{rule.since} 起按例外规定排车，其他通知不适用：{rule.override}",
        f"from {rule.since} on an override sets other notices aside: {rule.override}",
    )


@dataclass(frozen=True, slots=True)
class PlanRequest:
    """What one call of ``plan`` asks for.

    ``out`` is the plan workbook, None for none; ``dry_run`` writes nothing at all; ``allow_drop`` accepts
    that files or many people of the last plan are missing; ``afresh`` forgets the batches of the last plan
    that are not published; ``certified`` asks for the certificate of the bound; ``nights`` asks which
    drafts to publish tonight (``as_of``) and which to hold for later sign-ups.
    """

    inputs: Inputs
    out: Path | None
    as_of: date | None = None
    dry_run: bool = False
    allow_drop: bool = False
    afresh: bool = False
    certified: bool = False
    nights: bool = False
    lang: Lang | None = None
    search: Search = field(default_factory=Search)


@dataclass(frozen=True)
class PlanOutcome:
    """The plan and what became of it.

    ``is_new`` is false when nothing had changed and the stored plan stands; ``workbook`` is where the plan
    workbook stands, None when it was not written; ``is_rewritten`` says of a plan that stands that its workbook was
    written again; ``intake`` is what was read; ``certificate`` proves the bound;
    ``notice_days`` say how long before a batch leaves its riders are told.
    """

    header: RunHeader
    plan: Plan
    intake: Intake
    is_new: bool = True
    workbook: Path | None = None
    is_rewritten: bool = False
    notes: tuple[Text, ...] = ()
    certificate: dict[str, Any] | None = None
    notice_days: int = 1

    @property
    def due_tonight(self) -> list[Text]:
        """Return which drafts to publish on the evening of the as-of date, where no advice in the plan says it."""
        as_of = self.header.as_of
        return say_due(self.plan, as_of, self.notice_days) if as_of else []

    @property
    def is_hopeless(self) -> bool:
        """Return whether people are eligible and not one could be planned."""
        return bool(self.plan.summary["eligible"]) and not self.plan.summary["planned"]


def plan(campaign: Campaign, request: PlanRequest, progress: Progress = no_progress) -> PlanOutcome:
    """Read, match, plan, audit, save a run and write its workbook; a rerun of the same changes nothing.

    Raises
    ------
    InputRefused : nothing recognised, unreadable or dangerous input, or too much of the last plan is missing
    StoreLocked : another run is at work
    StoreError : the store or the disk refuses
    ClusterError : the cluster that was to plan does not
    PlanBroken : the audit found a broken rule
    Interrupted : a person pressed Ctrl-C after the run was saved
    """
    with ExitStack() as stack:
        if not request.dry_run:
            stack.enter_context(RunLock(campaign.store_path))
        cluster = stack.enter_context(connected(request.search.cluster))
        standing = look_up(campaign, nights=request.nights)
        inputs = supplemented(request.inputs, standing.header)
        intake, roster, rules = read_and_enrol(
            campaign, inputs, request.as_of, progress, cluster.readers if cluster else None
        )
        stack.enter_context(in_language(intake.lang))
        header = run_header(
            intake, roster, campaign.config, request.as_of, standing.calls, nights=request.nights
        )
        if standing.header and (same := same_run(header, standing.header)):
            if not standing.is_open and not request.afresh:
                return _unchanged(campaign, standing.header, intake, request, rules)
            header = again(same)
        header = in_state(header, standing)
        corrected = corrected_ids(roster.people, standing.roster.people) if standing.roster else {}
        if not request.allow_drop:
            refuse_vanished(standing, header, roster, corrected.values())
        if standing.roster:
            roster = broken_as_before(roster, standing.roster.pools)
        if standing.plan:  # nobody is planned who has left already, without a seat of their own
            walk_ups = without_a_seat(standing.walk_ups, standing.plan.riders)
            roster = replace(roster, people=less_travelled(roster.people, walk_ups))
        new, news = number_persons(roster, standing, corrected)
        numbers = new.with_others(standing.person_numbers)
        law = campaign.config.law
        prepared = keep_promises(roster, rules, law, standing, numbers)
        told, not_before = roster.notes, roster.not_before
        del roster  # the people before matching, at a province's size a fifth of all memory
        give_back()
        prepared = replace(prepared, previous=None) if request.afresh else prepared

        def planned(prepared: Prepared) -> Solved:
            return plan_roster(prepared, rules, law, numbers, request.search, progress, cluster)

        solved = planned(prepared)
        if request.nights and request.as_of:
            person = prepared.roster.people["id_number"].map(numbers)
            solved = send_or_hold(solved, prepared, standing, person, request.as_of, rules, law, planned)
        warnings = (one.message for one in solved.warnings if not _is_said_anew(one, solved.plan))
        notes = [*intake.notes, *told, *news, *prepared.notes, *warnings]
        notes += say_job_seekers(prepared.roster)
        notes += cities_never_combined(prepared.roster, rules)
        notes += [overridden(rule) for rule in law.notices.all_rules if rule.override]
        notes += solved.notes
        if solved.saving:
            figures = {"yuan": f"{solved.saving.yuan:,.0f}", "num": solved.saving.num_moved}
            notes.append(AFRESH.with_values(**figures))
        if solved.is_cut_short:
            header, notes = unrepeatable(header), [*notes, CUT_SHORT]
        plan = with_aboard(solved.plan, standing.walk_ups)
        if prepared.changed:
            plan = with_changed_signups(plan, prepared.changed)
        plan = replace(plan, printed=standing.plan.printed if standing.plan else {})
        proof = certificate(plan, prepared.roster, rules, law) if request.certified else None
        notes += never_published(standing.plan, plan, not_before)
        said = {number for number, call in standing.calls.items() if call.result in DECISIVE}
        notes += lost_seats(standing.plan, plan, said, prepared.roster.rejected)
        if standing.plan:
            notes += changed_for_carriers(
                standing.plan.batches, plan.batches, standing.confirmed, request.as_of
            )
        terms = [one.message for one in solved.warnings if one.code == OTHER_TERMS]
        outcome = PlanOutcome(
            header,
            plan,
            intake,
            notes=(*notes, *terms, *_of_trains(plan)),
            certificate=proof,
            notice_days=rules.notice_days,
        )
        give_back()
        if request.dry_run or outcome.is_hopeless:
            return outcome
        with told_if_saved(campaign, header), _drawn(outcome, request) as riders:
            with Store.open(campaign.store_path, create=True) as store:
                store.save_run(header, plan, new, prepared.roster, notes, standing.revision)
            return _with_workbook(outcome, request, riders)


def _unchanged(
    campaign: Campaign, stored: RunHeader, intake: Intake, request: PlanRequest, rules: Rules
) -> PlanOutcome:
    """Return the stored plan; its workbook is written again only where it does not show it."""
    with Store.snapshot(campaign.store_path) as store:
        plan = store.load_plan(stored.id)
        notes = store.load_notes(stored.id)
        roster = store.load_roster(stored.id)
    law = campaign.config.law
    terms = ordered_terms(plan, roster, rules, law) if roster else ()
    proof = certificate(plan, roster, rules, law) if request.certified and roster else None
    outcome = PlanOutcome(
        stored,
        plan,
        intake,
        is_new=False,
        workbook=request.out,
        notes=(*notes, *terms, *_of_trains(plan)),
        certificate=proof,
        notice_days=rules.notice_days,
    )
    if (
        request.dry_run
        or request.out is None
        or is_up_to_date(request.out, plan, stored, request.lang or stored.lang)
    ):
        return outcome
    return replace(_with_workbook(outcome, request), is_rewritten=True)


def _of_trains(plan: Plan) -> tuple[Text, ...]:
    """Return what is to be done of trains that the railway moved, cut or took off; no longer said once it is done."""
    return (*waiting_of(plan).notes, *gone_trains(plan), *cut_trains(plan))


def _is_said_anew(violation: Violation, plan: Plan) -> bool:
    """Return whether what the audit says is said anew of a stored plan: of ordered terms, and by :func:`_of_trains`."""
    is_of_seats = violation.code in OF_SEATS and violation.batch in plan.summary.get("seats_cut", {})
    return violation.code in (OTHER_TERMS, *OF_HOURS) or is_of_seats


def _drawn(outcome: PlanOutcome, request: PlanRequest) -> AbstractContextManager[RiderBooks | None]:
    """Return the workbooks of riders, drawn while the run is saved."""
    if request.out is None:
        return nullcontext()
    return rider_books(outcome.plan, outcome.header, request.out, request.lang or outcome.header.lang)


def _with_workbook(
    outcome: PlanOutcome, request: PlanRequest, riders: RiderBooks | None = None
) -> PlanOutcome:
    """Write the workbook; one with edits that were not taken in goes out of the way first."""
    if request.out is None:
        return outcome
    lang = request.lang or outcome.header.lang
    aside = put_aside(request.out, outcome.plan, outcome.header, lang)
    notes = [*outcome.notes, *([aside] if aside else [])]
    path = write_plan_workbook(
        outcome.plan, outcome.header, request.out, lang=lang, notes=notes.append, riders=riders
    )
    return replace(outcome, workbook=path, notes=tuple(notes))
