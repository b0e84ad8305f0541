"""The place of work in the columns of a register, which names a level also where there is none."""

import pytest

from returnplan.reading.names import Names
from returnplan.reading.sheet import layouts, read_sheet
from returnplan.reading.signups import SignUps
from returnplan.reading.work_place import WorkPlace, without_empty_level, work_place
from tests.specimens.sheets import lines_of, signup_row, table_of


@pytest.mark.parametrize(
    ("told", "place"),
    [
        (("广东省", "东莞市", "", "长安镇"), ("东莞市", "长安镇")),
        (("广东省", "惠州市", "惠阳区", "淡水街道"), ("惠州市", "惠阳区淡水街道")),
        (("浙江省", "宁波市", "慈溪市", ""), ("宁波市", "慈溪市")),
        (("浙江省", "宁波市", "慈溪市", "慈溪市周巷镇"), ("宁波市", "慈溪市周巷镇")),
        (("上海市", "市辖区", "松江区", "九亭镇"), ("上海市", "松江区九亭镇")),
        (("重庆市", "县", "彭水苗族土家族自治县", ""), ("重庆市", "彭水苗族土家族自治县")),
        (("湖北省", "省直辖县级行政区划", "仙桃市", ""), ("仙桃市", "")),
        (("湖北省", "省直辖县级行政区划", "", "仙桃市"), ("仙桃市", "")),
        (("新疆维吾尔自治区", "自治区直辖县级行政区划", "石河子市", "红山街道"), ("石河子市", "红山街道")),
        (("广东省", "广州市", "市辖区", ""), ("广州市", "")),
        (("", "市辖区", "", ""), ("市辖区", "")),
    ],
)
def test_city_and_town(told: tuple[str, str, str, str], place: tuple[str, str]) -> None:
    assert work_place(*told) == WorkPlace(*place)


@pytest.mark.parametrize(
    ("city", "short"),
    [
        ("湖北省省直辖县级行政区划仙桃市", "湖北省仙桃市"),
        ("重庆市县彭水苗族土家族自治县", "重庆市彭水苗族土家族自治县"),
        ("湖南省长沙市长沙县", "湖南省长沙市长沙县"),
        ("省直辖县级行政区划", "省直辖县级行政区划"),
    ],
)
def test_a_level_that_is_not_there(city: str, short: str) -> None:
    assert without_empty_level(city) == short


def test_the_cell_of_a_register_is_read_so() -> None:
    rows = [signup_row(1, 务工城市="湖北省省直辖县级行政区划仙桃市"), signup_row(2)]
    outcome = read_sheet(table_of(lines_of(rows)), layouts(2021), Names({}), 2021)
    assert isinstance(outcome.content, SignUps)
    assert outcome.content.frame["city"].tolist() == ["湖北省仙桃市", "东莞市"]


def test_the_columns_of_a_register_are_one_place() -> None:
    row = signup_row()
    del row["务工城市"]
    labels = [*row, "务工所在省", "务工所在市", "务工所在县", "务工所在乡"]
    lines = [
        labels,
        [*row.values(), "上海市", "市辖区", "松江区", ""],
        [*signup_row(2).values()][: len(row)],
    ]
    lines[2] = [
        *(value for name, value in signup_row(2).items() if name in row),
        "浙江省",
        "宁波市",
        "慈溪市",
        "",
    ]
    outcome = read_sheet(table_of(lines), layouts(2021), Names({}), 2021)
    assert isinstance(outcome.content, SignUps)
    people = outcome.content.frame
    assert people["city"].tolist() == ["上海市", "宁波市"]
    assert people["town"].tolist() == ["松江区", "慈溪市"]


def test_of_the_cities_that_a_job_seeker_would_like_the_first_is_the_city() -> None:
    row = signup_row(意向城市="东莞、深圳", 务工省份="广东省")
    del row["务工城市"]
    outcome = read_sheet(table_of(lines_of([row])), layouts(2021), Names({}), 2021)
    assert isinstance(outcome.content, SignUps)
    people = outcome.content.frame
    assert (people["city"].tolist(), people["acceptable_cities"].tolist()) == (["东莞"], [("东莞", "深圳")])
