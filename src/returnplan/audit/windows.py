"""Hard rule 2: the date lies in the person's window, after the notice and not before the employer is ready."""

from collections.abc import Iterable
from datetime import date

import pandas as pd

from returnplan.audit.promise import Promise, Violation
from returnplan.audit.tables import Tables
from returnplan.model.texts import Text

OUTSIDE = Promise(
    "outside_window",
    2,
    Text(
        "{signup} 的 {batch} 在 {date:%Y-%m-%d},可乘日期为 {told_earliest:%Y-%m-%d} 至 {told_latest:%Y-%m-%d}",
        "{batch} takes {signup} on {date:%Y-%m-%d}, outside {told_earliest:%Y-%m-%d} to {told_latest:%Y-%m-%d}",
    ),
)
TOO_SOON = Promise(
    "before_notice",
    2,
    Text(
        "{batch} 在 {date:%Y-%m-%d} 发车,早于可通知的最早日期 {first:%Y-%m-%d}",
        "{batch} leaves on {date:%Y-%m-%d}, before {first:%Y-%m-%d}, the first day that leaves time for notice",
    ),
)
NOT_READY = Promise(
    "before_reception",
    2,
    Text(
        "{batch} 在 {date:%Y-%m-%d} 送 {signup},企业 {told_reception:%Y-%m-%d} 才接收",
        "{batch} takes {signup} on {date:%Y-%m-%d}; the employer is ready on {told_reception:%Y-%m-%d}",
    ),
)


def travel_days(tables: Tables) -> Iterable[Violation]:
    """Compare the date of each batch with the windows, the as-of date and the receptions of its riders."""
    riders, day = tables.riders, tables.riders["date"]
    yield from OUTSIDE.broken_by(riders[(day < riders["told_earliest"]) | (day > riders["told_latest"])])
    # An employer that opens after the last possible day cannot be waited for.
    ready = riders["told_reception"]
    yield from NOT_READY.broken_by(riders[(day < ready) & (ready <= riders["told_latest"])])
    first = pd.Timestamp(tables.roster.not_before or date.min)
    untold = tables.batches[~tables.batches["held"]]  # whoever has been told needs no notice any more
    yield from TOO_SOON.broken_by(untold[untold["date"] < first].assign(first=first))
