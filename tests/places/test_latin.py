"""Names for readers of Latin letters."""

import pytest

from returnplan.places.latin import latin_division, latin_place


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("东莞市", "Dongguan"),
        ("融水苗族自治县", "Rongshui"),
        ("港南区", "Gangnan"),
        ("横县", "Hengxian"),
        ("", ""),
    ],
)
def test_divisions_are_spelt_without_their_kind(name: str, latin: str) -> None:
    assert latin_division(name) == latin


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("桥圩汽车站", "Qiaoxu bus station"),
        ("昭通市镇雄县汽车站", "Zhaotong city Zhenxiong county bus station"),
        ("乡宁县镇政府", "Xiangning county town government"),
        ("市中区", "Shizhong district"),
        ("长安镇乌沙社区华强工业园东门", "Changan town Wusha community Huaqiang industrial park east gate"),
        ("广州南站", "Guangzhou south station"),
        ("A1 gate", "A1 gate"),
        ("厚街镇", "Houjie town"),
    ],
)
def test_stops_are_names_and_kinds(name: str, latin: str) -> None:
    assert latin_place(name) == latin
