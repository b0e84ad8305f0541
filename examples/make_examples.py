"""Writes the workbooks of ``examples/``: the Gangnan case in Chinese, and a minimal sign-up list in English.

    python -m examples.make_examples [FOLDER]

The same files come out each time; a test holds them against those in the repository.
"""

import math
import sys
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd

from examples.gangnan import (
    DAYS_OF_RECEPTION,
    EMPLOYERS,
    FLEET,
    HOME_PREFECTURE,
    PICKUPS,
    TOWNSHIPS,
    Pickup,
    sign_ups,
)
from examples.people import invent_people, random_source
from examples.sheets import Sheet, write_workbook

GANGNAN_HEADERS = {
    "name": "姓名", "sex": "性别", "id_number": "身份证号码", "phone": "联系电话",
    "prefecture": "户籍市", "county": "户籍县(市、区)", "township": "乡镇",
    "city": "务工城市", "town": "镇街", "employer": "务工企业", "post": "工种",
    "earliest": "最早出发日期", "latest": "最晚出发日期",
    "category": "人员类别", "companion": "同行人", "note": "备注",
}  # fmt: skip
NEIGHBOURS_HEADERS = GANGNAN_HEADERS | {
    "name": "务工人员姓名", "id_number": "身份证号", "phone": "手机号",
    "city": "目的城市", "employer": "用工单位",
}  # fmt: skip
SPECIAL_CARE = "听力障碍，到站请提醒下车"
KM_PER_DEGREE = 111.2
ROAD_FACTOR = 1.35  # road km over the straight line between the townships, invented


def main() -> None:
    """Write the examples into the folder named on the command line, or beside this script."""
    write_all(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)


def write_all(folder: Path) -> None:
    """Write all examples."""
    write_gangnan(folder / "gangnan")
    write_minimal(folder / "signups.xlsx")


def write_gangnan(folder: Path) -> None:
    """Write the sign-ups of four counties (报名) and what the county office knows (资料)."""
    people = sign_ups(random_source(2021))
    people["prefecture"] = HOME_PREFECTURE
    people["note"] = np.where(people.index == 17, SPECIAL_CARE, "")
    county = dict(tuple(people.groupby("county")))
    gangnan = pd.concat([county["港南区"], _mistakes(people)])
    _write_by_township(folder / "报名" / "报名表-港南区.xlsx", gangnan, GANGNAN_HEADERS, 'm"月"d"日"')
    _write_by_township(
        folder / "报名" / "报名表-港北区.xlsx",
        _dates_as_text(county["港北区"], "{0.month}月{0.day}日"),
        NEIGHBOURS_HEADERS,
    )
    _write_by_township(
        folder / "报名" / "报名表-桂平市.xlsx",
        _dates_as_text(county["桂平市"], "{0.year}.{0.month}.{0.day}"),
        NEIGHBOURS_HEADERS,
    )
    _numbered(county["覃塘区"], GANGNAN_HEADERS).to_csv(
        folder / "报名" / "报名表-覃塘区.csv", index=False, encoding="gb18030", lineterminator="\r\n"
    )
    write_workbook(folder / "资料" / "用工需求.xlsx", [Sheet("用工需求", _demand())])
    write_workbook(folder / "资料" / "车辆.xlsx", [Sheet("车辆", _fleet())])
    write_workbook(
        folder / "资料" / "地点.xlsx", [Sheet("地点", _places()), Sheet("上车点", _pickup_table())]
    )
    write_workbook(folder / "资料" / "里程.xlsx", [Sheet("里程", _distances())])


def _mistakes(people: pd.DataFrame) -> pd.DataFrame:
    """Return what townships get wrong: a mistyped ID number, a city that is none, a person sent in twice."""
    mistyped, lost, twice = (
        people.iloc[[row]].assign(township="江南街道", companion="") for row in (40, 90, 3)
    )
    strangers = invent_people(np.array(["450803"] * 500), random_source(7))
    for row, stranger in ((mistyped, strangers.iloc[-2]), (lost, strangers.iloc[-1])):
        for column, value in stranger.items():
            row[column] = value
    mistyped["id_number"] = mistyped["id_number"].str[:-1] + "0"
    lost["city"] = "东塘市"
    return pd.concat([mistyped, lost, twice])


def _write_by_township(
    path: Path, people: pd.DataFrame, headers: dict[str, str], date_format: str = "@"
) -> None:
    sheets = [
        Sheet(
            name=str(township),
            rows=_numbered(group, headers),
            title=f"{HOME_PREFECTURE}{group['county'].iloc[0]}{township}2021年春节后外出务工人员返岗报名表",
            note=f"填报单位：{township}人民政府（办事处）    填报时间：2021年2月15日",
            footer="填表人：李晓        审核人：黄建        联系电话：0775-4320000",
            date_format=date_format,
        )
        for township, group in people.groupby("township", sort=False)
    ]
    write_workbook(path, sheets)


def _numbered(people: pd.DataFrame, headers: dict[str, str]) -> pd.DataFrame:
    table = people[list(headers)].rename(columns=headers)
    table.insert(0, "序号", range(1, len(table) + 1))
    return table


def _dates_as_text(people: pd.DataFrame, pattern: str) -> pd.DataFrame:
    written = {column: people[column].map(pattern.format) for column in ("earliest", "latest")}
    return people.assign(**written)


def _demand() -> pd.DataFrame:
    columns = ["企业名称", "所在市", "镇街", "下车地点", "岗位", "需求人数", "复工日期", "最早报到", "月薪"]
    rows = [
        (
            firm.name, firm.city, firm.town, firm.gate, firm.post, firm.headcount,
            firm.resume, firm.resume - timedelta(days=DAYS_OF_RECEPTION), firm.wage_yuan,
        )
        for firm in EMPLOYERS
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def _fleet() -> pd.DataFrame:
    columns = ["车型", "乘客座位数", "包车费(元/趟)", "每公里运价(元)", "每日可用车辆数"]
    table = pd.DataFrame(FLEET)
    table.columns = pd.Index(columns)
    return table.assign(运输方式="汽车", 所在市=HOME_PREFECTURE, 往返天数=2)


def _places() -> pd.DataFrame:
    pickups = [(place.name, place.lat, place.lon, HOME_PREFECTURE + place.county) for place in PICKUPS]
    gates = [(firm.gate, firm.lat, firm.lon, firm.city) for firm in EMPLOYERS]
    return pd.DataFrame(pickups + gates, columns=["地点", "纬度", "经度", "所属"])


def _pickup_table() -> pd.DataFrame:
    rows = [
        (HOME_PREFECTURE, town.pickup.county, town.name, town.pickup.name, town.pickup.hours)
        for town in TOWNSHIPS
    ]
    return pd.DataFrame(rows, columns=["户籍市", "户籍县(市、区)", "乡镇", "上车点", "上车时间"])


def _distances() -> pd.DataFrame:
    rows = [(one.name, other.name, _road_km(one, other)) for one, other in combinations(PICKUPS, 2)]
    return pd.DataFrame(rows, columns=["起点", "终点", "公里"])


def _road_km(one: Pickup, other: Pickup) -> float:
    degrees_east = (one.lon - other.lon) * math.cos(math.radians(one.lat))
    return round(ROAD_FACTOR * KM_PER_DEGREE * math.hypot(one.lat - other.lat, degrees_east), 1)


def write_minimal(path: Path) -> None:
    """Write a sign-up list with nothing but what a plan needs."""
    random = random_source(96)
    people = invent_people(np.array(["450803"] * 60 + ["450881"] * 36), random)
    first_day = random.randint(0, 3, len(people))
    people["county"] = ["港南区"] * 60 + ["桂平市"] * 36
    people["city"] = random.choice(["Dongguan", "Shenzhen"], len(people), p=[0.6, 0.4])
    people["earliest"] = [date(2021, 2, 20) + timedelta(days=int(day)) for day in first_day]
    people["latest"] = people["earliest"] + timedelta(days=2)
    write_workbook(path, [Sheet("signups", people)])


if __name__ == "__main__":
    main()
