"""From files to the roster: read, resolve."""

from datetime import date

from returnplan.enrolment.enrol import Review, enrol, review
from returnplan.enrolment.full_names import with_full_names
from returnplan.intake import Intake
from returnplan.pipeline.campaign import Campaign, Inputs, Progress
from returnplan.reading.read import read_files
from returnplan.roster import Roster
from returnplan.rules import Rules


def read_and_review(
    campaign: Campaign, inputs: Inputs, as_of: date | None, progress: Progress
) -> tuple[Intake, Review]:
    """Return what the files say, and what is wrong with it; nothing that only a plan needs is computed.

    Raises
    ------
    InputRefused, UsageError : as :func:`read_and_enrol`
    """
    rules = with_full_names(campaign.config.rules)
    intake = _read(campaign, inputs, progress)
    return intake, review(intake, campaign.config.enrolment, rules, as_of=as_of)


def read_and_enrol(
    campaign: Campaign, inputs: Inputs, as_of: date | None, progress: Progress
) -> tuple[Intake, Roster, Rules]:
    """Return what the files say, who travels under which conditions, and the rules with full names.

    Job seekers are not matched yet.

    Raises
    ------
    InputRefused : a file is unreadable or dangerous, or no sheet is recognised
    UsageError : the rules name a city that does not exist
    """
    rules = with_full_names(campaign.config.rules)
    intake = _read(campaign, inputs, progress)
    return intake, enrol(intake, campaign.config.enrolment, rules, as_of=as_of), rules


def _read(campaign: Campaign, inputs: Inputs, progress: Progress) -> Intake:
    return read_files(
        (*inputs.files, *inputs.added),
        campaign.config.reading,
        explicit=inputs.explicit,
        progress=lambda done, total: progress("read", done, total),
    )
