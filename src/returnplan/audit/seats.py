"""Every rider and every child along has a seat of the vehicle alone (docs/contract.md#json)."""

from collections.abc import Iterable

import pandas as pd

from returnplan.audit.promise import CONTRACT, Promise, Violation
from returnplan.audit.tables import Tables
from returnplan.model.texts import Text

CHILD_SEATS = Promise(
    "child_seats",
    CONTRACT,
    Text(
        "{signup} 带 {told_num_children} 名儿童,座位为 {child_seats}",
        "{signup} brings {told_num_children} children, their seats are {child_seats}",
    ),
)
SEAT_RANGE = Promise(
    "seat_range",
    CONTRACT,
    Text(
        "{signup} 的座位 {seat} 不在 {batch} 的 1–{seats} 号之内",
        "{signup} has seat {seat} of 1 to {seats} on {batch}",
    ),
)
SEAT_TAKEN = Promise(
    "seat_taken",
    CONTRACT,
    Text("{batch} 的 {seat} 号座位给了两人({signup})", "seat {seat} of {batch} is given twice ({signup})"),
)


def seat_numbers(tables: Tables) -> Iterable[Violation]:
    """Check that seats are 1..seats, that none is taken twice and that children have theirs."""
    riders = tables.riders
    num_seats = riders["child_seats"].map(len)
    yield from CHILD_SEATS.broken_by(riders[num_seats != riders["told_num_children"]])
    taken = _taken(riders, num_seats > 0)
    seats = tables.batches["seats"].to_numpy()[taken["at"].to_numpy()]
    taken = taken.assign(seats=seats)
    yield from SEAT_RANGE.broken_by(taken[(taken["seat"] < 1) | (taken["seat"] > seats)])
    yield from SEAT_TAKEN.broken_by(taken[taken.duplicated(["at", "seat"])])


def _taken(riders: pd.DataFrame, with_children: "pd.Series[bool]") -> pd.DataFrame:
    """Return one line a seat, of riders and of children along."""
    own = riders[["at", "batch", "signup", "seat"]]
    families = riders.loc[with_children, ["at", "batch", "signup", "child_seats"]]
    theirs = families.rename(columns={"child_seats": "seat"}).explode("seat")
    return pd.concat([own, theirs.astype({"seat": "int64"})], ignore_index=True)
