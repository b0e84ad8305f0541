"""Small campaigns with a train, the people who may take it, and their plans."""

from datetime import datetime, timedelta
from typing import Any

import numpy as np

from returnplan.model.law import Law
from returnplan.model.plan import Plan
from returnplan.model.roster import RailCall, RailService, Roster
from returnplan.model.rules import Rules
from returnplan.planning import Effort
from returnplan.usecases.plan.keep import Prepared
from returnplan.usecases.plan.solve import Search, plan_roster
from tests.specimens.rosters import FIRST_DAY, place, pool, roster

HOME, OTHER_HOME, WORK, STATION, SECOND_STATION, TERMINUS = range(6)
PLACES = (
    place("家乡", "柳州市", "融安县"),
    place("邻村", "柳州市", "融安县"),
    place("工厂", "东莞市"),
    place("柳州站", "柳州市"),
    place("来宾北站", "来宾市"),
    place("广州南站", "广州市"),
)
ROADS = {
    (HOME, OTHER_HOME): 20.0,
    (HOME, STATION): 60.0,
    (OTHER_HOME, STATION): 50.0,
    (HOME, SECOND_STATION): 70.0,
    (OTHER_HOME, SECOND_STATION): 80.0,
    (STATION, SECOND_STATION): 60.0,
    (WORK, TERMINUS): 50.0,
}
RULES = Rules(min_load=1, stop_cost=0.0)
COACH = pool("大巴", 10, fixed_yuan=1000.0, per_km_yuan=5.0, use="direct", min_load=1)
SHORT = pool("接驳", 10, fixed_yuan=100.0, per_km_yuan=2.0, use="transfer", min_load=1)


def train(day: int = 0, *, quotas: tuple[int | None, int | None] = (None, None), **more: Any) -> RailService:
    """Return a train of three stations, two of them near home: tickets of 100 yuan, 200 seats."""
    midnight = datetime.combine(FIRST_DAY, datetime.min.time()) + timedelta(days=day)

    def at(minutes: int) -> datetime:
        return midnight + timedelta(minutes=minutes)

    usual: dict[str, Any] = {
        "ref": "专列.xlsx!铁路!2",
        "name": "D1",
        "product": "group",
        "day": midnight.date(),
        "calls": (
            RailCall(STATION, None, at(630), quotas[0]),
            RailCall(SECOND_STATION, at(660), at(665), quotas[1]),
            RailCall(TERMINUS, at(880), None, None),
        ),
        "capacity": 200,
        "min_load": 1,
        "seat_yuan": 100.0,
    }
    return RailService(**(usual | more))


def campaign(workers: list[dict[str, Any]], *trains: RailService, pools: Any = (COACH, SHORT)) -> Roster:
    """Return people from home to work, 600 km away, and the trains that they may take."""
    km = np.full((len(PLACES), len(PLACES)), 600.0)
    np.fill_diagonal(km, 0.0)
    for (one, other), road in ROADS.items():
        km[one, other] = km[other, one] = road
    told = [{"pickup": HOME, "dropoff": WORK} | worker for worker in workers]
    return roster(told, places=PLACES, km=km, pools=pools, rail=trains)


def planned(
    roster: Roster, rules: Rules = RULES, law: Law | None = None, prepared: Prepared | None = None
) -> Plan:
    """Return the plan, which is audited on the way."""
    numbers = {id_number: line + 1 for line, id_number in enumerate(roster.people["id_number"])}
    search = Search(Effort(base_work=20_000), processes=1)
    told = prepared or Prepared(roster, roster)
    return plan_roster(told, rules, law or Law(), numbers, search, lambda *_: None).plan


def on_trains(plan: Plan) -> int:
    """Return how many people take a train."""
    return sum(batch.load for batch in plan.batches if batch.kind == "train")


def kinds(plan: Plan) -> list[str]:
    """Return the kinds of all batches."""
    return sorted(batch.kind for batch in plan.batches)
