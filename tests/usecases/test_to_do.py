"""The page 今日要办 says first what was given and not read."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pandas as pd
from openpyxl import load_workbook

from returnplan.model.faults import Fault
from returnplan.model.plan import Batch, Plan
from returnplan.model.texts import Text
from returnplan.papers.calls import OffCall, first_calls
from returnplan.reading.other_year import file_of_other_year
from returnplan.usecases.drivers import too_few_named
from returnplan.usecases.evening import Evening
from returnplan.usecases.to_do import Day, PlanInForce, reported, to_do, write_to_do
from tests.specimens.coach import make_batch, make_riders
from tests.specimens.plans import make_header, make_plan

TODAY = date(2021, 2, 18)
EVENING = Evening(TODAY, datetime.combine(TODAY, time(19)))


def rows_of(day: Day) -> dict[str, tuple[int, str]]:
    return {task.what.zh: (task.num, task.details) for task in to_do(day)}


def fault(file: str, code: str, sheet: str = "") -> Fault:
    return Fault(file, sheet, "", "", code, Text("未读取", "not read"))


def day_of(plan: Plan, problem: Text | None = None) -> Day:
    return Day(EVENING, "zh", PlanInForce(make_header(), plan, calls=()), problem=problem)


def test_what_was_not_read_stands_first_and_is_nothing_to_send_back() -> None:
    plan = make_plan()
    faults = (fault("石龙镇.zip", "file_not_read"), fault("木乐镇.xlsx", "unknown_sheet", "花名册"))
    faulty = fault("木乐镇.xlsx", "missing_city", "报名")
    unread = replace(plan, faults=(*faults, faulty), summary={**plan.summary, "not_read": 12})
    rows = [(what.zh, num, more) for what, num, more, _ in to_do(day_of(unread))]
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
    said = [what.zh for what, _, _, _ in to_do(day_of(unread, Text("磁盘已满", "disk full")))]
    assert said[:5] == [
        "没有排新方案，请先处理",
        "现行方案仍然有效",
        "上次方案：没有读的文件",
        "上次方案：没有读进来的人(约)",
        "上次方案：退回有错的表",
    ]


def test_a_store_that_cannot_be_read_is_not_no_plan() -> None:
    problem = Text("数据文件已损坏", "the store is damaged")
    for is_unreadable, words in [(True, "数据文件读不了，看不到现行方案"), (False, "还没有方案")]:
        day = Day(EVENING, "zh", None, problem=problem, is_store_unreadable=is_unreadable)
        assert [what.zh for what, _, _, _ in to_do(day)] == ["没有排新方案，请先处理", words]


def test_what_is_wrong_with_a_published_coach_stands_first_every_night() -> None:
    plan = replace(make_plan(), faults=())
    first, *others = plan.batches
    plan = replace(plan, batches=(replace(first, state="published", date=TODAY + timedelta(days=1)), *others))
    withdrawn = Text(f"{first.id} 的 53座大巴不在车辆表中", f"{first.id}: 53座大巴 is in no fleet sheet")
    other = Text("跳过 旧表.xlsx", "旧表.xlsx was passed over")
    for before in ((), (withdrawn, other)):
        rows = [*to_do(replace(day_of(plan), notes=(other, withdrawn), notes_before=before))]
        assert (rows[0].what.zh, rows[0].details) == ("已锁定的车，先看", withdrawn.zh)
        assert sum(withdrawn.zh in row.details for row in rows) == 1


def test_notes_of_the_night_before_stand_in_one_line() -> None:
    """What was skipped, or how seats were read, is the same every night until a sheet is."""
    skipped, seats, new = (Text(words, words) for words in ("跳过 旧表.xlsx", "减去 1 人作座位", "新表有误"))
    day = replace(day_of(make_plan()), notes=(skipped, seats, new), notes_before=(skipped, seats))
    rows = [(task.what.zh, task.num, task.details) for task in to_do(day)][-2:]
    assert rows == [
        ("请留意", 1, "新表有误"),
        ("与上次一样，仍请留意", 2, "跳过 旧表.xlsx；减去 1 人作座位"),
    ]


def test_what_a_carrier_has_to_hear_is_a_task_and_not_said_twice() -> None:
    news = Text("请告诉承运单位 平安旅运：0223-03 不用派了", "tell the carrier")
    day = replace(day_of(make_plan()), to_carriers=(news,), notes=(news,))
    rows = [(task.what.zh, task.details) for task in to_do(day) if task.details == news.zh]
    assert rows == [("告诉承运单位：已确认的车有变", news.zh)]


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
    morning = Evening(TODAY, datetime.combine(TODAY, time(6)))
    twice = replace(day_of(replace(make_plan(), batches=batches)), evening=morning)
    warnings = [more for what, _, more, _ in to_do(twice) if what.zh == "同一辆车或司机用了两次"]
    assert len(warnings) == 2
    assert "桂R12345 同时在 0218-01" in warnings[0]
    assert "13807750001" not in "".join(warnings)
    past = replace(twice, evening=EVENING)
    assert "同一辆车或司机用了两次" not in {what.zh for what, _, _, _ in to_do(past)}


def test_who_has_travelled_is_not_without_a_coach() -> None:
    plan = make_plan()
    left = replace(plan, unplanned=plan.unplanned.assign(code="travelled"))
    num = len(plan.unplanned)
    assert to_do(day_of(left))[-1][1:3] == (0, f"另有 {num} 人已出发")


def test_a_group_that_waits_has_a_line_with_its_answer() -> None:
    plan = make_plan()
    assert "能同车、在等车的一组" not in [what.zh for what, _, _, _ in to_do(day_of(plan))]
    waits = plan.unplanned.assign(group=1, suggestion_zh="加入 0221-001，多花 736 元")
    rows = [(what.zh, num, more) for what, num, more, _ in to_do(day_of(replace(plan, unplanned=waits)))]
    assert ("能同车、在等车的一组", 1, "港南区→东莞市：加入 0221-001，多花 736 元") in rows


def test_who_leaves_first_is_phoned_first_by_township() -> None:
    plan = make_plan()
    assert rows_of(day_of(plan))["要打电话的人"] == (0, "")
    riders = {"0223-03": make_riders(3), "0224-01": make_riders(2)}
    riders["0223-03"][0] = replace(riders["0223-03"][0], township="桥圩")
    later = datetime(2021, 2, 24, 8)
    batches = [
        make_batch(riders["0223-03"]),
        coach(1, later, ""),
    ]
    batches[1] = replace(
        batches[1],
        id="0224-01",
        stops=tuple(replace(stop, time=stop.time + timedelta(days=1)) for stop in batches[1].stops),
    )
    calls = first_calls(batches, riders)
    rows = rows_of(Day(EVENING, "zh", PlanInForce(make_header(), plan, calls)))
    assert rows["先打电话：最早出发的"] == (3, "2月23日(周二)：桥圩镇 3")
    assert rows["其余要打电话的人"] == (2, "2月24日(周三) 2")


def test_who_cancelled_has_not_lost_a_seat() -> None:
    who = make_riders(3)
    hour = datetime(2021, 2, 23, 8)
    calls = [
        OffCall("off", who[0], "0224-01", "", hour),
        OffCall("off", who[1], "0223-03", "", hour),
        OffCall("withdrawn", who[2], "0223-03", "", hour),
    ]
    tasks = to_do(Day(EVENING, "zh", PlanInForce(make_header(), make_plan(), calls)))
    assert tasks[0].what.zh.startswith("通知过座位")
    assert (tasks[0].num, tasks[0].details) == (2, "0223-03 1，0224-01 1")
    assert not any("通知过座位" in what for what in rows_of(day_of(make_plan())))


def test_in_english_townships_and_vehicles_are_in_english() -> None:
    riders = make_riders(3)
    batch = make_batch(riders)
    calls = first_calls([batch], {batch.id: riders})
    plan = replace(make_plan(), batches=(batch,))
    day = Day(EVENING, "en", PlanInForce(make_header(), plan, calls))
    rows = {task.what.en: task.details for task in to_do(day)}
    assert "Tue 23 Feb: Qiaoxu town 3" in rows.values()
    assert "02-23 49-seat coach 1" in rows.values()


def test_coaches_are_ordered_by_day_type_and_carrier() -> None:
    plan = make_plan()
    ours = replace(coach(1, datetime(2021, 2, 19, 8), ""), carrier="桂平客运公司")
    has_plate = coach(2, datetime(2021, 2, 19, 8), "桂R12345")
    rows = rows_of(day_of(replace(plan, batches=(ours, has_plate))))
    assert rows["要订的车(还没有车牌)"] == (1, "02-19 49座大巴 桂平客运公司 1")


def test_townships_that_have_not_reported_are_named_once() -> None:
    plan = make_plan()
    report = reported(plan, ("桥圩镇", "没报镇"))
    assert report is not None
    assert report.missing == ("没报镇",)
    day = replace(day_of(plan), townships=report, notes=(report.note, Text("别的", "else")))
    rows = rows_of(day)
    assert rows["还没有报的乡镇，请催报"] == (1, "没报镇")
    assert rows["请留意"] == (1, "别的")
    assert reported(plan, ()) is None


def test_few_files_have_a_line_each_and_many_their_folder() -> None:
    carriers, escorts = Text("承运单位", "the carriers"), Text("随车人员", "the escorts")
    files = {
        carriers: [Path("orders", "派车单-桂平客运公司.xlsx")],
        escorts: [Path("manifests", f"{number}.xlsx") for number in range(20)],
    }
    tasks = {task.what.zh: task for task in to_do(replace(day_of(make_plan()), files=files))}
    assert tasks["交给承运单位"].file == "orders/派车单-桂平客运公司.xlsx"
    assert (tasks["交给随车人员"].num, tasks["交给随车人员"].file) == (20, "manifests")
    assert tasks["交给随车人员"].details.endswith("10，11 等 20 项")


def test_drafts_are_worth_planning_again_after_a_change_by_hand_alone() -> None:
    plan = make_plan()
    what = "手工改过，重新排车可能更省的草案"
    assert what not in rows_of(day_of(plan))
    summary = {**plan.summary, "as_planned": {"planned": 65, "cost": 1.0}}
    changed = replace(plan, summary=summary)
    num, words = rows_of(day_of(changed))[what]
    drafts = [batch for batch in plan.batches if batch.state == "draft"]
    assert num == len(drafts)
    assert words.startswith("最多能省")
    best = plan.riders.assign(bound_yuan=1e6)
    assert what not in rows_of(day_of(replace(changed, riders=best)))


def test_on_paper_the_page_is_as_wide_as_a_sheet_and_as_long_as_it_is(tmp_path: Path) -> None:
    """Fifty rows on one sheet are too small to be read."""
    plan = make_plan()
    waits = pd.concat(
        [
            plan.unplanned.assign(group=number, suggestion_zh="再加一辆 39 座，多花 3,000 元")
            for number in range(1, 30)
        ]
    )
    notes = tuple(Text(f"第 {number} 个车站改了地方", f"stop {number} has moved") for number in range(40))
    day = replace(day_of(replace(plan, unplanned=waits)), notes=notes)
    sheet = load_workbook(write_to_do(day, tmp_path / "今日要办.xlsx")).worksheets[0]
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToWidth in (None, 1)
    assert sheet.page_setup.fitToHeight != 1
    rows = [task.what.zh for task in to_do(day)]
    assert rows.count("能同车、在等车的一组") == 8
    assert "其余等车的组，见方案表" in rows


def test_a_driver_too_few_is_on_the_page_once_though_the_plan_says_it_too() -> None:
    short = replace(coach(1, datetime(2021, 2, 19, 8), "桂R12345"), num_drivers=2, drivers=("韦师傅",))
    (words,) = too_few_named([short], {short.id})
    tasks = to_do(replace(day_of(replace(make_plan(), batches=(short,))), notes=(words,)))
    assert [task.what.zh for task in tasks if task.details == words.zh] == ["驾驶员不够的车"]


def test_without_a_new_plan_the_page_says_which_drafts_are_lost_tomorrow() -> None:
    tomorrow = coach(1, datetime(2021, 2, 19, 8), "桂R12345")
    plan = replace(make_plan(), batches=(replace(tomorrow, state="draft"),))
    day = day_of(plan, Text("磁盘已满", "disk full"))
    assert rows_of(day)["今晚锁定并通知"][1].startswith("0218-01：今晚锁定并通知")
    published = replace(plan, batches=(replace(tomorrow, state="published"),))
    assert "今晚锁定并通知" not in rows_of(replace(day, standing=PlanInForce(make_header(), published)))


def at(hour: int) -> Evening:
    return Evening(TODAY, datetime.combine(TODAY, time(hour)))


def test_a_coach_that_has_left_is_ordered_no_more_and_its_marked_list_is_missing() -> None:
    this_morning = replace(coach(1, datetime(2021, 2, 18, 8), ""), state="published")
    of_day_before = replace(coach(2, datetime(2021, 2, 17, 8), ""), state="departed")
    batches = (this_morning, of_day_before)
    plan = make_plan()
    riders = pd.concat([plan.riders.head(1).assign(batch=one.id, status="assigned") for one in batches])
    day = day_of(replace(plan, batches=batches, riders=riders))
    what = "已发车、还没有交回乘车名单的车"
    before = rows_of(replace(day, evening=at(7)))
    assert (before["要订的车(还没有车牌)"][0], before[what]) == (1, (1, "0218-02"))
    after = rows_of(replace(day, evening=at(19)))
    assert (after["要订的车(还没有车牌)"][0], after[what]) == (0, (2, "0218-01，0218-02"))
    riders["status"] = ["absent", "assigned"]
    marked = replace(plan, batches=batches, riders=riders)
    assert rows_of(replace(day_of(marked), evening=at(19)))[what] == (1, "0218-02")


def test_calls_of_drafts_that_are_held_stand_apart_from_those_of_tonight() -> None:
    riders = {"0223-03": make_riders(3), "0224-01": make_riders(2)}
    batches = [make_batch(riders["0223-03"]), replace(make_batch(riders["0224-01"]), id="0224-01")]
    calls = first_calls(batches, riders)
    calls = [replace(call, kind="held") if call.batch_id == "0223-03" else call for call in calls]
    rows = rows_of(Day(EVENING, "zh", PlanInForce(make_header(), make_plan(), calls)))
    assert rows["先打电话：最早出发的"][0] == 2
    assert rows["草案，暂不通知的人"] == (3, "2月23日(周二) 3")
    rows = rows_of(Day(EVENING, "zh", PlanInForce(make_header(), make_plan(), calls[:3])))
    assert rows["要打电话的人"] == (0, "")


def test_a_file_of_another_year_is_asked_about_with_what_it_says() -> None:
    said = file_of_other_year("2020年报名.xlsx", "inbox", 2021)
    assert said is not None
    (words,) = [
        task.details
        for task in to_do(day_of(replace(make_plan(), faults=(said,))))
        if task.what.zh == "两份表说法不同，请核实"
    ]
    assert words.startswith("2020年报名.xlsx: 文件名或文件夹名写着 2020 年，")
    assert "says 2020;" in said.message.en


def test_lists_that_differ_are_asked_about() -> None:
    plan = make_plan()
    asked = replace(fault("宁波.xlsx", "demand_repeated", "S"), severity="warning")
    usual = replace(fault("木乐镇.xlsx", "duplicate_signup", "S"), severity="warning")
    tasks = to_do(day_of(replace(plan, faults=(asked, usual))))
    assert [task.details for task in tasks if task.what.zh == "两份表说法不同，请核实"] == [
        "宁波.xlsx!S: 未读取。"
    ]
    many = to_do(day_of(replace(plan, faults=(asked,) * 20)))
    assert [task.num for task in many if task.what.zh == "两份表说法不同，请核实"] == [1] * 8 + [12]
