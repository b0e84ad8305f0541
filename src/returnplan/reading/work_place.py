"""The place of work as the registers of poverty relief export it: in columns 务工所在省, 市, 县, 乡, or in one cell.

They name a division for each level also where there is none: the city of 上海市松江区 is 市辖区, that of 仙桃市 is
省直辖县级行政区划.
"""

import re
from typing import NamedTuple

_OF_A_MUNICIPALITY = frozenset(("市辖区", "县", "市辖县"))
_NO_PREFECTURE = re.compile(r"(?:省|自治区)直辖(?:县级行政(?:区划|单位))?")
_NO_PREFECTURE_IN_ONE = re.compile(r"(?:省|自治区)直辖县级行政(?:区划|单位)(?=.)|(?<=^重庆市)县(?=.)")


class WorkPlace(NamedTuple):
    """City and town as a sheet tells them in two columns."""

    city: str
    town: str


def work_place(province: str, city: str, county: str, town: str) -> WorkPlace:
    """Return the city, which is the province or the county where the register has none, and the rest as the town."""
    counties = county or town
    if city in _OF_A_MUNICIPALITY and province:
        city = province
    elif _NO_PREFECTURE.fullmatch(city) and counties:
        return WorkPlace(counties, town if county else "")
    county = "" if county in _OF_A_MUNICIPALITY or town.startswith(county) else county
    return WorkPlace(city, county + town)


def without_empty_level(city: str) -> str:
    """Return the text of a city without the words for a level that it does not have (重庆市县彭水…)."""
    return _NO_PREFECTURE_IN_ONE.sub("", city)
