"""The page 今日要办 says first what was given and not read."""

from dataclasses import replace
from datetime import date

from returnplan.model.faults import Fault
from returnplan.model.plan import Plan
from returnplan.model.texts import Text
from returnplan.usecases.to_do import Day, Row, Standing, to_do
from tests.specimens.plans import make_header, make_plan

TODAY = date(2021, 2, 18)


def fault(file: str, code: str, sheet: str = "") -> Fault:
    return Fault(file, sheet, "", "", code, Text("未读取", "not read"))


def work(plan: Plan) -> list[Row]:
    return to_do(Day(TODAY, "zh", Standing(make_header(), plan, 0)))


def test_what_was_not_read_stands_first_and_is_nothing_to_send_back() -> None:
    plan = make_plan()
    faults = (fault("石龙镇.zip", "file_not_read"), fault("木乐镇.xlsx", "unknown_sheet", "花名册"))
    faulty = fault("木乐镇.xlsx", "missing_city", "报名")
    unread = replace(plan, faults=(*faults, faulty), summary={**plan.summary, "not_read": 12})
    first, second, people, returns, *_ = work(unread)
    assert [row[0].zh for row in (first, second)] == ["没有读的文件"] * 2
    assert (first[2].split(":")[0], second[2].split(":")[0]) == ("石龙镇.zip", "木乐镇.xlsx!花名册")
    assert people[1] == 12
    assert returns[1:] == (1, "木乐镇.xlsx 1")


def test_nothing_is_said_where_all_was_read() -> None:
    assert all(row[0].zh != "没有读的文件" for row in work(replace(make_plan(), faults=())))


def test_who_has_travelled_is_not_without_a_coach() -> None:
    plan = make_plan()
    left = replace(plan, unplanned=plan.unplanned.assign(code="travelled"))
    assert work(left)[-1][1:] == (0, "")
