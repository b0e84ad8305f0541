"""Enrolment: from what the files said (Intake) to who travels from where to where (Roster)."""

from returnplan.enrolment.enrol import enrol
from returnplan.enrolment.full_names import with_full_names
from returnplan.enrolment.settings import EnrolmentSettings

__all__ = ["EnrolmentSettings", "enrol", "with_full_names"]
