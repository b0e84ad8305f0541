"""Real cases of point-to-point transport (docs: contract.md): how many people went where, on how many vehicles.

Places, dates, numbers of people and vehicles come from the reports named with each case. People are invented, and so is
what the reports leave open: how people divide over pick-ups and cities, prices, and kilometres (as the crow flies
times the usual factor).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from examples.people import invent_people, random_source
from examples.sheets import Sheet, write_workbook


class Spot(NamedTuple):
    """A pick-up in a county, or a drop-off in a city."""

    name: str
    division: str
    lat: float
    lon: float


class Flow(NamedTuple):
    """People from one pick-up to one drop-off, who can travel from ``first`` to ``last``."""

    pickup: Spot
    dropoff: Spot
    num_people: int
    first: date
    last: date


class Vehicle(NamedTuple):
    """Coaches of one type at one base."""

    seats: int
    base: str = ""
    fixed_yuan: int = 3_200
    per_km_yuan: float = 6.2
    per_day: int | None = None
    use: str = ""


@dataclass(frozen=True)
class Case:
    """One report as a campaign.

    Attributes
    ----------
    name, source : what it is called; who reported it, when
    prefecture : home of all who travel
    codes : county -> its division code, for invented ID numbers
    flows : who goes where
    coaches_sent, trains_sent : what the report counts, feeders and shuttles left out; None: it counts no coaches
    fleet : what could be chartered; the report gives the number sent, not the fleet
    trains : rows of the rail sheet
    rules : returnplan.toml
    breach : what the usual coach, 49 seats and two drivers, would break on the way; empty: nothing
    """

    name: str
    source: str
    prefecture: str
    codes: dict[str, str]
    flows: tuple[Flow, ...]
    coaches_sent: int | None
    fleet: tuple[Vehicle, ...]
    trains_sent: int = 0
    trains: tuple[dict[str, object], ...] = ()
    rules: str = ""
    breach: str = ""

    @property
    def num_people(self) -> int:
        """Return how many travel."""
        return sum(flow.num_people for flow in self.flows)

    @property
    def spots(self) -> Sequence[Spot]:
        """Return all stops, each once."""
        return list(dict.fromkeys(spot for flow in self.flows for spot in (flow.pickup, flow.dropoff)))


def write_case(case: Case, folder: Path) -> None:
    """Write sign-ups, fleet, places, trains and rules of a case into a folder."""
    write_workbook(folder / "报名.xlsx", [Sheet("报名", _sign_ups(case))])
    sheets = [Sheet("车辆", _fleet(case)), Sheet("地点", _places(case))]
    if case.trains:
        sheets.append(Sheet("铁路", pd.DataFrame(case.trains).astype(object).fillna("")))
    write_workbook(folder / "资料.xlsx", sheets)
    (folder / "returnplan.toml").write_text(case.rules, encoding="utf-8")


def _sign_ups(case: Case) -> pd.DataFrame:
    counties = [flow.pickup.division for flow in case.flows for _ in range(flow.num_people)]
    people = invent_people(np.array([case.codes[county] for county in counties]), random_source(2021))
    of_person = [flow for flow in case.flows for _ in range(flow.num_people)]
    return pd.DataFrame(
        {
            "姓名": people["name"],
            "性别": people["sex"],
            "身份证号码": people["id_number"],
            "联系电话": people["phone"],
            "户籍市": case.prefecture,
            "户籍县(市、区)": counties,
            "上车地点": [flow.pickup.name for flow in of_person],
            "务工城市": [flow.dropoff.division for flow in of_person],
            "下车地点": [flow.dropoff.name for flow in of_person],
            "最早出发日期": [flow.first for flow in of_person],
            "最晚出发日期": [flow.last for flow in of_person],
        }
    )


def _fleet(case: Case) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "车型": [f"{vehicle.seats}座大巴" for vehicle in case.fleet],
            "乘客座位数": [vehicle.seats for vehicle in case.fleet],
            "包车费(元/趟)": [vehicle.fixed_yuan for vehicle in case.fleet],
            "每公里运价": [vehicle.per_km_yuan for vehicle in case.fleet],
            "每日可用车辆数": [vehicle.per_day or "" for vehicle in case.fleet],
            "所在市": [vehicle.base for vehicle in case.fleet],
            "用途": [vehicle.use for vehicle in case.fleet],
        }
    )


def _places(case: Case) -> pd.DataFrame:
    return pd.DataFrame(case.spots, columns=["名称", "所属", "纬度", "经度"])


def _days(*days: tuple[int, int, int]) -> tuple[date, date]:
    first, last = (date(*day) for day in (days[0], days[-1]))
    return first, last


def _spread(num_people: int, pickups: Sequence[Spot], dropoff: Spot, days: tuple[date, date]) -> list[Flow]:
    """Return the people of one city evenly from all pick-ups."""
    shares = [num_people // len(pickups) + (at < num_people % len(pickups)) for at in range(len(pickups))]
    return [
        Flow(pickup, dropoff, share, *days) for pickup, share in zip(pickups, shares, strict=True) if share
    ]


def _wushan() -> Case:
    seat = Spot("巫山县客运中心", "巫山县", 31.075, 109.879)
    cities = (
        (Spot("杭州汽车客运中心", "杭州市", 30.31, 120.27), 50),
        (Spot("龙岗区龙城广场", "深圳市", 22.72, 114.25), 173),
        (Spot("石狮市客运站", "泉州市", 24.73, 118.65), 72),
        (Spot("珠海香洲总站", "珠海市", 22.27, 113.57), 148),
    )
    days = _days((2020, 2, 19), (2020, 2, 22))
    return Case(
        "巫山 2020",
        "Wushan county, 19 to 22 February 2020: 18 coaches, 443 people to four places",
        "重庆市",
        {"巫山县": "500237"},
        tuple(Flow(seat, city, number, *days) for city, number in cities),
        18,
        (Vehicle(53, "重庆市"),),
        rules='[notices]\npreset = "2020-02"\n\n[drivers]\nmost = 3\n',
        breach="25 people a coach need 50 seats where half may be used (交运明电〔2020〕56号), and three drivers",
    )


def _babu() -> Case:
    pickups = (
        Spot("八步区贺州汽车站", "八步区", 24.41, 111.56),
        Spot("信都镇", "八步区", 24.00, 111.72),
        Spot("贺街镇", "八步区", 24.28, 111.68),
        Spot("莲塘镇", "八步区", 24.38, 111.64),
        Spot("铺门镇", "八步区", 23.85, 111.80),
    )
    days = _days((2024, 2, 15), (2024, 2, 17))
    cities = (
        (Spot("广州天河客运站", "广州市", 23.17, 113.34), 83),
        (Spot("深圳宝安汽车站", "深圳市", 22.58, 113.89), 126),
        (Spot("东莞汽车总站", "东莞市", 23.03, 113.72), 124),
        (Spot("佛山汽车站", "佛山市", 23.04, 113.11), 82),
    )
    return Case(
        "八步 2024",
        "Babu district, 15 to 17 February 2024: 10 coaches, 415 people, five pick-ups",
        "贺州市",
        {"八步区": "451102"},
        tuple(flow for city, number in cities for flow in _spread(number, pickups, city, days)),
        10,
        (Vehicle(45, "贺州市"),),
        rules="[rules]\nmax_pickups = 5\n",
    )


def _guangan() -> Case:
    towns = (
        Spot("协兴镇", "广安区", 30.54, 106.63),
        Spot("浓溪镇", "广安区", 30.52, 106.75),
        Spot("悦来镇", "广安区", 30.60, 106.72),
        Spot("兴平镇", "广安区", 30.62, 106.79),
        Spot("花桥镇", "广安区", 30.36, 106.60),
    )
    days = _days((2022, 2, 5))
    drops = (
        (Spot("东坑镇", "东莞市", 22.99, 113.94), 20),
        (Spot("长安镇", "东莞市", 22.81, 113.80), 25),
        (Spot("龙华区", "深圳市", 22.65, 114.03), 24),
        (Spot("凤岗镇", "东莞市", 22.74, 114.14), 20),
    )
    return Case(
        "广安 2022",
        "Guang'an, 5 February 2022: 2 coaches, 89 people of five towns, four drop-offs",
        "广安市",
        {"广安区": "511602"},
        tuple(flow for drop, number in drops for flow in _spread(number, towns, drop, days)),
        2,
        (Vehicle(49, "广安市"),),
        rules='[rules]\nmax_pickups = 5\ncombine_cities = [["东莞", "深圳"]]\n\n[drivers]\nmost = 3\n',
        breach="two drivers may not drive so long in 24 hours (art. 38 of the safety rules); three can",
    )


_SPRING_OF_2021 = '[notices]\npreset = "2021-spring"\n'


def _ningming() -> Case:
    pickups = (
        Spot("宁明县汽车站", "宁明县", 22.14, 107.07),
        Spot("海渊镇", "宁明县", 22.06, 107.45),
        Spot("爱店镇", "宁明县", 21.80, 107.13),
    )
    days = _days((2021, 2, 18), (2021, 2, 21))
    cities = ("广州市", 23.17, 113.34), ("深圳市", 22.58, 113.89), ("东莞市", 23.03, 113.72)
    more = ("佛山市", 23.04, 113.11), ("中山市", 22.53, 113.37)
    spots = [
        Spot(f"{city.removesuffix('市')}汽车总站", city, lat, lon) for city, lat, lon in (*cities, *more)
    ]
    return Case(
        "宁明 2021",
        "Ningming county: 15 coaches, 735 people in four waves to five cities",
        "崇左市",
        {"宁明县": "451422"},
        tuple(flow for spot in spots for flow in _spread(147, pickups, spot, days)),
        15,
        (Vehicle(55, "崇左市"),),
        rules=_SPRING_OF_2021,
        breach="49 people a coach need 55 seats where 90 % may be used (travel guide of 20 January 2021)",
    )


def _gangnan() -> Case:
    pickups = (
        Spot("港南区汽车站", "港南区", 23.07, 109.60),
        Spot("桥圩镇", "港南区", 22.93, 109.73),
        Spot("木格镇", "港南区", 22.85, 109.75),
        Spot("湛江镇", "港南区", 22.92, 109.88),
    )
    days = _days((2021, 2, 18), (2021, 2, 20))
    cities = (
        (Spot("深圳宝安汽车站", "深圳市", 22.58, 113.89), 120),
        (Spot("东莞汽车总站", "东莞市", 23.03, 113.72), 90),
        (Spot("佛山汽车站", "佛山市", 23.04, 113.11), 70),
        (Spot("中山汽车总站", "中山市", 22.53, 113.37), 50),
    )
    return Case(
        "港南 2021",
        "Gangnan district, February 2021: 330 people to four cities; the report counts no coaches",
        "贵港市",
        {"港南区": "450803"},
        tuple(flow for city, number in cities for flow in _spread(number, pickups, city, days)),
        None,
        (Vehicle(37, "贵港市", 2_800, 5.4), Vehicle(49, "贵港市"), Vehicle(53, "贵港市", 3_500, 6.6)),
        rules=_SPRING_OF_2021,
    )


_LIUZHOU = {
    "城中区": ("450202", 24.32, 109.42), "鱼峰区": ("450203", 24.31, 109.45), "柳南区": ("450204", 24.33, 109.38),
    "柳北区": ("450205", 24.36, 109.40), "柳江区": ("450206", 24.26, 109.33), "柳城县": ("450222", 24.65, 109.24),
    "鹿寨县": ("450223", 24.48, 109.75), "融安县": ("450224", 25.22, 109.40), "融水县": ("450225", 25.07, 109.25),
    "三江县": ("450226", 25.78, 109.61),
}  # fmt: skip


def _liuzhou_train() -> Case:
    days = _days((2021, 2, 23))
    goals = (
        Spot("广州南站", "广州市", 22.99, 113.27),
        Spot("虎门镇", "东莞市", 22.82, 113.67),
        Spot("龙华区", "深圳市", 22.65, 114.03),
    )
    homes = [Spot(f"{county}汽车站", county, lat, lon) for county, (_, lat, lon) in _LIUZHOU.items()]
    counts = (18, 22, 20, 17, 31, 42, 46, 48, 58, 53)
    flows = [
        flow
        for home, number in zip(homes, counts, strict=True)
        for goal, share in zip(goals, (number // 3, number // 3, number - 2 * (number // 3)), strict=True)
        for flow in (Flow(home, goal, share, *days),)
    ]
    train = (
        {"车次": "D4508", "产品": "专列", "日期": days[0], "车站": "柳州", "发车": "11:30", "定员": 613,
         "最低人数": 300, "包列费": 48_000},
        {"车次": "D4508", "产品": "专列", "日期": days[0], "车站": "广州南", "到达": "15:20"},
    )  # fmt: skip
    return Case(
        "柳州专列 2021",
        "Liuzhou, 23 February 2021: one train, 355 people of its counties (two more counties are new districts)",
        "柳州市",
        {county: code for county, (code, *_) in _LIUZHOU.items()},
        tuple(flows),
        0,
        (
            Vehicle(45, "柳州市"),
            Vehicle(45, "柳州市", 800, 5.0, use="接驳"),
            Vehicle(45, "", 900, 5.0, use="接驳"),
        ),
        trains_sent=1,
        trains=train,
    )


def _home_train() -> Case:
    """People come home before the feast: pick-ups in Guangdong, drop-offs in the counties of Liuzhou."""
    day = _days((2023, 1, 22))
    start = Spot("广州南站", "番禺区", 22.99, 113.27)
    homes = {
        county: Spot(f"{county}汽车站", "柳州市", lat, lon) for county, (_, lat, lon) in _LIUZHOU.items()
    }
    onward = {"柳城县": 15, "鹿寨县": 16, "融安县": 22, "融水县": 27, "三江县": 26, "柳江区": 17}
    flows = [Flow(start, homes[county], number, *day) for county, number in onward.items()]
    flows.append(Flow(start, Spot("柳州站", "柳州市", 24.31, 109.39), 151, *day))
    train = (
        {"车次": "D3760", "产品": "专列", "日期": day[0], "车站": "广州南", "发车": "09:10", "定员": 613,
         "最低人数": 200, "包列费": 40_000},
        {"车次": "D3760", "产品": "专列", "日期": day[0], "车站": "柳州", "到达": "13:05"},
    )  # fmt: skip
    return Case(
        "柳州返乡专列 2023",
        "Liuzhou, 22 January 2023: train D3760 home with 274 people, 7 coaches onward for 123 of them",
        "广州市",
        {"番禺区": "440113"},
        tuple(flows),
        0,
        (Vehicle(45, "柳州市", 800, 5.0, use="接驳"), Vehicle(49, "")),
        trains_sent=1,
        trains=train,
    )


def _four_stations() -> Case:
    day = _days((2026, 3, 2))
    goal = Spot("广州南站", "广州市", 22.99, 113.27)
    stations = (
        ("成都东", Spot("成都东站", "成都市", 30.63, 104.14), 140, None, "07:40"),
        ("眉山东", Spot("眉山东站", "眉山市", 30.07, 103.87), 210, "08:12", "08:20"),
        ("乐山", Spot("乐山站", "乐山市", 29.60, 103.73), 190, "08:40", "08:48"),
        ("宜宾西", Spot("宜宾西站", "宜宾市", 28.79, 104.58), 220, "09:40", "09:48"),
    )
    first = {"定员": 1_010, "最低人数": 500, "包列费": 260_000}
    rows = [
        {"车次": "D1809", "产品": "专列", "日期": day[0], "车站": name, "到达": arrives or "", "发车": departs,
         "票额": number, **(first if at == 0 else {})}
        for at, (name, _, number, arrives, departs) in enumerate(stations)
    ]  # fmt: skip
    rows.append({"车次": "D1809", "产品": "专列", "日期": day[0], "车站": "广州南", "到达": "18:30"})
    codes = {"成都市": "510108", "眉山市": "511402", "乐山市": "511102", "宜宾市": "511502"}
    counties = {"成都市": "成华区", "眉山市": "东坡区", "乐山市": "市中区", "宜宾市": "翠屏区"}
    flows = tuple(
        Flow(spot._replace(division=counties[spot.division]), goal, number, *day)
        for _, spot, number, *_ in stations
    )
    return Case(
        "D1809 2026",
        "Train D1809, 2 March 2026: 760 people, 140 of them at Chengdu East, the others at three more stations",
        "",
        {counties[city]: code for city, code in codes.items()},
        flows,
        0,
        (Vehicle(49, ""),),
        trains_sent=1,
        trains=tuple(rows),
    )


CASES: tuple[Case, ...] = (
    _wushan(), _babu(), _guangan(), _ningming(), _gangnan(), _liuzhou_train(), _home_train(), _four_stations(),
)  # fmt: skip
