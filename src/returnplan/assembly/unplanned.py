"""Everybody who is on no batch, as columns: kept back before planning, left by the planner, or faulty."""

from collections import defaultdict
from dataclasses import fields

import numpy as np
import pandas as pd

from returnplan.assembly.rides import Rides
from returnplan.model.intake import RejectedRow
from returnplan.model.plan import Unplanned
from returnplan.model.roster import Roster
from returnplan.model.texts import Text
from returnplan.reasons.why_left import Verdict

MEND = Text("按退回的表改正后重新报送", "mend the row as marked in the returned sheet and send it again")
WORDS = ("code", "reason_zh", "reason_en", "suggestion_zh", "suggestion_en")


def unplanned_frame(
    rides: Rides, roster: Roster, number: "pd.Series[int]", left: dict[int, Verdict]
) -> pd.DataFrame:
    """Return the people on no batch in the order of the roster, then the rows with an error.

    Parameters
    ----------
    number : of each line of ``Roster.people``, the person number (编号)
    left : why the planner left a line of ``Roster.people``
    """
    words = roster.people[list(WORDS)].to_numpy(dtype=object, copy=True)
    for line, verdict in left.items():
        words[line] = (verdict.code, *verdict.reason, *verdict.suggestion)
    is_left = np.ones(len(words), dtype=bool)
    is_left[rides.person] = False
    people = roster.people.assign(person=number, **dict(zip(WORDS, words.T, strict=True)))[is_left]
    columns = [field.name for field in fields(Unplanned)]
    return pd.concat([people[columns], _rejected(roster)[columns]], ignore_index=True)


def _rejected(roster: Roster) -> pd.DataFrame:
    messages: dict[str, list[Text]] = defaultdict(list)
    for fault in roster.faults:
        if fault.severity == "error" and fault.signup is not None:
            messages[fault.signup].append(fault.message)
    rows = [_faulty(row, messages[row.ref]) for row in roster.rejected]
    frame = pd.DataFrame(rows, columns=[field.name for field in fields(Unplanned)])
    typed: pd.DataFrame = frame.astype(
        {"earliest": "datetime64[s]", "latest": "datetime64[s]", "person": np.int64}
    )
    return typed


def _faulty(row: RejectedRow, messages: list[Text]) -> Unplanned:
    said = messages or [Text("该行有错误", "the row has an error")]
    return Unplanned(
        person=0,
        signup=row.ref,
        prefecture=row.prefecture,
        county=row.county,
        township=row.township,
        city=row.city,
        earliest=None,
        latest=None,
        code="faulty_row",
        reason_zh=";".join(message.zh for message in said),
        reason_en="; ".join(message.en for message in said),
        suggestion_zh=MEND.zh,
        suggestion_en=MEND.en,
        name=row.name,
        phone=row.phone,
    )
