"""The same person twice, two people with one ID number."""

from tests.specimens.intakes import DAY, codes, enrolled, fault, rejected, signup


def test_the_later_row_of_a_person_wins_and_the_earlier_is_reported() -> None:
    roster = enrolled(signup(1, city="深圳"), signup(1, ref="报名.xlsx!报名!9", city="东莞"))
    assert roster.people["city"].tolist() == ["东莞市"]
    earlier = fault(roster, "duplicate_signup")
    assert (earlier.signup, earlier.severity) == ("报名.xlsx!报名!2", "warning")
    assert "报名.xlsx!报名!9" in earlier.message.zh
    assert roster.rejected == ()


def test_the_later_file_wins_over_a_lower_row() -> None:
    roster = enrolled(signup(1, ref="一.xlsx!S!90", city="深圳"), signup(1, ref="二.xlsx!S!2", city="东莞"))
    assert roster.people["signup"].tolist() == ["二.xlsx!S!2"]


def test_two_people_with_one_id_number_are_both_faulty() -> None:
    roster = enrolled(signup(1, name="韦甲"), signup(1, ref="报名.xlsx!报名!9", name="覃乙"), signup(2))
    assert codes(roster) == ["id_shared", "id_shared"]
    assert [row.name for row in roster.rejected] == ["韦甲", "覃乙"]
    assert len(roster.people) == 1


def test_a_corrected_row_replaces_the_faulty_one_before_it() -> None:
    faulty = rejected("报名.xlsx!报名!1", name="韦丁", id_number=signup(1).id_number)
    roster = enrolled(signup(1), rejected=[faulty])
    assert roster.rejected == ()
    assert fault(roster, "duplicate_signup").signup == "报名.xlsx!报名!1"


def test_a_later_faulty_row_replaces_a_good_one() -> None:
    faulty = rejected("报名.xlsx!报名!9", name=signup(1).name, id_number=signup(1).id_number)
    roster = enrolled(signup(1), rejected=[faulty])
    assert roster.people.empty
    assert roster.rejected == (faulty,)


def test_a_small_x_in_a_faulty_row_is_the_same_number() -> None:
    worker = signup(3)
    assert worker.id_number.endswith("X")
    faulty = rejected("报名.xlsx!报名!1", name=worker.name, id_number=worker.id_number.lower())
    assert enrolled(worker, rejected=[faulty]).rejected == ()


def test_blanks_in_a_name_make_no_other_person() -> None:
    roster = enrolled(signup(1, name="韦 丁"), signup(1, ref="报名.xlsx!报名!9", name="韦丁", latest=DAY))
    assert codes(roster) == ["duplicate_signup"]
