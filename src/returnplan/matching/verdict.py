"""The people without a vacancy: the reason in words, and what would help."""

import numpy as np
import pandas as pd

from returnplan.matching.openings import Bools, Ints
from returnplan.model.roster import Roster
from returnplan.model.texts import Text

WORDS = ["code", "reason_zh", "reason_en", "suggestion_zh", "suggestion_en"]

ASK_MORE = Text(
    "增填可接受城市，或联系用工企业增加岗位；已有工作单位的请填写务工企业",
    "name acceptable cities, or ask employers for more vacancies; whoever has an employer should name it",
)
PART = Text(
    "同行人分开报名，或联系用工企业在同一地点增加岗位",
    "let the party sign up separately, or ask employers for more vacancies at one place",
)
REST_OF_PARTY = Text("解决该行后同组一起安排，或改为分开报名", "settle that row, or sign up separately")


def leave_unmatched(people: pd.DataFrame, rows: Ints, admitted: Bools, roster: Roster) -> pd.DataFrame:
    """Return the people with a code for the unmatched in cities with demand, and for their parties.

    Parameters
    ----------
    people : everyone, with the vacancies found
    rows : the unmatched job seekers
    admitted : for each of these rows, does any vacancy admit the person
    """
    verdicts = people.iloc[rows][["city", "acceptable", "sex", "age", "party", "signup"]].assign(
        admitted=admitted,
        cities=[
            "、".join(c for c in (city, *acceptable) if c in roster.has_demand_in)
            for city, acceptable in people.iloc[rows][["city", "acceptable"]].itertuples(index=False)
        ],
    )
    verdicts = verdicts[verdicts["cities"] != ""]
    words = [
        _words(*line)
        for line in verdicts[["cities", "sex", "age", "party", "admitted"]].itertuples(index=False)
    ]
    people = _entered(people, verdicts.index.to_numpy(), words)
    in_party = verdicts[verdicts["party"] >= 0].groupby("party")["signup"].first()
    rest = people[(people["code"] == "") & people["party"].isin(in_party.index)]
    split = [
        (
            "party_split",
            Text(f"同行人未匹配到岗位({ref})", f"a companion has no vacancy ({ref})"),
            REST_OF_PARTY,
        )
        for ref in rest["party"].map(in_party)
    ]
    return _entered(people, rest.index.to_numpy(), split)


def _entered(people: pd.DataFrame, rows: Ints, words: list[tuple[str, Text, Text]]) -> pd.DataFrame:
    """Return the people with code, reason and suggestion at the given rows."""
    if not words:
        return people
    columns = zip(*((code, *reason, *suggestion) for code, reason, suggestion in words), strict=True)
    table = people[WORDS].to_numpy(dtype=object, copy=True)  # else pandas may lend its own, not to be written
    table[rows] = np.array(list(columns), dtype=object).T
    return people.assign(**{name: table[:, i] for i, name in enumerate(WORDS)})


def _words(cities: str, sex: str, age: int, party: int, admitted: bool) -> tuple[str, Text, Text]:
    """Return code, reason and suggestion of one unmatched person."""
    if not admitted:
        reason = Text(
            f"{cities}的招工岗位按性别、年龄要求都不招收该人员({sex}{age}岁)",
            f"no vacancy in {cities} takes this person ({sex}, {age}): limits of sex or age",
        )
    elif party < 0:
        reason = Text(
            f"{cities}适合该人员的招工岗位已满", f"every vacancy in {cities} that takes this person is filled"
        )
    else:
        reason = Text(
            f"{cities}没有一个下车地点能同时安排同行的全部求职人员",
            f"no single place in {cities} has vacancies for all job seekers of the party",
        )
    return "no_vacancy", reason, ASK_MORE if party < 0 or not admitted else PART
