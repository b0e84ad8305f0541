"""Invents a province: the sign-ups of Guangxi's 14 prefectures for nine cities of Guangdong, as workbooks.

    python -m benchmarks.province FOLDER [--people 23930] [--thin] [--resume]

Counties and cities are real and stand where they are, and everybody boards at the bus station of the county;
firms, people and prices are invented.

In a thin province people board in the townships, and each sends some to every city: hardly a coach is full, and a
coach may leave with one rider. Employers name a resume date only where it is asked for.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import click
import numpy as np
import numpy.typing as npt
import pandas as pd
from rustpy_xlsxwriter import write_worksheet

from examples.people import invent_people, random_source

SEED = 2021
CITY_SHARES = {
    "东莞市": 0.21, "深圳市": 0.20, "广州市": 0.15, "佛山市": 0.12, "中山市": 0.09,
    "惠州市": 0.08, "珠海市": 0.06, "江门市": 0.05, "肇庆市": 0.04,
}  # fmt: skip
FIRST_DAY = np.datetime64("2021-02-17")
NUM_DAYS = 15
SHORTEST_WINDOW, LONGEST_WINDOW = 2, 7  # days
COUNTY_SPREAD, AFFINITY_SPREAD = 0.4, 1.2  # of the lognormal weights of a county, and of county and city
DROPOFFS_PER_CITY = 4
KM_PER_DEGREE = 111.2
SMALLEST_SHARE = 0.08  # of a prefecture's people, to a city
SHARE_OF_JOB_SEEKERS = 0.05
PARTY_SIZES, PARTY_SHARES = [1, 2, 3, 4], [0.9, 0.06, 0.03, 0.01]
CLASSES, CLASS_SHARES = ["一般", "脱贫户", "监测对象"], [0.8, 0.17, 0.03]
VEHICLE_TYPES = pd.DataFrame(
    {
        "车型": ["37座大巴", "45座大巴", "49座大巴", "53座大巴"],
        "乘客座位数": [37, 45, 49, 53],
        "包车费(元/趟)": [2600, 3000, 3200, 3600],
        "每公里运价(元)": [5.6, 6.0, 6.2, 6.5],
        "share": [0.2, 0.3, 0.35, 0.15],
    }
)
FLEET_OVER_NEED = 2.5  # seats of the fleet over the days, against people
THIN_FLEET_OVER_NEED, THIN_PICKUPS_PER_COUNTY = 5.0, 3
ROWS_PER_WORKBOOK = 500_000
TRAINS = (
    ("柳州", "广州南"), ("南宁东", "广州南"), ("桂林北", "广州南"), ("贵港", "深圳北"), ("玉林", "广州南"),
    ("百色", "深圳北"), ("来宾北", "广州南"),
)  # fmt: skip
TRAIN_SEATS, TRAIN_MIN_LOAD, TRAIN_YUAN = 600, 350, 50_000
"""The price is an assumption: reports say who paid for a train (Kunshan 2020: the city), none says how much. An
office writes its own into 包列费."""
SHUTTLE_CITIES = "广州市", "深圳市"
SHORT_COACHES, SHORT_YUAN = 20, 800
"""Of each type a prefecture, for feeders and shuttles: with the price a km, 100 km cost some 1,400 yuan, as the price
lists of 2025 for a day of 8 hours and 100 km in Chengdu (1,200 to 2,000) and Hefei (1,200 to 1,500) say."""
RESUME_AFTER_DAYS = 2, 12


@dataclass(frozen=True)
class Kind:
    """What kind of province: a thin one, one whose employers name resume dates, one with seven trains."""

    is_thin: bool = False
    has_resume_dates: bool = False
    has_trains: bool = False


DENSE = Kind()


@dataclass(frozen=True)
class Province:
    """The tables of a province, in the columns of the field."""

    signups: pd.DataFrame
    demand: pd.DataFrame
    fleet: pd.DataFrame
    places: pd.DataFrame
    trains: pd.DataFrame
    kind: Kind = DENSE


def invent_province(num_people: int, seed: int = SEED, kind: Kind = DENSE) -> Province:
    """Invent a province in which ``num_people`` sign up."""
    random = random_source(seed)
    dropoffs = factories(random)
    pickups = stations(THIN_PICKUPS_PER_COUNTY if kind.is_thin else None, random)
    signups = _sign_ups(num_people, pickups, dropoffs, random, kind)
    return Province(
        signups=signups,
        demand=_demand(num_people, dropoffs, random, kind),
        fleet=_fleet(signups["户籍市"], THIN_FLEET_OVER_NEED if kind.is_thin else FLEET_OVER_NEED, kind),
        places=pd.concat([pickups, dropoffs])[["地点", "纬度", "经度", "所属"]],
        trains=_trains(),
        kind=kind,
    )


def factories(random: np.random.RandomState) -> pd.DataFrame:
    """Return the drop-offs of the cities: code, name, coordinates, share of the city."""
    dropoffs = _scatter(_cities(), DROPOFFS_PER_CITY, 15, random)
    dropoffs["地点"] = dropoffs["name"] + dropoffs["nth"].map(lambda nth: f"第{nth + 1}厂门口")
    return dropoffs.assign(所属=dropoffs["name"])


def stations(a_county: int | None, random: np.random.RandomState) -> pd.DataFrame:
    """Return the pick-ups: so many townships a county, or its bus station alone."""
    pickups = _scatter(counties(), a_county, 30, random) if a_county else counties()
    nth = pickups["nth"].map(lambda nth: f"第{nth}乡镇") if a_county else ""
    return pickups.assign(地点=pickups["name"] + nth + "汽车站", 所属=pickups["prefecture"] + pickups["name"])


def _divisions() -> pd.DataFrame:
    """Read cpca's table: six-digit code, name, coordinates of all divisions that have some."""
    text = files("cpca").joinpath("resources", "adcodes.csv").read_text(encoding="utf-8")
    rows = [
        (code[:6], name, float(lat), float(lon))
        for code, name, lon, lat in list(csv.reader(text.splitlines()))[1:]
        if lon and lat
    ]
    return pd.DataFrame(rows, columns=["code", "name", "纬度", "经度"]).sort_values("code", ignore_index=True)


def counties() -> pd.DataFrame:
    """Return the counties of Guangxi with the name of their prefecture."""
    guangxi = _divisions().query("code.str.startswith('45') and code != '450000'")
    is_prefecture = guangxi["code"].str.endswith("00")
    prefecture = guangxi[is_prefecture].set_index(guangxi["code"].str[:4][is_prefecture])["name"]
    found = guangxi[~is_prefecture].reset_index(drop=True)
    return found.assign(prefecture=found["code"].str[:4].map(prefecture))


def _cities() -> pd.DataFrame:
    """Return the destination cities with their shares, in this order."""
    divisions = _divisions().query("code.str.startswith('44')").set_index("name")
    return divisions.loc[list(CITY_SHARES)].assign(share=list(CITY_SHARES.values())).reset_index()


def _scatter(
    centres: pd.DataFrame, points_per_centre: int, max_km: float, random: np.random.RandomState
) -> pd.DataFrame:
    """Return points near each centre; ``nth`` counts them, the first one is the centre itself."""
    points = centres.loc[centres.index.repeat(points_per_centre)].reset_index(drop=True)
    points["nth"] = np.tile(np.arange(points_per_centre), len(centres))
    for axis in ("纬度", "经度"):
        degrees = random.uniform(-max_km, max_km, len(points)) / KM_PER_DEGREE
        points[axis] = (points[axis] + np.where(points["nth"] > 0, degrees, 0)).round(5)
    return points


def _sign_ups(
    num_people: int, pickups: pd.DataFrame, dropoffs: pd.DataFrame, random: np.random.RandomState, kind: Kind
) -> pd.DataFrame:
    group = _party_of_each(num_people, random)
    num_groups = int(group[-1]) + 1
    pickup_nth, dropoff_nth = _journeys(num_groups, pickups["prefecture"], dropoffs, random, kind)
    pickup, dropoff = pickups.iloc[pickup_nth[group]], dropoffs.iloc[dropoff_nth[group]]
    num_days = random.randint(SHORTEST_WINDOW, LONGEST_WINDOW + 1, num_groups)
    start = (random.random_sample(num_groups) * (NUM_DAYS - num_days + 1)).astype(np.int64)
    seeks_job = (random.random_sample(num_groups) < SHARE_OF_JOB_SEEKERS)[group]
    employer = {"务工企业": np.where(seeks_job, "", firm_names(dropoff))}
    window = start[group], (start + num_days - 1)[group]
    return sign_up_sheet(pickup, dropoff, employer, window, group, random)


def sign_up_sheet(
    pickup: pd.DataFrame,
    dropoff: pd.DataFrame,
    goal: Mapping[str, npt.NDArray[Any]],
    window: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]],
    group: npt.NDArray[np.int64],
    random: np.random.RandomState,
) -> pd.DataFrame:
    """Return the rows of a sign-up sheet for invented people.

    Parameters
    ----------
    pickup, dropoff : of each person, as :func:`stations` and :func:`factories` give them
    goal : the column that says to where in the city each person goes
    window : the first and the last day of each person, from 0
    group : the number of the party that each person is in
    """
    people = invent_people(pickup["code"].to_numpy(dtype="U6"), random)
    first, last = (np.datetime_as_string(FIRST_DAY + day) for day in window)
    return pd.DataFrame(
        {
            "姓名": people["name"],
            "性别": people["sex"],
            "身份证号码": people["id_number"],
            "联系电话": people["phone"],
            "户籍市": pickup["prefecture"].to_numpy(),
            "户籍县(市、区)": pickup["name"].to_numpy(),
            "上车地点": pickup["地点"].to_numpy(),
            "务工城市": dropoff["name"].to_numpy(),
            **goal,
            "工种": "普工",
            "最早出发日期": first,
            "最晚出发日期": last,
            "人员类别": random.choice(CLASSES, len(group), p=CLASS_SHARES),
            "同行组号": np.where(np.bincount(group)[group] > 1, np.char.add("组", group.astype("U8")), ""),
        }
    )


def _journeys(
    num_groups: int,
    prefecture: pd.Series,
    dropoffs: pd.DataFrame,
    random: np.random.RandomState,
    kind: Kind,
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the county and the drop-off of each group.

    A county sends most of its people to a few cities, and no coach is offered where a prefecture sends few; not so
    where demand is thin.
    """
    city_shares = dropoffs["share"].to_numpy()[dropoffs["nth"] == 0]
    shape = (len(prefecture), len(city_shares))
    weight = random.lognormal(0.0, COUNTY_SPREAD, (len(prefecture), 1)) * city_shares
    affinity = random.lognormal(0.0, AFFINITY_SPREAD, shape)
    flow = pd.DataFrame(weight if kind.is_thin else weight * affinity)
    of_prefecture = flow.groupby(prefecture).transform("sum")
    share = of_prefecture.div(of_prefecture.sum(axis=1), axis=0)
    kept = flow.where(share >= (0.0 if kind.is_thin else SMALLEST_SHARE), 0).to_numpy().ravel()
    county, city = np.unravel_index(random.choice(kept.size, num_groups, p=kept / kept.sum()), shape)
    return county, city * DROPOFFS_PER_CITY + random.randint(0, DROPOFFS_PER_CITY, num_groups)


def _party_of_each(num_people: int, random: np.random.RandomState) -> npt.NDArray[np.int64]:
    """Return the number of each person's party; most are alone in it."""
    sizes = random.choice(PARTY_SIZES, num_people, p=PARTY_SHARES)
    return np.repeat(np.arange(num_people), sizes)[:num_people]


def firm_names(dropoffs: pd.DataFrame) -> pd.Series:
    """Return the one firm at each drop-off."""
    return dropoffs["name"] + dropoffs["nth"].map(lambda nth: f"第{nth + 1}电子厂")


def _demand(
    num_people: int, dropoffs: pd.DataFrame, random: np.random.RandomState, kind: Kind
) -> pd.DataFrame:
    """Return one line a firm; together they want twice as many new hires as there are job seekers."""
    share = dropoffs["share"] / DROPOFFS_PER_CITY
    table = pd.DataFrame(
        {
            "企业名称": firm_names(dropoffs),
            "所在市": dropoffs["name"],
            "下车地点": dropoffs["地点"],
            "岗位": "普工",
            "需求人数": np.ceil(2 * SHARE_OF_JOB_SEEKERS * num_people * share).astype(int),
            "月薪": 4800 + 100 * dropoffs["nth"],
        }
    )
    if not kind.has_resume_dates:
        return table
    after_days = random.randint(*RESUME_AFTER_DAYS, len(dropoffs))
    return table.assign(复工日期=np.datetime_as_string(FIRST_DAY + after_days))


def _trains() -> pd.DataFrame:
    """Return a train each from seven stations to Guangzhou or Shenzhen, on days in the middle of the campaign."""
    rows = []
    for nth, (station, goal) in enumerate(TRAINS):
        told = {
            "车次": f"D{8001 + 2 * nth}",
            "产品": "专列",
            "日期": np.datetime_as_string(FIRST_DAY + 4 + nth),
        }
        first = {"定员": TRAIN_SEATS, "最低人数": TRAIN_MIN_LOAD, "包列费": TRAIN_YUAN}
        rows.append({**told, "车站": station, "发车": "11:00", **first})
        rows.append({**told, "车站": goal, "到达": "15:30"})
    return pd.DataFrame(rows).astype(object).fillna("")


def _fleet(prefecture_of_person: pd.Series, over_need: float, kind: Kind) -> pd.DataFrame:
    """Return four types a prefecture, as many as its sign-ups need with some to spare.

    With trains there are coaches for shuttles from their stations, too.
    """
    seats_per_day = over_need * prefecture_of_person.value_counts().sort_index() / NUM_DAYS
    rows = VEHICLE_TYPES.merge(seats_per_day.rename_axis("所在市").rename("seats").reset_index(), how="cross")
    per_day = np.ceil(rows["seats"] * rows["share"] / rows["乘客座位数"]).astype(int)
    fleet = rows.drop(columns=["share", "seats"]).assign(每日可用车辆数=per_day, 运输方式="汽车", 用途="")
    if not kind.has_trains:
        return fleet
    short = VEHICLE_TYPES.drop(columns="share").merge(
        pd.DataFrame({"所在市": [*SHUTTLE_CITIES, *seats_per_day.index]}), how="cross"
    )
    short = short.assign(每日可用车辆数=SHORT_COACHES, 运输方式="汽车", 用途="接驳")
    short["包车费(元/趟)"] = SHORT_YUAN
    return pd.concat([fleet, short], ignore_index=True)


def write_province(province: Province, folder: Path) -> None:
    """Write the workbooks: sign-ups a prefecture (报名), and what the region knows (资料)."""
    for kind in ("报名", "资料"):
        (folder / kind).mkdir(parents=True, exist_ok=True)
    for prefecture, people in province.signups.groupby("户籍市"):
        for nth, start in enumerate(range(0, len(people), ROWS_PER_WORKBOOK), start=1):
            rows = people.iloc[start : start + ROWS_PER_WORKBOOK]
            write_worksheet(rows, folder / "报名" / f"报名-{prefecture}-{nth}.xlsx", "报名")
    for name, table in (("用工需求", province.demand), ("车辆", province.fleet), ("地点", province.places)):
        write_worksheet(table, folder / "资料" / f"{name}.xlsx", name)
    if province.kind.has_trains:
        write_worksheet(province.trains, folder / "资料" / "铁路.xlsx", "铁路")
    rules = "[dates]\nyear = 2021\n" + ("[rules]\nmin_load = 1\n" if province.kind.is_thin else "")
    (folder / "returnplan.toml").write_text(rules, encoding="utf-8")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--people", type=click.IntRange(1), default=23_930, show_default=True)
@click.option("--thin", is_flag=True, help="People board in the townships; a coach may leave with one rider.")
@click.option("--resume", is_flag=True, help="Employers name resume dates.")
def main(folder: Path, people: int, thin: bool, resume: bool) -> None:
    """Write a province in which PEOPLE sign up into FOLDER."""
    write_province(invent_province(people, kind=Kind(thin, resume)), folder)


if __name__ == "__main__":
    main()
