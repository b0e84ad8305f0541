"""A header speaks of the traveller, of somebody who may travel along, or of somebody who stays at home."""

import pytest

from returnplan.reading.others import is_of_others, is_of_travellers, may_stay_at_home, stays_at_home


@pytest.mark.parametrize(
    "label",
    [
        "户主身份证号",
        "紧急联系人身份证号",
        "紧急联系人(家属)身份证号",
        "家属紧急联系人身份证号",
        "联系人2身份证号",
        "监护人证件号",
        "填报人身份证号(必填)",
        "村干部身份证号",
        "推荐人身份证号",
        "留守配偶身份证号",
        "不同行子女身份证号",
        "配偶身份证号(在家)",
        "配偶身份证号【留守在家】",
    ],
)
def test_who_stays_at_home(label: str) -> None:
    assert stays_at_home(label)


@pytest.mark.parametrize(
    "label",
    [
        "成员1身份证号",
        "成员1身份证号(请如实填写)",
        "成员1身份证号(由填报人核对)",
        "同行人姓名、联系电话、身份证号",
        "成员姓名及联系方式、身份证",
        "家庭成员身份证号(填报)",
        "家长/陪同家属身份证号",
        "联系人及同行人身份证号",
        "子女和监护人身份证号",
        "配偶身份证号",
        "配偶身份证号(不同行不填)",
        "同住家庭成员身份证号码",
        "身份证号(再次填写)",
        "填报2身份证号",
    ],
)
def test_who_may_travel_along(label: str) -> None:
    assert not stays_at_home(label)


def test_relatives_may_stay_unless_the_header_says_that_they_travel_along() -> None:
    assert may_stay_at_home("配偶身份证号")
    assert may_stay_at_home("家庭成员身份证号")
    assert not may_stay_at_home("随行配偶身份证号")
    assert not may_stay_at_home("成员1身份证号")
    assert not may_stay_at_home("户主身份证号")


@pytest.mark.parametrize("title", ["紧急联系人", "同行人", "家庭成员", "户主", "法人", "企业联系人", "配偶"])
def test_a_title_of_others(title: str) -> None:
    assert is_of_others(title)


@pytest.mark.parametrize(
    "title",
    ["基本信息", "填写人信息", "成员信息", "联系方式", "个人填写", "务工人员", "本人信息(联系人填写)", ""],
)
def test_a_title_of_the_travellers(title: str) -> None:
    assert not is_of_others(title)


@pytest.mark.parametrize("title", ["乘车人信息", "乘客", "返岗人员信息", "外出务工人员基本情况"])
def test_a_title_that_names_the_travellers(title: str) -> None:
    assert is_of_travellers(title)


@pytest.mark.parametrize("title", ["基本信息", "乘客紧急联系人", "务工企业", "同行乘车人", ""])
def test_a_title_that_names_them_not(title: str) -> None:
    assert not is_of_travellers(title)
