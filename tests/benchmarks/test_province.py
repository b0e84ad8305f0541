"""The generated province has the size and shape that its benchmark claims."""

import numpy as np
import pytest

from benchmarks.province import CITY_SHARES, Province, invent_province

NUM_PEOPLE = 3_000


@pytest.fixture(scope="module")
def province() -> Province:
    return invent_province(NUM_PEOPLE)


def test_everybody_is_one_person(province: Province) -> None:
    assert len(province.signups) == NUM_PEOPLE
    assert province.signups["身份证号码"].is_unique


def test_windows_are_two_to_seven_days_within_fifteen(province: Province) -> None:
    earliest, latest = (
        province.signups[column].to_numpy(dtype="datetime64[D]")
        for column in ("最早出发日期", "最晚出发日期")
    )
    num_days = (latest - earliest).astype(int) + 1
    assert set(num_days) == set(range(2, 8))
    assert (latest.max() - earliest.min()).astype(int) < 15


def test_fourteen_prefectures_with_four_vehicle_types_and_nine_cities(province: Province) -> None:
    assert province.signups["户籍市"].nunique() == 14
    assert (province.fleet.groupby("所在市")["车型"].nunique() == 4).all()
    assert set(province.signups["务工城市"]) == set(CITY_SHARES)


def test_parties_travel_together(province: Province) -> None:
    parties = province.signups[province.signups["同行组号"] != ""].groupby("同行组号")
    assert parties.ngroups > 100
    assert (parties[["上车地点", "务工城市", "最早出发日期", "最晚出发日期"]].nunique() == 1).to_numpy().all()
    assert parties.size().between(2, 4).all()


def test_the_same_seed_gives_the_same_province(province: Province) -> None:
    again = invent_province(NUM_PEOPLE)
    assert again.signups.equals(province.signups)
    assert np.array_equal(again.places["纬度"], province.places["纬度"])
