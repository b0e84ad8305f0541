"""Each rule of docs/contract.md#matching where it decides."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from returnplan.matching import match
from returnplan.model.person import OWN_WORK
from returnplan.model.roster import Roster, Vacancy
from tests.specimens.rosters import place, roster, vacancy

PLACES = (
    place("融安汽车站", "柳州市"),
    place("长安厂门", "东莞市"),
    place("虎门厂门", "东莞市"),
    place("龙华", "深圳市"),
)


def matched(workers: Sequence[Mapping[str, Any]], *vacancies: Vacancy) -> pd.DataFrame:
    return match(roster(workers, places=PLACES, vacancies=vacancies)).people


def employers(workers: Sequence[Mapping[str, Any]], *vacancies: Vacancy) -> list[str]:
    """Return the employer found for each worker, empty for none."""
    return [vacancies[line].employer if line >= 0 else "" for line in matched(workers, *vacancies)["vacancy"]]


def test_matched_person_gets_all_of_the_vacancy() -> None:
    line = vacancy("甲厂", 3, city="深圳市", resume="2021-02-20", reception_from="2021-02-19")
    found = matched([{"acceptable": ("深圳市",)}], line).iloc[0]
    assert (found["vacancy"], found["dropoff"], found["city"]) == (0, 3, "深圳市")
    assert (found["resume"], found["reception"]) == (pd.Timestamp("2021-02-20"), pd.Timestamp("2021-02-19"))


def test_more_people_placed_beats_a_wish() -> None:
    """The welder could weld, but then the woman of 50 stays behind."""
    workers: list[dict[str, Any]] = [{"post": "电焊", "age": 30}, {"age": 50}]
    young, old = vacancy("甲厂", 1, max_age=40), vacancy("乙厂", 1, post="电焊")
    assert employers(workers, young, old) == ["甲厂", "乙厂"]


def test_first_class_is_served_first() -> None:
    assert employers([{"rank": 1}, {"rank": 0}], vacancy("甲厂", 1)) == ["", "甲厂"]


def test_wish_beats_wage_and_compares_after_normalisation() -> None:
    worker = {"post": " CNC 操作员"}
    wished, richer = (
        vacancy("甲厂", 1, post="ｃｎｃ操作员", wage_yuan=4000),
        vacancy("乙厂", 1, wage_yuan=9000),
    )
    assert employers([worker], wished, richer) == ["甲厂"]


def test_wage_decides_among_equals() -> None:
    lines = vacancy("甲厂", 1, wage_yuan=4000), vacancy("乙厂", 1, wage_yuan=4000.5)
    assert employers([{}], *lines) == ["乙厂"]


def test_own_city_is_kept_at_equal_wage() -> None:
    lines = vacancy("甲厂", 3, city="深圳市"), vacancy("乙厂", 1)
    assert employers([{"acceptable": ("深圳市",)}], *lines) == ["乙厂"]


def again(workers: Sequence[Mapping[str, Any]], had: Sequence[int], *vacancies: Vacancy) -> list[int]:
    """Return the vacancy of each worker where each had one in the last plan, -1 for none."""
    people = match(roster(workers, places=PLACES, vacancies=vacancies), np.array(had)).people
    found: list[int] = people["vacancy"].tolist()
    return found


def test_the_others_keep_their_vacancies_when_one_drops_out() -> None:
    """Of six who are alike the first is gone: the next one does not take her place, and so on."""
    near, far = vacancy("甲厂", 1, headcount=3), vacancy("乙厂", 2, headcount=3)
    had = matched([{}] * 6, near, far)["vacancy"].tolist()
    assert again([{}] * 5, had[1:], near, far) == had[1:]
    assert again([{}] * 5, had[:-1], near, far) == had[:-1]


def test_a_vacancy_of_before_decides_among_equals_alone() -> None:
    worker = {"acceptable": ("深圳市",)}
    elsewhere = vacancy("丙厂", 3, city="深圳市", headcount=2)
    assert again([worker] * 2, [0, 0], elsewhere, vacancy("甲厂", 1)) == [0, 1]
    assert again([worker], [0], elsewhere, vacancy("甲厂", 1, wage_yuan=4000)) == [1]
    assert again(
        [worker | {"post": "电焊"}], [0], elsewhere, vacancy("甲厂", 3, city="深圳市", post="电焊")
    ) == [1]


def test_of_equal_people_those_who_had_a_vacancy_have_one() -> None:
    assert again([{}] * 3, [-1, -1, 0], vacancy("甲厂", 1)) == [-1, -1, 0]


def test_parties_go_where_they_went() -> None:
    near, far = vacancy("甲厂", 1, headcount=2), vacancy("乙厂", 2, headcount=2)
    parties = [{"party": 1}, {"party": 1}, {"party": 2}, {"party": 2}]
    for had in ([0, 0, 1, 1], [1, 1, 0, 0]):
        assert again(parties, had, near, far) == had
    newcomers, more = [{"party": 3}, {"party": 3}], vacancy("乙厂", 2, headcount=4)
    for had in ([0, 0, -1, -1, 1, 1], [1, 1, -1, -1, 0, 0]):  # newcomers take what is free
        after = again([*parties[:2], *newcomers, *parties[2:]], had, near, more)
        assert after == [1 if line < 0 else line for line in had]


def test_who_wishes_a_post_of_another_line_keeps_the_one_of_before() -> None:
    """The wished post is taken by a wish as good, so the other line is found by both ways of the network."""
    welder = {"post": "电焊"}
    weld, any_work = vacancy("甲厂", 1, post="电焊"), vacancy("乙厂", 2, post="普工")
    for had in ([0, 1], [1, 0]):
        assert again([welder] * 2, had, weld, any_work) == had


@pytest.mark.parametrize(
    ("worker", "limits"),
    [({"sex": "男"}, {"sex": "女"}), ({"age": 17}, {"min_age": 18}), ({"age": 46}, {"max_age": 45})],
)
def test_limits_hold(worker: dict[str, object], limits: dict[str, object]) -> None:
    found = matched([worker], vacancy("甲厂", 1, **limits)).iloc[0]
    assert (found["vacancy"], found["code"]) == (-1, "no_vacancy")
    assert "都不招收" in found["reason_zh"]
    assert "limits of sex or age" in found["reason_en"]


def test_age_limits_include_their_ends() -> None:
    assert employers([{"age": 18}], vacancy("甲厂", 1, min_age=18, max_age=18)) == ["甲厂"]


def test_headcount_is_kept_and_none_counts_nothing() -> None:
    lines = vacancy("甲厂", 1, headcount=2), vacancy("乙厂", 1, headcount=None)
    people = matched([{}, {}, {}], *lines)
    assert people["vacancy"].tolist().count(0) == 2
    assert people["code"].tolist().count("no_vacancy") == 1


def test_returning_people_use_no_vacancy_up() -> None:
    assert employers([{"employer": "甲厂", "vacancy": 0}, {}], vacancy("甲厂", 1)) == ["甲厂", "甲厂"]


def test_people_kept_back_are_not_matched() -> None:
    people = matched([{"code": "health"}, {}], vacancy("甲厂", 1))
    assert people["code"].tolist() == ["health", ""]
    assert people["vacancy"].tolist() == [-1, 0]


def test_without_demand_in_their_city_people_stay_as_they_are() -> None:
    people = matched([{"city": "深圳市", "dropoff": 3}], vacancy("甲厂", 1))
    assert (people["code"][0], people["dropoff"][0]) == ("", 3)


def test_demand_in_an_acceptable_city_counts() -> None:
    worker = {"city": "深圳市", "acceptable": ("东莞市",)}
    assert matched([worker, worker], vacancy("甲厂", 1))["code"].tolist() == ["", "no_vacancy"]


def test_party_goes_to_one_place() -> None:
    """Two vacancies at two gates are none for a couple; one at each of two employers of a gate are."""
    couple = [{"party": 0}, {"party": 0}]
    apart = vacancy("甲厂", 1), vacancy("乙厂", 2)
    people = matched(couple, *apart)
    assert people["code"].tolist() == ["no_vacancy", "no_vacancy"]
    assert "没有一个下车地点" in people["reason_zh"][0]
    assert sorted(employers(couple, *apart, vacancy("丙厂", 2))) == ["丙厂", "乙厂"]


def test_party_is_matched_whole_or_not_at_all() -> None:
    """One vacancy: the person alone gets it, not half of the couple, though the couple is of a higher class."""
    workers = [{"party": 0}, {"party": 0}, {"rank": 3}]
    assert employers(workers, vacancy("甲厂", 1)) == ["", "", "甲厂"]


def test_companion_with_an_employer_pins_the_place() -> None:
    workers: list[dict[str, Any]] = [{"party": 0, "employer": "甲厂", "dropoff": 2}, {"party": 0}]
    rich, near = vacancy("乙厂", 1, wage_yuan=9000), vacancy("丙厂", 2)
    assert employers(workers, rich, near) == ["", "丙厂"]


def test_rest_of_an_unmatched_party_is_named() -> None:
    workers: list[dict[str, Any]] = [{"party": 0, "employer": "甲厂", "dropoff": 2}, {"party": 0}]
    people = matched(workers, vacancy("乙厂", 1))
    assert people["code"].tolist() == ["party_split", "no_vacancy"]
    assert people["signup"][1] in people["reason_zh"][0]


def test_row_order_of_the_demand_sheet_does_not_matter() -> None:
    workers: Sequence[Mapping[str, Any]] = [{"age": 20 + i, "rank": i % 2} for i in range(5)]
    lines = [vacancy(name, 1 + i % 2) for i, name in enumerate("甲乙丙")]
    assert employers(workers, *lines) == employers(workers, *lines[::-1])


def test_no_job_seeker_no_change() -> None:
    whole = roster([{"employer": "甲厂"}], places=PLACES, vacancies=[vacancy("甲厂", 1)])
    assert match(whole) is whole


def test_other_tables_are_untouched() -> None:
    whole: Roster = roster([{}], places=PLACES, vacancies=[vacancy("甲厂", 1)])
    before = whole.people.copy()
    assert replace(match(whole), people=whole.people) == whole
    pd.testing.assert_frame_equal(whole.people, before)


def test_who_finds_work_alone_takes_no_vacancy_and_needs_none() -> None:
    found = matched([{"employer": OWN_WORK}, {}, {}], vacancy("甲厂", 1))
    assert (found["vacancy"].tolist(), found["code"].tolist()) == ([-1, 0, -1], ["", "", "no_vacancy"])
