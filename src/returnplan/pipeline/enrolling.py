"""From files to the roster: read, resolve, match."""

from datetime import date

from returnplan.enrolment.enrol import enrol
from returnplan.enrolment.full_names import with_full_names
from returnplan.intake import Intake
from returnplan.matching import match
from returnplan.pipeline.campaign import Campaign, Inputs, Progress, in_language
from returnplan.reading.read import read_files
from returnplan.roster import Roster
from returnplan.rules import Rules


def take_in(
    campaign: Campaign, inputs: Inputs, as_of: date | None, progress: Progress
) -> tuple[Intake, Roster, Rules]:
    """Return what the files say, who travels under which conditions, and the rules with full names.

    Raises
    ------
    InputRefused, UsageError : as :func:`read_and_enrol`
    """
    intake, roster, rules = read_and_enrol(campaign, inputs, as_of, progress)
    return intake, match(roster), rules


def read_and_enrol(
    campaign: Campaign, inputs: Inputs, as_of: date | None, progress: Progress
) -> tuple[Intake, Roster, Rules]:
    """Return the same before job seekers are matched.

    Raises
    ------
    InputRefused : a file is unreadable or dangerous, or no sheet is recognised
    UsageError : the rules name a city that does not exist
    """
    config = campaign.config
    rules = with_full_names(config.rules)
    intake = read_files(
        (*inputs.files, *inputs.added),
        config.reading,
        explicit=inputs.explicit,
        progress=lambda done, total: progress("read", done, total),
    )
    with in_language(intake.lang):
        return intake, enrol(intake, config.enrolment, rules, as_of=as_of), rules
