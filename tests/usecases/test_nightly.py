"""What one night writes when little has changed, and what it says of it."""

import json
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook

from returnplan.config import Config
from returnplan.model.errors import InputRefused, NobodyPlanned, ReturnplanError, StoreError, StoreLocked
from returnplan.model.rules import Dates
from returnplan.model.texts import Text
from returnplan.store import RunLock
from returnplan.usecases import nightly as nights
from returnplan.usecases.board import board
from returnplan.usecases.campaign import Campaign
from returnplan.usecases.change import ChangeRequest, change
from returnplan.usecases.choice import Choice
from returnplan.usecases.dispatch import dispatch, read_orders
from returnplan.usecases.evening import Evening
from returnplan.usecases.manifest import PapersRequest, manifest
from returnplan.usecases.nightly import NightlyOutcome, nightly
from returnplan.usecases.notify import read_calls
from returnplan.usecases.publish import publish
from returnplan.usecases.show import show
from returnplan.usecases.to_do import Day, PlanInForce, to_do
from tests.specimens.sheets import Line, lines_of, save_xlsx, signup_row
from tests.usecases.conftest import Planner, listed
from tests.usecases.test_telling import filled

TODAY = date(2021, 2, 10)
EVENING = Evening(TODAY, datetime.combine(TODAY, time(19)))


@pytest.fixture
def first(tmp_path: Path, campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> NightlyOutcome:
    """Return the first night, with twenty sign-ups in the inbox."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "inbox").mkdir()
    listed(tmp_path / "inbox" / "报名.xlsx", *range(1, 21))
    return nightly(campaign, TODAY)


def test_a_list_for_another_city_brings_papers_for_its_own_coach_alone(
    campaign: Campaign, first: NightlyOutcome
) -> None:
    listed(Path("inbox", "深圳.xlsx"), *range(31, 51), 务工城市="深圳市")
    second = nightly(campaign, TODAY)
    assert second.folder != first.folder
    assert (first.num_papers, second.num_papers) == (1, 1)


def test_the_folder_of_a_night_has_the_day_and_hour_of_beijing(
    campaign: Campaign, first: NightlyOutcome
) -> None:
    """The clock of a server may be another one (UTC), by which an evening there is another day."""
    header = first.planned.header
    hour = header.created_at.astimezone(timezone(timedelta(hours=8)))
    assert first.folder.name == f"{hour:%m%d-%H%M}-{header.id}"


def test_a_night_in_a_store_put_back_from_a_backup_is_a_run_of_its_own(
    campaign: Campaign, first: NightlyOutcome
) -> None:
    """The backup lacks that the coach was published; the folder of the lost night stays as it was."""
    backup = campaign.store_path.read_bytes()
    publish(campaign, Choice(city="东莞"))
    listed(Path("inbox", "深圳.xlsx"), *range(31, 51), 务工城市="深圳市")
    lost = nightly(campaign, TODAY)
    written = {path: path.read_bytes() for path in lost.folder.rglob("*.xlsx")}
    campaign.store_path.write_bytes(backup)
    anew = nightly(campaign, TODAY)
    assert anew.planned.header.id != lost.planned.header.id
    assert anew.folder != lost.folder
    assert {path: path.read_bytes() for path in written} == written
    assert not nightly(campaign, TODAY).did_anything


def test_papers_of_a_night_that_was_killed_are_written_by_the_next_one(
    campaign: Campaign, first: NightlyOutcome, planned: Planner
) -> None:
    to_shenzhen = listed(Path("inbox", "深圳.xlsx"), *range(31, 51), 务工城市="深圳市")
    planned(Path("inbox", "报名.xlsx"), to_shenzhen)  # saved, and then nothing was written
    third = nightly(campaign, TODAY)
    assert (third.planned.is_new, third.num_papers, third.num_orders) == (True, 1, 1)


def test_a_coach_that_was_changed_by_hand_gets_papers_with_the_next_lists(
    campaign: Campaign, first: NightlyOutcome
) -> None:
    (batch,) = show(campaign)[1].batches
    change(campaign, ChangeRequest(batch.id, Path("manifests"), plate="桂B12345"))
    listed(Path("inbox", "深圳.xlsx"), *range(31, 51), 务工城市="深圳市")
    assert nightly(campaign, TODAY).num_papers == 2
    listed(Path("inbox", "佛山.xlsx"), *range(61, 81), 务工城市="佛山市")
    assert nightly(campaign, TODAY).num_papers == 1


def test_a_confirmed_coach_that_goes_is_for_the_carrier_to_hear(
    campaign: Campaign, first: NightlyOutcome
) -> None:
    (order,) = dispatch(campaign, Choice(), Path("orders")).paths
    read_orders(campaign, [filled(order, "车牌号", {0: "桂b12345"})])
    days = {"最早出发日期": "2021-02-26", "最晚出发日期": "2021-02-26"}
    listed(Path("inbox", "报名.xlsx"), *range(1, 21), **days)
    page = load_workbook(nightly(campaign, TODAY).folder / "今日要办.xlsx").worksheets[0]
    said = [row[2].value for row in page.iter_rows() if "告诉承运单位" in str(row[0].value)]
    assert ["桂B12345)不用派了" in str(words) for words in said] == [True]


def test_who_was_told_of_a_seat_and_has_none_now_stands_first(
    campaign: Campaign, first: NightlyOutcome
) -> None:
    """Fourteen of twenty want to go elsewhere, and the six others are too few for a coach."""
    (path,) = (first.folder / "calls").iterdir()
    read_calls(campaign, [filled(path, "结果", dict.fromkeys(range(20), "已通知"))])
    (batch,) = first.planned.plan.batches
    listed(Path("inbox", "报名.xlsx"), *range(1, 15), 务工城市="深圳市")
    listed(Path("inbox", "其余.xlsx"), *range(15, 21))
    second = nightly(campaign, TODAY)
    assert (first.figures["seats_lost"], second.figures["seats_lost"]) == (0, 6)
    page = load_workbook(second.folder / "今日要办.xlsx").worksheets[0]
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    header = next(line for line, row in enumerate(rows) if row[0] == "事项")
    assert rows[header + 1][:3] == ["通知过座位、现在没有座位的人，先看", 6, f"{batch.id} 6"]


def test_what_employers_are_told_is_not_handed_to_townships(
    campaign: Campaign, first: NightlyOutcome
) -> None:
    listed(Path("inbox", "报名.xlsx"), *range(1, 21), 务工企业="华强电子厂")
    (batch,) = nightly(campaign, TODAY).planned.plan.batches
    publish(campaign, Choice(city="东莞"))
    change(campaign, ChangeRequest(batch.id, Path("manifests"), depart=time(6, 30)))
    listed(Path("inbox", "深圳.xlsx"), *range(31, 51), 务工城市="深圳市")
    page = load_workbook(nightly(campaign, TODAY).folder / "今日要办.xlsx").worksheets[0]
    given = {row[0].value: str(row[2].value) for row in page.iter_rows() if "交给" in str(row[0].value)}
    assert given["交给企业：更正通知"].startswith("更正通知-")
    assert "更正通知" not in given["交给乡镇：电话通知表"]


def test_what_was_noted_the_night_before_is_not_noted_line_by_line_again(
    campaign: Campaign, first: NightlyOutcome
) -> None:
    listed(Path("inbox", "深圳.xlsx"), *range(31, 51), 务工城市="深圳市")
    fleet: list[Line] = [["车型", "乘客座位数", "包车费(元/趟)", "每公里运价"], ["大巴", "49+1", 3000, 6]]
    save_xlsx(Path("inbox", "车辆.xlsx"), 车辆=fleet)
    notes = []
    for day in (TODAY, TODAY + timedelta(days=1)):
        page = load_workbook(nightly(campaign, day).folder / "今日要办.xlsx").worksheets[0]
        rows = {str(row[2].value): row[0].value for row in page.iter_rows()}
        notes += [what for words, what in rows.items() if "49+1" in words]
    assert notes == ["请留意", "与上次一样，仍请留意"]


def test_a_faulty_list_is_ready_to_be_sent_back(campaign: Campaign, first: NightlyOutcome) -> None:
    listed(Path("inbox", "错表.xlsx"), 60, 务工城市="没有这个市")
    second = nightly(campaign, TODAY)
    assert (second.folder / "returns" / "退回-错表.xlsx").exists()


def test_a_list_with_warnings_alone_is_not_sent_back(campaign: Campaign, first: NightlyOutcome) -> None:
    """The newer copy corrects the only error of the older one, which stays in the inbox."""
    listed(Path("inbox", "社坡镇.xlsx"), 60, 务工城市="没有这个市")
    listed(Path("inbox", "社坡镇(1).xlsx"), 60)
    second = nightly(campaign, TODAY)
    assert "社坡镇.xlsx" in {fault.file for fault in second.planned.plan.faults}
    assert second.num_returned == 0
    rows = to_do(Day(EVENING, "zh", PlanInForce(second.planned.header, second.planned.plan)))
    assert {what.en: number for what, number, _, _ in rows}["Faulty rows to send back"] == 0


def test_told_coaches_of_days_past_have_departed(campaign: Campaign, first: NightlyOutcome) -> None:
    publish(campaign, Choice(city="东莞"))
    nightly(campaign, date(2021, 2, 25))
    assert {batch.state for batch in show(campaign)[1].batches} == {"departed"}


def test_a_night_with_rules_of_another_year_changes_nothing(
    campaign: Campaign, first: NightlyOutcome
) -> None:
    own, other = (Campaign(Config(dates=Dates(year=year)), campaign.store_path) for year in (2021, 2022))
    nightly(own, TODAY)
    publish(own, Choice(city="东莞"))
    with pytest.raises(InputRefused, match="2022"):
        nightly(other, date(2021, 2, 25))
    assert {batch.state for batch in show(campaign)[1].batches} == {"published"}


def test_the_page_counts_what_waits_for_a_person(first: NightlyOutcome) -> None:
    planned = first.planned
    rows = to_do(Day(EVENING, "zh", PlanInForce(planned.header, planned.plan)))
    assert {what.en: number for what, number, _, _ in rows} == {
        "Faulty rows to send back": 0,
        "Coaches to order (no plate yet)": 1,
        "People to call": 0,
        "Batches to hold": 1,
        "People on no coach": 0,
    }


def test_the_page_links_the_files_beside_it_and_no_list_that_waits(
    campaign: Campaign, first: NightlyOutcome
) -> None:
    """Papers, order and call list of a draft that is held are written, but handed out on the last evening alone."""
    last = nightly(campaign, date(2021, 2, 17))
    for night, folders in ((first, set[str]()), (last, {"orders", "manifests", "calls"})):
        sheet = load_workbook(night.folder / "今日要办.xlsx").worksheets[0]
        links = [cell.hyperlink.target for row in sheet.iter_rows() for cell in row if cell.hyperlink]
        assert {link.split("/")[0] for link in links} == folders
        assert all((night.folder / unquote(link)).is_file() for link in links)
    assert len(list((first.folder / "calls").iterdir())) == 1
    assert [len(list((first.folder / kind / "草案").iterdir())) for kind in ("orders", "manifests")] == [1, 1]
    assert (first.num_calls, last.num_calls) == (0, 20)


def test_on_the_evening_of_its_day_nobody_is_phoned_for_a_coach_that_has_left(
    campaign: Campaign, first: NightlyOutcome
) -> None:
    publish(campaign, Choice(city="东莞"))
    (batch,) = show(campaign)[1].batches
    night = nightly(campaign, batch.date)
    assert (night.num_calls, night.num_orders, night.num_papers) == (0, 0, 0)
    rows = {what: (num, more) for what, num, more in rows_of(night.folder / "今日要办.xlsx")}
    assert rows["已发车、还没有交回乘车名单的车"] == (1, batch.id)


PAGE = Path("outbox", "未完成", "今日要办.xlsx")


def rows_of(page: Path) -> list[tuple[object, ...]]:
    """Return what, how many and details of each row of the page."""
    rows = [tuple(cell.value for cell in row[:3]) for row in load_workbook(page).worksheets[0].iter_rows()]
    return rows[[row[0] for row in rows].index("事项") + 1 :]


def test_a_refused_night_says_so_first_and_what_is_to_do_by_the_plan_that_stands(
    campaign: Campaign, first: NightlyOutcome
) -> None:
    before = {path: path.read_bytes() for path in first.folder.rglob("*.xlsx")}
    Path("inbox", "报名.xlsx").rename("elsewhere.xlsx")
    listed(Path("inbox", "深圳.xlsx"), *range(31, 51), 务工城市="深圳市")
    with pytest.raises(InputRefused, match="missing now"):
        nightly(campaign, TODAY)
    refusal, standing, *work = rows_of(PAGE)
    assert refusal[0] == "没有排新方案，请先处理"
    assert "上次方案用过的文件这次没有：报名.xlsx" in str(refusal[2])
    assert str(standing[2]).startswith(first.planned.header.id)
    assert {what: num for what, num, _ in work}["草案，暂不通知的人"] == 20
    assert {path: path.read_bytes() for path in first.folder.rglob("*.xlsx")} == before


def test_a_night_names_who_is_missing_and_the_command_that_helps(
    campaign: Campaign, first: NightlyOutcome
) -> None:
    listed(Path("inbox", "报名.xlsx"), *range(1, 9))
    with pytest.raises(InputRefused, match="run returnplan plan with the same files and --allow-drop"):
        nightly(campaign, TODAY)
    words = str(rows_of(PAGE)[0][2])
    assert "报名.xlsx 的 报名 少了 12 人" in words
    assert "(编号 9)、" in words
    assert words.count("*(编号") == 10
    assert "returnplan plan 加上同样的文件和 --allow-drop" in words


def test_a_sheet_that_vanished_is_named_with_its_people(
    tmp_path: Path, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("inbox").mkdir()
    first, second = ([signup_row(n) for n in people] for people in (range(1, 16), range(16, 21)))
    save_xlsx(Path("inbox", "芒部镇.xlsx"), 村部=lines_of(first), 口袋沟村=lines_of(second))
    nightly(campaign, TODAY)
    save_xlsx(Path("inbox", "芒部镇.xlsx"), 村部=lines_of(first))
    with pytest.raises(InputRefused, match="lacks its sheet 口袋沟村 with 5"):
        nightly(campaign, TODAY)


def test_a_night_that_plans_takes_the_refusal_back(campaign: Campaign, first: NightlyOutcome) -> None:
    gone = Path("inbox", "报名.xlsx").rename("elsewhere.xlsx")
    with pytest.raises(InputRefused):
        nightly(campaign, TODAY)
    gone.rename(Path("inbox", "报名.xlsx"))
    assert not nightly(campaign, TODAY).did_anything
    assert not PAGE.parent.exists()


def test_before_the_first_plan_the_page_is_written_too(
    tmp_path: Path, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("inbox").mkdir()
    listed(Path("inbox", "报名.xlsx"), 1, 2)  # too few for a coach
    with pytest.raises(NobodyPlanned):
        nightly(campaign, TODAY)
    said = [(what, str(words)) for what, _, words in rows_of(PAGE)]
    assert [what for what, _ in said] == ["没有排新方案，请先处理"] * 2 + ["还没有方案"]
    assert said[1][1].startswith("不够起运 2 人：")
    assert "起运人数 min_load 改为 2" in said[1][1]


def test_a_plan_in_a_damaged_store_is_not_said_to_be_none(campaign: Campaign, first: NightlyOutcome) -> None:
    campaign.store_path.write_bytes(b"no database" * 1000)
    with pytest.raises(StoreError):
        nightly(campaign, TODAY)
    assert [what for what, _, _ in rows_of(PAGE)][1:] == ["数据文件读不了，看不到现行方案"]


REFUSALS = [
    (StoreError(Text("磁盘已满", "disk full")), "磁盘已满"),
    (InputRefused(Text("甲.xlsx 打不开\n乙.xls 有密码", "two")), "甲.xlsx 打不开"),
    (ValueError("韦小宝 13800001234"), "程序错误 (ValueError)"),
]


@pytest.mark.parametrize(("error", "words"), REFUSALS, ids=["disk", "lines", "bug"])
def test_whatever_ends_the_night_stands_first(
    campaign: Campaign, first: NightlyOutcome, monkeypatch: pytest.MonkeyPatch, error: Exception, words: str
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(nights, "plan", fail)
    with pytest.raises(type(error)):
        nightly(campaign, TODAY)
    first_row, second_row, *_ = rows_of(PAGE)
    assert first_row[2] == words
    assert (second_row[2] == "乙.xls 有密码") == ("甲" in words)
    assert "韦小宝" not in str(rows_of(PAGE))


@pytest.mark.parametrize("held", ["returnplan.db", "nightly"])
def test_while_another_run_is_at_work_no_page_says_that_the_night_failed(
    campaign: Campaign, first: NightlyOutcome, held: str
) -> None:
    with RunLock(Path(held)), pytest.raises(StoreLocked):
        nightly(campaign, TODAY)
    assert not PAGE.exists()


def test_a_page_that_cannot_be_written_hides_no_refusal(
    campaign: Campaign, first: NightlyOutcome, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise StoreError(Text("磁盘已满", "disk full"))

    monkeypatch.setattr(nights, "write_to_do", fail)
    Path("inbox", "报名.xlsx").unlink()
    with pytest.raises(ReturnplanError) as refusal:
        nightly(campaign, TODAY)
    assert refusal.type is InputRefused


def test_the_log_has_a_line_for_each_night_from_python_too(campaign: Campaign, first: NightlyOutcome) -> None:
    Path("inbox", "报名.xlsx").unlink()
    with pytest.raises(InputRefused):
        nightly(campaign, TODAY, lang="en")
    done, refused = map(json.loads, Path("nightly.log").read_text(encoding="utf-8").splitlines())
    assert (done["exit_code"], done["run"]) == (0, first.planned.header.id)
    assert (refused["exit_code"], refused["error"].isascii()) == (3, True)


def test_walk_ups_that_were_planned_with_add_stop_no_later_night(
    campaign: Campaign, first: NightlyOutcome, planned: Planner
) -> None:
    """Their lists lie where board wrote them; gone from there, they have travelled all the same."""
    (batch,) = show(campaign)[1].batches
    publish(campaign, Choice(batches=(batch.id,)))
    (paper,) = manifest(campaign, PapersRequest(Path("名单"))).paths
    filled(paper, "上车", dict.fromkeys(range(20), "√"))
    for header in ("姓名", "身份证号码", "联系电话"):
        filled(paper, header, {20: signup_row(21)[header]})
    board(campaign, [paper], Path("上车后"), yes=True)
    (added,) = Path("上车后").glob("现场增补-*.xlsx")
    planned(added=(Path("上车后"),))
    listed(Path("inbox", "深圳.xlsx"), *range(31, 51), 务工城市="深圳市")
    assert list(nightly(campaign, TODAY).planned.plan.unplanned["code"]) == ["travelled"]
    added.unlink()
    listed(Path("inbox", "又来.xlsx"), *range(51, 71), 务工城市="深圳市")
    assert len(nightly(campaign, TODAY).planned.plan.unplanned) == 0


def test_a_damaged_list_of_walk_ups_stops_no_night_and_is_named(
    campaign: Campaign, first: NightlyOutcome, planned: Planner
) -> None:
    """Who is on it has travelled, whatever became of the file."""
    Path("上车后").mkdir()
    added = listed(Path("上车后", "现场增补-0223-01.xlsx"), 21)
    planned(Path("inbox", "报名.xlsx"), added=(added,))
    added.write_bytes(added.read_bytes()[:1000])
    listed(Path("inbox", "深圳.xlsx"), *range(31, 51), 务工城市="深圳市")
    night = nightly(campaign, TODAY)
    (line,) = (row[2] for row in rows_of(night.folder / "今日要办.xlsx") if row[0] == "没有读的文件")
    assert str(line).startswith("现场增补-0223-01.xlsx: 文件已损坏或不完整")
    assert (night.figures["planned"], night.figures["files_not_read"]) == (40, ["现场增补-0223-01.xlsx"])


def test_the_folder_of_a_night_is_read_for_what_was_filled_in(
    campaign: Campaign, first: NightlyOutcome
) -> None:
    """Each command takes its own papers, and names the others of ours once."""
    (calls,) = (first.folder / "calls").iterdir()
    (order,) = (first.folder / "orders").rglob("*.xlsx")
    (manifests,) = (first.folder / "manifests").rglob("*.xlsx")
    filled(calls, "结果", {0: "已通知"})
    filled(order, "车牌号", {0: "桂B12345"})
    filled(manifests, "上车", {0: "√"})
    told = read_calls(campaign, [first.folder])
    ordered = read_orders(campaign, [first.folder.parent])  # the outbox, with the folder in it
    aboard = board(campaign, [first.folder], Path("boarded"), yes=True)
    assert (len(told.results), len(ordered.changed), aboard.here.num_people) == (1, 1, 1)
    for faults, read in ((told.faults, calls), (ordered.faults, order), (aboard.faults, manifests)):
        ((fault,),) = ([fault for fault in faults if fault.code == "other_paper"],)
        others = {path.name for path in first.folder.rglob("*.xlsx")} - {read.name}
        assert all(name in fault.message.zh for name in others)
        assert read.name not in fault.message.zh
        assert [fault.code for fault in faults] == ["other_paper"]


def test_a_foreign_file_among_papers_that_came_back_is_an_error(
    campaign: Campaign, first: NightlyOutcome
) -> None:
    Path("回收").mkdir()
    (calls,) = (first.folder / "calls").iterdir()
    filled(calls, "结果", {0: "已通知"}).rename(Path("回收", calls.name))
    Path("回收", "照片.jpg").write_bytes(b"\xff\xd8")
    outcome = read_calls(campaign, [Path("回收")])
    assert [(fault.file, fault.severity) for fault in outcome.faults] == [("照片.jpg", "error")]
    assert len(outcome.results) == 1
    listed(Path("回收", "补充.xlsx"), 31)
    with pytest.raises(InputRefused, match=r"补充\.xlsx"):
        read_calls(campaign, [Path("回收")])


def test_a_folder_with_other_papers_alone_is_refused(campaign: Campaign, first: NightlyOutcome) -> None:
    with pytest.raises(InputRefused, match="call list"):
        read_calls(campaign, [first.folder / "orders"])
