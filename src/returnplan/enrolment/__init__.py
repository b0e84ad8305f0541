"""Enrolment: from what the files said (Intake) to who travels from where to where (Roster)."""

from returnplan.enrolment.enrol import enrol
from returnplan.enrolment.full_names import with_full_names
from returnplan.enrolment.identity import corrected_ids
from returnplan.enrolment.settings import EnrolmentSettings
from returnplan.enrolment.townships import TownshipReport, township_report

__all__ = [
    "EnrolmentSettings",
    "TownshipReport",
    "corrected_ids",
    "enrol",
    "township_report",
    "with_full_names",
]
