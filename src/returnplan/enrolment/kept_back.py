"""Who is not planned, and why: cancelled, own transport, health, age, dates past."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from returnplan.enrolment.columns import by_distinct
from returnplan.model.notices import Notice, kept_back_on
from returnplan.model.rules import Rules
from returnplan.model.text_column import repeated
from returnplan.model.texts import Text
from returnplan.places import tidy

Bools = npt.NDArray[np.bool_]
Verdict = tuple[Bools, str, Text, Text]
"""The lines concerned, the code for ``unplanned``, the reason, and what would help."""

VERDICT_COLUMNS = ("code", "reason_zh", "reason_en", "suggestion_zh", "suggestion_en")

WINDOW_PAST = "window_past"
"""The code of those whose last day is over."""
TO_TRAVEL_AFTER_ALL = Text(
    "如仍要乘车，清空“取消”一栏后重新报送", "to travel after all, clear the cancellation"
)
CHECK_AGE = Text(
    "核对身份证号码，或告知本人自行出行", "check the ID number, or tell the person to travel on their own"
)


def healthy_days(people: pd.DataFrame, rules: Rules, notices: Sequence[Notice]) -> pd.DataFrame:
    """Return the first and last day of each line's window on which its health code keeps nobody back.

    ``is_unfit`` where there is none; the window then stays as it is.
    """

    def healthy(health: str, earliest: pd.Timestamp, latest: pd.Timestamp) -> tuple[object, object, bool]:
        word = tidy(health).removesuffix("码")
        days = pd.date_range(earliest, latest)
        open_days = [
            day
            for day in days
            if word not in _words(kept_back_on(day.date(), notices, rules.health_kept_back))
        ]
        return (open_days[0], open_days[-1], False) if open_days else (earliest, latest, bool(len(days)))

    if not any(people["health"]):
        return pd.DataFrame({"first": people["earliest"], "last": people["latest"], "is_unfit": False})
    found = by_distinct(people, ["health", "earliest", "latest"], healthy)
    return pd.DataFrame(
        {
            "first": pd.Series(found.column(lambda one: one[0])).astype("datetime64[s]").to_numpy(),
            "last": pd.Series(found.column(lambda one: one[1])).astype("datetime64[s]").to_numpy(),
            "is_unfit": found.column(lambda one: one[2]).astype(bool),
        },
        index=people.index,
    )


def _words(codes: Iterable[str]) -> set[str]:
    return {tidy(code).removesuffix("码") for code in codes}


def keep_back(people: pd.DataFrame, is_unfit: Bools, rules: Rules, not_before: date | None) -> pd.DataFrame:
    """Return code, reason and suggestion of each line; empty for those who may travel.

    Parameters
    ----------
    is_unfit : whose health code keeps them back on all days of their window
    """
    blank = {name: repeated("", len(people)) for name in VERDICT_COLUMNS}
    verdicts = pd.DataFrame(blank, index=people.index)
    for concerned, code, reason, suggestion in _verdicts(people, is_unfit, rules, not_before):
        fresh = concerned & (verdicts["code"] == "").to_numpy()
        if not fresh.any():
            continue
        verdicts.loc[fresh, list(VERDICT_COLUMNS)] = [code, *reason, *suggestion]
    return verdicts


def _verdicts(
    people: pd.DataFrame, is_unfit: Bools, rules: Rules, not_before: date | None
) -> Iterator[Verdict]:
    yield people["cancelled"].to_numpy(bool), "cancelled", Text("已取消", "cancelled"), TO_TRAVEL_AFTER_ALL
    yield (
        ~people["rides"].to_numpy(bool),
        "own_transport",
        Text("不乘坐返岗专车", "travels on their own"),
        Text("如需乘车，改为“是”", "set it to yes if a seat is wanted"),
    )
    yield (
        is_unfit,
        "health",
        Text("健康状况不符合乘车规定", "kept back for health"),
        Text("恢复后更新健康码再报", "sign up again with a new health code"),
    )
    age = people["age"].to_numpy()
    if rules.min_age is not None:
        reason = Text(
            f"出发时未满 {rules.min_age} 周岁", f"younger than {rules.min_age} on the day of travel"
        )
        yield age < rules.min_age, "too_young", reason, CHECK_AGE
    if rules.max_age is not None:
        reason = Text(
            f"出发时已超过 {rules.max_age} 周岁", f"older than {rules.max_age} on the day of travel"
        )
        yield age > rules.max_age, "too_old", reason, CHECK_AGE
    if not_before is not None:
        yield past_window(people, not_before)


def past_window(people: pd.DataFrame, not_before: date) -> Verdict:
    """Return the verdict on those whose last day is over."""
    return (
        (people["latest"] < pd.Timestamp(not_before)).to_numpy(bool),
        WINDOW_PAST,
        Text(f"可出发日期早于 {not_before}", f"the last possible day is before {not_before}"),
        Text("与本人商定新的日期", "agree on a new day with the person"),
    )
