"""Names, ID numbers and phones for eyes that need not know them."""

import pytest

from returnplan.model.masking import mask_driver, mask_id_number, mask_name, mask_phone, mask_text


@pytest.mark.parametrize(("name", "masked"), [("张三丰", "张**"), ("韦丽", "韦*"), ("李", "李"), ("", "")])
def test_the_surname_stays(name: str, masked: str) -> None:
    assert mask_name(name) == masked


def test_the_birthday_goes_from_an_id_number() -> None:
    assert mask_id_number("45022519900101001X") == "450225********001X"
    assert mask_id_number("4502") == "****"


def test_the_middle_goes_from_a_phone() -> None:
    assert mask_phone("13800001234") == "138****1234"
    assert mask_phone("0772-123456") == "077****3456"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("电话 13800001234,请联系", "电话 138****1234,请联系"),
        ("138 0000 1234", "138******1234"),
        ("45022519900101001X 有误", "450225********001X 有误"),
        ("450225 19900101 001X", "450225**********001X"),
        ("45022519900101001x", "450225********001x"),
        ("0772-1234567", "077*****4567"),
        ("4.50225E+17", "4.50225E+17"),
        ("2021-02-18 08:00 至 20210218", "2021-02-18 08:00 至 20210218"),
        ("报名.xlsx!报名!13", "报名.xlsx!报名!13"),
    ],
)
def test_numbers_inside_a_text_are_masked_and_dates_stay(text: str, masked: str) -> None:
    assert mask_text(text) == masked


@pytest.mark.parametrize(
    ("driver", "masked"),
    [
        ("陆师傅 13807754000", "陆** 138****4000"),
        ("陆文斌13807754000", "陆**138****4000"),
        ("Lu Wenbin, 0772-1234567", "L* W*****, 077*****4567"),
        ("陆文斌(驾驶证450225198506070038)", "陆**(驾****************0038)"),
        ("陆 强 13807754000", "陆* 138****4000"),
        ("陆　文 斌", "陆**"),
        ("陆", "陆"),
        ("", ""),
    ],
)
def test_of_a_driver_the_surname_and_the_ends_of_numbers_stay(driver: str, masked: str) -> None:
    assert mask_driver(driver) == masked
