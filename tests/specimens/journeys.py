"""A hand-made plan with a train: two feeders, a train of two boarding stations, two shuttles.

Ten people of 柳州 and 来宾. Number 9 boards at the station itself, 10 alights there; 4 and 5 are a party, 6 has a child
along. The two shuttles are two runs of one coach.
"""

from collections.abc import Iterator
from dataclasses import fields
from datetime import date, datetime
from typing import Any

import pandas as pd

from returnplan.model.plan import Batch, BatchKind, Match, Plan, Rider, Stop, Unplanned
from returnplan.model.roster import Place, Roster
from returnplan.usecases.open_plan import objects_of
from tests.specimens.coach import id_number
from tests.specimens.rosters import pool, roster

DAY = date(2021, 2, 23)
TRAIN = "0223-003"
_AT = {
    "三江汽车站": ("柳州市", 25.78, 109.61),
    "融水汽车站": ("柳州市", 25.07, 109.25),
    "兴宾汽车站": ("来宾市", 23.74, 109.22),
    "柳州": ("柳州市", 24.31, 109.39),
    "来宾北": ("来宾市", 23.78, 109.22),
    "广州南": ("广州市", 22.99, 113.27),
    "长安镇": ("东莞市", 22.81, 113.80),
    "桂城街道": ("佛山市", 23.05, 113.15),
}
_GOALS = ("广州市", "东莞市", "佛山市")
Call = tuple[str, str, str]
"""A stop: its place, whether people get on (+) or off (-), the hour."""
_CALLS: dict[str, tuple[Call, ...]] = {
    "0223-001": (("三江汽车站", "+", "06:30"), ("融水汽车站", "+", "08:00"), ("柳州", "-", "09:20")),
    "0223-002": (("兴宾汽车站", "+", "09:30"), ("来宾北", "-", "09:45")),
    TRAIN: (("柳州", "+", "10:30"), ("来宾北", "+", "11:05"), ("广州南", "-", "14:40")),
    "0223-004": (("广州南", "+", "15:20"), ("桂城街道", "-", "15:50")),
    "0223-005": (("广州南", "+", "16:40"), ("长安镇", "-", "18:00")),
}
_KINDS: dict[str, BatchKind] = dict(
    zip(_CALLS, ("feeder", "feeder", "train", "shuttle", "shuttle"), strict=True)
)
_COSTS = {"0223-001": 1900.0, "0223-002": 800.0, TRAIN: 2 * 9000.0, "0223-004": 900.0, "0223-005": 1200.0}
_KM = {"0223-001": 170.0, "0223-002": 8.0, TRAIN: 0.0, "0223-004": 20.0, "0223-005": 70.0}
_ROUTES = {
    1: ("三江汽车站", "柳州", "长安镇"),
    2: ("三江汽车站", "柳州", "长安镇"),
    3: ("三江汽车站", "柳州", "长安镇"),
    4: ("融水汽车站", "柳州", "桂城街道"),
    5: ("融水汽车站", "柳州", "桂城街道"),
    6: ("兴宾汽车站", "来宾北", "长安镇"),
    7: ("兴宾汽车站", "来宾北", "长安镇"),
    8: ("兴宾汽车站", "来宾北", "长安镇"),
    9: ("柳州", "柳州", "桂城街道"),
    10: ("兴宾汽车站", "来宾北", "广州南"),
}
"""Person number -> where they board, their station, where they alight."""


def with_a_train() -> Plan:
    """Return the plan."""
    riders = pd.DataFrame(list(_riders())).sort_values(["batch", "seat"], ignore_index=True)
    for name in ("earliest", "latest"):
        riders[name] = pd.to_datetime(riders[name]).astype("datetime64[s]")
    batches = tuple(
        _batch(number, name, riders[riders["batch"] == name]) for number, name in enumerate(_CALLS, 1)
    )
    cost_yuan = sum(_COSTS.values())
    return Plan(
        batches=batches,
        riders=riders,
        unplanned=pd.DataFrame(columns=[field.name for field in fields(Unplanned)]),
        matches=pd.DataFrame(columns=[field.name for field in fields(Match)]),
        faults=(),
        sheets=(),
        employers=(),
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
        },
    )


def _rides(number: int) -> Iterator[tuple[str, str, str]]:
    """Yield the rides of a person in their order: batch, pick-up, drop-off."""
    home, station, goal = _ROUTES[number]
    if home != station:
        yield ("0223-001" if station == "柳州" else "0223-002"), home, station
    yield TRAIN, station, "广州南"
    if goal != "广州南":
        yield ("0223-004" if goal == "桂城街道" else "0223-005"), "广州南", goal


def _riders() -> Iterator[Rider]:
    taken = dict.fromkeys(_CALLS, 0)
    for number, (home, _, goal) in _ROUTES.items():
        prefecture = _AT[home][0]
        for leg, (batch, pickup, dropoff) in enumerate(_rides(number), 1):
            seat = taken[batch] + 1
            taken[batch] += 2 if number == 6 else 1
            seq = {(place, sign): i for i, (place, sign, _) in enumerate(_CALLS[batch], 1)}
            yield Rider(
                batch=batch,
                person=number,
                signup=f"报名.xlsx!报名!{number + 3}",
                seat=seat,
                child_seats=(seat + 1,) if number == 6 else (),
                pickup=pickup,
                dropoff=dropoff,
                pickup_seq=seq[pickup, "+"],
                dropoff_seq=seq[dropoff, "-"],
                prefecture=prefecture,
                county="兴宾区" if prefecture == "来宾市" else "融水苗族自治县",
                township="",
                city=_AT[goal][0],
                earliest=DAY,
                latest=DAY,
                flexed=False,
                employer="华强电子",
                post="普工",
                party="1" if number in (4, 5) else "",
                journey=TRAIN,
                leg=leg,
                status="assigned",
                name="韦黄覃陆梁莫蓝罗农廖"[number - 1] + "建国",
                sex="男",
                id_number=id_number("450225", date(1990, 1, number), number),
                phone=f"1380772{4000 + number}",
                category="其他",
                note="晕车" if number == 7 else "",
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
        seats=200 if is_train else 49,
        usable=200 if is_train else 49,
        load=len(riders),
        km=_KM[name],
        cost_yuan=_COSTS[name],
        depart=stops[0].time,
        arrive=stops[-1].time,
        stops=stops,
        kind=_KINDS[name],
        service="D4508" if is_train else "",
        product="carriage" if is_train else None,
        block="0223-004" if _KINDS[name] == "shuttle" else "",
    )


def _stop(seq: int, place: str, sign: str, hour: str, riders: pd.DataFrame) -> Stop:
    city, lat, lon = _AT[place]
    time = datetime.combine(DAY, datetime.strptime(hour, "%H:%M").time())
    on, off = ((riders[column] == seq).sum() for column in ("pickup_seq", "dropoff_seq"))
    return Stop(seq, "pickup" if sign == "+" else "dropoff", place, city, lat, lon, time, int(on), int(off))


_AS_TOLD = ("signup", "name", "sex", "id_number", "phone", "prefecture", "county", "city")


def its_roster() -> Roster:
    """Return the people of the plan and the places where its vehicles stop."""
    riders = with_a_train().riders.drop_duplicates("person").set_index("person")
    names = list(_AT)
    places = [
        Place(name, "", city, lat, lon) if city in _GOALS else Place(name, "融水苗族自治县", city, lat, lon)
        for name, (city, lat, lon) in _AT.items()
    ]
    workers: list[dict[str, Any]] = []
    for person, (home, _, goal) in _ROUTES.items():
        own = riders.loc[person]
        workers.append(
            {
                name: own[name]
                for name in ("signup", "name", "sex", "id_number", "phone", "prefecture", "county", "city")
            }
            | {"employer": own["employer"], "note": own["note"], "num_children": len(own["child_seats"])}
            | {"pickup": names.index(home), "dropoff": names.index(goal), "earliest": DAY, "latest": DAY}
            | {"party": 0 if own["party"] else -1}
        )
    return roster(workers, places=places, pools=(pool("49座", 49),))


def its_riders(plan: Plan) -> dict[str, list[Rider]]:
    """Return the riders of each batch of the plan as objects."""
    return {
        batch.id: objects_of(plan.riders[plan.riders["batch"] == batch.id], Rider) for batch in plan.batches
    }
