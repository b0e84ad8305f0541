"""Hard rules 3 and 5: the stops of a batch, the road between them, and the hours at both ends."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pandas as pd

from returnplan.audit.promise import CONTRACT, Promise, Violation
from returnplan.audit.tables import CENT, KINDS, Tables
from returnplan.model.roster import NO_ROAD_KM
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
            "{signup} 应在 {own} 上车，{batch} 写的是 {pickup}",
            "{signup} boards at {own}; {batch} has {pickup}",
        ),
    ),
    "dropoff": Promise(
        "wrong_dropoff",
        3,
        Text(
            "{signup} 应在 {own} 下车，{batch} 写的是 {dropoff}",
            "{signup} alights at {own}; {batch} has {dropoff}",
        ),
    ),
}
_AT_HOME = {"pickup": "feeder", "dropoff": "shuttle"}
"""The ride of a journey by train that begins (ends) where the person said."""
HEAD_COUNT = Promise(
    "head_count",
    CONTRACT,
    Text(
        "{batch} 第 {seq} 站上下车 {num_on}/{num_off} 人，应为 {on}/{off}",
        "stop {seq} of {batch} says {num_on} on and {num_off} off, counted {on} and {off}",
    ),
)


def stop_order(tables: Tables) -> Iterable[Violation]:
    """Check that a batch has stops 1, 2, 3 ..., pick-ups before drop-offs, at places of the roster."""
    stops, batches = tables.stops, tables.batches
    wrong_seq = stops["seq"] != stops.groupby("at").cumcount() + 1
    is_back = (stops["kind"] == "dropoff") & (stops["kind"].shift(-1) == "pickup")
    yield from STOP_ORDER.broken_by(stops, wrong_seq | (is_back & (stops["at"] == stops["at"].shift(-1))))
    yield from UNKNOWN_PLACE.broken_by(stops, stops["where"] < 0)
    num_kinds = stops.groupby("at")["kind"].nunique().reindex(batches.index, fill_value=0)
    yield from NO_STOPS.broken_by(batches, num_kinds < 2)


def boarding(tables: Tables) -> Iterable[Violation]:
    """Check that each rider's two stops exist, are of the right kind and are the rider's places."""
    names = np.array([place.name for place in tables.roster.places], dtype=object)
    for kind in KINDS:
        stops = tables.stops.loc[tables.stops["kind"] == kind, ["at", "seq", "where"]]
        stops = stops.drop_duplicates(["at", "seq"])  # two of one number are out of order, found above
        riders = tables.riders.merge(
            stops, how="left", left_on=["at", f"{kind}_seq"], right_on=["at", "seq"], validate="many_to_one"
        )
        own = tables.place_key[riders[f"roster_{kind}"].to_numpy(np.int64)]
        changes = ~riders["kind"].isin(["direct", _AT_HOME[kind]]).to_numpy()  # at a station
        own = np.where(changes, riders["where"].fillna(-1).to_numpy(np.int64), own)
        riders = riders.assign(own=names[own])
        yield from WRONG_STOP[kind].broken_by(
            riders, (riders["where"] != own) | (riders[kind] != riders["own"])
        )


def head_counts(tables: Tables) -> Iterable[Violation]:
    """Check the number of people who board and alight at each stop; nobody alights at a pick-up."""
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


Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

SLACK_KM = 1e-6
"""The rounding error that may arise from adding the legs in another order."""

TOO_MANY = {
    "pickup": Promise(
        "too_many_pickups",
        5,
        Text("{batch} 有 {num} 个上车站，最多 {most} 个", "{batch} has {num} pick-ups of at most {most}"),
    ),
    "dropoff": Promise(
        "too_many_dropoffs",
        5,
        Text("{batch} 有 {num} 个下车站，最多 {most} 个", "{batch} has {num} drop-offs of at most {most}"),
    ),
}
LOOP = {
    "pickup": Promise(
        "pickup_loop",
        5,
        Text(
            "{batch} 上车各站之间 {loop:.1f} 公里，最多 {most:g} 公里",
            "{batch} drives {loop:.1f} km between its pick-ups, at most {most:g} km are allowed",
        ),
    ),
    "dropoff": Promise(
        "dropoff_loop",
        5,
        Text(
            "{batch} 下车各站之间 {loop:.1f} 公里，最多 {most:g} 公里",
            "{batch} drives {loop:.1f} km between its drop-offs, at most {most:g} km are allowed",
        ),
    ),
}
ROAD_CLOSED = Promise(
    "road_closed",
    5,
    Text(
        "{batch} {date:%m-%d} 从{place}开到{next_place}，里程表写着那天封闭，也没有别的路：有绕行的路，在里程表补上；"
        "没有的，改日期 returnplan change {batch} --date；要换上车点，"
        "returnplan recall {batch} 解锁，改报名表或上车点表，重新排车再通知",
        "{batch} drives from {place} to {next_place} on {date:%m-%d}, where the road is closed and the distances sheet "
        "has no other. Add the road that leads round, if there is one; else another day: returnplan change {batch} "
        "--date; for another pick-up: returnplan recall {batch}, correct the sign-ups or the pick-up sheet, plan and "
        "notify again",
    ),
)
WRONG_KM = Promise(
    "wrong_km",
    CONTRACT,
    Text(
        "{batch} 写的是 {km:.2f} 公里，沿途为 {driven:.2f} 公里",
        "{batch} says {km:.2f} km, the road along its stops has {driven:.2f} km",
    ),
    counts="driven",
)


def stop_limits(tables: Tables) -> Iterable[Violation]:
    """Count the stops of each kind; trains have as many as they have."""
    on_road = ~tables.is_train[tables.stops["at"].to_numpy()]
    for kind in KINDS:
        of_kind = tables.stops[on_road & (tables.stops["kind"] == kind)]
        rows = of_kind.groupby("batch", sort=False).size().rename("num").reset_index()
        rows["most"] = getattr(tables.rules, f"max_{kind}s")
        yield from TOO_MANY[kind].broken_by(rows, rows["num"] > rows["most"])


def loop_limits(tables: Tables) -> Iterable[Violation]:
    """Measure the road between the first and the last stop of each kind."""
    km = leg_km(tables)
    known_km = np.where(km < NO_ROAD_KM, km, 0.0)
    for kind in KINDS:
        most = getattr(tables.rules, f"max_{kind}_km")
        is_kind = (tables.stops["kind"] == kind).to_numpy()
        is_inside = is_kind & np.append(
            is_kind[1:], False
        )  # the leg to the next stop is between two of the kind
        loop = _sum_by_batch(tables, np.where(is_inside, known_km, 0.0))
        rows = tables.batches.assign(loop=loop, most=most)
        yield from LOOP[kind].broken_by(rows, rows["loop"] > most + SLACK_KM)


def closed_roads(tables: Tables) -> Iterable[Violation]:
    """Look for legs on which no vehicle gets through on the day of the batch."""
    stops = tables.stops[["batch", "place"]].assign(next_place=tables.stops["place"].shift(-1))
    days = tables.batches["date"].to_numpy()[tables.stops["at"].to_numpy(np.int64)]
    yield from ROAD_CLOSED.broken_by(stops.assign(date=days), is_closed(tables))


def kilometres(tables: Tables) -> Iterable[Violation]:
    """Compare the stated km with the road along the stops."""
    rows = tables.batches.assign(driven=driven_km(tables))
    return WRONG_KM.broken_by(rows, ~(abs(rows["km"] - rows["driven"]) <= CENT))


def driven_km(tables: Tables) -> Floats:
    """Return the km of each batch from the first to the last stop, as stated where one of its roads is closed."""
    driven = _sum_by_batch(tables, leg_km(tables))
    return np.where(driven >= NO_ROAD_KM, tables.batches["km"], driven)


def leg_km(tables: Tables) -> Floats:
    """Return the road km from each stop to the next one of its batch, 0 after the last stop and for trains."""
    return _along_legs(tables, tables.roster.km)


def is_closed(tables: Tables) -> Bools:
    """Return whether the leg from each stop to the next one of its batch is closed on its day, without another road."""
    return leg_km(tables) >= NO_ROAD_KM


def leg_minutes(tables: Tables) -> Floats:
    """Return the minutes at the wheel by day for the same legs."""
    return _along_legs(tables, tables.drive_minutes)


def _along_legs(tables: Tables, roads: Floats) -> Floats:
    stops, roster = tables.stops, tables.roster
    networks = [roster.network_of.get(day.date(), 0) for day in tables.batches["date"]]
    at, where = stops["at"].to_numpy(np.int64), stops["where"].to_numpy(np.int64)
    ahead, next_at = np.append(where[1:], -1), np.append(at[1:], -1)
    legs = roads[np.array(networks, dtype=np.int64)[at], where, ahead]
    is_road = ~tables.is_train[at]
    return np.where((at == next_at) & (where >= 0) & (ahead >= 0) & is_road, legs, 0.0)


def _sum_by_batch(tables: Tables, km: Floats) -> Floats:
    total = np.bincount(tables.stops["at"], weights=km, minlength=len(tables.batches))
    return np.asarray(total, dtype=np.float64)  # of no stops at all, numpy returns integers


WRONG_ENDS = Promise(
    "wrong_ends",
    CONTRACT,
    Text(
        "{batch} 的发车 {depart}、到达 {arrive} 与首末站 {first}、{last} 不符",
        "{batch} states {depart} to {arrive}, its stops {first} to {last}",
    ),
)


def ends(tables: Tables) -> Iterable[Violation]:
    """Check depart and arrive against the stops."""
    batches = tables.batches
    ends = tables.stops.groupby("at")["time"].agg(["first", "last"]).reindex(batches.index)
    rows = batches.assign(first=ends["first"], last=ends["last"])
    wrong = (rows["depart"] != rows["first"]) | (rows["arrive"] != rows["last"])
    yield from WRONG_ENDS.broken_by(rows, wrong)
