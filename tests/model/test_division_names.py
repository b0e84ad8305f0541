"""Names of divisions without their kind."""

import re

import pytest

from returnplan.model.division_names import core, short_name
from returnplan.places.divisions import read_divisions


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
        ("仲恺高新区", "仲恺高新"),
        ("郑州高新区", "郑州高新"),
        ("峰峰矿区", "峰峰矿区"),
        ("南宁经济技术开发区", "南宁经济技术开发区"),
        ("下花园区", "下花园"),
        ("管城回族区", "管城"),
        ("梅里斯达斡尔族区", "梅里斯"),
        ("东乡族自治县", "东乡"),
        ("鄂温克族自治旗", "鄂温克"),
        ("新生鄂伦春族乡", "新生"),
        ("杭锦旗", "杭锦"),
        ("恩施州", "恩施"),
        ("广州", "广州"),
        ("", ""),
    ],
)
def test_a_division_without_its_kind(full: str, short: str) -> None:
    assert core(full) == short


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("镶黄旗", "镶黄旗"),
        ("阿拉善左旗", "阿拉善左旗"),
        ("鄂托克前旗", "鄂托克前旗"),
        ("鄂伦春自治旗", "鄂伦春"),
        ("鄂温克族自治旗", "鄂温克"),
        ("东莞市", "东莞"),
    ],
)
def test_a_banner_stays_whole_on_papers(full: str, short: str) -> None:
    assert short_name(full) == short


def test_no_name_of_the_gazetteer_ends_in_half_a_kind() -> None:
    """族, 矿 and 自治 belong to the kind that was taken off."""
    names = {division.name for division in read_divisions()}
    odd = re.compile(r"(?:族|矿|特别合作|开发|自治)$")
    assert [name for name in sorted(names) if odd.search(short_name(name)) and short_name(name) != name] == []
