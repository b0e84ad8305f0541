"""Which townships have reported."""

from returnplan.enrolment.settings import EnrolmentSettings, Townships
from returnplan.enrolment.townships import township_report
from tests.specimens.intakes import enrolled, intake, rejected, signup


def test_a_row_a_faulty_row_or_the_name_of_a_file_is_a_report() -> None:
    sheets = intake(
        signup(1, township="融水县大浪镇"),
        signup(2, township="香粉"),
        signup(3, ref="四荣乡报名.xlsx!Sheet1!2"),
        rejected=[rejected("报名.xlsx!报名!9", township="安太乡")],
    )
    report = township_report(sheets, ("大浪镇", "香粉乡", "四荣乡", "安太乡", "杆洞乡", "大年乡"))
    assert report.missing == ("杆洞乡", "大年乡")
    assert report.note.zh == "4/6 已报，未报：杆洞乡、大年乡"


def test_the_roster_says_it_only_where_townships_are_expected() -> None:
    settings = EnrolmentSettings(townships=Townships(expected=("大浪镇",)))
    assert enrolled(signup(1, township="大浪"), settings=settings).notes[-1].zh == "1/1 已报"
    assert not any("已报" in note.zh for note in enrolled(signup(1)).notes)
