"""Hard rule 3: everyone boards at an earlier stop and alights at a later one, both of them their places."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from returnplan.audit.promise import CONTRACT, Promise, Violation
from returnplan.audit.tables import KINDS, Tables
from returnplan.model.texts import Text

STOP_ORDER = Promise(
    "stop_order",
    3,
    Text("{batch} 第 {seq} 站({place})次序不对", "stop {seq} of {batch} ({place}) is out of order"),
)
UNKNOWN_PLACE = Promise(
    "unknown_place",
    3,
    Text(
        "{batch} 第 {seq} 站 {place} 不是名单中的地点",
        "stop {seq} of {batch} is at {place}, which is no place of the sign-ups",
    ),
)
NO_STOPS = Promise("no_stops", 3, Text("{batch} 没有上车站或下车站", "{batch} has no pick-up or no drop-off"))
WRONG_STOP = {
    "pickup": Promise(
        "wrong_pickup",
        3,
        Text(
            "{signup} 应在 {own} 上车,{batch} 写的是 {pickup}",
            "{signup} boards at {own}; {batch} has {pickup}",
        ),
    ),
    "dropoff": Promise(
        "wrong_dropoff",
        3,
        Text(
            "{signup} 应在 {own} 下车,{batch} 写的是 {dropoff}",
            "{signup} alights at {own}; {batch} has {dropoff}",
        ),
    ),
}
HEAD_COUNT = Promise(
    "head_count",
    CONTRACT,
    Text(
        "{batch} 第 {seq} 站上下车 {num_on}/{num_off} 人,应为 {on}/{off}",
        "stop {seq} of {batch} says {num_on} on and {num_off} off, counted {on} and {off}",
    ),
)


def stop_order(tables: Tables) -> Iterable[Violation]:
    """Check that a batch has stops 1, 2, 3 ..., pick-ups before drop-offs, at places of the roster."""
    stops, batches = tables.stops, tables.batches
    wrong_seq = stops["seq"] != stops.groupby("at").cumcount() + 1
    is_back = (stops["kind"] == "dropoff") & (stops["kind"].shift(-1) == "pickup")
    yield from STOP_ORDER.broken_by(stops[wrong_seq | (is_back & (stops["at"] == stops["at"].shift(-1)))])
    yield from UNKNOWN_PLACE.broken_by(stops[stops["where"] < 0])
    num_kinds = stops.groupby("at")["kind"].nunique().reindex(batches.index, fill_value=0)
    yield from NO_STOPS.broken_by(batches[num_kinds < 2])


def boarding(tables: Tables) -> Iterable[Violation]:
    """Check that each rider's two stops exist, are of the right kind and are the rider's places."""
    names = np.array([place.name for place in tables.roster.places], dtype=object)
    for kind in KINDS:
        stops = tables.stops.loc[tables.stops["kind"] == kind, ["at", "seq", "where"]]
        stops = stops.drop_duplicates(["at", "seq"])  # two of one number are out of order, found above
        riders = tables.riders.merge(
            stops, how="left", left_on=["at", f"{kind}_seq"], right_on=["at", "seq"], validate="many_to_one"
        )
        own = tables.place_key[riders[f"told_{kind}"].to_numpy(np.int64)]
        riders = riders.assign(own=names[own])
        yield from WRONG_STOP[kind].broken_by(
            riders[(riders["where"] != own) | (riders[kind] != riders["own"])]
        )


def head_counts(tables: Tables) -> Iterable[Violation]:
    """Check the heads on and off at every stop, 0 at the other kind."""
    stops = tables.stops
    on, off = (_heads(tables, kind) for kind in KINDS)
    yield from HEAD_COUNT.broken_by(
        stops.assign(on=on, off=off)[(stops["num_on"] != on) | (stops["num_off"] != off)]
    )


def _heads(tables: Tables, kind: str) -> "pd.Series[int]":
    stops = tables.stops
    heads = tables.riders.groupby(["at", f"{kind}_seq"]).size()
    counted = heads.reindex(pd.MultiIndex.from_frame(stops[["at", "seq"]]), fill_value=0)
    return counted.set_axis(stops.index).where(stops["kind"] == kind, 0)
