"""Hard rules 4 and 7: a vehicle of the fleet for each batch, and a seat of it for every rider and child."""

from collections.abc import Iterable, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from returnplan.audit.notices import notices_by_batch, usable_under
from returnplan.audit.promise import CONTRACT, Promise, Violation
from returnplan.audit.tables import Tables, boarding_prefectures, is_open
from returnplan.model.notices import Notice
from returnplan.model.plan import CONNECTING
from returnplan.model.roster import VehiclePool
from returnplan.model.rules import Rules
from returnplan.model.texts import Text

UNKNOWN_VEHICLE = Promise(
    "unknown_vehicle",
    7,
    Text(
        "{batch} 的 {vehicle}({base})不在车辆表中；change {batch} --vehicle 换一种车，"
        "或 --breakdown 看乘客能改乘哪趟车",
        "{batch} uses {vehicle} of {base!r}, which the fleet does not have; change {batch} --vehicle takes another, "
        "--breakdown shows where its riders can go",
    ),
)
VEHICLE_DATES = Promise(
    "vehicle_dates",
    7,
    Text(
        "{batch} 的 {vehicle} 在 {date:%Y-%m-%d} 不可用",
        "{batch} uses {vehicle} on {date:%Y-%m-%d}, outside its dates",
    ),
)
TOO_MANY = Promise(
    "too_many_vehicles",
    7,
    Text(
        "{date:%Y-%m-%d} 有 {away} 辆 {vehicle}({whose})在外，只有 {owned} 辆",
        "{away} vehicles {vehicle} of {whose!r} are away on {date:%Y-%m-%d}, there are {owned}",
    ),
    counts="away",
    matter=("vehicle", "whose", "date"),
)
WRONG_USE = Promise(
    "wrong_use",
    7,
    Text(
        "{batch} 的 {vehicle} 按用途不能这样用",
        "{batch} uses {vehicle} for a ride that its 用途 does not allow",
    ),
)
WRONG_BASE = Promise(
    "wrong_base",
    7,
    Text(
        "{batch} 的车辆属 {base}，{signup} 的这一端在 {end}",
        "{batch} is based in {base}; that end of the journey of {signup} lies in {end}",
    ),
)


SEVERAL_IN_BLOCK = Promise(
    "several_in_block",
    7,
    Text(
        "{batch} 写明与 {block} 是同一辆车，但车型、日期或种类不同",
        "{batch} is said to be a run of the vehicle of {block}, but is of another type, date or kind",
    ),
)


def blocks(tables: Tables) -> Iterable[Violation]:
    """Check that all runs of a block are feeders, or all shuttles, of one date and one vehicle, the first its name."""
    runs = tables.batches[tables.batches["block"] != ""]
    first = tables.batches.drop_duplicates("batch").set_index("batch").reindex(runs["block"])
    alike = ["date", "kind", "vehicle", "base", "carrier", "seats", "block"]
    same = (runs[alike].to_numpy(dtype=object) == first[alike].to_numpy(dtype=object)).all(axis=1)
    is_run = runs["kind"].isin(CONNECTING).to_numpy(dtype=bool)
    yield from SEVERAL_IN_BLOCK.broken_by(runs, ~(same & is_run))


def vehicles(tables: Tables) -> Iterable[Violation]:
    """Check that the vehicle type exists at the base, runs on the date, and has enough free vehicles."""
    batches, pools = tables.batches, tables.roster.pools
    yield from UNKNOWN_VEHICLE.broken_by(batches, (batches["pool"] < 0) & ~tables.is_train)
    known = batches[batches["pool"] >= 0]
    purpose = np.array([pools[line].use or "" for line in known["pool"]], dtype=object)
    yield from WRONG_USE.broken_by(
        known, (purpose != "") & ((purpose == "direct") != (known["kind"] == "direct"))
    )
    runs = [is_open(pools[line], day.date()) for line, day in zip(known["pool"], known["date"], strict=True)]
    yield from VEHICLE_DATES.broken_by(known, ~np.array(runs, dtype=np.bool_))
    alike = [_alike(pool) for pool in pools]
    first = np.array([alike.index(key) for key in alike], dtype=np.int64)[known["pool"].to_numpy(np.int64)]
    is_direct = (known["kind"] == "direct").to_numpy(dtype=bool)
    for line in np.unique(first).tolist():
        own = [p for p in pools if _alike(p) == alike[line]]
        is_own = first == line
        yield from TOO_MANY.broken_by(_shortages(own, known, is_own & is_direct))
        if not is_direct[is_own].all():
            yield from TOO_MANY.broken_by(_shortages_of_a_day(own, known[is_own]))


def bases(tables: Tables) -> Iterable[Violation]:
    """Check that all riders of a vehicle with a base board in that prefecture, or (its other side) travel there."""
    riders = tables.riders
    base = tables.batches["base"].to_numpy(dtype=object)[riders["at"].to_numpy()]
    boards_in = boarding_prefectures(tables)
    stops = tables.stops.drop_duplicates(["at", "seq"]).set_index(["at", "seq"])["city"]
    at_station = stops.reindex(pd.MultiIndex.from_frame(riders[["at", "pickup_seq"]])).to_numpy(dtype=object)
    boards_in = np.where(riders["kind"] == "shuttle", at_station, boards_in)
    pools = tables.batches["pool"].to_numpy(np.int64)[riders["at"].to_numpy(np.int64)]
    sides = np.array([*(pool.side for pool in tables.roster.pools), "origin"], dtype=object)[pools]
    off_at = stops.reindex(pd.MultiIndex.from_frame(riders[["at", "dropoff_seq"]])).to_numpy(dtype=object)
    goes_to = np.where(riders["kind"] == "feeder", off_at, riders["city"])
    end = np.where(sides == "destination", goes_to, boards_in)
    wrong = (base != "") & (base != end)
    yield from WRONG_BASE.broken_by(riders[wrong].assign(base=base[wrong], end=end[wrong]))


def _alike(pool: VehiclePool) -> tuple[Any, ...]:
    """Return what the plan states of a pool: lines of the fleet sheet with equal values look the same."""
    return pool.vehicle, pool.mode, pool.base, pool.carrier, pool.seats, pool.fixed_yuan, pool.per_km_yuan


def _whose(pool: VehiclePool) -> str:
    """Return the base and the carrier of vehicles, as far as the fleet names them."""
    return " ".join(filter(None, (pool.base, pool.carrier)))


def _shortages(
    pools: list[VehiclePool], batches: pd.DataFrame, is_own: npt.NDArray[np.bool_]
) -> pd.DataFrame:
    """Return each date that ends a span with too many departures, with both numbers and one batch.

    A span is as long as a vehicle is away; one that broke down counts as away, too. The batch is one that may still
    change, if there is one.
    """
    if any(pool.per_day is None for pool in pools):
        return batches.iloc[:0]
    kept = batches["kept"].to_numpy(dtype=bool)
    lines = np.concatenate([np.flatnonzero(is_own & ~kept), np.flatnonzero(is_own & kept)])
    days = batches["date"].to_numpy("datetime64[D]").astype(np.int64)[lines]
    broken = np.array([out for pool in pools for out, _ in pool.broken], "datetime64[D]").astype(np.int64)
    short = []
    for length in sorted({_turnaround(pool) for pool in pools}):
        for last in np.unique([*days, *broken]).tolist():
            inside = np.flatnonzero((days > last - length) & (days <= last))
            num_away = len(inside) + int(((broken > last - length) & (broken <= last)).sum())
            owned = sum(_most_departures(pool, last - length + 1, last) for pool in pools)
            if len(inside) and num_away > owned:
                date = np.datetime64(last, "D").astype("datetime64[s]")
                one = batches.iloc[lines[inside[:1]]]
                short.append(one.assign(date=date, away=num_away, owned=owned, whose=_whose(pools[0])))
    return pd.concat(short).drop_duplicates("date") if short else batches.iloc[:0]


def _shortages_of_a_day(pools: list[VehiclePool], rows: pd.DataFrame) -> pd.DataFrame:
    """Return each date on which feeders, shuttles and direct coaches together want more vehicles than there are.

    Runs of one block are one vehicle, which makes no other run on its date. It is away longer where it comes back after
    midnight, if the way back takes as long as the run, and a direct coach for its days. That it can make its runs is
    checked with the journeys. The batch is one that may still change, if there is one.
    """
    if any(pool.per_day is None for pool in pools):
        return rows.iloc[:0]
    day = np.timedelta64(1, "D")
    date = rows["date"].to_numpy("datetime64[m]")
    turn = min(map(_turnaround, pools)) * day
    is_direct = (rows["kind"] == "direct").to_numpy(dtype=bool)
    depart, arrive = (rows[name].to_numpy("datetime64[m]") for name in ("depart", "arrive"))
    away = pd.DataFrame(
        {
            "vehicle": rows["block"].where(rows["block"] != "", rows["batch"]),
            "date": date,
            "leaves": np.where(is_direct, date, depart),
            "back": np.where(is_direct, date + turn, np.maximum(date + day, arrive + (arrive - depart))),
        }
    )
    vehicles = away.groupby(["vehicle", "date"], as_index=False).agg({"leaves": "min", "back": "max"})
    short = []
    for leaves in np.sort(vehicles["leaves"].unique()):
        today = pd.Timestamp(leaves).date()
        out = vehicles[(vehicles["leaves"] <= leaves) & (vehicles["back"] > leaves)]
        days = [today, *(one.date() for one in out["date"])]
        owned = sum(pool.per_day or 0 for pool in pools if any(is_open(pool, one) for one in days))
        num = len(out) + sum(broken == today for pool in pools for broken, _ in pool.broken)
        if num > owned:
            of_them = away["vehicle"].isin(out["vehicle"]) & away["date"].isin(out["date"])
            one = rows[of_them].sort_values("kept", kind="stable").iloc[:1]
            short.append(one.assign(date=pd.Timestamp(today), away=num, owned=owned, whose=_whose(pools[0])))
    return pd.concat(short).drop_duplicates("date") if short else rows.iloc[:0]


def _turnaround(pool: VehiclePool) -> int:
    return max(1, pool.turnaround_days)


def _most_departures(pool: VehiclePool, first: int, last: int) -> int:
    """Return how many departures a pool allows in a span of days; days are counted since 1970."""
    days = [np.datetime64(day, "D").item() for day in range(first, last + 1)]
    num_open = sum(is_open(pool, day) for day in days)
    return (pool.per_day or 0) * -(-num_open // _turnaround(pool))


WRONG_LOAD = Promise(
    "wrong_load",
    CONTRACT,
    Text("{batch} 写的是载客 {load} 人，实为 {heads} 人", "{batch} says load {load}, it carries {heads}"),
)
WRONG_SEATS = Promise(
    "wrong_seats",
    CONTRACT,
    Text(
        "{batch} 写的是座位 {seats}、可用 {usable}，应为 {own}、{free}",
        "{batch} says {seats} seats, {usable} usable; they are {own} and {free}",
    ),
)
OVERLOADED = Promise(
    "overloaded",
    4,
    Text("{batch} 需要 {taken} 个座位，可用 {free} 个", "{batch} needs {taken} seats of {free} usable"),
    counts="taken",
    matter=("batch",),
)
BELOW_MIN = Promise(
    "below_min_load",
    4,
    Text(
        "{batch} 只有 {heads} 人，少于最低 {least} 人",
        "{batch} carries {heads}, fewer than the minimum of {least}",
    ),
)


def seats_and_loads(tables: Tables) -> Iterable[Violation]:
    """Count riders and seats of every batch and compare them with vehicle and rules."""
    rows = _counted(tables)
    yield from WRONG_LOAD.broken_by(rows, rows["load"] != rows["heads"])
    wrong = (rows["seats"] != rows["own"]) | (rows["usable"] != rows["free"])
    yield from WRONG_SEATS.broken_by(rows, wrong)
    yield from OVERLOADED.broken_by(rows, rows["taken"] > rows["free"])
    yield from BELOW_MIN.broken_by(rows, rows["heads"] < rows["least"])


def _counted(tables: Tables) -> pd.DataFrame:
    """Return the batches with the right numbers of seats, usable seats, least riders, riders and taken seats."""
    batches, rules, riders = tables.batches, tables.rules, tables.riders
    pools = [tables.roster.pools[line] if line >= 0 else None for line in batches["pool"]]
    trains = [tables.roster.rail[line] if line >= 0 else None for line in tables.service]
    own = [pool.seats if pool else seats for pool, seats in zip(pools, batches["seats"], strict=True)]
    notices = notices_by_batch(tables)
    free = [_usable(seats, rules, holding) for seats, holding in zip(own, notices, strict=True)]
    floors = [rules.min_load if pool is None or pool.min_load is None else pool.min_load for pool in pools]
    groups = [max((notice.min_group for notice in holding), default=0) for holding in notices]
    least = [max(group, _least(f, usable)) for group, f, usable in zip(groups, floors, free, strict=True)]
    for at, train in enumerate(trains):
        if train is not None:
            own[at], free[at], least[at] = train.capacity, train.capacity, train.min_load
    heads = np.bincount(riders["at"], minlength=len(batches))
    children = np.bincount(riders["at"], riders["roster_num_children"], minlength=len(batches))
    taken = heads + children.astype(np.int64)
    return batches.assign(own=own, free=free, least=least, heads=heads, taken=taken)


def _usable(seats: int, rules: Rules, notices: Sequence[Notice]) -> int:
    whole = (Decimal(int(seats)) * Decimal(str(rules.load_factor))).to_integral_value(ROUND_FLOOR)
    capped = min(int(whole), int(seats) - rules.reserved_seats, usable_under(seats, notices))
    return max(0, capped - rules.crew_seats)


def _least(min_load: float, usable: int) -> int:
    """Return the least number of riders: ``min_load`` below 1 is a share of the usable seats, else a count."""
    wanted = Decimal(str(min_load))
    if wanted < 1:
        wanted *= usable
    return max(1, int(wanted.to_integral_value(ROUND_CEILING)))


CHILD_SEATS = Promise(
    "child_seats",
    CONTRACT,
    Text(
        "{signup} 带 {roster_num_children} 名儿童，座位为 {child_seats}",
        "{signup} brings {roster_num_children} children, their seats are {child_seats}",
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
    yield from CHILD_SEATS.broken_by(riders, num_seats != riders["roster_num_children"])
    # One line for each seat of a rider or of a child of a rider.
    families = riders.loc[num_seats > 0, ["at", "batch", "signup", "child_seats"]]
    theirs = families.rename(columns={"child_seats": "seat"}).explode("seat").astype({"seat": "int64"})
    taken = pd.concat([riders[["at", "batch", "signup", "seat"]], theirs], ignore_index=True)
    seats = tables.batches["seats"].to_numpy()[taken["at"].to_numpy()]
    taken = taken.assign(seats=seats)
    yield from SEAT_RANGE.broken_by(taken, (taken["seat"] < 1) | (taken["seat"] > seats))
    yield from SEAT_TAKEN.broken_by(taken, taken.duplicated(["at", "seat"]))
