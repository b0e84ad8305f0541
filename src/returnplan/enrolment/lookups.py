"""The look-up tables of one enrolment, and the places and faults that it collects."""

from dataclasses import dataclass
from datetime import date, timedelta

from returnplan.enrolment.atlas import Atlas
from returnplan.enrolment.destinations import DestinationFinder
from returnplan.enrolment.employers import Opening, open_positions
from returnplan.enrolment.findings import Findings
from returnplan.enrolment.points import PickupTable, pickup_table
from returnplan.enrolment.settings import EnrolmentSettings
from returnplan.enrolment.sites import Register, open_register
from returnplan.model.intake import Intake
from returnplan.model.rules import Rules
from returnplan.places import Gazetteer


@dataclass(frozen=True)
class Lookups:
    """The look-up tables of one enrolment; ``not_before`` is the first possible day of departure, if any."""

    settings: EnrolmentSettings
    rules: Rules
    not_before: date | None
    finder: DestinationFinder
    register: Register
    pickups: PickupTable
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
    return Lookups(
        settings,
        rules,
        as_of + timedelta(days=rules.notice_days) if as_of else None,
        finder,
        register,
        pickup_table(intake.pickups, gazetteer, findings),
        open_positions(intake.demand, finder, register, findings),
        Atlas(),
        findings,
    )
