"""Who was expected: the people of the employers' named lists, and the townships."""

from returnplan.enrolment.expected import township_report
from returnplan.enrolment.settings import EnrolmentSettings, Townships
from returnplan.model.records import NamedRow
from tests.specimens.intakes import codes, enrolled, fault, intake, rejected, signup


def named(row: int, name: str, **fields: str) -> NamedRow:
    return NamedRow(ref=f"返岗名单.xlsx!S!{row}", **{"employer": "恒达电子厂", "name": name} | fields)


def test_each_side_is_told_who_is_missing_and_nobody_is_dropped() -> None:
    roster = enrolled(
        signup(1, employer="恒达电子有限公司", name="韦甲"),
        signup(2, employer="恒达电子厂", name="韦乙", phone="13800000002"),
        signup(3, employer="恒达电子厂", name="韦丙"),
        signup(4, employer="别家厂", name="韦丁"),
        named=[named(2, "韦甲"), named(3, "韦 乙", phone="13800000002", employer="恒达"), named(4, "韦戊")],
    )
    assert codes(roster) == ["named_only", "not_named"]
    assert (fault(roster, "named_only").value, fault(roster, "named_only").signup) == ("韦戊", None)
    assert fault(roster, "not_named").signup == "报名.xlsx!报名!4"
    assert "3 人：已报名 2，未报名 1；报名而不在名单 1" in roster.notes[-1].zh
    assert len(roster.people) == 4


def test_a_person_is_recognised_by_id_number_whatever_the_employer_and_also_in_a_faulty_row() -> None:
    roster = enrolled(
        signup(1, name="韦甲"),
        rejected=[rejected("报名.xlsx!报名!9", name="韦乙", phone="13800000002")],
        named=[named(2, "韦甲", id_number=signup(1).id_number), named(3, "韦乙", phone="13800000002")],
    )
    assert codes(roster) == []


def test_a_row_a_faulty_row_or_the_name_of_a_file_is_a_report() -> None:
    sheets = intake(
        signup(1, township="融水县大浪镇"),
        signup(2, township="香粉"),
        signup(3, ref="四荣乡报名.xlsx!Sheet1!2"),
        rejected=[rejected("报名.xlsx!报名!9", township="安太乡")],
    )
    rows = (*sheets.signups["township"], *(row.township for row in sheets.rejected))
    report = township_report(
        sheets.sheets, rows, ("大浪镇", "香粉乡", "四荣乡", "安太乡", "杆洞乡", "大年乡")
    )
    assert report.missing == ("杆洞乡", "大年乡")
    assert report.note.zh == "4/6 已报，未报：杆洞乡、大年乡"


def test_a_township_may_be_expected_under_its_county() -> None:
    report = township_report((), ("木格镇", "镇"), ("港南区木格镇", "港南区湛江镇"))
    assert report.missing == ("港南区湛江镇",)


def test_the_roster_says_it_only_where_townships_are_expected() -> None:
    settings = EnrolmentSettings(townships=Townships(expected=("大浪镇",)))
    assert enrolled(signup(1, township="大浪"), settings=settings).notes[-1].zh == "1/1 已报"
    assert not any("已报" in note.zh for note in enrolled(signup(1)).notes)
