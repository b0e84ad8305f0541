"""What a later row of a person leaves blank."""

import pytest

from tests.specimens.intakes import DAY, codes, enrolled, fault, signup


def test_phone_and_remark_stay_where_the_later_row_has_none() -> None:
    roster = enrolled(
        signup(1, ref="甲.xlsx!S!2", phone="13800000001", note="坐轮椅"),
        signup(2, ref="甲.xlsx!S!3", phone="13800000002"),
        signup(1, ref="乙.xlsx!S!2"),
        signup(2, ref="乙.xlsx!S!3", phone="13900000002"),
        signup(3, ref="乙.xlsx!S!4"),
    )
    people = roster.people.sort_values("signup")
    assert people["signup"].tolist() == ["乙.xlsx!S!2", "乙.xlsx!S!3", "乙.xlsx!S!4"]
    assert people["phone"].tolist() == ["13800000001", "13900000002", ""]
    assert people["note"].tolist() == ["坐轮椅", "", ""]
    told = fault(roster, "kept_from_earlier")
    assert (told.severity, told.signup) == ("warning", "甲.xlsx!S!2")
    assert "电话、备注" in told.message.zh


def test_of_several_earlier_rows_the_latest_tells() -> None:
    roster = enrolled(
        signup(1, ref="甲.xlsx!S!2", phone="13800000001"),
        signup(1, ref="甲.xlsx!S!3", phone="13800000002"),
        signup(1, ref="甲.xlsx!S!4"),
    )
    assert roster.people["phone"].tolist() == ["13800000002"]


def test_what_is_lost_is_named_and_not_kept() -> None:
    roster = enrolled(
        signup(1, ref="甲.xlsx!S!2", num_children=1, earliest=DAY),
        signup(1, ref="甲.xlsx!S!3", named_date=DAY),
    )
    assert roster.people["num_children"].tolist() == [0]
    told = fault(roster, "later_row_blank")
    assert (told.severity, told.signup) == ("warning", "甲.xlsx!S!2")
    assert "没有写随行儿童，" in told.message.zh


def test_a_later_row_that_says_all_is_no_warning_more() -> None:
    roster = enrolled(signup(1, phone="13800000001"), signup(1, ref="报名.xlsx!报名!9", phone="13800000001"))
    assert codes(roster) == ["duplicate_signup"]


@pytest.mark.parametrize("said", [{"cancelled": True}, {"rides": False}])
def test_a_remark_of_who_stays_at_home_does_not_stay_beside_a_later_row(said: dict[str, bool]) -> None:
    """不去了, or 自己开车去: who signs up again goes with us."""
    roster = enrolled(
        signup(1, ref="甲.xlsx!S!2", phone="13800000001", note="不去了", **said), signup(1, ref="乙.xlsx!S!2")
    )
    assert roster.people["note"].tolist() == [""]
    assert roster.people["phone"].tolist() == ["13800000001"]
