"""Who stands behind an ID number."""

import pandas as pd

from returnplan.enrolment.identity import corrected_ids, faulty_rows_of
from returnplan.model.intake import RejectedRow
from tests.specimens.intakes import codes, enrolled, fault, signup

Row = tuple[str, str, str]


def frame(*rows: Row) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["id_number", "name", "phone"], dtype="str")


def test_a_new_number_with_the_name_and_phone_of_someone_gone_is_a_correction() -> None:
    known = frame(("old", "韦甲", "138"), ("kept", "韦乙", "139"))
    now = frame(("new", "韦 甲", "138"), ("kept", "韦乙", "139"), ("fresh", "韦丙", "137"))
    assert corrected_ids(now, known) == {"new": "old"}


def test_of_several_phones_one_is_enough() -> None:
    known = frame(("old", "韦甲", "13800000001"), ("b", "韦乙", "13900000001/13900000002"))
    now = frame(("new", "韦甲", "13800000001/13700000009"), ("c", "韦乙", "13900000002/13900000001"))
    assert corrected_ids(now, known) == {"new": "old", "c": "b"}


def test_a_faulty_row_is_of_whom_its_number_or_its_name_and_phone_tell() -> None:
    known = frame(("1X", "韦甲", "13800000001"), ("2", "韦乙", "13900000001"), ("3", "韦丙", "13700000001"))
    rejected = (
        RejectedRow("表!1", "韦丙", "13700000001", "1x"),
        RejectedRow("表!2", "韦 乙", "139 0000 0001、13600000001", "mistyped"),
        RejectedRow("表!3", "韦丙", "13700000002", "mistyped"),
    )
    assert faulty_rows_of(known, rejected) == {"1X": "表!1", "2": "表!2"}


def test_of_two_faulty_rows_with_one_name_and_phone_none_is_taken() -> None:
    rejected = [RejectedRow(f"表!{n}", "韦甲", "13800000001", f"mistyped {n}") for n in (1, 2)]
    assert faulty_rows_of(frame(("1", "韦甲", "13800000001")), rejected) == {}


def test_nothing_is_linked_that_is_not_clear() -> None:
    known = frame(("a", "韦甲", "138"), ("b", "韦乙", ""), ("c", "韦丙", "137"), ("d", "韦丙", "137"))
    still_there = frame(("a", "韦甲", "138"), ("new", "韦甲", "138"))
    assert corrected_ids(still_there, known) == {}
    assert corrected_ids(frame(("new", "韦乙", "")), known) == {}
    assert corrected_ids(frame(("new", "韦丙", "137")), known) == {}
    assert corrected_ids(frame(("x", "韦甲", "138"), ("y", "韦甲", "138")), known) == {}


def test_two_numbers_with_one_name_and_phone_in_a_call_are_a_warning() -> None:
    roster = enrolled(
        signup(1, name="韦甲", phone="138"), signup(2, name="韦甲", phone="138"), signup(3, phone="138")
    )
    assert codes(roster) == ["same_name_phone"]
    assert fault(roster, "same_name_phone").signup == "报名.xlsx!报名!3"
    assert len(roster.people) == 3
