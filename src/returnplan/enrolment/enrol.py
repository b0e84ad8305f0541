"""From what the files said to who travels from where to where; the whole enrolment on one screen."""

from datetime import date

from returnplan.enrolment.atlas import measure
from returnplan.enrolment.bare_places import bare_places
from returnplan.enrolment.columns import signup_columns
from returnplan.enrolment.demand import Opening
from returnplan.enrolment.desk import open_desk
from returnplan.enrolment.fleet import find_pools
from returnplan.enrolment.named_lists import compare_lists
from returnplan.enrolment.people import add_dropoffs, add_employment, add_names, add_pickups, complete, part
from returnplan.enrolment.rejects import with_known_names
from returnplan.enrolment.settings import EnrolmentSettings
from returnplan.enrolment.standing import report_look_alikes, standing
from returnplan.enrolment.townships import township_report
from returnplan.intake import Intake
from returnplan.roster import Roster, Vacancy
from returnplan.rules import Rules


def enrol(intake: Intake, settings: EnrolmentSettings, rules: Rules, *, as_of: date | None = None) -> Roster:
    """Return the roster of an intake: names resolved, duplicates and parties sorted out, km between all places.

    Parameters
    ----------
    intake : what reading found
    settings : classes, dates, default fleet, local names
    rules : with full names (:func:`returnplan.enrolment.with_full_names`)
    as_of : the day it is, None: no date counts as past

    Raises
    ------
    UsageError
        a local name of ``[places]`` stands for no division
    """
    desk = open_desk(intake, settings, rules, as_of)
    pools, notes = find_pools(intake.fleet, settings.fleet, desk.finder, desk.findings)
    people, rejected = standing(signup_columns(intake.signups), intake, desk.findings)
    report_look_alikes(people, desk.findings)
    for step in (add_names, add_employment, add_pickups, add_dropoffs):
        people, rejected = part(step(people, desk), rejected, desk.findings)
    positions = [desk.atlas.number(opening.place) for opening in desk.openings]
    places, final = desk.atlas.final()
    people = people.assign(pickup=final[people["pickup"]], dropoff=final[people["dropoff"]])
    people = complete(people, rejected, desk)
    km, network_of = measure(places, intake.distances, rules.circuity, people, desk.gazetteer, desk.findings)
    vacancies = tuple(map(_vacancy, desk.openings, final[positions].tolist()))
    hiring = frozenset(vacancy.city for vacancy in vacancies if vacancy.headcount)
    notes += bare_places(people, places, hiring)
    notes += compare_lists(intake.named, people, rejected, desk.findings)
    if settings.townships.expected:
        notes += (township_report(intake, settings.townships.expected).note,)
    return Roster(
        people=people,
        places=places,
        pools=pools,
        vacancies=vacancies,
        km=km,
        network_of=network_of,
        faults=intake.faults + desk.findings.sorted(),
        has_demand_in=hiring,
        not_before=desk.not_before,
        rejected=with_known_names(rejected, desk),
        notes=notes,
        num_not_read=intake.num_not_read,
    )


def _vacancy(opening: Opening, place: int) -> Vacancy:
    demand = opening.demand
    return Vacancy(
        ref=demand.ref,
        employer=demand.employer,
        city=opening.city.name,
        place=place,
        post=demand.post,
        headcount=demand.headcount,
        resume=demand.resume,
        reception_from=demand.reception_from,
        wage_yuan=demand.wage_yuan,
        sex=demand.sex,
        min_age=demand.min_age,
        max_age=demand.max_age,
    )
