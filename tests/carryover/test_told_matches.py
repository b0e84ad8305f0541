"""Who was told of a draft keeps the vacancy that was found, whoever signs up later."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import pytest

from returnplan.carryover import vacancies_before, with_told_matches
from returnplan.matching import match
from returnplan.model.roster import Roster, Vacancy
from tests.specimens.rosters import place, roster, vacancy

PLACES = (place("融安汽车站", "柳州市"), place("长安厂门", "东莞市"), place("虎门厂门", "东莞市"))
NEAR, FAR = vacancy("甲厂", 1, wage_yuan=4000), vacancy("乙厂", 2, headcount=2, wage_yuan=5000)
TOLD = frozenset({1, 2})


def signed_up(workers: Sequence[Mapping[str, Any]], *vacancies: Vacancy) -> Roster:
    return roster(workers, places=PLACES, vacancies=vacancies)


def kept(before: Sequence[Mapping[str, Any]], now: Roster, *vacancies: Vacancy) -> pd.DataFrame:
    """Return the people of now in whom those who were told, 1 and 2, have their vacancies."""
    old = match(signed_up(before, *vacancies))
    numbers = [pd.Series(range(1, len(one.people) + 1)) for one in (now, old)]
    people, keeps = with_told_matches(now, TOLD, numbers[0], vacancies_before(now, old, *numbers))
    return people.assign(keeps=keeps)


def test_who_was_told_keeps_the_vacancy_that_would_go_to_another_now() -> None:
    """On the second evening a better paid place opens: who was not told takes it."""
    worker: dict[str, Any] = {}
    now = signed_up([worker] * 3, NEAR, vacancy("丙厂", 2, headcount=3, wage_yuan=9000))
    people = kept([worker] * 3, now, NEAR)
    assert people["keeps"].tolist() == [True, False, False]  # there was one vacancy
    assert people["dropoff"].iloc[0] == NEAR.place
    assert people["vacancy"].tolist() == [0, -1, -1]


@pytest.mark.parametrize(
    ("now", "vacancies"),
    [
        ([{"sex": "女"}], [vacancy("甲厂", 1, sex="男")]),
        ([{"age": 50}], [vacancy("甲厂", 1, max_age=45)]),
        ([{"city": "深圳市"}], [vacancy("甲厂", 1)]),
        ([{"code": "cancelled"}], [vacancy("甲厂", 1)]),
        ([{"employer": "丁厂"}], [vacancy("甲厂", 1)]),
        ([{}], [vacancy("戊厂", 1)]),
        ([{}], [vacancy("甲厂", 1, headcount=0)]),
    ],
)
def test_a_vacancy_that_is_gone_or_does_not_suit_any_more_is_not_kept(
    now: list[dict[str, Any]], vacancies: list[Vacancy]
) -> None:
    before = [{"sex": "男", "age": 30}]
    was = [vacancy("甲厂", 1, sex=vacancies[0].sex, max_age=vacancies[0].max_age)]
    old = match(signed_up(before, *was))
    assert (old.people["vacancy"] == 0).all()
    workers = [before[0] | one for one in now]
    now_, number = signed_up(workers, *vacancies), pd.Series([1])
    people, keeps = with_told_matches(now_, TOLD, number, vacancies_before(now_, old, number, number))
    assert not keeps.any()
    assert people["vacancy"].tolist() == [-1]


def test_of_those_who_were_told_as_many_stay_as_the_vacancy_still_has() -> None:
    now = signed_up([{}] * 2, vacancy("乙厂", 2, wage_yuan=5000))
    assert kept([{}] * 2, now, FAR)["keeps"].tolist() == [True, False]


@pytest.mark.parametrize(("headcount", "stay"), [(2, [False, True, False]), (1, [False, False, False])])
def test_people_of_published_batches_come_first(headcount: int, stay: list[bool]) -> None:
    """The employer takes fewer now, and one or two of its vacancies are theirs."""
    now = signed_up([{"vacancy": 0}, {}, {}], vacancy("乙厂", 2, headcount=headcount, wage_yuan=5000))
    before, person = pd.Series([-1, 0, 0]), pd.Series([3, 1, 2])
    people, keeps = with_told_matches(now, TOLD, person, before)
    assert keeps.tolist() == stay
    assert (people["vacancy"] >= 0).tolist() == [True, *stay[1:]]


def test_a_party_keeps_its_vacancies_whole_or_not_at_all() -> None:
    both = [{"party": 5}] * 2
    assert kept(both, signed_up(both, FAR), FAR)["keeps"].tolist() == [True, True]
    one_left = signed_up(both, vacancy("乙厂", 2, wage_yuan=5000))
    assert kept(both, one_left, FAR)["keeps"].tolist() == [False, False]
    with_another = signed_up([*both, {"party": 5}], vacancy("乙厂", 2, headcount=3, wage_yuan=5000))
    assert not kept(both, with_another, FAR)["keeps"].any()
