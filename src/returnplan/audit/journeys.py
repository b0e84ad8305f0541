"""Hard rules 1, 7 and 11: journeys of several rides, leg by leg: the train, its quotas, the times between rides."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from returnplan.audit.promise import Promise, Violation
from returnplan.audit.road_law import ROUNDING_KM, ROUNDING_MINUTES
from returnplan.audit.tables import Tables
from returnplan.model.plan import CONNECTING
from returnplan.model.texts import Text

BROKEN = Promise(
    "journey_broken",
    1,
    Text(
        "{signup} 的行程 {journey} 前后接不上：第 {leg} 段是 {kind}({batch})",
        "the journey {journey} of {signup} does not hang together: ride {leg} is a {kind} ({batch})",
    ),
)
APART = Promise(
    "change_elsewhere",
    11,
    Text(
        "{signup} 在 {dropoff} 下车，却要在 {next_pickup} 换乘",
        "{signup} alights at {dropoff} and is to change at {next_pickup}",
    ),
)
TOO_FAR = Promise(
    "too_far_to_walk",
    11,
    Text(
        "{signup} 到车站 {km:.1f} 公里，没有接驳，最多步行 {most:g} 公里",
        "{signup} has {km:.1f} km between home or work and the station without a coach; at most {most:g} km are walked",
    ),
)
FAR_TRANSFER = Promise(
    "transfer_too_far",
    11,
    Text(
        "{signup} 等 {num} 人由 {batch} 接驳 {km:.0f} 公里，最多 {most:g} 公里",
        "{num} people ({signup} …) ride {km:.0f} km to or from their train on {batch}, at most {most:g} are allowed",
    ),
)
TOO_SHORT = Promise(
    "change_too_short",
    11,
    Text(
        "{signup} 等 {num} 人在 {dropoff} 换乘只有 {minutes:.0f} 分钟，至少要 {least:g} 分钟",
        "{num} people ({signup} …) have {minutes:.0f} minutes to change at {dropoff}, at least {least:g} are needed",
    ),
)
TOO_LONG = Promise(
    "wait_too_long",
    11,
    Text(
        "{signup} 等 {num} 人在 {dropoff} 换乘要等 {minutes:.0f} 分钟，最多 {most:g} 分钟",
        "{num} people ({signup} …) wait {minutes:.0f} minutes at {dropoff}, at most {most:g} are allowed",
    ),
)


def journeys(tables: Tables) -> Iterable[Violation]:
    """Check the order of the rides of each person, where they change, how far they walk, how long they wait."""
    riders = tables.riders.sort_values(["line", "leg"], kind="stable").reset_index(drop=True)
    main = riders["kind"].isin(["direct", "train"])
    num_main = main.groupby(riders["line"]).transform("sum")
    of_main = riders["batch"].where(main).groupby(riders["line"]).transform("first")
    is_next = riders["line"] == riders["line"].shift()
    before = riders["kind"].shift().where(is_next, "")
    fits = ((riders["kind"] == "train") & before.isin(["", "feeder"])) | (
        (riders["kind"] == "shuttle") & (before == "train")
    )
    fits |= riders["kind"].isin(["direct", "feeder"]) & (before == "")
    counted = riders["leg"] == riders.groupby("line").cumcount() + 1
    wrong = ~fits | ~counted | (num_main != 1) | (riders["journey"] != of_main)
    yield from BROKEN.broken_by(riders, wrong)
    if (riders["kind"] == "direct").all() and not is_next.any():  # nobody changes, nobody walks
        return
    yield from _changes(tables, riders, is_next.shift(-1, fill_value=False))
    yield from _walks(tables, riders)
    yield from _transfers(tables, riders)


def _changes(tables: Tables, riders: pd.DataFrame, has_next: "pd.Series[bool]") -> Iterable[Violation]:
    rules = tables.roster.rail_rules
    where, time = (_at_stop(tables, riders, column, "dropoff_seq") for column in ("where", "time"))
    to, leaves = (_at_stop(tables, riders, column, "pickup_seq") for column in ("where", "time"))
    rows = riders.assign(
        next_pickup=riders["pickup"].shift(-1),
        next_batch=riders["batch"].shift(-1),
        minutes=(leaves.shift(-1) - time).dt.total_seconds() / 60,
        least=np.where(riders["kind"] == "feeder", rules.board_minutes, rules.alight_minutes),
    )
    rows["most"] = rows["least"] + rules.wait_minutes
    yield from APART.broken_by(rows, has_next & (where != to.shift(-1)))
    yield from TOO_SHORT.broken_by(_together(rows[has_next & (rows["minutes"] < rows["least"])]))
    yield from TOO_LONG.broken_by(
        _together(rows[has_next & (rows["minutes"] > rows["most"] + ROUNDING_MINUTES)])
    )


def _together(rows: pd.DataFrame) -> pd.DataFrame:
    """Return one row of all who change from one vehicle to one other, with how many they are."""
    change = ["batch", "dropoff", "next_batch", "next_pickup"]
    num = rows.groupby(change)["signup"].transform("size")
    return rows.assign(num=num)[~rows.duplicated(change)]


def _walks(tables: Tables, riders: pd.DataFrame) -> Iterable[Violation]:
    """Compare the way to the station of those whose journey begins (ends) with the train with ``walk_km``."""
    most = tables.roster.rail_rules.walk_km
    last = ~riders.duplicated("line", keep="last")
    for is_end, seq, own in ((riders["leg"] == 1, "pickup_seq", "pickup"), (last, "dropoff_seq", "dropoff")):
        rows = riders[is_end & (riders["kind"] == "train")]
        station = _at_stop(tables, rows, "where", seq).fillna(-1).to_numpy(np.int64)
        home = rows[f"roster_{own}"].to_numpy(np.int64)
        pair = (home, station) if own == "pickup" else (station, home)
        networks = [tables.roster.network_of.get(day.date(), 0) for day in rows["date"]]
        km = tables.roster.km[np.array(networks, dtype=np.int64), *pair]
        needs = (
            np.ones(len(rows), dtype=bool) if own == "pickup" else (rows["roster_shuttle"] != "no").to_numpy()
        )
        yield from TOO_FAR.broken_by(rows.assign(km=km, most=most)[needs & (km > most + 1e-9)])


def _transfers(tables: Tables, riders: pd.DataFrame) -> Iterable[Violation]:
    """Compare the road between the station and where people board their feeder, or alight, with ``max_transfer_km``."""
    rows = riders[riders["kind"].isin(CONNECTING)]
    origin, destination = (
        _at_stop(tables, rows, "where", seq).fillna(-1).to_numpy(np.int64)
        for seq in ("pickup_seq", "dropoff_seq")
    )
    networks = [tables.roster.network_of.get(day.date(), 0) for day in rows["date"]]
    km = tables.roster.km[np.array(networks, dtype=np.int64), origin, destination]
    most = tables.roster.rail_rules.max_transfer_km
    far = rows.assign(km=km, most=most, next_batch="", next_pickup="")[km > most + ROUNDING_KM]
    yield from FAR_TRANSFER.broken_by(_together(far))


def _at_stop(tables: Tables, riders: pd.DataFrame, column: str, seq: str) -> "pd.Series[Any]":
    """Return a column of the stop at which each rider boards or alights."""
    stops = tables.stops.drop_duplicates(["at", "seq"]).set_index(["at", "seq"])[column]
    return stops.reindex(pd.MultiIndex.from_frame(riders[["at", seq]])).set_axis(riders.index)


UNKNOWN_TRAIN = Promise(
    "unknown_train",
    11,
    Text(
        "{batch} 的 {service} 不在铁路表中",
        "{batch} is the train {service}, which the rail sheet does not have",
    ),
)
WRONG_HOURS = Promise(
    "wrong_train_hour",
    11,
    Text(
        "{batch} 的时刻与铁路表不符：{calls}。向铁路核实；属实的，returnplan change {batch} {mend}",
        "the hours of {batch} are not those of the rail sheet: {calls}. Ask the railway; if it is so: "
        "returnplan change {batch} {mend}",
    ),
)
OVER_QUOTA = Promise(
    "over_quota",
    11,
    Text(
        "{batch} 在 {place} 需 {taken:.0f} 个座位，票额 {quota:.0f}",
        "{batch} needs {taken:.0f} seats at {place} of {quota:.0f}",
    ),
    counts="taken",
    matter=("batch", "place"),
)
OVER_COUNTY_QUOTA = Promise(
    "over_county_quota",
    11,
    Text(
        "{batch} 上 {county} 的人用 {taken:.0f} 个座位，名额 {quota:.0f}",
        "people of {county} take {taken:.0f} seats of {batch}, their quota is {quota:.0f}",
    ),
    counts="taken",
    matter=("batch", "county"),
)
TWO_PRODUCTS = Promise(
    "two_products",
    11,
    Text("{service} 同一天用了两种产品({batch})", "{service} is ordered in two ways for one day ({batch})"),
)


def trains(tables: Tables) -> Iterable[Violation]:
    """Compare each train with the rail sheet: its hours, and the seats for those who board at each station."""
    batches = tables.batches[tables.is_train]
    yield from UNKNOWN_TRAIN.broken_by(batches, tables.service[batches.index] < 0)
    yield from TWO_PRODUCTS.broken_by(batches, batches.duplicated(["service", "date"]))
    stops = tables.stops[tables.service[tables.stops["at"].to_numpy()] >= 0]
    aboard = tables.riders.loc[
        tables.service[tables.riders["at"]] >= 0, ["at", "pickup_seq", "roster_num_children"]
    ]
    seats = (1 + aboard["roster_num_children"]).groupby([aboard["at"], aboard["pickup_seq"]]).sum()
    taken = seats.reindex(pd.MultiIndex.from_frame(stops[["at", "seq"]]), fill_value=0).to_numpy()
    due, quotas = [], []
    for at, where, kind in zip(stops["at"], stops["where"], stops["kind"], strict=True):
        calls = {tables.place_key[call.place]: call for call in tables.roster.rail[tables.service[at]].calls}
        call = calls.get(where)
        due.append(None if call is None else call.departs if kind == "pickup" else call.arrives)
        quotas.append(np.inf if call is None or call.quota is None or kind != "pickup" else call.quota)
    rows = stops.assign(
        due=pd.Series(due, stops.index, dtype="datetime64[s]"),
        taken=taken,
        quota=np.array(quotas, dtype=np.float64),
    )
    yield from WRONG_HOURS.broken_by(_moved(rows))
    yield from OVER_QUOTA.broken_by(rows, rows["taken"] > rows["quota"])
    yield from _counties(tables)


def _moved(calls: pd.DataFrame) -> pd.DataFrame:
    """Return a row of each train with calls at other hours than the rail sheet's: all of them, and the mend."""
    wrong = calls[calls["time"] != calls["due"]]
    if wrong.empty:
        return wrong
    rows = [
        {
            "batch": batch,
            "calls": Text(
                "、".join(_call(*one).zh for one in moved), ", ".join(_call(*one).en for one in moved)
            ),
            "mend": _mend(calls.loc[calls["batch"] == batch, "due"]),
        }
        for batch, own in wrong.groupby("batch", sort=False)
        for moved in [list(zip(own["place"], own["time"], own["due"], strict=True))]
    ]
    return pd.DataFrame(rows)


def _mend(due: "pd.Series[Any]") -> Text:
    """Return what to write behind the command that takes over the hours of the rail sheet, or calls the train off."""
    if due.isna().any():
        return Text("--cancel 后重新排车，车票退票", "--cancel, plan again, and return the tickets")
    hour = f"{due.iloc[0]:%H:%M}"
    return Text(
        f"--depart {hour} 改为新时刻，已出票的请办改签",
        f"--depart {hour} takes over the new hours; have the tickets changed",
    )


def _call(place: str, told: pd.Timestamp, due: pd.Timestamp) -> Text:
    if pd.isna(due):
        return Text(f"{place} 不停", f"{place} no more")
    return Text(f"{place} {told:%H:%M} → {due:%H:%M}", f"{place} {told:%H:%M} → {due:%H:%M}")


def _counties(tables: Tables) -> Iterable[Violation]:
    """Compare the seats that people of each county take on a train with its quota."""
    riders = tables.riders[(tables.riders["kind"] == "train").to_numpy()]
    riders = riders.assign(seats=1 + riders["roster_num_children"])
    rows = riders.groupby(["at", "batch", "roster_county"])["seats"].sum().reset_index()
    quotas = [
        dict(tables.roster.rail[line].county_quotas) if line >= 0 else {}
        for line in (tables.service[at] for at in rows["at"])
    ]
    quota = [own.get(county, np.inf) for own, county in zip(quotas, rows["roster_county"], strict=True)]
    rows = rows.rename(columns={"roster_county": "county", "seats": "taken"})
    rows = rows.assign(quota=np.array(quota, dtype=np.float64))
    yield from OVER_COUNTY_QUOTA.broken_by(rows, rows["taken"] > rows["quota"])


OVERLAP = Promise(
    "runs_overlap",
    7,
    Text(
        "{batch} 发车时，同一辆车({block})还没有回来", "{batch} leaves before its vehicle ({block}) is back"
    ),
)
TOO_MANY_RUNS = Promise(
    "too_many_runs",
    7,
    Text(
        "{batch} 的车一天跑 {num} 趟，最多 {most:.0f} 趟",
        "the vehicle of {batch} makes {num} runs on a day of {most:.0f}",
    ),
)


def runs(tables: Tables) -> Iterable[Violation]:
    """Check that a vehicle with several runs on a day has the time for each of them and the way back before it."""
    batches = tables.batches[tables.batches["block"] != ""].sort_values(["block", "depart"], kind="stable")
    ends = tables.stops.groupby("at")["where"].agg(["first", "last"])
    first, last = (ends[end].reindex(batches.index) for end in ("first", "last"))
    same = (batches["block"] == batches["block"].shift()).to_numpy(dtype=bool)
    networks = np.array(
        [tables.roster.network_of.get(day.date(), 0) for day in batches["date"]], dtype=np.int64
    )
    back = last.shift().fillna(-1).to_numpy(np.int64), first.to_numpy(np.int64)
    minutes = tables.drive_minutes[networks, *back]
    gap = (batches["depart"] - batches["arrive"].shift()).dt.total_seconds() / 60
    yield from OVERLAP.broken_by(batches, same & (gap < minutes - ROUNDING_MINUTES).to_numpy(dtype=bool))
    most = [tables.roster.pools[line].runs_per_day or np.inf for line in batches["pool"]]
    num = batches.groupby("block")["batch"].transform("size")
    rows = batches.assign(num=num, most=np.array(most, dtype=np.float64))
    yield from TOO_MANY_RUNS.broken_by(rows[rows["num"] > rows["most"]].drop_duplicates("block"))
