"""The whole audit on one screen: every check reads the same tables and yields what it finds."""

from returnplan.audit import (
    caps,
    copies,
    costs,
    fleet,
    loads,
    parties,
    people,
    routes,
    seats,
    sharing,
    stops,
    summary,
    times,
    unplanned,
    vacancies,
    windows,
)
from returnplan.audit.promise import Violation
from returnplan.audit.tables import link
from returnplan.plan import Plan
from returnplan.roster import Roster
from returnplan.rules import Rules, Timetable

CHECKS = (
    people.each_person_once,
    people.kept_back,
    copies.riders_as_signed_up,
    unplanned.every_reason,
    windows.travel_days,
    stops.stop_order,
    stops.boarding,
    stops.head_counts,
    sharing.cities,
    sharing.counties,
    loads.seats_and_loads,
    routes.stop_limits,
    routes.loop_limits,
    routes.kilometres,
    costs.costs,
    parties.whole,
    fleet.vehicles,
    fleet.bases,
    caps.departures,
    caps.arrivals,
    seats.seat_numbers,
    times.timetable,
    times.paces,
    vacancies.matches,
    summary.totals,
)


def audit(plan: Plan, roster: Roster, rules: Rules, timetable: Timetable) -> tuple[Violation, ...]:
    """Return every broken promise of a plan; none means that it may be saved.

    Parameters
    ----------
    plan : batches, riders, unplanned people and totals
    roster : who signed up, after matching; the plan's people are compared with it row by row
    rules, timetable : the office's rules, with full names of cities

    Returns
    -------
    tuple of Violation : in the order of the checks (SPEC §3 hard rules 1-9, then SPEC §4)
    """
    tables = link(plan, roster, rules, timetable)
    return tuple(violation for check in CHECKS for violation in check(tables))
