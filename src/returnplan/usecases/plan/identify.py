"""Which run is this, and who is who in it.

The same inputs, rules, date and version are the same run; made of another state of the store, as where a backup was put
back, it has another id. Everybody keeps their stable person number (编号), also when
an ID number is corrected.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from returnplan import __version__
from returnplan.config import Config
from returnplan.enrolment.demand_lists import REPEATED
from returnplan.enrolment.duplicates import DUPLICATE
from returnplan.enrolment.fleet_lists import FLEET_REPEATED
from returnplan.model.intake import Intake
from returnplan.model.plan import RunHeader
from returnplan.model.roster import Roster
from returnplan.model.text_column import TextNumbers, text_column
from returnplan.model.texts import Text
from returnplan.store import DECISIVE, CallRecord
from returnplan.usecases.plan.guard import StoreState

ID_LENGTH = 12
INPUT_LENGTH = 8
"""By so much of the id a run of the same input is known; the rest tells in which state of the store it was made."""
MOST_REPEATS = 100
"""How often a run of the same input is looked for."""
NO_CALLS: Mapping[int, CallRecord] = {}


def run_header(
    intake: Intake,
    roster: Roster,
    config: Config,
    as_of: date | None,
    calls: Mapping[int, CallRecord] = NO_CALLS,
    *,
    nights: bool = False,
) -> RunHeader:
    """Return the header of the run that these inputs, and what people said since, make under these rules.

    The age of files is part of the inputs as far as it decides which of two sign-ups of one person, or of two lines
    of demand, counts.

    Parameters
    ----------
    nights : whether later sign-ups are waited for
    """
    settings = config.model_dump(mode="json", exclude_unset=True)
    what: dict[str, Any] = {
        "inputs": sorted((file.path, file.sha256) for file in intake.inputs),
        "config": settings,
        "as_of": as_of and as_of.isoformat(),
        "version": __version__,
    }
    if nights:
        what["nights"] = True
    if replaced := sorted(
        fault.signup or f"{fault.file}!{fault.sheet}!{fault.cell}"
        for fault in roster.faults
        if fault.code in (DUPLICATE, REPEATED, FLEET_REPEATED)
    ):
        what["replaced"] = replaced
    of_older = {fault.file for fault in roster.faults if fault.code == REPEATED}
    if len(of_older) > 1:  # what the later list leaves blank is as the newest of these has it
        what["older"] = [file.name for file in intake.files if file.name in of_older]
    if intake.unread:  # they do not change the plan, but what is said with it
        what["unread"] = (intake.unread, intake.num_not_read)
    if said := {
        number: [call.result, str(call.postponed_to)]
        for number, call in calls.items()
        if call.result in DECISIVE
    }:
        what["calls"] = said
    age = {file.path: i for i, file in enumerate(intake.files)}
    return RunHeader(
        id=_digest(what),
        created_at=datetime.now(UTC).astimezone().replace(microsecond=0),
        version=__version__,
        as_of=as_of,
        inputs=tuple(
            sorted(intake.inputs, key=lambda file: age.get(file.path, 0))
        ),  # so --add gives them again
        config=settings,
        lang=config.lang or intake.lang,
    )


def same_run(header: RunHeader, stored: RunHeader) -> RunHeader | None:
    """Return the header under which the stored run was made of the same input; None if it was not."""
    for _ in range(MOST_REPEATS):
        if header.id[:INPUT_LENGTH] == stored.id[:INPUT_LENGTH]:
            return header
        header = again(header)
    return None


def in_state(header: RunHeader, standing: StoreState) -> RunHeader:
    """Return the header with what stands in the store before the run as the end of its id; a first run has no end.

    So a run that is made once more in a store put back from a backup is not taken for the lost one.
    """
    if not standing.header or not standing.plan:
        return header
    batches = [[one.id, one.state, one.version, one.plate] for one in standing.plan.batches]
    calls = sorted([number, call.result, str(call.batch)] for number, call in standing.calls.items())
    state = _digest([standing.header.id, batches, calls, sorted(one.id_number for one in standing.walk_ups)])
    return replace(header, id=header.id[:INPUT_LENGTH] + state[INPUT_LENGTH:])


def again(header: RunHeader) -> RunHeader:
    """Return the header of the run that is made next of the same input: the one before stays in the store."""
    return replace(header, id=_digest([header.id, "again"]))


def unrepeatable(header: RunHeader) -> RunHeader:
    """Return the header of a run that the same inputs need not make again: its id is its own."""
    return replace(header, id=_digest([header.id, header.created_at.isoformat()]))


def _digest(what: Any) -> str:
    return hashlib.sha256(json.dumps(what, sort_keys=True).encode()).hexdigest()[:ID_LENGTH]


def number_persons(
    roster: Roster, standing: StoreState, corrected: Mapping[str, str]
) -> tuple[TextNumbers, tuple[Text, ...]]:
    """Return the ID numbers to be entered in the store with their person numbers, and what to tell of them.

    A corrected ID number takes over the person number of the one it replaces; people met for the first time
    come after everybody known, in the order of their ID numbers.

    Parameters
    ----------
    corrected : new ID number -> the known one (:func:`~returnplan.enrolment.identity.corrected_ids`)
    """
    known = standing.person_numbers
    kept = TextNumbers(corrected, known.of(text_column([*corrected.values()])))
    everybody = text_column(roster.people["id_number"]).unique()
    met = everybody[~(everybody.isin(known.texts) | everybody.isin(kept.texts))]
    first = known.numbers.max(initial=0) + 1
    news = TextNumbers(met[met.argsort()], range(first, first + len(met)))
    return kept.with_others(news), _notes(kept.numbers.tolist())


def _notes(numbers: list[int]) -> tuple[Text, ...]:
    if not numbers:
        return ()
    numbers = sorted(numbers)
    return (
        Text(
            f"身份证号码已更正、按姓名和电话认定为同一人的 {len(numbers)} 人，沿用编号：{'、'.join(map(str, numbers))}",
            f"{len(numbers)} people with a corrected ID number, known by name and phone, keep their person number: "
            f"{', '.join(map(str, numbers))}",
        ),
    )
