"""What remarks say about travelling and about children."""

import pytest

from returnplan.reading.remarks import Remark, remark_of


@pytest.mark.parametrize(
    "words",
    [
        *("不去了", "取消", "已取消！", "取消报名", "本人不去了", "不坐车了", "放弃"),
        *("去不了", "走不了了", "不能去了", "住院", "已住院，去不了", "因病住院", "正在住院"),
    ],
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
        *("父亲住院", "家里有事去不了", "可能去不了"),
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
            "带行李2件",
            "刚出院",
        ),
        *("2人间", "1人", "一个人走", "老婆送到车站", "不带家属", "不和别人坐一起", "母亲80岁", "2件行李"),
        *("2月25日报到", "23号复工", "3号楼", "身高1.75米", "体温36.5", "身份证2月20日过期"),
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


@pytest.mark.parametrize(
    "words",
    [
        *(
            "70岁母亲同行，也要座位",
            "老婆和弟弟一起，他们没报",
            "和李玉蓉一起走",
            "我妈也去",
            "带老人1人",
            "夫妻同行",
            "与覃玉香等老乡同厂",
            "和韦明同厂",
        ),
        *("两口子", "3人", "共3人", "2大1小", "要2个座", "多留一个座", "兄弟俩", "我和弟弟"),
    ],
)
def test_adults_who_come_along_are_noticed(words: str) -> None:
    assert remark_of(words) == Remark(with_adults=True)


@pytest.mark.parametrize("words", ["带老婆孩子", "和老公一起带小孩1个", "夫妻俩，带一个小孩"])
def test_adults_and_children(words: str) -> None:
    assert remark_of(words) == Remark(num_children=1, with_adults=True)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        *(
            ("我改到23号走", "23号"),
            ("改23号", "23号"),
            ("推迟到2月23日", "2月23日"),
            ("改期2月23日", "2月23日"),
        ),
        *(("20号改到23号", "23号"), ("原定20号，改23号", "23号"), ("2月23日", "2月23日"), ("2.23走", "2.23")),
        *(
            ("2027-02-23", "2027-02-23"),
            ("正月十六走", "正月十六"),
            ("初八以后都可以", "初八以后"),
            ("20-23号都行", "20-23号"),
        ),
    ],
)
def test_a_day_of_travel_is_noticed(words: str, day: str) -> None:
    assert remark_of(words) == Remark(day=day)


@pytest.mark.parametrize(
    ("words", "pickup"),
    [
        ("在外地，从成都上车", "成都"),
        ("自行到县城上车", "县城"),
        ("在镇政府上车", "镇政府"),
        ("上车点改县城", "县城"),
    ],
)
def test_a_place_to_board_is_noticed(words: str, pickup: str) -> None:
    assert remark_of(words) == Remark(pickup=pickup)
