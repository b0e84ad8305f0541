"""A hand-made plan that keeps every promise: two coaches from Liuzhou, to Dongguan and to Foshan.

Ten sign-ups and one faulty row: a party of two (2, 3), a child along (4), a job seeker at her vacancy (5),
one cancelled (8), one for whom no batch is full enough (9).
"""

from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any

import pandas as pd

from returnplan.model.intake import RejectedRow
from returnplan.model.law import Law
from returnplan.model.plan import Batch, EmployerLine, Match, Plan, Rest, Rider, Stop, StopKind, Unplanned
from returnplan.model.roster import Roster
from returnplan.model.rules import Rules
from tests.specimens.coach import id_number
from tests.specimens.rosters import place, pool, roster, vacancy

MONDAY, TUESDAY = date(2021, 2, 22), date(2021, 2, 23)
LIUZHOU, DONGGUAN, FOSHAN = "柳州市", "东莞市", "佛山市"
RONGSHUI, SANJIANG = "融水苗族自治县", "三江侗族自治县"

PLACES = (
    place("融水汽车站", LIUZHOU, RONGSHUI, 25.07, 109.25),
    place("三江汽车站", LIUZHOU, SANJIANG, 25.78, 109.61),
    place("长安镇", DONGGUAN, "", 22.81, 113.80),
    place("厚街镇", DONGGUAN, "", 22.94, 113.67),
    place("桂城街道", FOSHAN, "", 23.05, 113.15),
)
KM = [
    [0, 60, 600, 590, 560],
    [60, 0, 640, 630, 600],
    [600, 640, 0, 20, 90],
    [590, 630, 20, 0, 80],
    [560, 600, 90, 80, 0],
]
POOLS = (
    pool("49座", 49, fixed_yuan=3900.0, per_day=1, base=LIUZHOU, turnaround_days=2),
    pool("39座", 39, per_km_yuan=5.0),
)
VACANCIES = (
    vacancy("华强电子", 2, headcount=20),
    vacancy("永信家具", 3, headcount=1, sex="女", min_age=18, max_age=45),
)
HUAQIANG = {"employer": "华强电子", "vacancy": 0, "dropoff": 2}
RONGSHUI_PEOPLE = {"county": RONGSHUI, "pickup": 0, "earliest": MONDAY, "latest": TUESDAY}
SANJIANG_PEOPLE = RONGSHUI_PEOPLE | {"county": SANJIANG, "pickup": 1}
TO_FOSHAN = RONGSHUI_PEOPLE | {"city": FOSHAN, "employer": "美家", "dropoff": 4}
PEOPLE: tuple[dict[str, Any], ...] = (
    SANJIANG_PEOPLE | HUAQIANG | {"resume": date(2021, 2, 20)},
    SANJIANG_PEOPLE | {"dropoff": 3, "employer": "永信家具"},
    RONGSHUI_PEOPLE | HUAQIANG | {"party": 0},
    RONGSHUI_PEOPLE | HUAQIANG | {"party": 0},
    RONGSHUI_PEOPLE | {"dropoff": 3, "employer": "永信家具", "num_children": 1},
    RONGSHUI_PEOPLE | {"dropoff": 3, "vacancy": 1, "reception": MONDAY},
    TO_FOSHAN | {"earliest": TUESDAY, "flex_from": MONDAY, "flex_to": MONDAY},
    TO_FOSHAN,
    RONGSHUI_PEOPLE | {"code": "cancelled"},
    RONGSHUI_PEOPLE | {"city": "中山市"},
)
FAULTY = RejectedRow("报名.xlsx!报名!13", name="韦某")


@dataclass(frozen=True)
class Case:
    """All that an audit reads; the methods return a copy in which one thing is changed."""

    plan: Plan
    roster: Roster
    rules: Rules
    law: Law

    def with_batch(self, line: int, **changes: Any) -> "Case":
        batches = list(self.plan.batches)
        batches[line] = replace(batches[line], **changes)
        return self.with_plan(batches=tuple(batches))

    def with_stop(self, line: int, seq: int, **changes: Any) -> "Case":
        stops = list(self.plan.batches[line].stops)
        stops[seq - 1] = replace(stops[seq - 1], **changes)
        return self.with_batch(line, stops=tuple(stops))

    def with_rider(self, number: int, **changes: Any) -> "Case":
        return self.with_plan(riders=changed(self.plan.riders, number, changes))

    def with_person(self, number: int, **changes: Any) -> "Case":
        return self.with_roster(people=changed(self.roster.people, number, changes))

    def with_plan(self, **changes: Any) -> "Case":
        return replace(self, plan=replace(self.plan, **changes))

    def with_summary(self, **changes: Any) -> "Case":
        return self.with_plan(summary=self.plan.summary | changes)

    def with_roster(self, **changes: Any) -> "Case":
        return replace(self, roster=replace(self.roster, **changes))

    def with_pool(self, line: int, **changes: Any) -> "Case":
        pools = list(self.roster.pools)
        pools[line] = replace(pools[line], **changes)
        return self.with_roster(pools=tuple(pools))

    def with_rules(self, **changes: Any) -> "Case":
        return replace(self, rules=self.rules.model_copy(update=changes))


def changed(frame: pd.DataFrame, line: int, changes: dict[str, Any]) -> pd.DataFrame:
    """Return the frame with other values in one line."""
    frame = frame.copy()
    for name, value in changes.items():
        frame.at[line, name] = value
    return frame


def two_batches() -> Case:
    """Return the plan, and the roster and rules that it obeys."""
    told = roster(PEOPLE, places=PLACES, km=KM, pools=POOLS, vacancies=VACANCIES, rejected=[FAULTY])
    told.people["id_number"] = [id_number("450225", date(1990, 1, 1 + n), n) for n in range(len(PEOPLE))]
    plan = Plan(
        batches=(_to_dongguan(), _to_foshan()),
        riders=_riders(told.people),
        unplanned=_unplanned(told.people),
        matches=pd.DataFrame([Match(6, signup(5), "永信家具", "普工")]),
        faults=(),
        sheets=(),
        employers=EMPLOYERS,
        summary=SUMMARY,
    )
    return Case(plan, told, Rules(min_load=2), Law())


EMPLOYERS = (
    EmployerLine("华强电子", DONGGUAN, "长安镇", 20, 0, 3, None, MONDAY, MONDAY),
    EmployerLine("永信家具", DONGGUAN, "厚街镇", 1, 1, 3, None, MONDAY, MONDAY),
    EmployerLine("美家", FOSHAN, "桂城街道", 0, 0, 2, None, TUESDAY, TUESDAY),
)
SUMMARY: dict[str, Any] = {
    "signups": 11,
    "eligible": 9,
    "planned": 8,
    "unplanned": 3,
    "batches": 2,
    "vehicles": {"49座": 1, "39座": 1},
    "km": 1230.0,
    "cost": 13820.0,
    "lower_bound": 12000.0,
    "gap": 13820 / 12000 - 1,
    "late_days": 2,
    "days": {"2021-02-22": {"batches": 1, "riders": 6}, "2021-02-23": {"batches": 1, "riders": 2}},
    "cities": {DONGGUAN: {"batches": 1, "riders": 6}, FOSHAN: {"batches": 1, "riders": 2}},
    "origins": {
        LIUZHOU: {"coaches": 2, "trains": 0, "planned": 8, "boarded": 0, "walk_ups": 0, "cost": 13820.0}
    },
}


def signup(number: int) -> str:
    """Return the row reference of a person of the specimen."""
    return f"报名.xlsx!报名!{number + 3}"


def _stop(seq: int, kind: StopKind, line: int, hour: tuple[int, int], heads: int, day: date) -> Stop:
    at, on = PLACES[line], kind == "pickup"
    time = datetime(day.year, day.month, day.day, *hour)
    return Stop(seq, kind, at.name, at.city, at.lat, at.lon, time, heads * on, heads * (not on))


def _rest(after: int, day: date, hour: int, minute: int) -> Rest:
    return Rest(after, datetime(day.year, day.month, day.day, hour, minute), 20, "rest")


def _batch(name: str, day: date, city: str, stops: tuple[Stop, ...], **fields: Any) -> Batch:
    return Batch(
        id=name,
        number=1,
        date=day,
        city=city,
        cities=(city,),
        mode="coach",
        depart=stops[0].time,
        arrive=stops[-1].time,
        stops=stops,
        **fields,
    )


def _to_dongguan() -> Batch:
    stops = (
        _stop(1, "pickup", 1, (8, 0), 2, MONDAY),
        _stop(2, "pickup", 0, (8, 55), 4, MONDAY),
        _stop(3, "dropoff", 3, (17, 7), 3, MONDAY),
        _stop(4, "dropoff", 2, (17, 32), 3, MONDAY),
    )
    return _batch(
        "0222-1",
        MONDAY,
        DONGGUAN,
        stops,
        wave=1,
        vehicle="49座",
        base=LIUZHOU,
        seats=49,
        usable=49,
        load=6,
        km=670.0,
        num_drivers=2,
        rests=(_rest(2, MONDAY, 12, 10), _rest(2, MONDAY, 16, 30)),
        cost_yuan=8020.0,
        contract_yuan=7920.0,
    )


def _to_foshan() -> Batch:
    stops = (_stop(1, "pickup", 0, (8, 0), 2, TUESDAY), _stop(2, "dropoff", 4, (15, 30), 2, TUESDAY))
    return _batch(
        "0223-1",
        TUESDAY,
        FOSHAN,
        stops,
        wave=2,
        vehicle="39座",
        base="",
        seats=39,
        usable=39,
        load=2,
        km=560.0,
        num_drivers=2,
        rests=(_rest(1, TUESDAY, 12, 10),),
        cost_yuan=5800.0,
        contract_yuan=5800.0,
    )


_SEATS = {0: ("0222-1", 1, 4), 1: ("0222-1", 1, 3), 2: ("0222-1", 2, 4), 3: ("0222-1", 2, 4)} | {
    4: ("0222-1", 2, 3),
    5: ("0222-1", 2, 3),
    6: ("0223-1", 1, 2),
    7: ("0223-1", 1, 2),
}


def _riders(people: pd.DataFrame) -> pd.DataFrame:
    copied = [
        f.name for f in fields(Rider) if f.name in people.columns and f.name not in ("pickup", "dropoff")
    ]
    riders = people.loc[list(_SEATS), copied].assign(
        batch=[batch for batch, _, _ in _SEATS.values()],
        person=[number + 1 for number in _SEATS],
        seat=[number + 1 for number in _SEATS],
        child_seats=pd.Series(
            [(40,) if number == 4 else () for number in _SEATS], list(_SEATS), dtype=object
        ),
        pickup=[PLACES[line].name for line in people.loc[list(_SEATS), "pickup"]],
        dropoff=[PLACES[line].name for line in people.loc[list(_SEATS), "dropoff"]],
        pickup_seq=[seq for _, seq, _ in _SEATS.values()],
        dropoff_seq=[seq for _, _, seq in _SEATS.values()],
        flexed=[number == 6 for number in _SEATS],
        party="",
        journey=[batch for batch, _, _ in _SEATS.values()],
        leg=1,
        status="assigned",
        bound_yuan=1500.0,
        rent_yuan=100.0,
        carriage="",
        seat_no="",
        order_no="",
    )
    riders.loc[5, ["employer", "post"]] = ["永信家具", "普工"]
    return riders[[f.name for f in fields(Rider)]].reset_index(drop=True)


def _unplanned(people: pd.DataFrame) -> pd.DataFrame:
    words = ("没有车", "no vehicle", "改期", "another day")
    lines = [
        Unplanned(
            9, signup(8), LIUZHOU, RONGSHUI, "长安镇", DONGGUAN, MONDAY, TUESDAY, "cancelled", *words, "", ""
        ),
        Unplanned(
            10, signup(9), LIUZHOU, RONGSHUI, "", "中山市", MONDAY, TUESDAY, "below_min_load", *words, "", ""
        ),
        Unplanned(0, FAULTY.ref, "", "", "", "", None, None, "faulty_row", *words, "韦某", ""),
    ]
    return pd.DataFrame(lines).astype({"earliest": "datetime64[s]", "latest": "datetime64[s]"})
