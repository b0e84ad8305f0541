"""The days on which everyone may travel, and which of them they named themselves."""

from datetime import date

import numpy as np
import pandas as pd

from returnplan.enrolment.findings import Findings
from returnplan.model.rules import Dates
from returnplan.model.texts import Text


def find_windows(
    people: pd.DataFrame, dates: Dates, resumes: list[date], not_before: date | None, findings: Findings
) -> pd.DataFrame:
    """Return the columns earliest, latest, flex_from and flex_to on the index of ``people``.

    A named date is widened by the flex of ``[dates]``. An open end is the first or the last day of the
    campaign: the days that anybody named, else the employers' resume dates, else the first day that the
    notice allows. If there is no date at all, each row without one is a fault.
    """
    earliest, latest = people["earliest"], people["latest"]
    named = people["named_date"].where(earliest.isna() & latest.isna())
    flex_from = earliest.fillna(named)
    flex_to = latest.fillna(named)
    told = pd.concat([flex_from, flex_to]).dropna()
    days = (
        told
        if len(told)
        else pd.Series(resumes or ([not_before] if not_before else []), dtype="datetime64[s]")
    )
    first, last = days.min(), days.max()  # NaT if no date is known
    undated = flex_from.isna() & flex_to.isna()
    _report(people, undated, first, last, findings)
    flex_from, flex_to = flex_from.fillna(first), flex_to.fillna(last)
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
