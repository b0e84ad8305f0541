"""The page 今日要办 says first what was given and not read."""

from dataclasses import replace
from datetime import date

from returnplan.model.faults import Fault
from returnplan.model.plan import Plan
from returnplan.model.texts import Text
from returnplan.usecases.to_do import Day, Standing, to_do
from tests.specimens.plans import make_header, make_plan

TODAY = date(2021, 2, 18)


def fault(file: str, code: str, sheet: str = "") -> Fault:
    return Fault(file, sheet, "", "", code, Text("未读取", "not read"))


def day_of(plan: Plan) -> Day:
    return Day(TODAY, "zh", Standing(make_header(), plan, num_calls=0))


def test_what_was_not_read_stands_first_and_is_nothing_to_send_back() -> None:
    plan = make_plan()
    faults = (fault("石龙镇.zip", "file_not_read"), fault("木乐镇.xlsx", "unknown_sheet", "花名册"))
    faulty = fault("木乐镇.xlsx", "missing_city", "报名")
    unread = replace(plan, faults=(*faults, faulty), summary={**plan.summary, "not_read": 12})
    rows = [(what.zh, num, more) for what, num, more in to_do(day_of(unread))]
    assert rows[:4] == [
        ("没有读的文件", 1, "石龙镇.zip: 未读取 "),
        ("没有读的文件", 1, "木乐镇.xlsx!花名册: 未读取 "),
        ("没有读进来的人(约)", 12, ""),
        ("退回有错的表", 1, "木乐镇.xlsx 1"),
    ]


def test_nothing_is_said_where_all_was_read() -> None:
    rows = to_do(day_of(replace(make_plan(), faults=())))
    assert not {"没有读的文件", "没有读进来的人(约)"} & {row[0].zh for row in rows}
