"""Vehicle pools: types for charter, real vehicles by type, or the default fleet."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from returnplan.enrolment.destinations import DestinationFinder
from returnplan.enrolment.findings import Findings
from returnplan.enrolment.settings import DefaultFleet
from returnplan.model.records import FleetRow, Side
from returnplan.model.roster import VehiclePool
from returnplan.model.texts import NO_TEXT, Text

_TRAIN = Text(
    "专列不写在车辆表里",
    "a train does not belong on the fleet sheet",
)
_RAIL_SHEET = Text(
    "删去这一行，把车次、日期、停靠的车站写在“铁路”表里(returnplan init 有空表)",
    "remove the row; write number, date and stations on the rail sheet (returnplan init has an empty one)",
)
_NO_BASE = Text(
    "所在端写了目的地，却没有写所在市",
    "the vehicle is of the destination, but its base is missing",
)
_BASE_OPEN = Text(
    "所在端写了来源地，却没有写所在市：不知道是哪里的车，照没有所在市的车安排，到处可用",
    "the vehicle is of the origin, but its base is missing: it is used anywhere, as those without a base are",
)
_GIVE_BASE = Text("在所在市写上车辆登记的地级市", "write the prefecture in which the vehicle is registered")
_TWO_SIDES = Text(
    "同一车型、同一所在市写了两个所在端，方案里分不清是哪一种",
    "the same type and base stands with both sides: a plan could not tell which it uses",
)
_OTHER_NAME = Text("给其中一种另起一个车型名", "give one of them another name")


def find_pools(
    rows: Sequence[FleetRow], default: DefaultFleet, finder: DestinationFinder, findings: Findings
) -> tuple[tuple[VehiclePool, ...], tuple[Text, ...]]:
    """Return the pools sorted by content, and notes on what was assumed.

    Rows with a plate are one vehicle each; those alike but for the plate make one pool. A train
    is an error, because it belongs on the rail sheet.
    """
    if not rows:
        sizes = "/".join(str(seats) for seats in sorted(default.fixed))
        note = Text(
            f"没有车辆表：按 {sizes} 座、数量不限、[fleet] 价格安排",
            f"no fleet sheet: coaches of {sizes} seats, any number, at the prices of [fleet]",
        )
        pools = (
            VehiclePool(f"{seats}座", "coach", seats, yuan, default.per_km, None, "", 0, None, None, None)
            for seats, yuan in sorted(default.fixed.items())
        )
        return tuple(pools), (note,)
    types: list[VehiclePool] = []
    vehicles: defaultdict[VehiclePool, list[str]] = defaultdict(list)
    side_of: dict[tuple[str, str], Side] = {}
    for train in (row for row in rows if row.mode == "train"):
        findings.add(train.ref, "mode", "专列", "train_among_vehicles", _TRAIN, _RAIL_SHEET, signup=False)
    coaches = [row for row in rows if row.mode == "coach"]
    for row in coaches:
        base = _base(row, finder, findings)
        if base is None:
            continue
        side = row.side or "origin"
        if side_of.setdefault((row.vehicle, base), side) != side:
            findings.add(row.ref, "side", side, "two_sides", _TWO_SIDES, _OTHER_NAME, signup=False)
            continue
        pool = VehiclePool(
            vehicle=row.vehicle,
            mode=row.mode,
            seats=row.seats,
            fixed_yuan=row.fixed_yuan,
            per_km_yuan=row.per_km_yuan,
            per_day=row.per_day,
            base=base,
            turnaround_days=row.turnaround_days,
            first_date=row.first_date,
            last_date=row.last_date,
            min_load=row.min_load,
            use=row.use,
            runs_per_day=row.runs_per_day,
            carrier=row.carrier,
            side=side,
        )
        if row.plate:
            vehicles[replace(pool, per_day=None)].append(row.plate)
        else:
            types.append(pool)
    real = [
        replace(p, per_day=len(set(plates)), plates=tuple(sorted(set(plates))))
        for p, plates in vehicles.items()
    ]
    notes = dict.fromkeys(row.seats_note for row in coaches if row.seats_note != NO_TEXT)
    return tuple(sorted([*types, *real], key=repr)), tuple(notes)


def _base(row: FleetRow, finder: DestinationFinder, findings: Findings) -> str | None:
    """Return the full name of the base, "" if there is none, None if it is unknown (and reported)."""
    if not row.base:
        if row.side is None:
            return ""
        if row.side == "origin":
            findings.add(
                row.ref,
                "side",
                "来源地",
                "side_without_base",
                _BASE_OPEN,
                _GIVE_BASE,
                "warning",
                signup=False,
            )
            return ""
        findings.add(row.ref, "side", "目的地", "side_without_base", _NO_BASE, _GIVE_BASE, signup=False)
        return None
    city = finder.find(row.base, "").city
    if city is not None:
        return city.name
    findings.add(
        row.ref,
        "base",
        row.base,
        "unknown_base",
        finder.message(row.base),
        Text("改成地级市全称，或留空", "write the full name of the prefecture, or leave it empty"),
        signup=False,
    )
    return None
