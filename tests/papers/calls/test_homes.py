"""One township is one list, however its people spell it."""

import pytest

from returnplan.papers.calls.homes import Home, townships


@pytest.mark.parametrize(
    ("spelled", "names"),
    [
        (["司门前", "司门前镇"], ["司门前镇", "司门前镇"]),
        (["司门前"], ["司门前"]),
        (["虎形山", "虎形山瑶族乡"], ["虎形山瑶族乡", "虎形山瑶族乡"]),
        (["白沙街道办事处", "白沙街道", "白沙"], ["白沙街道"] * 3),
        (["桥圩镇人民政府", "桥圩镇"], ["桥圩镇", "桥圩镇"]),
        (["城关", "城关镇", "城关街道"], ["城关", "城关镇", "城关街道"]),
        (["镇", "江镇", ""], ["镇", "江镇", ""]),
    ],
)
def test_a_name_without_its_kind_is_the_only_township_that_it_can_be(
    spelled: list[str], names: list[str]
) -> None:
    found = townships([Home("隆回县", one) for one in spelled])
    assert [found[Home("隆回县", one)] for one in spelled] == names


def test_townships_of_two_counties_are_two() -> None:
    found = townships([Home("隆回县", "司门前"), Home("洞口县", "司门前镇")])
    assert found[Home("隆回县", "司门前")] == "司门前"
