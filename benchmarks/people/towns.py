"""Invents counties that send few people a day to each city, so that least loads decide who can go.

The county and the cities are real places; villages and factories are scattered around them, and people, windows
and prices are invented.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from rustpy_xlsxwriter import write_worksheet

from benchmarks.province import FIRST_DAY, KM_PER_DEGREE
from examples.people import invent_people, random_source

PREFECTURE, COUNTY, DIVISION, HOME = "贵港市", "港南区", "450803", (23.07, 109.60)
CITIES = {"东莞市": (23.02, 113.75), "中山市": (22.52, 113.39), "佛山市": (23.02, 113.12)}
CLASSES, CLASS_SHARES = ["其他", "脱贫户", "监测对象"], [0.70, 0.22, 0.08]
SHORTEST_WINDOW, LONGEST_WINDOW = 2, 7  # days
CITY_KM = 25.0


@dataclass(frozen=True, kw_only=True)
class Town:
    """A county and its rules: few of ``num_people`` share village, city and day."""

    name: str
    num_people: int
    min_load: int
    num_villages: int
    num_cities: int
    factories_a_city: int
    num_days: int
    home_km: float
    seats: tuple[int, ...] = (49,)
    max_pickups: int = 4
    max_dropoffs: int = 4
    max_pickup_km: float = 150.0
    party_share: float = 0.0
    seed: int = 1


TOWNS = (
    Town(name="A", num_people=330, min_load=10, num_villages=9, num_cities=3, factories_a_city=4, num_days=14,
         home_km=45.0, max_pickups=2, max_dropoffs=2, seats=(37, 49), seed=11),
    Town(name="B", num_people=300, min_load=10, num_villages=8, num_cities=2, factories_a_city=6, num_days=15,
         home_km=45.0, max_pickups=2, max_dropoffs=2, max_pickup_km=40.0, seed=12),
    Town(name="C", num_people=450, min_load=10, num_villages=12, num_cities=3, factories_a_city=5, num_days=15,
         home_km=50.0, max_pickups=2, max_dropoffs=2, party_share=0.1, seed=13),
    Town(name="D", num_people=600, min_load=20, num_villages=10, num_cities=3, factories_a_city=5, num_days=15,
         home_km=45.0, max_pickups=3, max_dropoffs=2, seats=(45, 53), seed=14),
)  # fmt: skip
"""The benchmark's own."""


def write_town(town: Town, folder: Path) -> None:
    """Write the town's sign-ups, vehicles and places as workbooks, and its rules."""
    random = random_source(town.seed)
    villages = [f"第{nth + 1}村" for nth in range(town.num_villages)]
    cities = list(CITIES)[: town.num_cities]
    factories = [
        (city, f"{city}第{nth + 1}厂门口") for city in cities for nth in range(town.factories_a_city)
    ]
    places = pd.DataFrame(
        [(name, f"{PREFECTURE}{COUNTY}", *_near(HOME, town.home_km, random)) for name in villages]
        + [(name, city, *_near(CITIES[city], CITY_KM, random)) for city, name in factories],
        columns=["地点", "所属", "纬度", "经度"],
    )
    seats = pd.Series(town.seats)
    fleet = pd.DataFrame(
        {
            "车型": seats.map(lambda n: f"{n}座大巴"), "乘客座位数": seats, "包车费(元/趟)": 800 + 50 * seats,
            "每公里运价(元)": 4.0 + 0.045 * seats, "运输方式": "汽车",
        }
    )  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in (
        ("报名", _sign_ups(town, villages, factories, random)),
        ("车辆", fleet),
        ("地点", places),
    ):
        write_worksheet(table, folder / f"{name}.xlsx", name)
    (folder / "returnplan.toml").write_text(_rules(town), encoding="utf-8")


def _rules(town: Town) -> str:
    return (
        f"[rules]\nmin_load = {town.min_load}\nmax_pickups = {town.max_pickups}\n"
        f"max_dropoffs = {town.max_dropoffs}\nmax_pickup_km = {town.max_pickup_km}\n"
        f'[dates]\nyear = 2021\n[priority]\norder = ["脱贫户", "监测对象"]\n'
    )


def _near(centre: tuple[float, float], most_km: float, random: np.random.RandomState) -> list[float]:
    return [round(axis + random.uniform(-most_km, most_km) / KM_PER_DEGREE, 5) for axis in centre]


def _sign_ups(
    town: Town, villages: list[str], factories: list[tuple[str, str]], random: np.random.RandomState
) -> pd.DataFrame:
    num = town.num_people
    # some come in parties of two, which stand one after the other and have all in common
    leader = np.arange(num)
    follows = (random.random_sample(num) < town.party_share) & (np.arange(num) % 2 == 1)
    leader[follows] -= 1
    crowd = random.dirichlet(np.full(len(villages), 3.0))
    pull = random.dirichlet(np.full(len(factories), 3.0))
    village = random.choice(len(villages), num, p=crowd)[leader]
    factory = random.choice(len(factories), num, p=pull)[leader]
    days = random.randint(SHORTEST_WINDOW, LONGEST_WINDOW + 1, num)[leader]
    start = (random.random_sample(num)[leader] * (town.num_days - days + 1)).astype(np.int64)
    people = invent_people(np.full(num, DIVISION), random)
    in_party = np.bincount(leader, minlength=num)[leader] > 1
    return pd.DataFrame(
        {
            "姓名": people["name"], "性别": people["sex"], "身份证号码": people["id_number"],
            "联系电话": people["phone"], "户籍市": PREFECTURE, "户籍县(市、区)": COUNTY,
            "上车地点": np.array(villages)[village],
            "务工城市": [factories[i][0] for i in factory], "下车地点": [factories[i][1] for i in factory],
            "最早出发日期": np.datetime_as_string(FIRST_DAY + start),
            "最晚出发日期": np.datetime_as_string(FIRST_DAY + (start + days - 1)),
            "人员类别": random.choice(CLASSES, num, p=CLASS_SHARES),
            "同行组号": np.where(in_party, np.char.add("组", leader.astype("U8")), ""),
        }
    )  # fmt: skip
