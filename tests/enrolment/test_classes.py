"""Classes and the order in which they are served."""

import pytest

from returnplan.enrolment.classes import class_name
from returnplan.enrolment.settings import EnrolmentSettings, Priority
from tests.specimens.intakes import codes, enrolled, fault, signup


@pytest.mark.parametrize(
    ("categories", "rank"),
    [
        (("脱贫户",), 0),
        (("脱贫人口",), 0),
        (("建档立卡贫困户",), 0),
        (("边缘易致贫户",), 1),
        (("脱贫不稳定户",), 1),
        (("易地扶贫搬迁",), 2),
        (("低收入",), 3),
        (("一般",), 4),
        (("非脱贫户",), 4),
        ((), 4),
        (("低收入", "脱贫户"), 0),
    ],
)
def test_rank_by_the_words_of_the_field(categories: tuple[str, ...], rank: int) -> None:
    roster = enrolled(signup(1, categories=categories))
    assert roster.people["rank"].tolist() == [rank]
    assert codes(roster) == []


def test_the_class_served_first_is_the_one_shown() -> None:
    assert enrolled(signup(1, categories=("低收入", "脱贫户"))).people["category"].tolist() == ["脱贫户"]


def test_an_unknown_class_is_served_last_with_a_warning() -> None:
    roster = enrolled(signup(1, categories=("劳模",)))
    assert roster.people["rank"].tolist() == [4]
    assert fault(roster, "unknown_class").severity == "warning"


def test_the_office_sets_its_own_order() -> None:
    settings = EnrolmentSettings(priority=Priority(order=("劳模", "监测对象", "脱贫户")))
    people = (signup(i, categories=(word,)) for i, word in enumerate(("脱贫户", "劳模", "低收入", "监测户")))
    assert enrolled(*people, settings=settings).people["rank"].tolist() == [2, 0, 3, 1]


@pytest.mark.parametrize(
    ("word", "name"),
    [("脱贫人口", "脱贫户"), ("脱贫不稳定户", "监测对象"), ("非脱贫户", "其他"), ("退役军人", "退役军人")],
)
def test_words_for_one_class_have_one_name(word: str, name: str) -> None:
    assert class_name(word) == name
