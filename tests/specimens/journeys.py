"""A hand-made plan with a train: two feeders, a train of two boarding stations, two shuttles.

Ten people of 柳州 and 来宾. Number 9 boards at the station itself, 10 alights there; 4 and 5 are a party, 6 has a child
along. The two shuttles are two runs of one coach.
"""

from collections.abc import Iterator
from dataclasses import fields
from datetime import date, datetime

import numpy as np
import pandas as pd

from returnplan.model.law import Law
from returnplan.model.person import COPIED
from returnplan.model.plan import (
    Batch,
    BatchKind,
    EmployerLine,
    Match,
    Plan,
    Rider,
    Stop,
    StopKind,
    Unplanned,
)
from returnplan.model.roster import RailCall, RailService, Roster
from returnplan.model.rules import Rules
from returnplan.usecases.open_plan import objects_of
from tests.specimens.coach import id_number
from tests.specimens.rosters import place, pool, roster
from tests.specimens.two_batches import Case

DAY = date(2021, 2, 23)
TRAIN = "0223-003"
_AT = {
    "三江汽车站": ("柳州市", 25.78, 109.61),
    "融水汽车站": ("柳州市", 25.07, 109.25),
    "兴宾汽车站": ("来宾市", 23.74, 109.22),
    "柳州站": ("柳州市", 24.31, 109.39),
    "来宾北站": ("来宾市", 23.78, 109.22),
    "广州南站": ("广州市", 22.99, 113.27),
    "长安镇": ("东莞市", 22.81, 113.80),
    "桂城街道": ("佛山市", 23.05, 113.15),
}
_LINE = {name: line for line, name in enumerate(_AT)}
_ROADS = {
    ("三江汽车站", "融水汽车站"): 100.0,
    ("融水汽车站", "柳州站"): 90.0,
    ("三江汽车站", "柳州站"): 190.0,
    ("兴宾汽车站", "来宾北站"): 8.0,
    ("广州南站", "桂城街道"): 20.0,
    ("广州南站", "长安镇"): 70.0,
}
Call = tuple[str, str, str]
"""A stop: its place, whether people get on (+) or off (-), the hour."""
_CALLS: dict[str, tuple[Call, ...]] = {
    "0223-001": (("三江汽车站", "+", "06:30"), ("融水汽车站", "+", "08:00"), ("柳州站", "-", "09:20")),
    "0223-002": (("兴宾汽车站", "+", "09:30"), ("来宾北站", "-", "09:45")),
    TRAIN: (("柳州站", "+", "10:30"), ("来宾北站", "+", "11:05"), ("广州南站", "-", "14:40")),
    "0223-004": (("广州南站", "+", "15:20"), ("桂城街道", "-", "15:45")),
    "0223-005": (("广州南站", "+", "16:40"), ("长安镇", "-", "17:45")),
}
_KINDS: dict[str, BatchKind] = dict(
    zip(_CALLS, ("feeder", "feeder", "train", "shuttle", "shuttle"), strict=True)
)
_KM = {"0223-001": 190.0, "0223-002": 8.0, TRAIN: 0.0, "0223-004": 20.0, "0223-005": 70.0}
_COSTS = {"0223-001": 1700.0, "0223-002": 740.0, TRAIN: 9000.0, "0223-004": 800.0, "0223-005": 1050.0}
_ROUTES = {
    1: ("三江汽车站", "柳州站", "长安镇"),
    2: ("三江汽车站", "柳州站", "长安镇"),
    3: ("三江汽车站", "柳州站", "长安镇"),
    4: ("融水汽车站", "柳州站", "桂城街道"),
    5: ("融水汽车站", "柳州站", "桂城街道"),
    6: ("兴宾汽车站", "来宾北站", "长安镇"),
    7: ("兴宾汽车站", "来宾北站", "长安镇"),
    8: ("兴宾汽车站", "来宾北站", "长安镇"),
    9: ("柳州站", "柳州站", "桂城街道"),
    10: ("兴宾汽车站", "来宾北站", "广州南站"),
}
"""Person number -> where they board, their station, where they alight."""


def _hour(text: str) -> datetime:
    return datetime.combine(DAY, datetime.strptime(text, "%H:%M").time())


SERVICE = RailService(
    ref="专列.xlsx!铁路!2",
    name="D4508",
    product="carriage",
    day=DAY,
    calls=(
        RailCall(_LINE["柳州站"], None, _hour("10:30"), 6),
        RailCall(_LINE["来宾北站"], _hour("11:03"), _hour("11:05"), None),
        RailCall(_LINE["广州南站"], _hour("14:40"), None, None),
    ),
    capacity=236,
    min_load=10,
    carriage_seats=118,
    carriage_yuan=9000.0,
)


def with_a_train() -> Plan:
    """Return the plan."""
    return its_case().plan


def its_case() -> Case:
    """Return the plan, and the roster and rules that it obeys."""
    told = _roster()
    riders = pd.DataFrame(list(_riders(told))).sort_values(["batch", "seat"], ignore_index=True)
    for name in ("earliest", "latest"):
        riders[name] = pd.to_datetime(riders[name]).astype("datetime64[s]")
    batches = tuple(
        _batch(number, name, riders[riders["batch"] == name]) for number, name in enumerate(_CALLS, 1)
    )
    cost_yuan = sum(_COSTS.values())
    heads = riders[riders["leg"] == 1]["city"].value_counts()
    num_batches = pd.Series([city for batch in batches for city in batch.cities]).value_counts()
    plan = Plan(
        batches=batches,
        riders=riders,
        unplanned=pd.DataFrame(columns=[field.name for field in fields(Unplanned)]),
        matches=pd.DataFrame(columns=[field.name for field in fields(Match)]),
        faults=(),
        sheets=(),
        employers=(EmployerLine("华强电子", "东莞市", "长安镇", 0, 0, 10, None, DAY, DAY),),
        summary={
            "signups": 10,
            "eligible": 10,
            "planned": 10,
            "unplanned": 0,
            "batches": 5,
            "vehicles": {"49座": 4, "包车厢": 1},
            "km": sum(_KM.values()),
            "cost": cost_yuan,
            "lower_bound": 0.0,
            "gap": 0.0,
            "late_days": 0,
            "days": {"2021-02-23": {"batches": 5, "riders": 10}},
            "cities": {
                city: {"batches": int(num), "riders": int(heads[str(city)])} for city, num in num_batches.items()
            },
            "origins": {
                "柳州市": {"coaches": 3, "trains": 1, "planned": 6, "boarded": 0, "walk_ups": 0, "cost": 9000.0},
                "来宾市": {
                    "coaches": 1, "trains": 0, "planned": 4, "boarded": 0, "walk_ups": 0, "cost": cost_yuan - 9000.0,
                },
            },
        },
    )  # fmt: skip
    return Case(plan, told, Rules(min_load=1), Law())


def _roster() -> Roster:
    workers = [
        {
            "prefecture": _AT[home][0],
            "county": "兴宾区" if _AT[home][0] == "来宾市" else "融水苗族自治县",
            "township": "",
            "city": _AT[goal][0],
            "pickup": _LINE[home],
            "dropoff": _LINE[goal],
            "earliest": DAY,
            "latest": DAY,
            "employer": "华强电子",
            "post": "普工",
            "party": 1 if number in (4, 5) else -1,
            "num_children": int(number == 6),
            "sex": "男",
            "name": "韦黄覃陆梁莫蓝罗农廖"[number - 1] + "建国",
            "id_number": id_number("450225", date(1990, 1, number), number),
            "phone": f"1380772{4000 + number}",
            "note": "晕车" if number == 7 else "",
        }
        for number, (home, _, goal) in _ROUTES.items()
    ]
    km = np.full((len(_AT), len(_AT)), 500.0)
    np.fill_diagonal(km, 0.0)
    for (one, other), road in _ROADS.items():
        km[_LINE[one], _LINE[other]] = km[_LINE[other], _LINE[one]] = road
    return roster(
        workers,
        places=[place(name, city, "", lat, lon) for name, (city, lat, lon) in _AT.items()],
        km=km,
        pools=[pool(fixed_yuan=700.0, per_km_yuan=5.0, per_day=3, use="transfer", runs_per_day=2)],
        rail=[SERVICE],
    )


def _rides(number: int) -> Iterator[tuple[str, str, str]]:
    """Yield the rides of a person in their order: batch, pick-up, drop-off."""
    home, station, goal = _ROUTES[number]
    if home != station:
        yield ("0223-001" if station == "柳州站" else "0223-002"), home, station
    yield TRAIN, station, "广州南站"
    if goal != "广州南站":
        yield ("0223-004" if goal == "桂城街道" else "0223-005"), "广州南站", goal


def _riders(told: Roster) -> Iterator[Rider]:
    taken = dict.fromkeys(_CALLS, 0)
    for number, row in enumerate(told.people.to_dict("records"), 1):
        for leg, (batch, pickup, dropoff) in enumerate(_rides(number), 1):
            seat = taken[batch] + 1
            taken[batch] += 1 + row["num_children"]
            seq = {(name, sign): i for i, (name, sign, _) in enumerate(_CALLS[batch], 1)}
            yield Rider(
                batch=batch,
                person=number,
                seat=seat,
                child_seats=(seat + 1,) if row["num_children"] else (),
                pickup=pickup,
                dropoff=dropoff,
                pickup_seq=seq[pickup, "+"],
                dropoff_seq=seq[dropoff, "-"],
                flexed=False,
                employer=row["employer"],
                post=row["post"],
                party="1" if number in (4, 5) else "",
                journey=TRAIN,
                leg=leg,
                status="assigned",
                **{name: row[name] for name in COPIED},
            )


def _batch(number: int, name: str, riders: pd.DataFrame) -> Batch:
    stops = tuple(_stop(seq, *call, riders) for seq, call in enumerate(_CALLS[name], 1))
    is_train = name == TRAIN
    cities = riders["city"].value_counts(sort=True).index.tolist()
    return Batch(
        id=name,
        wave=1,
        number=number,
        date=DAY,
        city=cities[0],
        cities=tuple(cities),
        vehicle="包车厢" if is_train else "49座",
        mode="train" if is_train else "coach",
        base="",
        seats=236 if is_train else 49,
        usable=236 if is_train else 49,
        load=len(riders),
        km=_KM[name],
        cost_yuan=_COSTS[name],
        contract_yuan=9000.0 if is_train else 700.0 + 5.0 * _KM[name],
        depart=stops[0].time,
        arrive=stops[-1].time,
        stops=stops,
        kind=_KINDS[name],
        service="D4508" if is_train else "",
        product="carriage" if is_train else None,
        block="0223-004" if _KINDS[name] == "shuttle" else "",
    )


def _stop(seq: int, name: str, sign: str, hour: str, riders: pd.DataFrame) -> Stop:
    city, lat, lon = _AT[name]
    on, off = ((riders[column] == seq).sum() for column in ("pickup_seq", "dropoff_seq"))
    kind: StopKind = "pickup" if sign == "+" else "dropoff"
    return Stop(seq, kind, name, city, lat, lon, _hour(hour), int(on), int(off))


def its_roster() -> Roster:
    """Return the people of the plan and what it was made from."""
    return its_case().roster


def its_riders(plan: Plan) -> dict[str, list[Rider]]:
    """Return the riders of each batch of the plan as objects."""
    return {
        batch.id: objects_of(plan.riders[plan.riders["batch"] == batch.id], Rider) for batch in plan.batches
    }
