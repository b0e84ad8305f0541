"""The same demand in two lists counts once; nothing is lost in silence."""

from datetime import date, datetime
from typing import Any

from returnplan.model.intake import DatedFile
from returnplan.model.records import Demand
from returnplan.model.roster import Roster
from tests.specimens.intakes import enrolled, fault, signup

FILES = [DatedFile(name, name, datetime(2027, 2, day)) for name, day in (("旧.xlsx", 9), ("宁波.xlsx", 12))]


def demand(ref: str, headcount: int | None = 12, **fields: Any) -> Demand:
    return Demand(
        ref=ref, **{"employer": "公牛电器", "city": "宁波", "post": "普工", **fields}, headcount=headcount
    )


def hired(*lines: Demand, files: list[DatedFile] = FILES) -> tuple[int, Roster]:
    roster = enrolled(signup(1), demand=lines, files=files)
    return sum(one.headcount or 0 for one in roster.vacancies), roster


def test_the_later_list_counts_and_the_warning_names_both_rows() -> None:
    old, new = (
        demand("旧.xlsx!S!2", resume=date(2027, 2, 20)),
        demand("宁波.xlsx!S!3", 15, employer="公牛电器有限公司"),
    )
    num, roster = hired(new, old)
    warning = fault(roster, "demand_repeated")
    assert (num, warning.file, warning.severity) == (15, "旧.xlsx", "warning")
    assert "宁波.xlsx!S!3" in warning.message.zh
    assert "后报的 15 人为准，这里的 12 人不计" in warning.message.zh
    assert [one.resume for one in roster.vacancies] == [date(2027, 2, 20)]  # told once, by the earlier list
    assert hired(new, old, files=FILES[::-1])[0] == 12


def test_another_post_city_or_place_and_rows_of_one_file_are_added_up() -> None:
    first = demand("旧.xlsx!S!2")
    for other in (
        demand("宁波.xlsx!S!3", 15, post="焊工"),
        demand("宁波.xlsx!S!3", 15, city="苏州"),
        demand("宁波.xlsx!S!3", 15, place="慈溪市"),
        demand("旧.xlsx!S!3", 15),
    ):
        num, roster = hired(first, other)
        assert num == 27
        assert "demand_repeated" not in {one.code for one in roster.faults}


def test_a_supplement_comes_on_top_and_says_so() -> None:
    files = [FILES[0], DatedFile("公牛补充.xlsx", "公牛补充.xlsx", datetime(2027, 2, 12))]
    num, roster = hired(demand("旧.xlsx!S!2"), demand("公牛补充.xlsx!S!3", 15), files=files)
    assert num == 27
    assert "合计 27 人" in fault(roster, "demand_added").message.zh


def test_a_line_without_a_number_takes_no_vacancy_away() -> None:
    assert hired(demand("旧.xlsx!S!2"), demand("宁波.xlsx!S!3", None))[0] == 12


def test_a_limit_that_the_later_list_leaves_blank_is_lifted() -> None:
    women = demand("旧.xlsx!S!2", 5, sex="女", max_age=45, contact="陈工")
    num, roster = hired(women, demand("宁波.xlsx!S!3", 20))
    (vacancy,) = roster.vacancies
    assert (num, vacancy.sex, vacancy.max_age, vacancy.contact) == (20, None, None, "陈工")


def test_only_what_the_earlier_rows_agree_on_is_filled_in() -> None:
    first, second = date(2027, 2, 20), date(2027, 2, 26)
    old = [
        demand("旧.xlsx!S!2", 5, resume=first, wage_yuan=5000),
        demand("旧.xlsx!S!3", 5, resume=second, wage_yuan=5000),
    ]
    (vacancy,) = hired(*old, demand("宁波.xlsx!S!3", 20))[1].vacancies
    assert (vacancy.resume, vacancy.wage_yuan) == (None, 5000)


def test_what_only_the_first_of_three_lists_says_is_kept() -> None:
    files = [*FILES, DatedFile("三.xlsx", "三.xlsx", datetime(2027, 2, 14))]
    old = demand("旧.xlsx!S!2", resume=date(2027, 2, 20))
    num, roster = hired(old, demand("宁波.xlsx!S!3", 15), demand("三.xlsx!S!3", 9), files=files)
    assert (num, [one.resume for one in roster.vacancies]) == (9, [date(2027, 2, 20)])


def test_a_supplement_comes_on_top_of_a_list_that_was_saved_after_it() -> None:
    files = [DatedFile("公牛补充.xlsx", "公牛补充.xlsx", datetime(2027, 2, 8)), *FILES]
    lines = [demand("公牛补充.xlsx!S!3", 5), demand("旧.xlsx!S!2"), demand("宁波.xlsx!S!3", 15)]
    assert hired(*lines, files=files)[0] == 20


def test_a_sheet_of_supplements_beside_another_one_of_its_file() -> None:
    lines = [demand("旧.xlsx!S!2"), demand("宁波.xlsx!补充!2", 5), demand("宁波.xlsx!普工!2", 15)]
    num, roster = hired(*lines)
    assert num == 20
    assert [one.code for one in roster.faults if one.severity == "warning"].count("demand_added") == 0


def test_a_row_for_men_does_not_replace_one_for_women() -> None:
    men, women = demand("旧.xlsx!S!2", sex="男"), demand("宁波.xlsx!S!3", 15, sex="女")
    assert hired(men, women)[0] == 27
    assert hired(men, women.model_copy(update={"sex": None}))[0] == 15
