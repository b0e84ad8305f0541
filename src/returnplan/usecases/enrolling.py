"""From files to the roster: read, resolve."""

from datetime import date

from returnplan.enrolment.destinations import with_full_names
from returnplan.enrolment.enrol import Review, enrol, review
from returnplan.model.errors import InputRefused
from returnplan.model.faults import Fault
from returnplan.model.intake import Intake
from returnplan.model.roster import Roster
from returnplan.model.rules import Rules
from returnplan.model.texts import Text
from returnplan.reading.acceptance import why_refused
from returnplan.reading.read import read_files
from returnplan.usecases.campaign import Campaign, Inputs, Progress, in_language


def read_and_review(
    campaign: Campaign, inputs: Inputs, as_of: date | None, progress: Progress
) -> tuple[Intake, Review, Text | None]:
    """Return what the files say, what is wrong with it, and why no plan can be made of it (None: one may be).

    Nothing that only a plan needs is computed.

    Raises
    ------
    InputRefused, UsageError : as :func:`read_and_enrol`
    """
    rules = with_full_names(campaign.config.rules)
    intake = _read(campaign, inputs, progress)
    with in_language(intake.lang):
        found = review(intake, campaign.config.enrolment, rules, as_of=as_of)
    return intake, found, _why_refused(intake, found.faults, inputs)


def read_and_enrol(
    campaign: Campaign, inputs: Inputs, as_of: date | None, progress: Progress
) -> tuple[Intake, Roster, Rules]:
    """Return what the files say, who travels under which conditions, and the rules with full names.

    Job seekers are not matched yet.

    Raises
    ------
    InputRefused : a file is unreadable or dangerous, no sheet is recognised, or no row of one can be used
    UsageError : the rules name a city that does not exist
    """
    rules = with_full_names(campaign.config.rules)
    intake = _read(campaign, inputs, progress)
    with in_language(intake.lang):
        roster = enrol(intake, campaign.config.enrolment, rules, as_of=as_of)
        if why := _why_refused(intake, roster.faults, inputs):
            raise InputRefused(why)
    return intake, roster, rules


def _why_refused(intake: Intake, faults: tuple[Fault, ...], inputs: Inputs) -> Text | None:
    return why_refused(intake, faults[len(intake.faults) :], inputs.explicit)


def _read(campaign: Campaign, inputs: Inputs, progress: Progress) -> Intake:
    return read_files(
        (*inputs.files, *inputs.added),
        campaign.config.reading,
        explicit=inputs.explicit,
        progress=lambda done, total: progress("read", done, total),
    )
