"""From what the files said to who travels from where to where; the whole enrolment on one screen."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
import pandas as pd

from returnplan.enrolment.atlas import closed_in_vain, far_round, find_roads
from returnplan.enrolment.boarding_hours import with_boarding_hours
from returnplan.enrolment.columns import signup_columns
from returnplan.enrolment.duplicates import report_look_alikes, rows_that_count
from returnplan.enrolment.employers import Opening
from returnplan.enrolment.expected import (
    TownshipReport,
    compare_lists,
    sheets_of_other_year,
    township_report,
)
from returnplan.enrolment.findings import sheet_of
from returnplan.enrolment.fleet import find_pools
from returnplan.enrolment.fleet_lists import fleet_that_counts
from returnplan.enrolment.homes import HomeFinder
from returnplan.enrolment.identity import ages, several_rows
from returnplan.enrolment.people import (
    Lookups,
    Rejected,
    add_dropoffs,
    add_employment,
    add_names,
    add_pickups,
    add_windows,
    complete,
    errors_of_names,
    open_lookups,
    part,
)
from returnplan.enrolment.points import bare_places
from returnplan.enrolment.rail import find_services
from returnplan.enrolment.settings import EnrolmentSettings
from returnplan.model.faults import Fault
from returnplan.model.intake import Intake, RejectedRow
from returnplan.model.law import MOST_DAYS
from returnplan.model.roster import Place, RailService, Roster, Vacancy, VehiclePool
from returnplan.model.rules import Rules
from returnplan.model.texts import Text
from returnplan.places.distance import Road, road_networks


@dataclass(frozen=True)
class Review:
    """The result of a check: all faults, including those of reading, and notes on what was assumed."""

    faults: tuple[Fault, ...]
    notes: tuple[Text, ...]


@dataclass(frozen=True)
class _Enrolled:
    """A roster without km, and the roads from which the km follow."""

    lookups: Lookups
    people: pd.DataFrame
    rejected: Rejected
    places: tuple[Place, ...]
    roads: list[Road]
    pools: tuple[VehiclePool, ...]
    rail: tuple[RailService, ...]
    vacancies: tuple[Vacancy, ...]
    notes: tuple[Text, ...]


def review(intake: Intake, settings: EnrolmentSettings, rules: Rules, *, as_of: date | None = None) -> Review:
    """Return the faults and notes of :func:`enrol` without computing the km between all places.

    Raises
    ------
    UsageError
        a local name of ``[places]`` stands for no division
    """
    found = _enrolled(intake, settings, rules, as_of)
    return Review(_faults(intake, found), found.notes)


def enrol(
    intake: Intake,
    settings: EnrolmentSettings,
    rules: Rules,
    *,
    usual_kmh: float,
    as_of: date | None = None,
) -> Roster:
    """Return the roster of an intake: names resolved, duplicates and parties sorted out, roads between all places.

    Parameters
    ----------
    intake : what reading found
    settings : classes, dates, default fleet, local names
    rules : with full names (:func:`returnplan.enrolment.with_full_names`)
    usual_kmh : on roads whose minutes nobody told
    as_of : the present day; None: no date counts as past

    Raises
    ------
    UsageError
        a local name of ``[places]`` stands for no division
    """
    found = _enrolled(intake, settings, rules, as_of)
    first, last = found.people["earliest"].min(), found.people["latest"].max()
    is_known = len(found.people) > 0
    first_day, num_days = (first.date(), (last - first).days + 1) if is_known else (date(2000, 1, 1), 1)
    if found.rail:  # shuttles run after the last night
        num_days += MOST_DAYS
    networks = road_networks(
        np.array([place.lat for place in found.places]),
        np.array([place.lon for place in found.places]),
        found.roads,
        rules.circuity,
        first_day,
        num_days,
        usual_kmh,
    )
    days = [first_day + timedelta(days=day) for day in range(num_days)]
    of_roads = (
        *far_round(networks, found.places),
        *closed_in_vain(networks, found.roads, found.places, days),
    )
    return Roster(
        people=found.people,
        places=found.places,
        pools=found.pools,
        rail=found.rail,
        rail_rules=settings.rail,
        vacancies=found.vacancies,
        km=networks.km,
        drive_minutes=networks.drive_minutes,
        network_of=networks.network_of,
        faults=_faults(intake, found),
        has_demand_in=_hiring(found.vacancies),
        not_before=found.lookups.not_before,
        rejected=with_known_names(found.rejected, found.lookups),
        notes=(*found.notes, *of_roads),
        num_not_read=intake.num_not_read,
    )


def _faults(intake: Intake, found: _Enrolled) -> tuple[Fault, ...]:
    """Return the faults of reading, then those found since."""
    findings = found.lookups.findings
    return findings.told(intake.faults + findings.sorted())


def _enrolled(intake: Intake, settings: EnrolmentSettings, rules: Rules, as_of: date | None) -> _Enrolled:
    lookups = open_lookups(intake, settings, rules, as_of)
    fleet = fleet_that_counts(intake.fleet, ages(intake), lookups.findings, intake.faulty_fleet)
    pools, notes = find_pools(fleet, settings.fleet, lookups.finder, lookups.findings)
    people, rejected = _rows_that_count(intake, lookups)
    for step in (add_names, add_windows, add_employment, add_pickups, add_dropoffs):
        people, rejected = part(step(people, lookups), rejected, lookups.findings)
    positions = [lookups.atlas.number(opening.place) for opening in lookups.openings]
    rail = find_services(
        intake.rail, settings.rail.group_min_load, lookups.register, lookups.atlas, lookups.findings
    )
    places, final = lookups.atlas.final()
    places = with_boarding_hours(places, intake.pickups, lookups.gazetteer, lookups.findings)
    rail = tuple(service.renumbered(final.tolist()) for service in rail)
    people = people.assign(pickup=final[people["pickup"]], dropoff=final[people["dropoff"]])
    people = complete(people, rejected, lookups)
    roads = find_roads(intake.distances, places, lookups.gazetteer, lookups.findings)
    vacancies = tuple(map(_vacancy, lookups.openings, final[positions].tolist()))
    notes += bare_places(people, places, _hiring(vacancies), lookups.pickups)
    notes += compare_lists(intake.named, people, rejected, lookups.findings)
    if settings.townships.expected:
        notes += (_reported(intake, settings.townships.expected).note,)
    return _Enrolled(lookups, people, rejected, places, roads, pools, rail, vacancies, notes)


def _reported(intake: Intake, expected: tuple[str, ...]) -> TownshipReport:
    signups, rejected = intake.signups, intake.rejected
    other = sheets_of_other_year(intake.faults, intake.sheets)
    if other:
        signups = signups[[sheet_of(ref) not in other for ref in signups["ref"]]]
        rejected = tuple(row for row in rejected if sheet_of(row.ref) not in other)
    sheets = (sheet for sheet in intake.sheets if (sheet.file, sheet.sheet) not in other)
    named = (*signups["township"].unique(), *(row.township for row in rejected))
    return township_report(sheets, named, expected)


def _rows_that_count(intake: Intake, lookups: Lookups) -> tuple[pd.DataFrame, Rejected]:
    """Return the sign-ups that count and the rejected rows; a row with a wrong name replaces no valid one."""
    signups = signup_columns(intake.signups)
    rows = several_rows(signups, intake)
    errors = errors_of_names(signups[signups["ref"].isin(rows["ref"])], lookups)
    rows["faulty"] |= rows["ref"].isin({error.signup for error in errors})
    people, rejected = rows_that_count(signups, rows, intake, lookups.findings)
    concerned = people["ref"].isin({error.signup for error in errors})
    counted = set(people.loc[concerned, "ref"])
    lookups.findings.note(error for error in errors if error.signup not in counted)
    report_look_alikes(people, lookups.findings)
    return people, rejected


def _hiring(vacancies: Sequence[Vacancy]) -> frozenset[str]:
    """Return the cities for which the demand sheet names vacancies."""
    return frozenset(vacancy.city for vacancy in vacancies if vacancy.headcount)


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
        contact=" ".join(filter(None, (demand.contact, demand.phone))),
    )


def with_known_names(rejected: tuple[RejectedRow, ...], lookups: Lookups) -> tuple[RejectedRow, ...]:
    """Return the rows sorted by reference, with full names of city, county and prefecture where known."""
    find_home = lru_cache(maxsize=65536)(HomeFinder(lookups.gazetteer).find)
    find_city = lru_cache(maxsize=65536)(lookups.finder.find)

    def known(row: RejectedRow) -> RejectedRow:
        home = find_home(row.prefecture, row.county, row.township, "")
        city = find_city(row.city, "").city
        return replace(
            row,
            prefecture=home.prefecture.name if home.prefecture else row.prefecture,
            county=home.county.name if home.county else row.county,
            city=city.name if city else row.city,
        )

    return tuple(sorted(map(known, rejected), key=lambda row: row.ref))
