"""What people said on the phone or showed at the stop: they cancel, put off, or were not there."""

from collections.abc import Mapping, Set
from datetime import date

import pandas as pd

from returnplan.texts import Text

CANCELLED = Text("电话核实已取消", "cancelled on the phone")
ASK_AGAIN = Text(
    "如改主意,用 returnplan change 加入号车", "if they change their mind: returnplan change --add"
)


def heard(
    people: pd.DataFrame, person: "pd.Series[int]", cancelled: Set[int], postponed: Mapping[int, date]
) -> pd.DataFrame:
    """Return the people with what they said.

    Parameters
    ----------
    people : the columns of ``Roster.people``
    person : the person number of each line
    cancelled : person numbers of those who cancelled
    postponed : person number -> the first day on which that person can travel now
    """
    is_off = (person.isin(list(cancelled)) & (people["code"] == "")).to_numpy()
    changed = people.copy()
    words = {"code": "cancelled", "reason_zh": CANCELLED.zh, "reason_en": CANCELLED.en}
    words |= {"suggestion_zh": ASK_AGAIN.zh, "suggestion_en": ASK_AGAIN.en}
    for column, word in words.items():
        changed[column] = changed[column].where(~is_off, word)
    day = pd.to_datetime(person.map(postponed)).astype("datetime64[s]")
    for column in ("earliest", "flex_from"):
        changed[column] = day.where(day.notna(), changed[column])
    for column in ("latest", "flex_to"):
        changed[column] = changed[column].where(~(day > changed[column]), day)
    return changed
