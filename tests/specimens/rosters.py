"""Rosters built line by line: a test names only what it is about, the rest is an ordinary worker."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from returnplan.model.intake import RejectedRow
from returnplan.model.person import COPIED
from returnplan.model.roster import Place, RailService, Roster, Vacancy, VehiclePool

FIRST_DAY = date(2021, 2, 18)

WORKER: dict[str, Any] = {
    "sex": "女",
    "age": 30,
    "prefecture": "柳州市",
    "county": "融安县",
    "township": "长安镇",
    "city": "东莞市",
    "acceptable": (),
    "employer": "",
    "vacancy": -1,
    "post": "",
    "pickup": 0,
    "names_pickup": True,
    "dropoff": 1,
    "earliest": FIRST_DAY,
    "latest": FIRST_DAY,
    "resume": None,
    "reception": None,
    "rank": 0,
    "category": "其他",
    "party": -1,
    "num_children": 0,
    "shuttle": "",
    "note": "",
    "code": "",
    "reason_zh": "",
    "reason_en": "",
    "suggestion_zh": "",
    "suggestion_en": "",
}
DAYS = ("earliest", "latest", "flex_from", "flex_to", "resume", "reception")


def people(*workers: Mapping[str, Any]) -> pd.DataFrame:
    """Return the lines of ``Roster.people``; every worker names what differs from an ordinary one."""
    lines = [_line(number, worker) for number, worker in enumerate(workers)]
    frame = pd.DataFrame(lines, columns=list(_line(0, {})))
    return frame.astype(dict.fromkeys(DAYS, "datetime64[s]"))


def _line(number: int, worker: Mapping[str, Any]) -> dict[str, Any]:
    line = {
        **dict.fromkeys(COPIED, ""),
        "signup": f"报名.xlsx!报名!{number + 3}",
        "name": f"工人{number}",
        "id_number": f"{number:018d}",
        "phone": f"138{number:08d}",
        **WORKER,
        **worker,
    }
    party = line["party"]
    return {
        **line,
        "flex_from": line.get("flex_from", line["earliest"]),
        "flex_to": line.get("flex_to", line["latest"]),
        "party_name": f"第{party}组" if party >= 0 else "",
    }


def place(name: str, city: str = "", county: str = "", lat: float = 23.0, lon: float = 113.0) -> Place:
    """Return a place; a county's or a city's."""
    return Place(name=name, county=county, city=city, lat=lat, lon=lon)


def vacancy(employer: str, place: int, **more: Any) -> Vacancy:
    """Return a line of the demand sheet that wants one worker in Dongguan, whoever it may be."""
    line: dict[str, Any] = {
        "ref": f"用工.xlsx!用工!{employer}",
        "city": "东莞市",
        "post": "普工",
        "headcount": 1,
        "resume": None,
        "reception_from": None,
        "wage_yuan": None,
        "sex": None,
        "min_age": None,
        "max_age": None,
    }
    return Vacancy(employer=employer, place=place, **(line | more))


def pool(vehicle: str = "49座", seats: int = 49, **more: Any) -> VehiclePool:
    """Return any number of coaches at 3,000 yuan and 6 yuan/km, from anywhere."""
    line: dict[str, Any] = {
        "mode": "coach",
        "fixed_yuan": 3000.0,
        "per_km_yuan": 6.0,
        "per_day": None,
        "base": "",
        "turnaround_days": 0,
        "first_date": None,
        "last_date": None,
        "min_load": None,
    }
    return VehiclePool(vehicle=vehicle, seats=seats, **(line | more))


def roster(
    workers: Sequence[Mapping[str, Any]],
    *,
    places: Sequence[Place],
    km: Any = None,
    pools: Sequence[VehiclePool] = (),
    vacancies: Sequence[Vacancy] = (),
    rejected: Sequence[RejectedRow] = (),
    has_demand_in: Sequence[str] | None = None,
    rail: Sequence[RailService] = (),
) -> Roster:
    """Return a roster; ``km`` (P, P), by default 100 km between any two places."""
    if km is None:
        km = 100.0 * (1 - np.eye(len(places)))
    demand = {line.city for line in vacancies} if has_demand_in is None else has_demand_in
    return Roster(
        people=people(*workers),
        places=tuple(places),
        pools=tuple(pools),
        vacancies=tuple(vacancies),
        km=np.asarray(km, dtype=np.float64)[None],
        network_of={},
        faults=(),
        has_demand_in=frozenset(demand),
        rejected=tuple(rejected),
        rail=tuple(rail),
    )
