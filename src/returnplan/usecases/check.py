"""``check``: reads and resolves, plans nothing; writes what goes back to the townships when asked."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from returnplan.model.faults import Fault
from returnplan.model.intake import Intake
from returnplan.model.texts import Lang, Text
from returnplan.reading.acceptance import less_later_errors
from returnplan.usecases.campaign import Campaign, Inputs, Progress, no_progress
from returnplan.usecases.enrolling import read_and_review


@dataclass(frozen=True)
class CheckOutcome:
    """What was read, every fault that was found, and why no plan can be made of it (None: one may be).

    A row with an error is not an accepted one, whichever stage found the error.
    """

    intake: Intake
    faults: tuple[Fault, ...]
    notes: tuple[Text, ...]
    refusal: Text | None = None


def check(
    campaign: Campaign, inputs: Inputs, *, as_of: date | None = None, progress: Progress = no_progress
) -> CheckOutcome:
    """Return what the files say and what is wrong with them.

    Raises
    ------
    InputRefused : a file is unreadable or dangerous, or no sheet is recognised
    """
    intake, found, refusal = read_and_review(campaign, inputs, as_of, progress)
    intake = replace(intake, sheets=less_later_errors(intake.sheets, found.faults[len(intake.faults) :]))
    return CheckOutcome(intake, found.faults, (*intake.notes, *found.notes), refusal)


def send_back(outcome: CheckOutcome, folder: Path, lang: Lang, *, only_errors: bool = False) -> list[Path]:
    """Write a workbook for each file with a finding, or with an error (退回-…), and return where they stand.

    Raises
    ------
    StoreError : the folder or the disk refuses
    """
    from returnplan.papers.sent_back import write_returns  # loads openpyxl, which takes a quarter of a second

    paths = [Path(file.path) for file in outcome.intake.inputs]
    faults = outcome.faults
    if only_errors:
        wrong = {fault.file for fault in faults if fault.severity == "error"}
        faults = tuple(fault for fault in faults if fault.file in wrong)
    return write_returns(paths, outcome.intake.sheets, faults, folder, lang=lang)
