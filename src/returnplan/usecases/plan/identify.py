"""Which run is this: the same inputs, rules, date and version are the same run."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from returnplan import __version__
from returnplan.config import Config
from returnplan.enrolment.duplicates import DUPLICATE
from returnplan.model.intake import InputFile, Intake
from returnplan.model.plan import RunHeader
from returnplan.model.roster import Roster
from returnplan.store import DECISIVE, CallRecord

ID_LENGTH = 12
MOST_REPEATS = 100
"""How often a run of the same input is looked for."""
NO_CALLS: Mapping[int, CallRecord] = {}


def run_header(
    intake: Intake,
    roster: Roster,
    config: Config,
    as_of: date | None,
    calls: Mapping[int, CallRecord] = NO_CALLS,
) -> RunHeader:
    """Return the header of the run that these inputs, and what people said since, make under these rules.

    The age of files is part of the inputs as far as it decides which of two sign-ups of one person counts.
    """
    settings = config.model_dump(mode="json", exclude_unset=True)
    what: dict[str, Any] = {
        "inputs": [(file.path, file.sha256) for file in intake.inputs],
        "config": settings,
        "as_of": as_of and as_of.isoformat(),
        "version": __version__,
    }
    if replaced := sorted(fault.signup or "" for fault in roster.faults if fault.code == DUPLICATE):
        what["replaced"] = replaced
    if intake.unread:  # they do not change the plan, but what is said with it
        what["unread"] = (intake.unread, intake.num_not_read)
    if said := {number: _said(call) for number, call in calls.items() if call.result in DECISIVE}:
        what["calls"] = said
    return RunHeader(
        id=_digest(what),
        created_at=datetime.now(UTC).astimezone().replace(microsecond=0),
        version=__version__,
        as_of=as_of,
        inputs=_oldest_first(intake),
        config=settings,
        lang=config.lang or intake.lang,
    )


def _oldest_first(intake: Intake) -> tuple[InputFile, ...]:
    """Return the inputs in the order in which they count, in which ``plan --add`` gives them again."""
    age = {file.path: i for i, file in enumerate(intake.files)}
    return tuple(sorted(intake.inputs, key=lambda file: age.get(file.path, 0)))


def same_run(header: RunHeader, stored: RunHeader) -> RunHeader | None:
    """Return the header under which the stored run was made of the same input; None if it was not."""
    for _ in range(MOST_REPEATS):
        if header.id == stored.id:
            return header
        header = again(header)
    return None


def again(header: RunHeader) -> RunHeader:
    """Return the header of the run that is made next of the same input: the one before stays in the store."""
    return replace(header, id=_digest([header.id, "again"]))


def unrepeatable(header: RunHeader) -> RunHeader:
    """Return the header of a run that the same inputs need not make again: its id is its own."""
    return replace(header, id=_digest([header.id, header.created_at.isoformat()]))


def _digest(what: Any) -> str:
    return hashlib.sha256(json.dumps(what, sort_keys=True).encode()).hexdigest()[:ID_LENGTH]


def _said(call: CallRecord) -> list[str]:
    return [call.result, str(call.postponed_to)]
