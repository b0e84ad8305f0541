"""The Gangnan case: 港南区 of 贵港市 sends 330 people to four cities of Guangdong in February 2021.

The size and the cities come from the field (Gangnan, Guigang, 2021); townships and towns are real and
stand within some 2 km of the coordinates given; firms, people and prices are invented.
"""

from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd

from examples.people import Strings, invent_people

HOME_PREFECTURE = "贵港市"
DIVISION_CODES = {"港南区": "450803", "港北区": "450802", "覃塘区": "450804", "桂平市": "450881"}


class Pickup(NamedTuple):
    """Where people of one or several townships board."""

    name: str
    county: str
    hours: str
    lat: float
    lon: float


class Township(NamedTuple):
    """A township, how many sign up there, and where its people board."""

    name: str
    num_people: int
    pickup: Pickup


class Employer(NamedTuple):
    """A factory: vacancies for new hires, and when it starts work and takes people in."""

    name: str
    city: str
    town: str
    lat: float
    lon: float
    post: str
    headcount: int
    resume: date
    wage_yuan: int

    @property
    def gate(self) -> str:
        """The drop-off."""
        return f"{self.name.removeprefix(self.city)}门口"


class VehicleType(NamedTuple):
    """Vehicles of 贵港市 that may be chartered each day."""

    name: str
    passenger_seats: int
    fixed_yuan: int
    per_km_yuan: float
    per_day: int


QIAOXU = Pickup("桥圩汽车站", "港南区", "06:00-20:00", 22.958, 109.742)
MUGE = Pickup("木格镇政府门口", "港南区", "07:00-18:00", 22.862, 109.690)
DONGJIN = Pickup("东津码头广场", "港南区", "07:00-18:00", 23.048, 109.800)
WATANG = Pickup("瓦塘市场", "港南区", "07:00-18:00", 22.925, 109.530)
GANGNAN = Pickup("港南汽车站", "港南区", "06:00-21:00", 23.070, 109.600)
QINGFENG = Pickup("庆丰客运站", "港北区", "07:00-18:00", 23.235, 109.690)
TANTANG = Pickup("覃塘汽车站", "覃塘区", "06:30-19:00", 23.127, 109.452)
SHEPO = Pickup("社坡镇政府门口", "桂平市", "07:00-18:00", 23.300, 110.140)
PICKUPS = (QIAOXU, MUGE, DONGJIN, WATANG, GANGNAN, QINGFENG, TANTANG, SHEPO)

TOWNSHIPS = (
    Township("桥圩镇", 58, QIAOXU),
    Township("湛江镇", 28, QIAOXU),
    Township("木格镇", 40, MUGE),
    Township("木梓镇", 26, MUGE),
    Township("东津镇", 30, DONGJIN),
    Township("新塘镇", 18, WATANG),
    Township("瓦塘镇", 16, WATANG),
    Township("八塘街道", 24, GANGNAN),
    Township("江南街道", 20, GANGNAN),
    Township("大圩镇", 18, QINGFENG),
    Township("庆丰镇", 12, QINGFENG),
    Township("东龙镇", 12, TANTANG),
    Township("覃塘街道", 10, TANTANG),
    Township("社坡镇", 18, SHEPO),
)

EMPLOYERS = (
    Employer(
        "深圳市龙岗恒昌电子厂", "深圳市", "龙岗街道", 22.723, 114.247, "普工", 8, date(2021, 2, 25), 5200
    ),
    Employer(
        "深圳市沙井宏图五金有限公司",
        "深圳市",
        "沙井街道",
        22.733,
        113.805,
        "冲压工",
        6,
        date(2021, 2, 24),
        5600,
    ),
    Employer(
        "深圳市观澜佳美玩具厂", "深圳市", "龙华区", 22.715, 114.060, "普工", 10, date(2021, 2, 25), 4900
    ),
    Employer(
        "深圳市公明锦绣制衣厂", "深圳市", "公明街道", 22.790, 113.895, "缝纫工", 6, date(2021, 2, 25), 5400
    ),
    Employer(
        "东莞市长安新力塑胶厂", "东莞市", "长安镇", 22.816, 113.803, "注塑工", 8, date(2021, 2, 24), 5000
    ),
    Employer(
        "东莞市虎门富丽服装厂", "东莞市", "虎门镇", 22.815, 113.673, "缝纫工", 8, date(2021, 2, 24), 5300
    ),
    Employer(
        "东莞市厚街金鹿鞋业有限公司",
        "东莞市",
        "厚街镇",
        22.940,
        113.671,
        "针车工",
        6,
        date(2021, 2, 25),
        4800,
    ),
    Employer("东莞市石排永兴家具厂", "东莞市", "石排镇", 23.090, 113.935, "木工", 5, date(2021, 2, 25), 5500),
    Employer(
        "佛山市北滘美源电器厂", "佛山市", "北滘镇", 22.930, 113.215, "装配工", 8, date(2021, 2, 25), 5100
    ),
    Employer(
        "佛山市容桂顺达厨具厂", "佛山市", "容桂街道", 22.767, 113.280, "普工", 5, date(2021, 2, 25), 5000
    ),
    Employer(
        "佛山市狮山联丰铝材厂", "佛山市", "狮山镇", 23.130, 113.020, "搬运工", 5, date(2021, 2, 25), 5600
    ),
    Employer("中山市小榄明辉锁具厂", "中山市", "小榄镇", 22.672, 113.245, "普工", 6, date(2021, 2, 24), 4900),
    Employer(
        "中山市古镇星光灯饰厂", "中山市", "古镇镇", 22.612, 113.185, "装配工", 6, date(2021, 2, 25), 5000
    ),
)

FLEET = (
    VehicleType("37座大巴", 37, 2600, 5.6, 4),
    VehicleType("45座大巴", 45, 3000, 6.0, 4),
    VehicleType("49座大巴", 49, 3200, 6.2, 6),
    VehicleType("53座大巴", 53, 3600, 6.5, 2),
)

DAYS_OF_RECEPTION = 4  # before a factory starts work
CLASSES = ["", "脱贫户", "监测对象", "易地搬迁"]
CLASS_SHARES = [0.72, 0.18, 0.04, 0.06]
SHARE_OF_JOB_SEEKERS = 0.12
SHARE_WITH_COMPANION = 0.12


def sign_ups(random: np.random.RandomState) -> pd.DataFrame:
    """Return the 330 sign-ups, township by township, in the columns of the 报名表.

    Windows open two to four days before the factory starts work, once it takes people in, and close on that
    day or the one before. People who board together (同行人) go to one factory in the same days.
    """
    townships = [town for town in TOWNSHIPS for _ in range(town.num_people)]
    codes: Strings = np.array([DIVISION_CODES[town.pickup.county] for town in townships])
    people = invent_people(codes, random)
    people["county"] = [town.pickup.county for town in townships]
    people["township"] = [town.name for town in townships]
    people["category"] = random.choice(CLASSES, len(people), p=CLASS_SHARES)
    follows = _follows_predecessor(people, random)
    people["companion"] = people["name"].shift().where(follows, "")
    _give_destinations(people, follows, random)
    return people


def _follows_predecessor(people: pd.DataFrame, random: np.random.RandomState) -> pd.Series:
    """Mark those who travel with the person in the row above, who leads only them and has no namesake."""
    wishes = pd.Series(random.random_sample(len(people)) < SHARE_WITH_COMPANION)
    same_township = people["township"] == people["township"].shift()
    has_namesake = people["name"].duplicated(keep=False).shift(fill_value=True)
    return wishes & same_township & ~has_namesake & ~wishes.shift(fill_value=False)


def _give_destinations(people: pd.DataFrame, follows: pd.Series, random: np.random.RandomState) -> None:
    employers = random.choice(len(EMPLOYERS), len(people), p=_employer_shares())
    seeks_job = random.random_sample(len(people)) < SHARE_OF_JOB_SEEKERS
    first_day = -random.randint(2, DAYS_OF_RECEPTION + 1, len(people))
    last_day = -random.randint(0, 2, len(people))
    leader = np.where(follows, np.arange(len(people)) - 1, np.arange(len(people)))
    chosen = [EMPLOYERS[employer] for employer in employers[leader]]
    people["city"] = [employer.city for employer in chosen]
    people["town"] = [employer.town for employer in chosen]
    people["employer"] = np.where(seeks_job[leader], "", [employer.name for employer in chosen])
    people["post"] = [employer.post for employer in chosen]
    resume = pd.Series(np.array([employer.resume for employer in chosen], dtype="datetime64[s]"))
    earliest = resume + pd.to_timedelta(first_day[leader], unit="D")
    people["earliest"] = earliest.dt.date
    people["latest"] = (resume + pd.to_timedelta(last_day[leader], unit="D")).dt.date


def _employer_shares() -> list[float]:
    """Return the shares that send some 120, 110, 60 and 40 people to the four cities."""
    people_to = {"深圳市": 120, "东莞市": 110, "佛山市": 60, "中山市": 40}
    firms_in = {city: sum(employer.city == city for employer in EMPLOYERS) for city in people_to}
    return [people_to[employer.city] / firms_in[employer.city] / 330 for employer in EMPLOYERS]
