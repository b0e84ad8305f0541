"""Sheets of which no row can be used: refused where they would be taken as absent, with the cells."""

from pathlib import Path

import pytest

from returnplan.config import Config
from returnplan.model.errors import InputRefused
from returnplan.model.records import SheetKind
from returnplan.model.rules import Dates
from returnplan.usecases.campaign import Campaign, Inputs, no_progress
from returnplan.usecases.check import CheckOutcome, check, read_and_enrol, send_back
from tests.specimens.hostile import encrypted, with_macros
from tests.specimens.sheets import Line, lines_of, save_xlsx, signup_row

FLEET: list[Line] = [["车型", "乘客座位数", "包车费(元/趟)"], ["大巴", "四十九个", 3600]]
DEMAND: list[Line] = [["企业名称", "所在市", "需求人数"], ["恒达电子厂", "东塘市", 20]]
PLACES: list[Line] = [["地点", "纬度", "经度", "所属"], ["融水汽车站", "北", 109.25, "融水县"]]
DISTANCES: list[Line] = [["起点", "终点", "公里"], ["融水汽车站", "东莞市", "很远"]]


def signups(folder: Path, **cells: object) -> Path:
    return save_xlsx(folder / "报名.xlsx", 报名=lines_of([signup_row(1, **cells), signup_row(2, **cells)]))


def checked(campaign: Campaign, *files: Path, **explicit: Path) -> CheckOutcome:
    kinds: dict[SheetKind, tuple[Path, ...]] = {kind: (path,) for kind, path in explicit.items()}  # type: ignore[misc]
    return check(campaign, Inputs(files, explicit=kinds))


@pytest.mark.parametrize(
    ("lines", "cell"), [(FLEET, "B2"), (DEMAND, "B2"), (PLACES, "B2"), (DISTANCES, "C2")]
)
def test_a_sheet_without_one_usable_row_is_refused_with_the_cell(
    lines: list[Line], cell: str, tmp_path: Path, campaign: Campaign
) -> None:
    """The city of the demand sheet is found out only after reading; a check says so, and a plan is not made."""
    files = (signups(tmp_path), save_xlsx(tmp_path / "资料.xlsx", 表=lines))
    refusal = checked(campaign, *files).refusal
    assert refusal is not None
    for said in refusal:
        assert f"资料.xlsx!表!{cell}" in said
    with pytest.raises(InputRefused, match=cell):
        read_and_enrol(campaign, Inputs(files), None, no_progress)


def test_below_the_list_of_faults_a_refusal_only_counts_them(tmp_path: Path, campaign: Campaign) -> None:
    outcome = checked(campaign, signups(tmp_path), save_xlsx(tmp_path / "需求.xlsx", 需求=DEMAND))
    assert outcome.refusal is not None
    assert outcome.refusal_below_faults is not None
    num = sum(fault.severity == "error" for fault in outcome.faults)
    assert f"见所列的 {num} 处错误" in outcome.refusal_below_faults.zh
    assert "→" in outcome.refusal.zh
    assert "→" not in outcome.refusal_below_faults.zh


def test_a_row_with_an_error_is_not_accepted_whichever_stage_found_it(
    tmp_path: Path, campaign: Campaign
) -> None:
    cells = [{}, {"务工城市": "东塘市"}, {"务工城市": "西塘市"}, {"身份证号码": "1"}]
    rows = [signup_row(serial, **one) for serial, one in enumerate(cells, start=1)]
    outcome = checked(campaign, save_xlsx(tmp_path / "报名.xlsx", 报名=lines_of(rows)))
    (sheet,) = outcome.intake.sheets
    assert (sheet.rows, sheet.accepted) == (4, 1)


def test_of_a_fleet_sheet_every_row_has_to_be_usable(tmp_path: Path, campaign: Campaign) -> None:
    """By one vehicle fewer people would be on other coaches, or on none."""
    fleet = save_xlsx(tmp_path / "车辆.xlsx", 车辆=[*FLEET, ["大巴", 49, 3600]])
    refusal = checked(campaign, signups(tmp_path), fleet).refusal
    assert refusal is not None
    assert "车辆.xlsx!车辆!B2" in refusal.zh


def test_a_fleet_sheet_that_lacks_a_column_is_refused(tmp_path: Path, campaign: Campaign) -> None:
    priceless = save_xlsx(
        tmp_path / "车辆.xlsx", 车辆=[["车型", "乘客座位数", "每日可用车辆数"], ["大巴", 49, 2]]
    )
    refusal = checked(campaign, signups(tmp_path), priceless).refusal
    assert refusal is not None
    assert "包车费" in refusal.zh
    good = save_xlsx(tmp_path / "车队.xlsx", 车辆=[FLEET[0], ["大巴", 49, 3600]])
    assert checked(campaign, signups(tmp_path), priceless, good).refusal == refusal


def test_a_blank_form_among_the_files_is_named_and_counts_as_absent(
    tmp_path: Path, campaign: Campaign
) -> None:
    outcome = checked(campaign, signups(tmp_path), save_xlsx(tmp_path / "车辆.xlsx", 车辆=FLEET[:1]))
    assert outcome.refusal is None
    assert any("车辆.xlsx 的“车辆”是空白的车辆表" in note.zh for note in outcome.notes)


@pytest.mark.parametrize("lines", [FLEET[:1], [["甲", "乙"], [1, 2]], DEMAND])
def test_a_file_named_as_fleet_without_a_vehicle_is_refused(
    lines: list[Line], tmp_path: Path, campaign: Campaign
) -> None:
    """It is blank, of no kind, or of another kind."""
    outcome = checked(campaign, signups(tmp_path), fleet=save_xlsx(tmp_path / "车.xlsx", 表=lines))
    assert outcome.refusal is not None
    assert outcome.refusal.zh.startswith("--fleet 指定的 车.xlsx")


def test_sign_ups_of_whom_nobody_is_usable_are_refused_and_still_go_back(
    tmp_path: Path, campaign: Campaign
) -> None:
    outcome = checked(campaign, signups(tmp_path, 务工城市="东塘市"))
    assert outcome.refusal is not None
    assert "报名.xlsx!报名!G2" in outcome.refusal.zh
    assert [path.name for path in send_back(outcome, tmp_path / "退回", "zh")] == ["退回-报名.xlsx"]


def test_sign_up_forms_that_nobody_filled_in_are_a_report_too(tmp_path: Path, campaign: Campaign) -> None:
    """Nobody of that township travels: there is no row that could have been accepted."""
    blank = save_xlsx(tmp_path / "空.xlsx", 报名=lines_of([signup_row()])[:1])
    assert checked(campaign, blank).refusal is None


def test_no_plan_is_made_of_forms_that_nobody_filled_in(tmp_path: Path, campaign: Campaign) -> None:
    blank = save_xlsx(tmp_path / "空.xlsx", 报名=lines_of([signup_row()])[:1])
    with pytest.raises(InputRefused, match="headers alone"):
        read_and_enrol(campaign, Inputs((blank,)), None, no_progress)
    intake, _, _ = read_and_enrol(campaign, Inputs((blank, signups(tmp_path))), None, no_progress)
    assert any("空.xlsx 的“报名”只有表头，没有人报名" in note.zh for note in intake.notes)


def test_sheets_without_sign_ups_may_be_checked_alone(tmp_path: Path, campaign: Campaign) -> None:
    assert (
        checked(campaign, save_xlsx(tmp_path / "车辆.xlsx", 车辆=[FLEET[0], ["大巴", 49, 3600]])).refusal
        is None
    )


def test_a_refusal_quotes_no_cell_of_a_person(tmp_path: Path, campaign: Campaign) -> None:
    outcome = checked(campaign, signups(tmp_path, 身份证号码="450225198506070011"))
    assert outcome.refusal is not None
    assert "450225" not in outcome.refusal.zh


def test_a_fleet_sheet_with_a_train_is_refused(tmp_path: Path, campaign: Campaign) -> None:
    head: Line = ["车型", "运输方式", "乘客座位数", "包车费(元/趟)"]
    lines: list[Line] = [head, ["D1", "高铁", 600, 90000]]
    trains = save_xlsx(tmp_path / "专列.xlsx", 车辆=lines)
    refusal = checked(campaign, signups(tmp_path), trains).refusal
    assert refusal is not None
    assert "专列.xlsx!车辆!B2 a train does not belong on the fleet sheet" in refusal.en
    both = save_xlsx(tmp_path / "车辆.xlsx", 车辆=[*lines, ["大巴", "汽车", 49, 3600]])
    outcome = checked(campaign, signups(tmp_path), both)
    assert outcome.refusal is not None
    errors = [fault for fault in outcome.faults if fault.severity == "error"]
    assert [(fault.code, fault.cell) for fault in errors] == [("train_among_vehicles", "B2")]


def test_lists_are_checked_beside_a_store_that_cannot_be_read(tmp_path: Path, campaign: Campaign) -> None:
    of_year = Campaign(Config(dates=Dates(year=2021)), campaign.store_path)
    campaign.store_path.write_bytes(b"no database at all" * 100)
    assert checked(of_year, signups(tmp_path)).refusal is None


def test_a_check_reads_the_other_files_where_some_are_refused(tmp_path: Path, campaign: Campaign) -> None:
    """A plan of the same folder is refused at the first of them."""
    inbox = tmp_path / "收件"
    inbox.mkdir()
    for make in (encrypted, with_macros):
        path = make(tmp_path)
        path.rename(inbox / path.name)
    signups(inbox, 务工城市="东塘市")
    outcome = checked(campaign, inbox)
    assert outcome.refusal is not None
    assert outcome.refusal_below_faults is not None
    assert "密码" in outcome.refusal_below_faults.zh
    assert "含有宏" in outcome.refusal.zh
    assert {fault.code for fault in outcome.faults} == {"file_not_read", "unknown_city"}
    with pytest.raises(InputRefused):
        read_and_enrol(campaign, Inputs((inbox,)), None, no_progress)
    alone = next(path for path in inbox.iterdir() if "报名" not in path.name)
    with pytest.raises(InputRefused):
        checked(campaign, alone)
