"""The page 今日要办 says first what was given and not read."""

from dataclasses import replace
from datetime import date

from returnplan.model.faults import Fault
from returnplan.model.texts import Text
from returnplan.usecases.to_do import Day, to_do
from tests.specimens.plans import make_header, make_plan

TODAY = date(2021, 2, 18)


def fault(file: str, code: str, sheet: str = "") -> Fault:
    return Fault(file, sheet, "", "", code, Text("未读取", "not read"))


def test_what_was_not_read_stands_first_and_is_nothing_to_send_back() -> None:
    plan = make_plan()
    faults = (fault("石龙镇.zip", "file_not_read"), fault("木乐镇.xlsx", "unknown_sheet", "花名册"))
    faulty = fault("木乐镇.xlsx", "missing_city", "报名")
    unread = replace(plan, faults=(*faults, faulty), summary={**plan.summary, "not_read": 12})
    first, second, *_ = to_do(Day(TODAY, make_header(), unread, 0, 0, ()))
    assert (first[0].zh, first[1]) == ("没有读进来的文件和表", 2)
    assert first[2] == "约有 12 人;石龙镇.zip;木乐镇.xlsx!花名册"
    assert second[1:] == (1, "木乐镇.xlsx 1")


def test_nothing_is_said_where_all_was_read() -> None:
    rows = to_do(Day(TODAY, make_header(), replace(make_plan(), faults=()), 0, 0, ()))
    assert all(row[0].zh != "没有读进来的文件和表" for row in rows)
