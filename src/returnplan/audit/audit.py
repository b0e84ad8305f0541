"""The whole audit on one screen: every check reads the same tables and yields what it finds."""

from collections.abc import Set
from dataclasses import replace

from returnplan.audit import costs, days, employers, journeys, people, road_law, routes, sharing, vehicles
from returnplan.audit.promise import Violation
from returnplan.audit.tables import link
from returnplan.model.law import Law
from returnplan.model.plan import Plan
from returnplan.model.roster import Roster
from returnplan.model.rules import Rules

CHECKS = (
    people.each_person_once,
    people.kept_back,
    people.riders_as_signed_up,
    people.every_reason,
    journeys.journeys,
    journeys.trains,
    journeys.runs,
    days.travel_days,
    routes.stop_order,
    routes.boarding,
    routes.head_counts,
    sharing.cities,
    sharing.counties,
    vehicles.seats_and_loads,
    routes.stop_limits,
    routes.loop_limits,
    routes.kilometres,
    costs.costs,
    sharing.parties_whole,
    vehicles.vehicles,
    vehicles.bases,
    days.departures,
    days.arrivals,
    vehicles.seat_numbers,
    routes.ends,
    road_law.starts,
    road_law.drivers,
    road_law.road,
    employers.matches,
    employers.employers,
    costs.totals,
)


OF_ONE_BATCH = frozenset(
    {
        people.riders_as_signed_up,
        days.travel_days,
        routes.stop_order,
        routes.boarding,
        routes.head_counts,
        sharing.cities,
        sharing.counties,
        vehicles.seats_and_loads,
        routes.stop_limits,
        routes.loop_limits,
        routes.kilometres,
        vehicles.bases,
        vehicles.seat_numbers,
        routes.ends,
        road_law.starts,
        road_law.drivers,
        road_law.road,
    }
)
"""Checks of one batch or one rider that look at no other; the others look at what batches share."""

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
    changed : ids of batches; what concerns one batch alone is checked of these, None: of all

    Returns
    -------
    tuple of Violation : in the order of the checks (docs/contract.md#hard-rules, then #json)
    """
    tables = narrow = link(plan, roster, rules, law)
    if changed is not None:
        batches = tuple(batch for batch in plan.batches if batch.id in changed)
        riders = plan.riders[plan.riders["batch"].isin(list(changed))]
        narrow = link(replace(plan, batches=batches, riders=riders), roster, rules, law)
    found = (
        violation for check in CHECKS for violation in check(narrow if check in OF_ONE_BATCH else tables)
    )
    # An error about a kept batch is only a warning (hard rule 10 of docs/contract.md#hard-rules).
    kept = {batch.id for batch in plan.batches if batch.state != "draft"}
    return tuple(
        replace(violation, severity="warning")
        if violation.batch in kept and violation.code not in LASTING
        else violation
        for violation in found
    )
