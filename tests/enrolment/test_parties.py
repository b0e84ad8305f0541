"""Who travels with whom, and parties that cannot travel whole."""

from datetime import timedelta
from typing import Any

import pytest

from returnplan.model.roster import Roster
from tests.specimens.intakes import DAY, codes, enrolled, fault, rejected, signup


def parties(roster: Roster) -> list[int]:
    return roster.people["party"].tolist()


def test_a_group_number_joins_within_its_sheet_only() -> None:
    roster = enrolled(
        signup(1, party="1"),
        signup(2, party="1"),
        signup(3, ref="大浪.xlsx!报名!2", party="1"),
        signup(4, ref="大浪.xlsx!报名!3", party="1"),
        signup(5),
    )
    assert parties(roster) == [0, 0, 1, 1, -1]
    assert roster.people["party_name"].tolist() == ["1", "1", "1", "1", ""]


def test_a_group_of_one_travels_alone() -> None:
    roster = enrolled(signup(1, party="7"))
    assert parties(roster) == [-1]
    assert roster.people["party_name"].tolist() == [""]


def test_companions_join_by_name_and_with_group_numbers() -> None:
    roster = enrolled(
        signup(1, name="韦甲", companions=("韦乙",)),
        signup(2, name="韦乙", party="3"),
        signup(3, name="韦丙", party="3"),
        signup(4),
    )
    assert parties(roster) == [0, 0, 0, -1]
    assert roster.people["party_name"].tolist()[:3] == ["3", "3", "3"]


def test_a_party_by_names_alone_is_called_after_its_first_member() -> None:
    roster = enrolled(signup(1, name="韦甲", companions=("韦乙",)), signup(2, name="韦乙"))
    assert roster.people["party_name"].tolist() == ["韦甲等2人"] * 2


def test_of_namesakes_the_one_of_the_same_township_is_meant() -> None:
    roster = enrolled(
        signup(1, companions=("韦乙",), township="大浪"),
        signup(2, name="韦乙", township="大浪"),
        signup(3, name="韦乙", township="香粉"),
    )
    assert parties(roster) == [0, 0, -1]


def test_unknown_and_unclear_companions_are_warnings() -> None:
    roster = enrolled(
        signup(1, companions=("韦无",)),
        signup(2, companions=("韦乙",)),
        signup(3, name="韦乙"),
        signup(4, name="韦乙"),
    )
    assert codes(roster) == ["companion_unclear", "companion_unknown"]
    assert fault(roster, "companion_unknown").value == "韦无"
    assert parties(roster) == [-1] * 4


@pytest.mark.parametrize(
    ("odd", "word"),
    [
        ({"city": "深圳"}, "城市"),
        ({"pickup": "老街口"}, "上车地点"),
        ({"earliest": DAY + timedelta(days=1)}, "日期"),
        ({"cancelled": True}, "已取消"),
    ],
)
def test_a_party_that_cannot_travel_whole_is_unplanned_and_the_reason_names_the_row(
    odd: dict[str, Any], word: str
) -> None:
    roster = enrolled(signup(1, party="1"), signup(2, party="1", **odd), signup(3))
    expected = ["party_split", "cancelled" if "cancelled" in odd else "party_split", ""]
    assert roster.people["code"].tolist() == expected
    reason = roster.people["reason_zh"].iloc[0]
    assert "报名.xlsx!报名!3" in reason
    assert word in reason
    if "cancelled" not in odd:  # the other one is told of the first
        assert "报名.xlsx!报名!2" in roster.people["reason_zh"].iloc[1]
        assert word in roster.people["reason_zh"].iloc[1]


def test_a_faulty_row_splits_its_party_whoever_rejected_it() -> None:
    for roster in (
        enrolled(signup(1, party="1"), signup(2, party="1", city="东菀")),
        enrolled(signup(1, party="1"), rejected=[rejected("报名.xlsx!报名!3", name="韦乙", party="1")]),
        enrolled(signup(1, companions=("韦乙",)), rejected=[rejected("报名.xlsx!报名!3", name="韦乙")]),
    ):
        assert roster.people["code"].tolist() == ["party_split"]
        assert "报名.xlsx!报名!3" in roster.people["reason_en"].iloc[0]


def test_common_days_before_the_notice_do_not_count() -> None:
    window: dict[str, Any] = {"earliest": DAY, "latest": DAY + timedelta(days=2)}
    long: dict[str, Any] = {"earliest": DAY, "latest": DAY + timedelta(days=9)}
    late: dict[str, Any] = {"earliest": DAY + timedelta(days=2), "latest": DAY + timedelta(days=9)}
    people = (signup(1, party="1", **window), signup(2, party="1", **long), signup(3, party="1", **late))
    assert enrolled(*people).people["code"].tolist() == [""] * 3
    roster = enrolled(*people, as_of=DAY + timedelta(days=2))
    assert roster.people["code"].tolist() == ["window_past", "party_split", "party_split"]


@pytest.mark.parametrize(
    "words",
    [
        "韦乙(妻子)",
        "韦乙（妻子）",
        "和韦乙一起",
        "妻子：韦乙",
        "妻子韦乙",
        "老婆（韦乙）",
        "与我的哥哥韦乙同行",
    ],
)
def test_words_around_a_companion_do_not_hide_the_name(words: str) -> None:
    roster = enrolled(signup(1, companions=(words,)), signup(2, name="韦乙"))
    assert (parties(roster), codes(roster)) == ([0, 0], [])


@pytest.mark.parametrize("words", ["韦乙韦丙丁", "韦乙和韦丙丁", "韦丙丁及韦乙"])
def test_names_side_by_side_are_several_companions(words: str) -> None:
    roster = enrolled(signup(1, companions=(words,)), signup(2, name="韦乙"), signup(3, name="韦丙丁"))
    assert (parties(roster), codes(roster)) == ([0, 0, 0], [])


def test_names_side_by_side_of_which_one_is_unknown_are_a_warning() -> None:
    roster = enrolled(signup(1, companions=("韦乙和韦无名",)), signup(2, name="韦乙"))
    assert codes(roster) == ["companion_unknown"]


def test_a_group_number_may_be_called_one() -> None:
    roster = enrolled(*(signup(i, party=words) for i, words in enumerate(["1", "第1组", "一组", "2"], 1)))
    assert parties(roster) == [0, 0, 0, -1]


def test_a_name_that_begins_like_such_words_is_a_name() -> None:
    roster = enrolled(signup(1, companions=("和小平",)), signup(2, name="和小平"), signup(3, name="小平"))
    assert parties(roster) == [0, 0, -1]


def test_an_unknown_companion_is_shown_without_the_words_around() -> None:
    roster = enrolled(signup(1, companions=("和韦无一起",)), signup(2, companions=("韦空(妻子)",)))
    assert [found.value for found in roster.faults] == ["韦无", "韦空"]
