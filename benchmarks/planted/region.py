"""Plants a best plan in a region of any size and writes its sign-ups as the files of its counties.

Full vehicles are drawn, each on a day from one township to one factory; then the windows of its people are widened
around that day, and all people of a county are shuffled. Counties and cities stand where the gazetteer has them.

**Nobody can plan everybody for less than the vehicles drawn cost.** Take any plan, and a vehicle of it with seats *s*
that drives *k* km. Every type has the price *s* × (a + b × k), and *k* is at least the road km of each rider from own
pick-up to own drop-off: the vehicle calls at both, and road km (great-circle km × circuity) keep the triangle
inequality. The vehicle has at most *s* riders, so it costs at least the sum of a + b × own km over its riders; stops
beyond two cost extra. The sum over all vehicles is that over all people, which no plan changes, and which the vehicles
drawn cost exactly: they are full, and each drives its riders' own km. So this is the least, whatever windows, parties
and the fleet allow. The fleet has as many vehicles of a type and prefecture as were drawn on the busiest day.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from rustpy_xlsxwriter import write_worksheet

from benchmarks import province
from benchmarks.planted.make import LARGEST_PARTY, SEAT_KM_YUAN, SEAT_YUAN, SEATS
from examples.people import SCATTER, random_source

Format = Literal["xlsx", "csv"]
Ints = npt.NDArray[np.int64]

TOWNSHIPS_A_COUNTY = 3
COUNTY_SPREAD, AFFINITY_SPREAD = 0.4, 1.2
"""Of the lognormal weights of a township, and of a township and a city."""
SHARE_OF_JOINING = 0.05
"""Of people who travel with the one before."""
CIRCUITY, EARTH_KM = 1.3, 6371.0088


@dataclass(frozen=True)
class Region:
    """The vehicles drawn, the places, and the least that any plan for everybody costs."""

    pickups: pd.DataFrame
    dropoffs: pd.DataFrame
    vehicles: "Vehicles"
    cost_yuan: float
    seed: int

    @property
    def num_people(self) -> int:
        """Return how many people sign up: one for each seat."""
        return int(self.vehicles.seats.sum())


class Vehicles(NamedTuple):
    """The vehicles drawn, each full on its day from one pick-up to one drop-off."""

    seats: Ints
    day: Ints
    pickup: Ints
    dropoff: Ints


def plant_region(num_people: int, seed: int = province.SEED) -> Region:
    """Draw vehicles until about ``num_people`` fill them."""
    random = random_source(seed)
    dropoffs, pickups = province.factories(random), province.stations(TOWNSHIPS_A_COUNTY, random)
    num_vehicles = max(1, round(num_people / SEATS.mean()))
    weight = random.lognormal(0.0, COUNTY_SPREAD, (len(pickups), 1)) * dropoffs["share"].to_numpy()[None]
    cities = np.repeat(
        random.lognormal(0.0, AFFINITY_SPREAD, (len(pickups), len(province.CITY_SHARES))),
        province.DROPOFFS_PER_CITY,
        axis=1,
    )
    weight = (weight * cities).ravel()
    pair = random.choice(weight.size, num_vehicles, p=weight / weight.sum())
    vehicles = Vehicles(
        seats=random.choice(SEATS, num_vehicles),
        day=random.randint(0, province.NUM_DAYS, num_vehicles),
        pickup=pair // len(dropoffs),
        dropoff=pair % len(dropoffs),
    )
    km = CIRCUITY * _great_circle_km(pickups.iloc[vehicles.pickup], dropoffs.iloc[vehicles.dropoff])
    cost_yuan = float((vehicles.seats * (SEAT_YUAN + SEAT_KM_YUAN * km)).sum())
    return Region(pickups, dropoffs, vehicles, cost_yuan, seed)


def _great_circle_km(here: pd.DataFrame, there: pd.DataFrame) -> npt.NDArray[np.float64]:
    lat, lon, lat2, lon2 = (
        np.radians(at[axis].to_numpy()) for at in (here, there) for axis in ("纬度", "经度")
    )
    half = np.sin((lat2 - lat) / 2) ** 2 + np.cos(lat) * np.cos(lat2) * np.sin((lon2 - lon) / 2) ** 2
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(half)))


def write_region(region: Region, folder: Path, fmt: Format, *, by_township: bool) -> None:
    """Write the sign-ups (报名), a file a township or a county, and what the region knows (资料)."""
    for kind in ("报名", "资料"):
        (folder / kind).mkdir(parents=True, exist_ok=True)
    for name, people in _sign_ups(region, by_township):
        path = folder / "报名" / f"报名-{name}.{fmt}"
        if fmt == "xlsx":
            write_worksheet(people, path, "报名")
        else:
            people.to_csv(path, index=False, encoding="utf-8")
    places = pd.concat([region.pickups, region.dropoffs])[["地点", "纬度", "经度", "所属"]]
    for name, table in (("车辆", _fleet(region)), ("地点", places)):
        write_worksheet(table, folder / "资料" / f"{name}.xlsx", name)
    (folder / "returnplan.toml").write_text("[dates]\nyear = 2021\n", encoding="utf-8")


def _sign_ups(region: Region, by_township: bool) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield the people of each county or township, shuffled."""
    random, num_before = random_source(region.seed + 1), 0
    county = region.vehicles.pickup // TOWNSHIPS_A_COUNTY
    for nth in np.unique(county):
        people = _people(region, Vehicles(*(column[county == nth] for column in region.vehicles)), random)
        numbers = (num_before + np.arange(len(people))) * SCATTER % 10**8
        people["联系电话"] = np.char.add("138", np.char.zfill(numbers.astype("U8"), 8))
        num_before += len(people)
        name = people["户籍市"].iloc[0] + people["户籍县(市、区)"].iloc[0]
        if by_township:
            yield from ((f"{name}-{pickup}", own) for pickup, own in people.groupby("上车地点"))
        else:
            yield name, people


def _people(region: Region, vehicles: Vehicles, random: np.random.RandomState) -> pd.DataFrame:
    """Return the people of the vehicles of a county, who have windows around the days of these."""
    vehicle = np.repeat(np.arange(len(vehicles.seats)), vehicles.seats)
    party = _parties(vehicle, random)
    day = vehicles.day[vehicle[np.unique(party, return_index=True)[1]]]
    length = random.randint(province.SHORTEST_WINDOW, province.LONGEST_WINDOW + 1, len(day))
    lowest, highest = np.maximum(0, day - length + 1), np.minimum(day, province.NUM_DAYS - length)
    first = lowest + (random.random_sample(len(day)) * (highest - lowest + 1)).astype(np.int64)
    order = random.permutation(len(vehicle))
    party, vehicle = party[order], vehicle[order]
    home = region.pickups.iloc[vehicles.pickup[vehicle]]
    goal = region.dropoffs.iloc[vehicles.dropoff[vehicle]]
    goal_column = {"下车地点": goal["地点"].to_numpy()}
    window = first[party], (first + length - 1)[party]
    return province.sign_up_sheet(home, goal, goal_column, window, party, random)


def _parties(vehicle: Ints, random: np.random.RandomState) -> Ints:
    """Return the party of each seat: most people are alone, and no party is in two vehicles."""
    joins = random.random_sample(len(vehicle)) < SHARE_OF_JOINING
    joins[0] = False
    joins[1:] &= vehicle[1:] == vehicle[:-1]
    for _ in range(LARGEST_PARTY):  # a party that grew too large is parted
        first = np.maximum.accumulate(np.where(joins, 0, np.arange(len(joins))))
        joins &= np.arange(len(joins)) - first < LARGEST_PARTY
    return np.cumsum(~joins) - 1


def _fleet(region: Region) -> pd.DataFrame:
    """Return the vehicles of each type and prefecture: as many a day as were drawn on the busiest one."""
    drawn = pd.DataFrame(region.vehicles._asdict())
    drawn["所在市"] = region.pickups["prefecture"].to_numpy()[drawn["pickup"]]
    a_day = drawn.groupby(["所在市", "seats", "day"]).size()
    fleet = a_day.groupby(["所在市", "seats"]).max().rename("每日可用车辆数").reset_index()
    return pd.DataFrame(
        {
            "车型": fleet["seats"].astype(str) + "座大巴",
            "乘客座位数": fleet["seats"],
            "包车费(元/趟)": fleet["seats"] * SEAT_YUAN,
            "每公里运价(元)": (fleet["seats"] * SEAT_KM_YUAN).round(6),
            "所在市": fleet["所在市"],
            "每日可用车辆数": fleet["每日可用车辆数"],
            "运输方式": "汽车",
        }
    )
