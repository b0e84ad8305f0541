"""``check``: reads and resolves, plans nothing; writes what goes back to the townships when asked.

``plan`` starts from the same files by the same way: :func:`read_and_enrol`.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from returnplan.enrolment.destinations import with_full_names
from returnplan.enrolment.enrol import enrol, review
from returnplan.model.errors import InputRefused, StoreError, StoreLocked
from returnplan.model.faults import Fault
from returnplan.model.intake import Intake
from returnplan.model.memory import give_back
from returnplan.model.roster import Roster
from returnplan.model.rules import Rules
from returnplan.model.texts import Lang, Text
from returnplan.reading.acceptance import less_later_errors, why_nobody, why_refused
from returnplan.reading.elsewhere import Readers
from returnplan.reading.read import read_files
from returnplan.reading.settings import ReadingSettings
from returnplan.reading.untold_year import untold_year
from returnplan.store import Store
from returnplan.usecases.campaign import Campaign, Inputs, Progress, in_language, no_progress


@dataclass(frozen=True)
class CheckOutcome:
    """What was read, every fault that was found, and why no plan can be made of it (None: one may be).

    A row with an error is not an accepted one, whichever stage found the error. ``refusal_below_faults`` only counts
    the faults, for a reader who has them all before their eyes.
    """

    intake: Intake
    faults: tuple[Fault, ...]
    notes: tuple[Text, ...]
    refusal: Text | None = None
    refusal_below_faults: Text | None = None


def check(
    campaign: Campaign, inputs: Inputs, *, as_of: date | None = None, progress: Progress = no_progress
) -> CheckOutcome:
    """Return what the files say and what is wrong with them; nothing that only a plan needs is computed.

    Where one of several files has a password or is damaged, the others are read all the same, and the refusal names it.

    Raises
    ------
    InputRefused : a file is unreadable or dangerous, or no sheet is recognised; the store is of another year
    UsageError : the rules name a city that does not exist
    """
    if campaign.store_path.is_file():
        with suppress(StoreError, StoreLocked), Store.as_it_is(campaign.store_path) as store:
            campaign.refuse_other_year(store)  # of a store that cannot be read, `plan` says so
    rules = with_full_names(campaign.config.rules)
    intake = _read(campaign, inputs, as_of, progress, is_look=True)
    with in_language(intake.lang):
        found = review(intake, campaign.config.enrolment, rules, as_of=as_of)
    refusal, in_short = (
        _joined([*intake.refused, _why_refused(intake, found.faults, inputs, are_listed=listed)])
        for listed in (False, True)
    )
    intake = replace(intake, sheets=less_later_errors(intake.sheets, found.faults[len(intake.faults) :]))
    return CheckOutcome(intake, found.faults, (*intake.notes, *found.notes), refusal, in_short)


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


def read_and_enrol(
    campaign: Campaign,
    inputs: Inputs,
    as_of: date | None,
    progress: Progress,
    readers: Readers | None = None,
) -> tuple[Intake, Roster, Rules]:
    """Return what the files say, who travels under which conditions, and the rules with full names.

    Job seekers are not matched yet. The files travel to the ``readers``, if there are any. The sign-ups, which have
    become the roster, are let go.

    Raises
    ------
    InputRefused : a file is unreadable or dangerous, no sheet is recognised, no row of one can be used, or nobody
        has signed up
    UsageError : the rules name a city that does not exist
    """
    rules = with_full_names(campaign.config.rules)
    intake = _read(campaign, inputs, as_of, progress, readers)
    give_back()
    with in_language(intake.lang):
        config = campaign.config
        roster = enrol(intake, config.enrolment, rules, as_of=as_of, usual_kmh=config.law.timetable.speed_kmh)
        if why := _why_refused(intake, roster.faults, inputs) or why_nobody(intake):
            raise InputRefused(why)
    nobody = intake.signups.iloc[:0].copy()  # a slice would hold them all
    return replace(intake, signups=nobody), roster, rules


def _why_refused(
    intake: Intake, faults: tuple[Fault, ...], inputs: Inputs, *, are_listed: bool = False
) -> Text | None:
    of_reading, later = faults[: len(intake.faults)], faults[len(intake.faults) :]
    return why_refused(replace(intake, faults=of_reading), later, inputs.explicit, are_listed)


def _joined(refusals: Sequence[Text | None]) -> Text | None:
    said = [one for one in refusals if one]
    if not said:
        return None
    return Text("\n".join(one.zh for one in said), "\n".join(one.en for one in said))


def _read(
    campaign: Campaign,
    inputs: Inputs,
    as_of: date | None,
    progress: Progress,
    readers: Readers | None = None,
    *,
    is_look: bool = False,
) -> Intake:
    def read(settings: ReadingSettings) -> Intake:
        return read_files(
            (*inputs.files, *inputs.added),
            settings,
            explicit=inputs.explicit,
            progress=lambda done, total: progress("read", done, total),
            readers=readers,
            is_look=is_look,
        )

    settings = campaign.config.reading
    intake = read(settings)
    told = untold_year(intake, as_of) if settings.year is None else None
    if told is None:
        return intake
    year, note = told
    intake = read(settings.model_copy(update={"year": year}))
    return replace(intake, notes=(*intake.notes, note))
