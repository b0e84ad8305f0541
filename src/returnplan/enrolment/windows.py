"""The days on which everyone may travel, and which of them they named themselves."""

from datetime import date

import numpy as np
import pandas as pd

from returnplan.enrolment.findings import Findings
from returnplan.model.rules import Dates
from returnplan.model.texts import Text

_FAR = pd.Timedelta(days=60)
"""Before the middle of all first days, or after that of all last days: further on is hardly the same return to work."""
_FEW_FAR = 2
_SHARE_FAR = 0.05
"""Of the rows, or a few, have a day that is mistyped; more of them mean what they say."""
_FAR_AHEAD = pd.Timedelta(days=180)
"""Of a 12月28日 without a year, read before the year of the campaign begins, the year before may be meant."""


def find_windows(
    people: pd.DataFrame, dates: Dates, resumes: list[date], not_before: date | None, findings: Findings
) -> pd.DataFrame:
    """Return the columns earliest, latest, flex_from and flex_to on the index of ``people``.

    A named date is widened by the flex of ``[dates]``. An open end is the first or the last day of the
    campaign: the days that anybody named, but for a few far from the others, else the employers'
    resume dates, else the first day that the notice allows. If there is no date at all, each row without one
    is a fault.
    """
    earliest, latest = people["earliest"], people["latest"]
    named = people["named_date"].where(earliest.isna() & latest.isna())
    flex_from = earliest.fillna(named)
    flex_to = latest.fillna(named)
    told_from, told_to = flex_from.dropna(), flex_to.dropna()
    told = pd.concat([told_from, told_to])
    days = (
        told
        if len(told)
        else pd.Series(resumes or ([not_before] if not_before else []), dtype="datetime64[s]")
    )
    if len(told):
        ends = (told_from, told_to)
        first_middle, last_middle = (_middle(end if len(end) > _FEW_FAR else told) for end in ends)
        near_from, near_to = min(first_middle, last_middle) - _FAR, max(first_middle, last_middle) + _FAR
        is_near = pd.concat([_is_near(end, near_from, near_to) for end in ends])
        _report_far(people, days[~is_near], days[is_near], findings)
        days = days[is_near]
        if not_before is not None and days.min() - pd.Timestamp(not_before) > _FAR_AHEAD:
            _warn_far_ahead(str(people.at[days.index[0], "ref"]), days.min(), findings)
    first, last = days.min(), days.max()  # NaT if no date is known
    undated = flex_from.isna() & flex_to.isna()
    _report(people, undated, first, last, findings)
    # The open end of a far day is that day.
    flex_from, flex_to = (
        flex_from.fillna(flex_to.where(flex_to < first, first)),
        flex_to.fillna(flex_from.where(flex_from > last, last)),
    )
    before = np.where(named.notna(), dates.flex_before, 0)
    after = np.where(named.notna(), dates.flex_after, 0)
    return pd.DataFrame(
        {
            "earliest": flex_from - pd.to_timedelta(before, unit="D"),
            "latest": flex_to + pd.to_timedelta(after, unit="D"),
            "flex_from": flex_from,
            "flex_to": flex_to,
        }
    ).astype("datetime64[s]")


def _middle(days: pd.Series) -> pd.Timestamp:
    """Return the day up to which half of some rows go."""
    counts = days.value_counts().sort_index()
    middle: pd.Timestamp = counts.index[(counts.cumsum() * 2 >= len(days)).argmax()]
    return middle


def _is_near(days: pd.Series, first: pd.Timestamp, last: pd.Timestamp) -> pd.Series:
    """Return which of some days lie between two days; all do where more than a few do not."""
    is_near = days.between(first, last)
    return is_near | ((~is_near).sum() > max(_FEW_FAR, _SHARE_FAR * len(days)))


def _report_far(people: pd.DataFrame, far: pd.Series, near: pd.Series, findings: Findings) -> None:
    """Warn of each row with a day far from those of all others; it counts for that row alone."""
    for line, day in far[~far.index.duplicated()].items():
        findings.add(
            str(people.at[line, "ref"]),
            "earliest",
            f"{day:%Y-%m-%d}",
            "day_far_from_others",
            Text(
                f"{day:%Y-%m-%d}离其他人的日期（{near.min():%Y-%m-%d} 至 {near.max():%Y-%m-%d}）太远，"
                "没有写日期的人不按这一天",
                f"{day:%Y-%m-%d} is far from the days of all others ({near.min():%Y-%m-%d} to {near.max():%Y-%m-%d}); "
                "it does not count for people without a date",
            ),
            Text("请核对年份和月份", "check its year and month"),
            "warning",
        )


def _warn_far_ahead(ref: str, first: pd.Timestamp, findings: Findings) -> None:
    findings.add(
        ref,
        "earliest",
        f"{first:%Y-%m-%d}",
        "days_far_ahead",
        Text(
            f"所有日期都在半年以后，最早 {first:%Y-%m-%d}：没有写年份的按活动的年份",
            f"all days are more than half a year ahead, the first {first:%Y-%m-%d}: those without a year have that of "
            "the campaign",
        ),
        Text("如是上一年底的日期，请写明年份", "write the year of days at the end of the year before"),
        "warning",
    )


def _report(
    people: pd.DataFrame,
    undated: pd.Series,
    first: pd.Timestamp,
    last: pd.Timestamp,
    findings: Findings,
) -> None:
    if pd.isna(first):
        for ref in people["ref"][undated]:
            findings.add(
                ref,
                "earliest",
                "",
                "no_date",
                Text("没有出发日期", "no departure date"),
                Text("填写最早、最晚出发日期", "fill in the earliest and latest day"),
            )
    elif undated.any():
        findings.add(
            people["ref"][undated].iloc[0],
            "earliest",
            "",
            "no_date",
            Text(
                f"{undated.sum()} 行没有出发日期，按 {first:%Y-%m-%d} 至 {last:%Y-%m-%d} 任一天安排",
                f"{undated.sum()} rows have no date; any day from {first:%Y-%m-%d} to {last:%Y-%m-%d} will do",
            ),
            Text("填写最早、最晚出发日期", "fill in the earliest and latest day"),
            "warning",
        )
