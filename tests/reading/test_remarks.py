"""What remarks say about travelling and about children."""

import pytest

from returnplan.reading.remarks import Remark, remark_of


@pytest.mark.parametrize(
    "words", ["不去了", "取消", "已取消！", "取消报名", "本人不去了", "不坐车了", "放弃"]
)
def test_it_says_that_somebody_withdrew(words: str) -> None:
    assert remark_of(words) == Remark(withdrew=True)


@pytest.mark.parametrize(
    "words",
    [
        "自驾",
        "自己开车去",
        "已购高铁票",
        "已自行购票",
        "本人已买票",
        "已自行前往",
        "坐高铁去",
        "已返岗",
        "不去了，已买票",
    ],
)
def test_it_says_that_somebody_goes_by_own_means(words: str) -> None:
    assert remark_of(words) == Remark(goes_alone=True)


def test_who_withdrew_and_has_a_ticket_goes_by_own_means() -> None:
    assert remark_of("不去了，已买票") == Remark(goes_alone=True)


@pytest.mark.parametrize(
    "words",
    [
        *("不确定去不去", "暂缓", "老板来接也可以", "自己开车去不坐了", "自行前往", "不去东莞去深圳"),
        *("家里有事，不去了", "可能取消", "自己去"),
    ],
)
def test_what_is_not_clear_is_a_doubt(words: str) -> None:
    assert remark_of(words) == Remark(is_doubtful=True)


@pytest.mark.parametrize(
    "words",
    [
        *(
            "",
            "晕车",
            "需要轮椅",
            "想坐前排",
            "不坐后排",
            "和老婆一起",
            "自行到县城上车",
            "自行车一辆",
            "已报名",
        ),
        *(
            "家有2个小孩",
            "留守儿童",
            "小孩5岁",
            "带小孩1个不占座",
            "抱着小孩",
            "孕妇",
            "夫妻同行",
            "带行李2件",
        ),
    ],
)
def test_other_remarks_say_nothing_of_it(words: str) -> None:
    assert remark_of(words) == Remark()


@pytest.mark.parametrize(
    ("words", "num_children"),
    [
        *(("带小孩1个", 1), ("带小孩2个，占座", 2), ("带一个小孩（4岁）", 1), ("带小孩", 1), ("带两娃", 2)),
        *(
            ("带小孩2个（5岁、3岁）", 2),
            ("携带儿童2名", 2),
            ("小孩1个", 1),
            ("带3岁小孩一个", 1),
            ("1名儿童", 1),
        ),
        *(
            ("带儿子5岁女儿3岁", 2),
            ("随行小孩2", 2),
            ("带小孩5岁", 1),
            ("带小孩3个月", 1),
            ("晕车，带2小孩", 2),
        ),
    ],
)
def test_children_who_come_along_are_counted(words: str, num_children: int) -> None:
    assert remark_of(words) == Remark(num_children=num_children)
