"""The steps that turn sign-up rows into the people of the roster, and the look-up tables that they share.

Each step adds columns; faulty rows leave.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import pandas as pd

from returnplan.enrolment.atlas import Atlas
from returnplan.enrolment.classes import find_classes
from returnplan.enrolment.destinations import DestinationFinder, find_acceptable, find_destinations
from returnplan.enrolment.employers import Opening, employer_among, find_employment, open_positions
from returnplan.enrolment.findings import Findings
from returnplan.enrolment.homes import find_homes
from returnplan.enrolment.identity import age_on, ages
from returnplan.enrolment.kept_back import healthy_days, keep_back
from returnplan.enrolment.parties import ALONE, Ints, find_parties, split_parties
from returnplan.enrolment.points import find_dropoffs, find_pickups, pickup_table
from returnplan.enrolment.settings import EnrolmentSettings
from returnplan.enrolment.sites import Register, open_register
from returnplan.enrolment.titles import with_townships_of_titles
from returnplan.enrolment.townships import (
    PickupTable,
    TownshipFinder,
    office_county,
    with_addresses,
)
from returnplan.enrolment.windows import find_windows
from returnplan.model.faults import Fault
from returnplan.model.intake import Intake, RejectedRow, Titles
from returnplan.model.person import PERSON_FIELDS
from returnplan.model.rules import Rules
from returnplan.model.text_column import TextColumn, repeated, words_of
from returnplan.places import Gazetteer

_FOUND = (
    "age", "acceptable", "names_pickup", "vacancy", "flex_from", "flex_to", "resume", "reception", "rank", "party_name",
    "code", "reason_zh", "reason_en", "suggestion_zh", "suggestion_en",
)  # fmt: skip
"""What enrolment finds out about a person."""

PEOPLE_COLUMNS = ["signup", *(field.name for field in PERSON_FIELDS if field.reach != "signup"), *_FOUND]

Rejected = tuple[RejectedRow, ...]


@dataclass(frozen=True)
class Lookups:
    """The look-up tables of one enrolment; ``not_before`` is the first possible day of departure, if any."""

    settings: EnrolmentSettings
    rules: Rules
    not_before: date | None
    finder: DestinationFinder
    register: Register
    pickups: PickupTable
    townships: TownshipFinder
    titles: Titles
    openings: tuple[Opening, ...]
    atlas: Atlas
    findings: Findings

    @property
    def gazetteer(self) -> Gazetteer:
        """The gazetteer with the office's local names."""
        return self.finder.gazetteer


def open_lookups(intake: Intake, settings: EnrolmentSettings, rules: Rules, as_of: date | None) -> Lookups:
    """Return the look-up tables of an intake, with the faults of its sheets of places, pick-ups and demand."""
    gazetteer = Gazetteer.load().with_local_names(settings.places)
    finder, findings = DestinationFinder(gazetteer), Findings(intake.sheets)
    register = open_register(intake.places, gazetteer, findings)
    pickups = pickup_table(intake.pickups, gazetteer, findings)
    return Lookups(
        settings,
        rules,
        as_of + timedelta(days=rules.notice_days) if as_of else None,
        finder,
        register,
        pickups,
        TownshipFinder(pickups, register, office_county(settings.office, gazetteer)),
        intake.titles,
        open_positions(intake.demand, finder, register, findings, ages(intake)),
        Atlas(),
        findings,
    )


def part(people: pd.DataFrame, rejected: Rejected, findings: Findings) -> tuple[pd.DataFrame, Rejected]:
    """Return the people without the rows that the findings reject, and those added to ``rejected``."""
    bad = people["ref"].isin(findings.rejected)
    if not bad.any():
        return people, rejected
    fields = list(RejectedRow.__dataclass_fields__)
    rows = tuple(RejectedRow(*values) for values in people.loc[bad, fields].itertuples(index=False))
    return people[~bad].reset_index(drop=True), rejected + rows


def errors_of_names(people: pd.DataFrame, lookups: Lookups) -> tuple[Fault, ...]:
    """Return the errors about homes, cities, employers and pick-ups of some sign-ups, without reporting them."""
    if people.empty:
        return ()
    aside = replace(lookups, atlas=Atlas(), findings=lookups.findings.empty_copy())
    rejected: Rejected = ()
    people = people.reset_index(drop=True)
    for step in (add_names, add_employment, add_pickups):
        people, rejected = part(step(people, aside), rejected, aside.findings)
    return tuple(fault for fault in aside.findings.faults if fault.signup and fault.severity == "error")


def add_names(people: pd.DataFrame, lookups: Lookups) -> pd.DataFrame:
    """Return the sign-ups with home and destination, in columns beside the words of the sheet.

    ``home`` and ``area`` are codes of divisions: the most that is known of the home, the named part of the
    destination; ``home_city``, ``home_county`` and ``city_name`` are full names.
    """
    people = with_addresses(people, lookups.pickups)
    office = lookups.townships.office
    people = with_townships_of_titles(people, lookups.pickups, lookups.titles, office, lookups.findings)
    homes = find_homes(people, lookups.townships, lookups.findings)
    employer = employer_among(lookups.openings)
    goals = find_destinations(people, lookups.finder, lookups.findings, employer)
    in_city = goals.column(
        lambda goal: employer(goal.left_out, goal.city.name) if goal.city and goal.left_out else ""
    )
    people = people.assign(employer=people["employer"].where(people["employer"] != "", in_city))
    acceptable = find_acceptable(people, lookups.finder, lookups.findings)
    return people.assign(
        home=homes.texts(lambda home: home.area.code if home.area else ""),
        home_city=homes.texts(lambda home: home.prefecture.name if home.prefecture else ""),
        home_county=homes.texts(lambda home: home.county.name if home.county else ""),
        area=goals.texts(lambda goal: goal.area.code if goal.area else ""),
        loose_town=goals.texts(lambda goal: goal.loose_town),
        city_name=goals.texts(lambda goal: goal.city.name if goal.city else ""),
        acceptable=acceptable.column(lambda cities: tuple(city.name for city in cities if city)),
    )


def add_windows(people: pd.DataFrame, lookups: Lookups) -> pd.DataFrame:
    """Return the people with the days on which each may travel; those of all are the campaign's."""
    resumes = [opening.demand.resume for opening in lookups.openings if opening.demand.resume]
    windows = find_windows(people, lookups.settings.dates, resumes, lookups.not_before, lookups.findings)
    return people.assign(**{str(name): windows[name] for name in windows})


def add_employment(people: pd.DataFrame, lookups: Lookups) -> pd.DataFrame:
    """Return the people with the line of their employer in the openings (-1 none), resume, reception, and a shuttle."""
    found = find_employment(people, lookups.openings, lookups.findings)
    line = found.column(lambda job: job.line).astype(np.int64)
    demand = [opening.demand for opening in lookups.openings]
    days = pd.DataFrame(
        {
            "resume": [d.resume for d in demand] + [None],
            "reception": [d.reception_from for d in demand] + [None],
        }
    )
    dates = days.apply(pd.to_datetime).iloc[line].set_index(people.index).astype("datetime64[s]")
    of_employer = words_of(line, [*(d.shuttle for d in demand), ""])
    return people.assign(
        line=line,
        resume=dates["resume"],
        reception=dates["reception"],
        shuttle=people["shuttle"].where(people["shuttle"] != "", of_employer),
    )


def add_pickups(people: pd.DataFrame, lookups: Lookups) -> pd.DataFrame:
    """Return the people with the number of the place where each boards, in place of its text, if there was one."""
    found = find_pickups(people, lookups.register, lookups.pickups, lookups.findings)
    is_named = (people["pickup"] != "").astype(bool)
    return people.assign(pickup=lookups.atlas.numbers(found), names_pickup=is_named)


def add_dropoffs(people: pd.DataFrame, lookups: Lookups) -> pd.DataFrame:
    """Return the people with the number of the place where each alights, in place of its text."""
    found = find_dropoffs(people, lookups.openings, lookups.register, lookups.findings)
    return people.assign(dropoff=lookups.atlas.numbers(found))


def complete(people: pd.DataFrame, rejected: Rejected, lookups: Lookups) -> pd.DataFrame:
    """Return the people of the roster: classes, parties, and who is kept back why.

    ``people`` has everything that the steps before add.
    """
    classes = find_classes(people, lookups.settings.priority.order, lookups.findings)
    party, faulty = find_parties(people, rejected, lookups.findings)
    roster = people.assign(
        signup=people["ref"],
        age=age_on(people["id_number"], people["earliest"]),
        prefecture=people["home_city"],
        county=people["home_county"],
        city=people["city_name"],
        vacancy=people["line"],
        rank=classes.column(lambda pair: pair[0]).astype(np.int64),
        category=classes.texts(lambda pair: pair[1]),
        party=party,
        party_name=_party_names(people, party),
    )
    healthy = healthy_days(roster, lookups.rules, lookups.settings.notices)
    roster = roster.assign(earliest=healthy["first"], latest=healthy["last"])
    verdicts = keep_back(roster, healthy["is_unfit"].to_numpy(), lookups.rules, lookups.not_before)
    roster = roster.assign(**{str(name): verdicts[name] for name in verdicts})[PEOPLE_COLUMNS]
    split_parties(roster, faulty)
    return roster.astype({name: np.int32 for name, dtype in roster.dtypes.items() if dtype.kind == "i"})


def _party_names(people: pd.DataFrame, party: Ints) -> TextColumn:
    """Return the group number as written by the party's first member who wrote one, else 姓名等n人."""
    together = pd.Series(party, people.index)[party != ALONE]
    names = repeated("", len(people))
    if together.empty:
        return names
    members = people.loc[together.index, ["name"]].groupby(together)
    by_head = members["name"].first().astype("str") + "等" + members.size().astype("str") + "人"
    told = people.loc[together.index, "party"]
    told = told[told != ""]
    number = told.groupby(together[told.index]).first().astype("str")
    names[together.index.to_numpy()] = together.map(number.reindex(by_head.index).fillna(by_head))
    return names
