"""Parties that cannot travel whole: nobody of them is planned, and the reason names the row."""

from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from returnplan.enrolment.columns import rows_of
from returnplan.model.texts import Text


class Break(NamedTuple):
    """One way in which parties break: the reason by party, naming the row, and what would help."""

    reasons: dict[int, Text]
    suggestion: Text


def split_parties(people: pd.DataFrame, faulty: dict[int, str]) -> None:
    """Give the members of parties that cannot travel whole the code ``party_split``, in place.

    Members who are kept back themselves keep their own code. ``faulty`` is the reference of a faulty row by
    party; ``people`` is complete but for these verdicts.
    """
    members = people[people["party"] >= 0]
    if members.empty:
        return
    for reasons, suggestion in _breaks(members, faulty):
        lines = members.index[members["party"].isin(list(reasons)) & (people["code"][members.index] == "")]
        reason = [reasons[party] for party in people["party"][lines]]
        people.loc[lines, "code"] = "party_split"
        people.loc[lines, "reason_zh"] = [text.zh for text in reason]
        people.loc[lines, "reason_en"] = [text.en for text in reason]
        people.loc[lines, ["suggestion_zh", "suggestion_en"]] = list(suggestion)


def _breaks(members: pd.DataFrame, faulty: dict[int, str]) -> Iterator[Break]:
    yield Break(
        {
            party: Text(f"同行人 {ref} 报名有误", f"a companion's row is faulty: {ref}")
            for party, ref in faulty.items()
        },
        Text("改正该行", "correct that row"),
    )
    kept = members[members["code"] != ""].drop_duplicates("party")
    yield Break(
        {
            party: Text(f"同行人 {ref} 不能出行（{zh}）", f"a companion, {ref}, cannot travel ({en})")
            for party, ref, zh, en in rows_of(kept, "party", "signup", "reason_zh", "reason_en")
        },
        Text("改为不同行后可分别安排", "they can be planned apart if they part"),
    )
    for column, zh, en in (("city", "务工城市", "city"), ("pickup", "上车地点", "pick-up")):
        odd = members[members[column] != members.groupby("party")[column].transform("first")]
        yield Break(
            {
                party: Text(f"同行人 {ref} 的{zh}不同", f"a companion, {ref}, has another {en}")
                for party, ref in rows_of(odd.drop_duplicates("party"), "party", "signup")
            },
            Text(f"统一{zh}", f"agree on one {en}"),
        )
    yield Break(
        {
            party: Text(f"同行人 {ref} 与其他人没有共同的日期", f"a companion, {ref}, has no day in common")
            for party, ref in rows_of(_apart(members), "party", "signup")
        },
        Text("商定共同的出发日期", "agree on a common day"),
    )


def _apart(members: pd.DataFrame) -> pd.DataFrame:
    """Return, of every party without a common day, the member who is free last."""
    last_first = members.sort_values("earliest", kind="stable").drop_duplicates("party", keep="last")
    until = last_first["party"].map(members.groupby("party")["latest"].min())
    return last_first[last_first["earliest"] > until]
