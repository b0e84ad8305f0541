"""Words of a wrong number, as clerks write them into call lists."""

import pytest

from returnplan.papers.calls.wrong_number import after_wrong_number


@pytest.mark.parametrize(
    "words",
    [
        "接了,别人的",
        "接了,不是本人",
        "接了,是别人的号码",
        "接了,说不认识",
        "接通,对方不认识他",
        "接了,查无此人",
        "接了,说不是他",
        "号码不是本人的",
        "电话归别人了",
        "电话号码有误",
        "手机号填错了",
        "号码不存在",
        "已通知,号码错了重打",
        "空号,没通知到",
        "空号,未能微信通知",
        "空号,通知不到",
        "空号,已请村干部通知",
        "空号,已通知村干部",
        "打错了,待通知",
        "不是空号,是别人的",
        "错号,联系不上",
        "未接原因:空号",
        "空号,家里电话联系过没人接",
        "空号,联系了没人",
        "空号,联系过他家",
        "空号,通知过没接",
        "空号,家里也通知过无人接听",
        "错号,已告知村干部",
        "空号,已转告村委",
        "空号,已转达给镇上",
    ],
)
def test_nobody_was_told(words: str) -> None:
    assert after_wrong_number(words) == "unreached"


@pytest.mark.parametrize(
    "words",
    [
        "空号,已微信通知",
        "空号,打家里电话通知到了",
        "空号,已通知家属",
        "空号已短信通知",
        "号码不对,已通知到本人",
        "号码错误(已通知其父)",
        "打错电话,后来通知到",
        "错号,村干部已上门通知",
        "接了,不是本人,是他爱人,已转告",
        "不是本人,已告知家人",
        "空号,另打家属电话通知到了",
        "空号,后来联系上了",
        "已通知到本人,登记的号码是空号",
        "是别人的号,微信联系到本人了",
    ],
)
def test_the_person_was_told_some_other_way(words: str) -> None:
    assert after_wrong_number(words) == "told"


@pytest.mark.parametrize(
    "words",
    [
        "已通知",
        "已通知,不是空号",
        "已通知,是别人接的",
        "接了,不是本人接的",
        "已通知,用别人的手机",
        "已通知,坐别人的车",
        "已通知,不认识上车点",
        "已通知,没打错",
        "已通知,电话错过一次",
        "已通知,原号是别人的",
        "已通知,号码已更正,原来错号",
        "关机",
    ],
)
def test_no_wrong_number_is_spoken_of_or_another_as_well(words: str) -> None:
    assert after_wrong_number(words) is None
