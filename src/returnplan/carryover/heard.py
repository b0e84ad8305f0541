"""What people said on the phone or showed at the stop: they cancel, change the day, or got on without a seat."""

from collections.abc import Mapping, Sequence, Set
from datetime import date

import pandas as pd

from returnplan.enrolment.kept_back import VERDICT_COLUMNS, WINDOW_PAST, past_window
from returnplan.model.plan import OWN_WORD, TRAVELLED, WalkUp
from returnplan.model.texts import Text

CANCELLED = Text(
    "已退出(电话中取消，或由 change --drop 取下)", "withdrew: on the phone, or taken off by change --drop"
)
ASK_AGAIN = Text(
    "如改主意，用 returnplan change 加入号车", "if they change their mind: returnplan change --add"
)
CORRECT_PAPER = Text(
    "写错了的，改正随车名单后重新登记", "if it was somebody else, correct the paper and read it again"
)


def heard(
    people: pd.DataFrame,
    person: "pd.Series[int]",
    cancelled: Set[int],
    postponed: Mapping[int, date],
    last_day: Mapping[int, date],
    not_before: date | None = None,
) -> pd.DataFrame:
    """Return the people with what they said.

    Parameters
    ----------
    people : the columns of ``Roster.people``
    person : the person number of each line
    cancelled : person numbers of those who cancelled
    postponed : person number -> the first day on which that person can travel now
    last_day : person number -> the last such day, of those who want to leave before the day of their seat
    not_before : the first day on which anybody can leave
    """
    # Who cancelled has nothing to agree on, whatever the day.
    may_come = people["code"].isin(["", WINDOW_PAST])
    is_off = (person.isin(list(cancelled)) & may_come).to_numpy()
    if not (is_off.any() or postponed or last_day or not_before is not None):
        return people
    changed = people.copy()
    changed.loc[is_off, list(VERDICT_COLUMNS)] = ["cancelled", *CANCELLED, *ASK_AGAIN]
    day, last = (pd.to_datetime(person.map(days)).astype("datetime64[s]") for days in (postponed, last_day))
    for column in ("earliest", "flex_from"):
        changed[column] = day.where(day.notna(), changed[column])
    for column in ("latest", "flex_to"):
        changed[column] = changed[column].where(~(day > changed[column]), day)
        changed[column] = changed[column].where(~(last < changed[column]), last)
    if not_before is not None:
        is_past, code, reason, suggestion = past_window(changed, not_before)
        is_new = is_past & (changed["code"] == "").to_numpy()
        changed.loc[is_new, list(VERDICT_COLUMNS)] = [code, *reason, *suggestion]
    return changed


def as_come(people: pd.DataFrame, person: "pd.Series[int]", aboard: Set[int]) -> pd.DataFrame:
    """Return the people in which nobody wants no seat who was on board.

    Parameters
    ----------
    person : the person number of each line
    aboard : the person numbers of those on board
    """
    has_come = (person.isin(list(aboard)) & people["code"].isin(OWN_WORD)).to_numpy()
    if not has_come.any():
        return people
    changed = people.copy()
    changed.loc[has_come, list(VERDICT_COLUMNS)] = ""
    return changed


def less_travelled(people: pd.DataFrame, walk_ups: Sequence[WalkUp]) -> pd.DataFrame:
    """Return the people with those who got on a coach without a seat kept back: they have travelled.

    Nothing else that keeps them back is so any more: the day of their own seat is past, and they need no other.
    """
    batch = people["id_number"].map({one.id_number: one.batch for one in walk_ups})
    changed = people.copy()
    for batch_id in batch.dropna().unique():
        verdict = [TRAVELLED, *walked_up(batch_id), *CORRECT_PAPER]
        changed.loc[batch == batch_id, list(VERDICT_COLUMNS)] = verdict
    return changed


def walked_up(batch_id: str) -> Text:
    """Return that somebody got on a batch without a seat."""
    return Text(f"已随 {batch_id} 出发(现场增补)", f"left with {batch_id} as a walk-up")
