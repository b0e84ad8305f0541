"""What the cells of one row say together."""

from datetime import date
from typing import Any

import pytest

from returnplan.reading.headers import find_header
from returnplan.reading.names import Names
from returnplan.reading.parsed import parse_sheet
from returnplan.reading.sheet import layouts
from returnplan.reading.signups import SignUps, read_signups
from tests.specimens.coach import id_number
from tests.specimens.sheets import lines_of, signup_row, table_of


def read(*rows: dict[str, Any], year: int | None = 2021) -> SignUps:
    table = table_of(lines_of(rows))
    (header,) = find_header(table, layouts(year), Names({}))
    return read_signups(parse_sheet(table, header), year)


@pytest.mark.parametrize(
    ("born", "codes"),
    [
        (date(2020, 2, 18), []),
        (date(2020, 2, 19), ["id_birthday"]),
        (date(2021, 1, 1), ["id_birthday"]),
        (date(2071, 1, 1), ["id_birthday"]),
        (date(2005, 1, 1), []),
    ],
)
def test_nobody_travels_before_the_first_birthday(born: date, codes: list[str]) -> None:
    read_sheet = read(signup_row(1, 身份证号码=id_number("450225", born, 1)))
    assert [fault.code for fault in read_sheet.faults] == codes
    assert read_sheet.num_accepted == 1 - len(codes)


def test_without_a_date_the_campaigns_year_counts_and_without_both_nothing_is_said() -> None:
    nobody_knows = {
        "最早出发日期": "",
        "最晚出发日期": "",
        "身份证号码": id_number("450225", date(2030, 1, 1), 1),
    }
    assert [fault.code for fault in read(signup_row(1, **nobody_knows)).faults] == ["id_birthday"]
    assert read(signup_row(1, **nobody_knows), year=None).faults == ()


def test_a_foreigners_sex_is_the_one_told() -> None:
    row = signup_row(1, 身份证号码=id_number("911840", date(1985, 6, 7), 1), 性别="女")
    assert read(row).frame["sex"].tolist() == ["女"]
    assert read(row).faults == ()


def test_a_window_with_an_open_end_and_an_approximate_day() -> None:
    rows = [signup_row(i, 最早出发日期="", 最晚出发日期="") for i in (1, 2)]
    sheet = read({**rows[0], "出发日期": "2月18日以后"}, {**rows[1], "出发日期": "2月18日左右"})
    assert sheet.frame["earliest"].dt.date.tolist()[0] == date(2021, 2, 18)
    assert sheet.frame["latest"].isna().tolist() == [True, True]
    assert sheet.frame["named_date"].dt.date.tolist()[1] == date(2021, 2, 18)
    assert [(fault.code, fault.severity) for fault in sheet.faults] == [("date_about", "warning")]


def test_an_age_that_is_none_keeps_nobody_at_home() -> None:
    sheet = read(*(signup_row(i, 年龄=age) for i, age in enumerate(("不详", "35周岁", "３６岁"), start=1)))
    assert sheet.num_accepted == 3
    assert [(fault.code, fault.severity) for fault in sheet.faults] == [("not_a_number", "warning")]


def test_answers_of_a_form_with_option_letters_and_several_choices() -> None:
    row = signup_row(
        1, 人员类别="A.脱贫户┋C.易地搬迁", 是否乘坐="A.是", 可接受城市="深圳市┋惠州市", 同行人="无"
    )
    sheet = read({**row, "是否脱贫户": "B.否", "状态": "已报名"})
    (person,) = sheet.frame.to_dict("records")
    assert person["categories"] == ("脱贫户", "易地搬迁")
    assert (person["rides"], person["cancelled"]) == (True, False)
    assert person["acceptable_cities"] == ("深圳市", "惠州市")
    assert person["companions"] == ()
    assert sheet.faults == ()
