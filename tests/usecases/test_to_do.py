"""The page 今日要办 says first what was given and not read."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from returnplan.model.faults import Fault
from returnplan.model.plan import Batch, Plan
from returnplan.model.texts import Text
from returnplan.usecases.to_do import Day, PlanInForce, to_do
from tests.specimens.coach import make_batch, make_riders
from tests.specimens.plans import make_header, make_plan

TODAY = date(2021, 2, 18)


def fault(file: str, code: str, sheet: str = "") -> Fault:
    return Fault(file, sheet, "", "", code, Text("未读取", "not read"))


def day_of(plan: Plan, problem: Text | None = None) -> Day:
    return Day(TODAY, "zh", PlanInForce(make_header(), plan, num_calls=0), problem=problem)


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


def test_without_a_new_plan_what_is_said_of_files_is_that_of_the_last_one() -> None:
    faults = (fault("石龙镇.zip", "file_not_read"), fault("木乐镇.xlsx", "missing_city", "报名"))
    unread = replace(make_plan(), faults=faults, summary={**make_plan().summary, "not_read": 12})
    said = [what.zh for what, _, _ in to_do(day_of(unread, Text("磁盘已满", "disk full")))]
    assert said[:5] == [
        "没有排新方案,请先处理",
        "现行方案仍然有效",
        "上次方案:没有读的文件",
        "上次方案:没有读进来的人(约)",
        "上次方案:退回有错的表",
    ]


def test_a_store_that_cannot_be_read_is_not_no_plan() -> None:
    problem = Text("数据文件已损坏", "the store is damaged")
    for is_unreadable, words in [(True, "数据文件读不了,看不到现行方案"), (False, "还没有方案")]:
        day = Day(TODAY, "zh", None, problem=problem, is_store_unreadable=is_unreadable)
        assert [what.zh for what, _, _ in to_do(day)] == ["没有排新方案,请先处理", words]


def coach(number: int, depart: datetime, plate: str) -> Batch:
    return make_batch(
        make_riders(20),
        id=f"0218-{number:02d}",
        date=depart.date(),
        depart=depart,
        arrive=depart + timedelta(hours=8),
        plate=plate,
        drivers=("张志强 13807750001",) if plate else (),
    )


def test_a_vehicle_and_a_driver_on_two_coaches_are_told_until_the_day_is_past() -> None:
    eight = datetime(2021, 2, 18, 8)
    batches = (coach(1, eight, "桂R12345"), coach(2, eight, "桂R12345"), coach(3, eight, ""))
    twice = day_of(replace(make_plan(), batches=batches))
    warnings = [more for what, _, more in to_do(twice) if what.zh == "同一辆车或司机用了两次"]
    assert len(warnings) == 2
    assert "桂R12345 同时在 0218-01" in warnings[0]
    assert "13807750001" not in "".join(warnings)
    past = replace(twice, today=date(2021, 2, 19))
    assert "同一辆车或司机用了两次" not in {what.zh for what, _, _ in to_do(past)}


def test_who_has_travelled_is_not_without_a_coach() -> None:
    plan = make_plan()
    left = replace(plan, unplanned=plan.unplanned.assign(code="travelled"))
    assert to_do(day_of(left))[-1][1:] == (0, "")


def test_a_group_that_waits_has_a_line_with_its_answer() -> None:
    plan = make_plan()
    assert "能同车、在等车的一组" not in [what.zh for what, _, _ in to_do(day_of(plan))]
    waits = plan.unplanned.assign(group=1, suggestion_zh="加入 0221-001，多花 736 元")
    rows = [(what.zh, num, more) for what, num, more in to_do(day_of(replace(plan, unplanned=waits)))]
    assert ("能同车、在等车的一组", 1, "港南区→东莞市：加入 0221-001，多花 736 元") in rows
