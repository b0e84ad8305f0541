"""Hard rules 2 and 8: the days on which people may travel, and how many of them on one day."""

from collections.abc import Iterable
from datetime import date

import pandas as pd

from returnplan.audit.promise import Promise, Violation
from returnplan.audit.tables import Tables, boarding_prefectures
from returnplan.model.texts import Text

OUTSIDE = Promise(
    "outside_window",
    2,
    Text(
        "{signup} 的 {batch} 在 {date:%Y-%m-%d}，可乘日期为 {roster_earliest:%Y-%m-%d} 至 {roster_latest:%Y-%m-%d}",
        "{batch} takes {signup} on {date:%Y-%m-%d}, outside {roster_earliest:%Y-%m-%d} to {roster_latest:%Y-%m-%d}",
    ),
)
TOO_SOON = Promise(
    "before_notice",
    2,
    Text(
        "{batch} 在 {date:%Y-%m-%d} 发车，早于可通知的最早日期 {first:%Y-%m-%d}",
        "{batch} leaves on {date:%Y-%m-%d}, before {first:%Y-%m-%d}, the first day that leaves time for notice",
    ),
)
NOT_READY = Promise(
    "before_reception",
    2,
    Text(
        "{batch} 在 {date:%Y-%m-%d} 送 {signup}，企业 {roster_reception:%Y-%m-%d} 才接收",
        "{batch} takes {signup} on {date:%Y-%m-%d}; the employer is ready on {roster_reception:%Y-%m-%d}",
    ),
)

EARLY = Promise(
    "arrives_early",
    2,
    Text(
        "{batch} 于 {day:%m-%d} 把 {num} 人送到 {employer}，企业 {roster_reception:%m-%d} 才接收；"
        "问企业能否提前接收，或与本人改日期",
        "{batch} brings {num} people to {employer} on {day:%m-%d}, which takes them in from "
        "{roster_reception:%m-%d}; ask the employer, or agree on another day with them",
    ),
    "warning",
)


def travel_days(tables: Tables) -> Iterable[Violation]:
    """Compare the date of each batch with the windows, the as-of date and the receptions of its riders."""
    riders = tables.people
    day = riders["date"]
    yield from OUTSIDE.broken_by(riders, (day < riders["roster_earliest"]) | (day > riders["roster_latest"]))
    # An employer that opens after the last possible day cannot be waited for.
    ready = riders["roster_reception"]
    yield from NOT_READY.broken_by(
        riders, (day < ready) & (ready <= riders["roster_latest"]) & ~riders["kept"]
    )
    first = pd.Timestamp(tables.roster.not_before or date.min)
    draft = tables.batches[~tables.batches["kept"]]  # people on a kept batch have had their notice
    yield from TOO_SOON.broken_by(draft[draft["date"] < first].assign(first=first))


def early_arrivals(tables: Tables) -> Iterable[Violation]:
    """Compare the arrival of people whom the plan cannot move to a later day with the day their employer takes them in.

    Their window ends before it, or they were told of their batch before the employer put the day off. Somebody has to
    ask the employer. (For the others it is :data:`NOT_READY`.)
    """
    last = tables.riders.sort_values("leg", kind="stable").drop_duplicates("line", keep="last")
    day = tables.batches["arrive"].dt.normalize().to_numpy()[last["at"].to_numpy()]
    ready = last["roster_reception"]
    is_fixed = last["kept"] | (ready > last["roster_latest"])
    early = last.assign(day=day)[((day < ready) & is_fixed).to_numpy(dtype=bool)]
    if early.empty:
        return
    at = ["batch", "employer", "roster_reception"]
    yield from EARLY.broken_by(
        early.assign(num=early.groupby(at)["line"].transform("size")).drop_duplicates(at)
    )


DEPARTURES = Promise(
    "departures_cap",
    8,
    Text(
        "{name} {date:%Y-%m-%d} 发送 {num} 人，上限 {most:g} 人",
        "{num} people leave {name} on {date:%Y-%m-%d} of {most:g}",
    ),
    counts="num",
    matter=("name", "date"),
)
ARRIVALS = Promise(
    "arrivals_cap",
    8,
    Text(
        "{name} {date:%Y-%m-%d} 到达 {num} 人，上限 {most:g} 人",
        "{num} people reach {name} on {date:%Y-%m-%d} of {most:g}",
    ),
    counts="num",
    matter=("name", "date"),
)


def departures(tables: Tables) -> Iterable[Violation]:
    """Count the people who board in each prefecture on a date."""
    cap = tables.rules.max_departures_per_day
    if cap is None:
        return ()
    riders = tables.riders[["batch", "kept", "date", "leg"]].assign(name=boarding_prefectures(tables))
    return DEPARTURES.broken_by(_over(riders[riders["leg"] == 1], cap))


def arrivals(tables: Tables) -> Iterable[Violation]:
    """Count the people of each destination city on the date on which their batch arrives."""
    cap = tables.rules.max_arrivals_per_day
    if cap is None:
        return ()
    last = tables.riders.sort_values("leg", kind="stable").drop_duplicates("line", keep="last")
    day = tables.batches["arrive"].dt.normalize().to_numpy()[last["at"].to_numpy()]
    riders = last[["batch", "kept"]].assign(date=day, name=last["roster_city"])
    return ARRIVALS.broken_by(_over(riders, cap))


def _over(riders: pd.DataFrame, cap: int | dict[str, int]) -> pd.DataFrame:
    """Return each name and date with more people than the cap, with both numbers and one batch.

    The batch is one that may still change, if there is one.
    """
    days = riders.sort_values("kept", kind="stable").groupby(["name", "date"])
    counted = days.agg(num=("batch", "size"), batch=("batch", "first")).reset_index()
    counted["most"] = counted["name"].map(cap) if isinstance(cap, dict) else cap
    return counted[counted["num"] > counted["most"]]
