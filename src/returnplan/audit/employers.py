"""Vacancies and what they ask for, and the lines of the employers (docs/contract.md#matching, #json)."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from returnplan.audit.people import employer_names
from returnplan.audit.promise import CONTRACT, Promise, Violation
from returnplan.audit.tables import Tables, lines_of
from returnplan.model.roster import Vacancy
from returnplan.model.texts import Text

_FIELDS = ("employer", "city", "post", "headcount", "sex", "min_age", "max_age")

OVERFILLED = Promise(
    "vacancy_overfilled",
    CONTRACT,
    Text(
        "{employer} {post} 需 {most:.0f} 人，匹配了 {num} 人",
        "{employer} ({post}) wants {most:.0f} people, {num} are matched",
    ),
    counts="num",
    matter=("employer", "post"),
)
WRONG_VACANCY = Promise(
    "wrong_vacancy",
    CONTRACT,
    Text(
        "{signup}({city} {sex} {age} 岁)不合岗位要求：{wants_city} {wants_sex} {wants_min_age}–{wants_max_age} 岁",
        "{signup} ({city}, {sex}, {age}) is matched to a vacancy for "
        "{wants_city}, {wants_sex}, {wants_min_age} to {wants_max_age}",
    ),
)
WRONG_MATCH = Promise(
    "wrong_match",
    CONTRACT,
    Text(
        "{signup} 的匹配 {employer} {post} 与岗位不符",
        "{signup} is stated as matched to {employer} ({post}), which is not the vacancy found",
    ),
)
NOT_STATED = Promise(
    "match_missing",
    CONTRACT,
    Text("{signup} 已匹配岗位，却未列出", "{signup} is matched to a vacancy, but not listed"),
)


def matches(tables: Tables) -> Iterable[Violation]:
    """Check the matched people of the roster, and that the plan states their vacancies."""
    people = tables.roster.people
    matched = people[(people["employer"] == "") & (people["vacancy"] >= 0) & (people["code"] == "")]
    hired = matched[["signup", "sex", "age", "city", "vacancy"]].join(
        _table(tables.roster.vacancies), on="vacancy"
    )
    of_hired = tables.riders.loc[tables.riders["signup"].isin(hired["signup"]), ["signup", "batch", "kept"]]
    hired = hired.join(of_hired.drop_duplicates("signup").set_index("signup"), on="signup").fillna(
        {"batch": ""}
    )
    yield from OVERFILLED.broken_by(_overfilled(hired))
    right_sex = hired["wants_sex"].isna() | (hired["wants_sex"] == hired["sex"])
    too_young = hired["age"] < hired["wants_min_age"]
    too_old = hired["age"] > hired["wants_max_age"]
    is_wanted = (hired["city"] == hired["wants_city"]) & right_sex & ~too_young & ~too_old
    yield from WRONG_VACANCY.broken_by(hired, ~is_wanted)
    yield from _stated(tables, hired)


def _table(vacancies: tuple[Vacancy, ...]) -> pd.DataFrame:
    rows = [tuple(getattr(vacancy, name) for name in _FIELDS) for vacancy in vacancies]
    table = pd.DataFrame.from_records(rows, columns=[f"wants_{name}" for name in _FIELDS])
    return table.astype(dict.fromkeys(["wants_headcount", "wants_min_age", "wants_max_age"], np.float64))


def _overfilled(hired: pd.DataFrame) -> pd.DataFrame:
    """Return the vacancies with more people than they want; a vacancy without a number wants nobody.

    The violation names the batch of a person whose match may still change, if there is one.
    """
    freest_first = hired.assign(kept=hired["kept"].eq(True)).sort_values("kept", kind="stable")
    lines = freest_first.groupby("vacancy").agg(
        num=("signup", "size"),
        batch=("batch", "first"),
        most=("wants_headcount", "first"),
        employer=("wants_employer", "first"),
        post=("wants_post", "first"),
    )
    return lines[lines["num"] > lines["most"].fillna(0)]


def _stated(tables: Tables, hired: pd.DataFrame) -> Iterable[Violation]:
    """Compare ``matches`` of the plan with the roster: people without an employer, each vacancy's own names."""
    stated = tables.plan.matches.reset_index(drop=True)
    due = hired[["wants_employer", "wants_post"]].reindex(lines_of(stated["signup"], hired["signup"]))
    due = due.set_axis(stated.index)
    same = (stated["employer"] == due["wants_employer"]) & (stated["post"] == due["wants_post"])
    yield from WRONG_MATCH.broken_by(stated, ~same)
    riders = tables.people
    listed = riders["signup"].isin(stated["signup"]) | ~riders["signup"].isin(hired["signup"])
    yield from NOT_STATED.broken_by(riders, ~listed)


WRONG_EMPLOYERS = Promise(
    "wrong_employers",
    CONTRACT,
    Text(
        "各企业合计 {what} {stated} 人，应为 {due} 人",
        "the employers' lines add up to {stated} people {what}, there are {due}",
    ),
)


def employers(tables: Tables) -> Iterable[Violation]:
    """Compare the sums over all employers (one may stand under two spellings of its name)."""
    lines, people = tables.plan.employers, tables.roster.people
    is_first = (tables.riders["leg"] == 1).to_numpy()
    is_matched = (people["employer"] == "") & (people["vacancy"] >= 0) & (people["code"] == "")
    rows = pd.DataFrame(
        {
            "what": ["planned", "matched"],
            "stated": [sum(line.planned for line in lines), sum(line.matched for line in lines)],
            "due": [int((employer_names(tables) != "")[is_first].sum()), int(is_matched.sum())],
        }
    )
    return WRONG_EMPLOYERS.broken_by(rows, rows["stated"] != rows["due"])
