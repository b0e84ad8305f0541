"""The same person twice, two people with one ID number."""

from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from returnplan.model.faults import Fault
from returnplan.model.intake import DatedFile
from returnplan.model.records import SignUp
from returnplan.model.texts import NO_TEXT
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


def test_a_superseded_row_need_not_be_corrected() -> None:
    """Whatever reading or enrolment found wrong in the older rows is said as a warning that names the later row."""
    faulty = rejected("旧.xlsx!S!4", name="韦甲", id_number=signup(2).id_number)
    read = Fault("旧.xlsx", "S", "F4", "2月30日", "no_such_date", NO_TEXT, signup=faulty.ref)
    roster = enrolled(
        signup(1, ref="旧.xlsx!S!3", city="东塘市"),
        signup(1, ref="新.xlsx!S!3"),
        signup(2, ref="新.xlsx!S!4", name="韦甲"),
        rejected=[faulty],
        faults=[read],
    )
    assert codes(roster) == ["duplicate_signup", "duplicate_signup", "no_such_date", "unknown_city"]
    assert {told.severity for told in roster.faults} == {"warning"}
    assert "新.xlsx!S!3" in fault(roster, "unknown_city").fix.zh
    assert "新.xlsx!S!4" in fault(roster, "no_such_date").fix.zh


def test_of_a_row_that_is_faulty_in_both_copies_only_the_newer_is_to_be_corrected() -> None:
    roster = enrolled(
        signup(1, ref="旧.xlsx!S!3", city="东塘市"), signup(1, ref="新.xlsx!S!3", city="东塘市")
    )
    assert {told.file for told in roster.faults if told.severity == "error"} == {"新.xlsx"}


def test_a_faulty_row_that_says_something_new_is_still_to_be_corrected() -> None:
    roster = enrolled(signup(1, ref="旧.xlsx!S!3"), signup(1, ref="新.xlsx!S!3", city="东塘市"))
    assert fault(roster, "unknown_city").severity == "error"


def test_a_faulty_row_never_displaces_a_valid_one() -> None:
    """The faulty row is reported beside the one that counts, and its person is not unplanned besides."""
    faulty = rejected("报名.xlsx!报名!9", name=signup(1).name, id_number=signup(1).id_number)
    roster = enrolled(signup(1), rejected=[faulty])
    assert roster.people["signup"].tolist() == ["报名.xlsx!报名!2"]
    assert roster.rejected == ()
    report = fault(roster, "duplicate_signup")
    assert (report.signup, report.severity) == ("报名.xlsx!报名!9", "warning")
    assert "报名.xlsx!报名!2" in report.message.zh


def test_a_later_row_for_an_unknown_city_displaces_no_valid_one() -> None:
    """Its city is an error all the same, said once."""
    roster = enrolled(signup(1), signup(1, ref="报名.xlsx!报名!9", city="东塘市"))
    assert roster.people["city"].tolist() == ["东莞市"]
    assert roster.rejected == ()
    assert codes(roster) == ["duplicate_signup", "unknown_city"]
    assert fault(roster, "unknown_city").signup == "报名.xlsx!报名!9"


def test_of_rows_that_are_all_faulty_the_later_is_the_person() -> None:
    roster = enrolled(signup(1, city="西塘市"), signup(1, ref="报名.xlsx!报名!9", city="东塘市"))
    assert [row.ref for row in roster.rejected] == ["报名.xlsx!报名!9"]
    assert codes(roster) == ["duplicate_signup", "unknown_city", "unknown_city"]


def test_a_faulty_row_without_a_name_is_the_same_person() -> None:
    faulty = rejected("报名.xlsx!报名!9", id_number=signup(1).id_number)
    assert len(enrolled(signup(1), rejected=[faulty]).people) == 1


def bad_id(ref: str) -> Fault:
    return Fault("报名.xlsx", "报名", "B9", "", "id_check_digit", NO_TEXT, signup=ref)


def test_a_faulty_id_number_is_of_whom_name_and_phone_tell() -> None:
    faulty = rejected(
        "报名.xlsx!报名!9", name="韦 丁", phone="+86 138-0013-8000", id_number="450225198506070011"
    )
    roster = enrolled(
        signup(1, name="韦丁", phone="13800138000/13900139000"),
        rejected=[faulty],
        faults=[bad_id(faulty.ref)],
    )
    assert roster.rejected == ()
    assert fault(roster, "duplicate_signup").signup == faulty.ref


def test_a_faulty_id_number_under_the_phone_of_a_namesake_twice_is_somebody_of_its_own() -> None:
    """Two people share name and phone: nobody can tell who the third row is."""
    called = {"name": "韦丁", "phone": "13800138000"}
    faulty = rejected("报名.xlsx!报名!9", id_number="4.50225E+17", **called)
    roster = enrolled(
        signup(1, **called), signup(2, **called), rejected=[faulty], faults=[bad_id(faulty.ref)]
    )
    assert roster.rejected == (faulty,)
    assert len(roster.people) == 2


def test_damaged_id_numbers_of_a_list_sent_twice_are_each_person_once() -> None:
    """Excel left 4.5E+17 of all of them: it is name and phone that tell them apart."""
    rows = [
        rejected(f"{file}!S!{row}", name=name, phone=f"1380013800{row}", id_number="4.50225E+17")
        for file in ("一.xlsx", "二.xlsx")
        for row, name in ((2, "韦甲"), (3, "覃乙"))
    ]
    roster = enrolled(rejected=rows, faults=[bad_id(row.ref) for row in rows])
    assert [row.ref for row in roster.rejected] == ["二.xlsx!S!2", "二.xlsx!S!3"]


def at(hour: str, *, row: int, day: str = "2021-02-10", **fields: object) -> SignUp:
    """Return the same person's row of a form that was submitted then."""
    return signup(
        1, ref=f"报名.xlsx!报名!{row}", submitted=datetime.fromisoformat(f"{day} {hour}".strip()), **fields
    )


def test_the_later_submission_counts_though_it_stands_above() -> None:
    roster = enrolled(at("09:00", row=2, day="2021-02-12", city="深圳"), at("09:00", row=3, city="东莞"))
    assert roster.people["city"].tolist() == ["深圳市"]
    message = fault(roster, "duplicate_signup").message.zh
    assert "2021-02-12 09:00:00" in message
    assert "2021-02-10 09:00:00" in message


def test_the_time_of_submission_goes_before_the_order_of_files() -> None:
    newer = signup(1, ref="一.xlsx!S!2", city="深圳", submitted=datetime(2021, 2, 12, 9))
    older = signup(1, ref="二.xlsx!S!2", city="东莞", submitted=datetime(2021, 2, 10, 9))
    assert enrolled(newer, older).people["city"].tolist() == ["深圳市"]


def test_of_the_same_second_the_lower_row_counts() -> None:
    roster = enrolled(at("09:00", row=2, city="深圳"), at("09:00", row=3, city="东莞"))
    assert roster.people["city"].tolist() == ["东莞市"]


def test_a_row_without_a_time_is_compared_by_its_place() -> None:
    untold = signup(1, ref="报名.xlsx!报名!5", city="惠州")
    roster = enrolled(
        at("09:00", row=6, day="2021-02-12", city="深圳"), at("09:00", row=7, city="东莞"), untold
    )
    assert roster.people["city"].tolist() == ["深圳市"]


def test_a_day_without_an_hour_says_nothing_about_the_rows_of_that_day() -> None:
    roster = enrolled(at("09:00", row=2, city="深圳"), at("", row=3, city="东莞"))
    assert roster.people["city"].tolist() == ["东莞市"]
    roster = enrolled(at("09:00", row=2, city="深圳"), at("", row=3, day="2021-02-09", city="东莞"))
    assert roster.people["city"].tolist() == ["深圳市"]


@settings(max_examples=100, deadline=None)
@given(
    order=st.permutations(range(5)),
    hours=st.lists(st.sampled_from(["", "08:00", "09:00", None]), min_size=5, max_size=5),
)
def test_the_order_in_which_rows_come_does_not_matter(order: list[int], hours: list[str | None]) -> None:
    """What counts are the time of submission and the place of a row, not where it stands in memory."""
    rows = [
        signup(1, ref=f"报名.xlsx!报名!{i + 2}", note=str(i))
        if hour is None
        else at(hour, row=i + 2, note=str(i))
        for i, hour in enumerate(hours)
    ]
    stands = enrolled(*rows).people["signup"].tolist()
    assert enrolled(*(rows[i] for i in order)).people["signup"].tolist() == stands
    assert len(stands) == 1


def dated(name: str, day: int, *copies: str) -> DatedFile:
    return DatedFile(name, name, datetime(2021, 2, day, 8, 30), copies)


RESENT = [dated("木乐(1).xlsx", 12), dated("社坡.xlsx", 9), dated("木乐.xlsx", 10, "木乐(1).xlsx")]


def test_the_later_file_is_the_last_of_those_by_age() -> None:
    newer, older = signup(1, ref="木乐(1).xlsx!S!2", city="深圳"), signup(1, ref="木乐.xlsx!S!2", city="东莞")
    roster = enrolled(newer, older, files=[RESENT[2], RESENT[0]])
    assert roster.people["city"].tolist() == ["深圳市"]
    message = fault(roster, "duplicate_signup").message
    for told in ("木乐(1).xlsx", "木乐.xlsx", "2021-02-12 08:30", "2021-02-10 08:30"):
        assert told in message.zh
        assert told in message.en


def test_people_who_are_only_in_an_older_copy_stay_and_are_named() -> None:
    both = [signup(1, ref="木乐(1).xlsx!S!2"), signup(1, ref="木乐.xlsx!S!2")]
    roster = enrolled(*both, signup(2, ref="木乐.xlsx!S!7"), files=[RESENT[2], RESENT[0]])
    assert len(roster.people) == 2
    left = fault(roster, "only_in_older_copy")
    assert (left.file, left.signup, left.severity) == ("木乐.xlsx", "木乐.xlsx!S!7", "warning")
    assert "1 人只在较早的 木乐.xlsx 里" in left.message.zh
    assert "S!7" in left.message.zh


def test_two_lists_of_like_names_without_a_person_in_common_are_no_copies() -> None:
    people = [signup(1, ref="木乐(1).xlsx!S!2"), signup(2, ref="木乐.xlsx!S!2")]
    assert codes(enrolled(*people, files=[RESENT[2], RESENT[0]])) == []


def test_a_small_x_in_a_faulty_row_is_the_same_number() -> None:
    worker = signup(3)
    assert worker.id_number.endswith("X")
    faulty = rejected("报名.xlsx!报名!1", name=worker.name, id_number=worker.id_number.lower())
    assert enrolled(worker, rejected=[faulty]).rejected == ()


def test_blanks_in_a_name_make_no_other_person() -> None:
    roster = enrolled(signup(1, name="韦 丁"), signup(1, ref="报名.xlsx!报名!9", name="韦丁", latest=DAY))
    assert codes(roster) == ["duplicate_signup"]


def test_a_list_sent_again_under_another_name_is_one_line_that_names_who_is_left_out() -> None:
    files = [dated("坡头镇.xlsx", 10), dated("坡头返岗汇总（最终版）.xlsx", 12)]
    older = [signup(n, ref=f"坡头镇.xlsx!S!{n + 1}") for n in range(1, 7)]
    newer = [signup(n, ref=f"坡头返岗汇总（最终版）.xlsx!S!{n + 1}") for n in range(1, 6)]
    roster = enrolled(*older, *newer, files=files)
    assert len(roster.people) == 6
    told = fault(roster, "list_sent_again")
    assert (told.file, told.signup) == ("坡头镇.xlsx", "坡头镇.xlsx!S!7")
    assert "坡头镇.xlsx 的 5 人也在 坡头返岗汇总（最终版）.xlsx 里" in told.message.zh
    assert "保存于 2021-02-12 08:30" in told.message.zh
    assert "只在 坡头镇.xlsx 里的 1 人仍照常安排：S!7" in told.message.zh


def test_faulty_rows_of_a_list_are_of_those_who_are_in_it_only() -> None:
    files = [dated("坡头镇.xlsx", 10), dated("汇总.xlsx", 12)]
    older = [signup(n, ref=f"坡头镇.xlsx!S!{n + 1}") for n in range(1, 6)]
    newer = [signup(n, ref=f"汇总.xlsx!S!{n + 1}") for n in range(1, 6)]
    faulty = [rejected(f"坡头镇.xlsx!S!{n}", name=signup(n).name) for n in (7, 8)]
    assert "list_sent_again" not in codes(enrolled(*older, *newer, rejected=faulty, files=files))
    told = fault(enrolled(*older, *newer, rejected=faulty[:1], files=files), "list_sent_again")
    assert "1 人仍照常安排：S!7" in told.message.zh


def test_a_few_people_in_common_make_no_newer_version() -> None:
    files = [dated("坡头镇.xlsx", 10), dated("泼机镇.xlsx", 12)]
    older = [signup(n, ref=f"坡头镇.xlsx!S!{n + 1}") for n in range(1, 11)]
    newer = [signup(n, ref=f"泼机镇.xlsx!S!{n + 1}") for n in range(1, 6)]
    assert "list_sent_again" not in codes(enrolled(*older, *newer, files=files))


def test_who_is_on_the_lists_of_two_townships_is_to_be_asked() -> None:
    files = [dated("芒部镇.xlsx", 10), dated("泼机镇.xlsx", 12)]

    def rows(*townships: str) -> list[SignUp]:
        phones = ("13800000001", "13800000002")
        return [
            signup(1, ref=f"{file.name}!S!2", township=town, phone=phone)
            for file, town, phone in zip(files, townships, phones, strict=True)
        ]

    told = fault(enrolled(*rows("芒部镇", "泼机镇"), files=files), "two_townships")
    assert "芒部镇(芒部镇.xlsx!S!2)和泼机镇(泼机镇.xlsx!S!2)" in told.message.zh
    assert "尾号 0001、0002" in told.message.zh
    for one, other in (("芒部", "芒部镇"), ("城关街道", "城关街道办事处"), ("瑶山", "瑶山瑶族乡")):
        assert "two_townships" not in codes(enrolled(*rows(one, other), files=files))
