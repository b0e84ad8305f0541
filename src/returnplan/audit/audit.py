"""The whole audit on one screen: every check reads the same tables and yields what it finds."""

from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import replace
from functools import partial
from itertools import chain

from returnplan.audit import (
    costs,
    days,
    employers,
    journeys,
    people,
    road_law,
    routes,
    sharing,
    shifts,
    vehicles,
)
from returnplan.audit.promise import Violation
from returnplan.audit.tables import Tables, link
from returnplan.model.journeys import linked_in
from returnplan.model.law import Law
from returnplan.model.plan import Plan
from returnplan.model.roster import Roster
from returnplan.model.rules import Rules

Check = Callable[[Tables], Iterable[Violation]]

RIDERS_AT_ONCE = 1_000_000
"""Of a plan with more, what concerns a batch alone is checked of so many at a time."""

PLAN, JOURNEY, BATCH = "plan", "journey", "batch"
CHECKS: dict[Check, str] = {
    people.each_person_once: PLAN,
    people.kept_back: PLAN,
    people.riders_as_signed_up: BATCH,
    people.every_reason: PLAN,
    journeys.journeys: JOURNEY,
    journeys.trains: PLAN,
    journeys.runs: PLAN,
    days.travel_days: BATCH,
    days.early_arrivals: BATCH,
    routes.stop_order: BATCH,
    routes.boarding: BATCH,
    routes.head_counts: BATCH,
    sharing.cities: BATCH,
    sharing.counties: BATCH,
    vehicles.seats_and_loads: BATCH,
    routes.stop_limits: BATCH,
    routes.loop_limits: BATCH,
    routes.closed_roads: BATCH,
    routes.kilometres: BATCH,
    costs.costs: PLAN,
    sharing.parties_whole: PLAN,
    vehicles.vehicles: PLAN,
    vehicles.blocks: PLAN,
    vehicles.bases: BATCH,
    days.departures: PLAN,
    days.arrivals: PLAN,
    vehicles.seat_numbers: BATCH,
    routes.ends: BATCH,
    road_law.starts: BATCH,
    road_law.receptions: BATCH,
    road_law.boardings: BATCH,
    road_law.drivers: BATCH,
    road_law.road: BATCH,
    shifts.shifts: PLAN,
    employers.matches: PLAN,
    employers.employers: PLAN,
    costs.totals: PLAN,
}
"""In their order, and how far each looks: at a batch or a rider alone, at batches that journeys link, or at all."""

LASTING = frozenset(
    promise.code
    for promise in (
        people.RIDES_TWICE,
        routes.STOP_ORDER,
        routes.NO_STOPS,
        routes.HEAD_COUNT,
        vehicles.WRONG_LOAD,
        vehicles.SEAT_RANGE,
        vehicles.SEAT_TAKEN,
        routes.WRONG_ENDS,
    )
)
"""A kept batch must keep these promises too: a later change of rules, fleet or sign-ups cannot break them."""


def audit(
    plan: Plan, roster: Roster, rules: Rules, law: Law, changed: Set[str] | None = None
) -> tuple[Violation, ...]:
    """Return every broken promise of a plan; no error among them means that it may be saved.

    Parameters
    ----------
    plan : batches, riders, unplanned people and totals
    roster : who signed up, after matching; the plan's people are compared with it row by row
    rules, law : the office's rules, with full names of cities, and what the law of the road asks
    changed : ids of batches; what concerns one batch or journey alone is checked of these, None: of all

    Returns
    -------
    tuple of Violation : in the order of the checks (docs/contract.md#hard-rules, then #json)
    """
    return tuple(chain(*audit_by_check(plan, roster, rules, law, changed).values()))


def audit_by_check(
    plan: Plan,
    roster: Roster,
    rules: Rules,
    law: Law,
    changed: Set[str] | None = None,
    checks: Iterable[Check] = tuple(CHECKS),
) -> dict[Check, tuple[Violation, ...]]:
    """Return what each of some checks finds, as :func:`audit` does: who has a question about few need not ask all."""

    found: dict[Check, list[Violation]] = {check: [] for check in checks}
    for reaches, make in _seen(plan, roster, rules, law, changed):
        tables = make() if any(CHECKS[check] in reaches for check in found) else None
        for check, own in found.items():
            if tables and CHECKS[check] in reaches:
                own.extend(check(tables))
        tables = None  # before the next are made
    return {check: _weighed(own, plan) for check, own in found.items()}


def _seen(
    plan: Plan, roster: Roster, rules: Rules, law: Law, changed: Set[str] | None
) -> Iterator[tuple[Set[str], Callable[[], Tables]]]:
    """Yield the reaches of some checks, and what makes the tables that they are to see.

    Of many riders without journeys by train, some batches at a time are enough for what concerns a batch alone.
    """

    def whole(*, for_plan: bool = False) -> Tables:
        return link(plan, roster, rules, law, for_plan=for_plan)

    def narrowed(batches: Set[str]) -> Tables:
        own = tuple(batch for batch in plan.batches if batch.id in batches)
        riders = plan.riders[plan.riders["batch"].isin(list(batches))]
        return link(replace(plan, batches=own, riders=riders), roster, rules, law)

    if changed is not None:
        together = linked_in(plan, changed)
        if together == changed:
            yield {BATCH, JOURNEY}, partial(narrowed, changed)
        else:
            yield {BATCH}, partial(narrowed, changed)
            yield {JOURNEY}, partial(narrowed, together)
        yield {PLAN}, partial(whole, for_plan=True)
    elif len(plan.riders) <= RIDERS_AT_ONCE or any(batch.kind != "direct" for batch in plan.batches):
        yield {BATCH, JOURNEY, PLAN}, whole
    else:
        for batches in _some_at_a_time(plan):
            yield {BATCH, JOURNEY}, partial(narrowed, batches)
        yield {PLAN}, partial(whole, for_plan=True)


def _some_at_a_time(plan: Plan) -> Iterator[Set[str]]:
    """Yield the ids of all batches, of about :data:`RIDERS_AT_ONCE` riders at a time."""
    some, num_riders = set[str](), 0
    for batch in plan.batches:
        some.add(batch.id)
        num_riders += batch.load
        if num_riders >= RIDERS_AT_ONCE:
            yield some
            some, num_riders = set[str](), 0
    if some:
        yield some


def _weighed(found: Iterable[Violation], plan: Plan) -> tuple[Violation, ...]:
    """Return the violations; an error about a kept batch is only a warning (hard rule 10)."""
    kept = {batch.id for batch in plan.batches if batch.state != "draft"}
    return tuple(
        replace(violation, severity="warning")
        if violation.batch in kept and violation.code not in LASTING
        else violation
        for violation in found
    )
