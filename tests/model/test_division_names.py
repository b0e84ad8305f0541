"""Names of divisions without their kind."""

import pytest

from returnplan.model.division_names import core


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("东莞市", "东莞"),
        ("港南区", "港南"),
        ("横县", "横县"),
        ("融水苗族自治县", "融水"),
        ("隆林各族自治县", "隆林"),
        ("双江拉祜族佤族布朗族傣族自治县", "双江"),
        ("巴马瑶族自治县", "巴马"),
        ("黔东南苗族侗族自治州", "黔东南"),
        ("黔西南布依族苗族自治州", "黔西南"),
        ("积石山保安族东乡族撒拉族自治县", "积石山"),
        ("西双版纳傣族自治州", "西双版纳"),
        ("清新区", "清新"),
        ("滨海新区", "滨海"),
        ("瑶山瑶族乡", "瑶山"),
        ("", ""),
    ],
)
def test_a_division_without_its_kind(full: str, short: str) -> None:
    assert core(full) == short
