"""An instance as the workbooks and the config that the program reads."""

from pathlib import Path

import numpy as np
import pandas as pd
from rustpy_xlsxwriter import write_worksheet

from benchmarks.public.instances import Instance
from examples.people import invent_people, random_source

PREFECTURE, COUNTY, DIVISION = "柳州市", "柳江区", "450221"
CITY, END = "东莞市", "终点"
NORTH, EAST = 24.25, 109.33
"""Of all pick-ups; km are given, so it does not matter where they lie."""
DAY = "2021-02-18"
MOST_PICKUPS = 10_000
FAR_KM = 99_999
CONFIG = f"""[rules]
min_load = 1
max_pickups = {MOST_PICKUPS}
max_dropoffs = 1
max_pickup_km = {10 * FAR_KM}
stop_cost = 0

[timetable]
speed_kmh = 200
dwell_minutes = 0

[drivers]
most = 9
hours_a_day = 24

[dates]
year = 2021
"""
"""Of these instances no route is too long: their km are no road's."""


def write_instance(instance: Instance, folder: Path, seed: int) -> None:
    """Write the workbooks and the config.

    Another seed gives other people in other rows; seeds after the first give other names to the stops, too.
    """
    random = random_source(seed)
    stops = _stops(instance, random if seed > 1 else None)
    for name, table in (
        ("报名", _sign_ups(instance, stops, random)),
        ("车辆", _fleet(instance)),
        ("地点", _places(stops)),
        ("里程", _distances(instance, stops)),
    ):
        write_worksheet(table, folder / f"{name}.xlsx", name)
    (folder / "returnplan.toml").write_text(CONFIG, encoding="utf-8")


def _stops(instance: Instance, random: np.random.RandomState | None) -> list[str]:
    """Return the names of the pick-ups, in whose order they are planned; where there are no roads there is one."""
    num_stops = len(instance.depot_km) - 1
    numbers = random.permutation(num_stops) if random else np.arange(num_stops)
    return [f"上车点{number + 1:03}" for number in numbers]


def _sign_ups(instance: Instance, stops: list[str], random: np.random.RandomState) -> pd.DataFrame:
    party = np.repeat(np.arange(len(instance.demands)), instance.demands)
    people = invent_people(np.full(len(party), DIVISION), random)
    table = pd.DataFrame(
        {
            "姓名": people["name"],
            "身份证号码": people["id_number"],
            "联系电话": people["phone"],
            "户籍市": PREFECTURE,
            "户籍县(市、区)": COUNTY,
            "上车地点": np.array(stops)[party % len(stops)],
            "务工城市": CITY,
            "下车地点": END,
            "最早出发日期": DAY,
            "最晚出发日期": DAY,
            "同行组号": np.char.add("组", party.astype("U8")) if instance.is_party else "",
        }
    )
    return table.iloc[random.permutation(len(table))]


def _fleet(instance: Instance) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "车型": [f"{vehicle.seats}座车" for vehicle in instance.types],
            "乘客座位数": [vehicle.seats for vehicle in instance.types],
            "包车费(元/趟)": [vehicle.fixed_yuan for vehicle in instance.types],
            "每公里运价(元)": [vehicle.per_km_yuan for vehicle in instance.types],
        }
    )


def _places(stops: list[str]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "地点": [*stops, END],
            "纬度": [*(NORTH + 0.01 * np.arange(len(stops))), 23.02],
            "经度": [*(EAST + 0.0 * np.arange(len(stops))), 113.75],
            "所属": [*[PREFECTURE + COUNTY] * len(stops), CITY],
        }
    )


def _distances(instance: Instance, stops: list[str]) -> pd.DataFrame:
    km = instance.directed_km
    km[-1, :-1] = FAR_KM
    names = [*stops, END]
    pairs = [(i, j) for i in range(len(names)) for j in range(len(names)) if i != j]
    return pd.DataFrame([(names[i], names[j], km[i, j]) for i, j in pairs], columns=["起点", "终点", "公里"])
