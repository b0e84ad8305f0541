"""Which run is this: the same inputs, rules, date and version are the same run."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from returnplan import __version__
from returnplan.config import Config
from returnplan.intake import Intake
from returnplan.plan import RunHeader
from returnplan.store import Call
from returnplan.store.deeds import DECISIVE

ID_LENGTH = 12
MOST_REPEATS = 100
"""How often a run of the same input is looked for."""
NO_CALLS: Mapping[int, Call] = {}


def run_header(
    intake: Intake, config: Config, as_of: date | None, calls: Mapping[int, Call] = NO_CALLS
) -> RunHeader:
    """Return the header of the run that these inputs, and what people said since, make under these rules."""
    settings = config.model_dump(mode="json", exclude_unset=True)
    what: dict[str, Any] = {
        # the order of files decides which of two sign-ups of one person is the later one
        "inputs": [(file.path, file.sha256) for file in intake.inputs],
        "config": settings,
        "as_of": as_of and as_of.isoformat(),
        "version": __version__,
    }
    if intake.unread:  # they do not change the plan, but what is said with it
        what["unread"] = intake.unread
    if said := {number: _said(call) for number, call in calls.items() if call.result in DECISIVE}:
        what["calls"] = said
    return RunHeader(
        id=_digest(what),
        created_at=datetime.now(UTC).astimezone().replace(microsecond=0),
        version=__version__,
        as_of=as_of,
        inputs=intake.inputs,
        config=settings,
        lang=config.lang or intake.lang,
    )


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


def _said(call: Call) -> list[str]:
    return [call.result, str(call.postponed_to)]
