"""Papers of another campaign come back: batch and person numbers fit by chance, and nothing is entered."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from returnplan.config import Config
from returnplan.enrolment.settings import Townships
from returnplan.model.errors import InputRefused
from returnplan.model.faults import RowRef
from returnplan.model.rules import Dates
from returnplan.papers.pages import read_marks
from returnplan.papers.whose import OTHER_CAMPAIGN, Named, of_another_person
from returnplan.store import Store
from returnplan.usecases.board import board
from returnplan.usecases.campaign import Campaign, Inputs
from returnplan.usecases.check import check
from returnplan.usecases.choice import Choice
from returnplan.usecases.dispatch import dispatch, read_orders
from returnplan.usecases.manifest import PapersRequest, manifest
from returnplan.usecases.notify import notify, read_calls
from returnplan.usecases.plan.make import PlanRequest, plan
from returnplan.usecases.publish import publish
from returnplan.usecases.show import show
from tests.usecases.conftest import listed, planner
from tests.usecases.test_telling import filled

LAST_YEAR = {"最早出发日期": date(2020, 2, 18), "最晚出发日期": date(2020, 2, 25)}


@pytest.fixture
def last_year(tmp_path: Path) -> Path:
    """Return the folder of last year's campaign, with its papers: the same batch and person numbers."""
    folder = tmp_path / "去年"
    folder.mkdir()
    old = Campaign(Config(), folder / "returnplan.db")
    planner(folder, old)(listed(folder / "报名.xlsx", *range(31, 51), **LAST_YEAR))
    publish(old, Choice(city="东莞"))
    (paper,) = manifest(old, PapersRequest(folder / "名单")).paths
    filled(paper, "上车", dict.fromkeys(range(20), "√"))
    (calls,) = notify(old, Choice(), folder / "通知").paths
    filled(calls, "结果", dict.fromkeys(range(20), "取消"))
    (order,) = dispatch(old, Choice(), folder / "派车").paths
    filled(order, "车牌号", {0: "桂B12345"})
    return folder


@pytest.fixture
def this_year(tmp_path: Path, campaign: Campaign) -> Campaign:
    planner(tmp_path, campaign)(listed(tmp_path / "报名.xlsx", *range(1, 21)))
    publish(campaign, Choice(city="东莞"))
    return campaign


def content(campaign: Campaign) -> tuple[object, ...]:
    plan = show(campaign)[1]
    with Store.snapshot(campaign.store_path) as store:
        return plan.batches, plan.riders["status"].tolist(), store.calls()


def without_mark(path: Path) -> Path:
    """Save a paper again as a program does that drops the names by which we know it."""
    book = load_workbook(path)
    for name in list(book.defined_names):
        del book.defined_names[name]
    book.save(path)
    return path


def test_a_marked_list_of_last_year_boards_nobody(this_year: Campaign, last_year: Path) -> None:
    before = content(this_year)
    outcome = board(this_year, [last_year / "名单"], last_year / "上车后")
    assert [fault.code for fault in outcome.faults] == [OTHER_CAMPAIGN]
    assert outcome.here.num_people == 0
    assert content(this_year) == before


def test_a_list_of_this_year_beside_it_counts(this_year: Campaign, last_year: Path, tmp_path: Path) -> None:
    (paper,) = manifest(this_year, PapersRequest(tmp_path / "名单")).paths
    filled(paper, "上车", dict.fromkeys(range(20), "√"))
    outcome = board(this_year, [last_year / "名单", paper], tmp_path / "上车后")
    assert [fault.code for fault in outcome.faults] == [OTHER_CAMPAIGN]
    assert outcome.here.num_people == 20


def test_a_call_list_of_last_year_frees_no_seat(this_year: Campaign, last_year: Path) -> None:
    before = content(this_year)
    outcome = read_calls(this_year, [last_year / "通知"])
    assert (outcome.results, [fault.code for fault in outcome.faults]) == ((), [OTHER_CAMPAIGN])
    assert content(this_year) == before


def test_an_order_of_last_year_names_no_plate(this_year: Campaign, last_year: Path) -> None:
    before = content(this_year)
    outcome = read_orders(this_year, [last_year / "派车"])
    assert (outcome.changed, [fault.code for fault in outcome.faults]) == ([], [OTHER_CAMPAIGN])
    assert content(this_year) == before


def test_a_list_of_last_year_is_known_by_its_day_without_a_mark(this_year: Campaign, last_year: Path) -> None:
    before = content(this_year)
    (paper,) = (last_year / "名单").iterdir()
    outcome = board(this_year, [without_mark(paper)], last_year / "上车后")
    assert [fault.code for fault in outcome.faults] == [OTHER_CAMPAIGN]
    assert "2020年2月" in outcome.faults[0].message.zh
    assert content(this_year) == before


def test_a_call_list_of_last_year_is_known_by_its_names_without_a_mark(
    this_year: Campaign, last_year: Path
) -> None:
    before = content(this_year)
    (calls,) = (last_year / "通知").iterdir()
    outcome = read_calls(this_year, [without_mark(calls)])
    assert {fault.code for fault in outcome.faults} == {"other_person"}
    assert (len(outcome.faults), outcome.results) == (20, ())
    assert content(this_year) == before


def test_papers_of_ours_without_a_mark_are_read(this_year: Campaign, tmp_path: Path) -> None:
    (calls,) = notify(this_year, Choice(), tmp_path / "通知").paths
    filled(calls, "结果", dict.fromkeys(range(20), "已通知"))
    assert len(read_calls(this_year, [without_mark(calls)]).results) == 20
    (paper,) = manifest(this_year, PapersRequest(tmp_path / "名单")).paths
    filled(paper, "上车", dict.fromkeys(range(20), "√"))
    outcome = board(this_year, [without_mark(paper)], tmp_path / "上车后")
    assert (outcome.faults, outcome.here.num_people) == ((), 20)


def of_a_lost_run(path: Path) -> Path:
    """Name in a paper a run that the store does not have, as after a backup was put back."""
    book = load_workbook(path)
    run = next(name for name in book.defined_names.values() if "run" in name.name.lower())
    run.attr_text = '"0123456789ab"'
    book.save(path)
    assert read_marks(path)["run"] == "0123456789ab"
    return path


def test_papers_printed_before_a_backup_was_put_back_are_read(this_year: Campaign, tmp_path: Path) -> None:
    (calls,) = notify(this_year, Choice(), tmp_path / "通知").paths
    filled(calls, "结果", dict.fromkeys(range(20), "已通知"))
    assert len(read_calls(this_year, [of_a_lost_run(calls)]).results) == 20
    (order,) = dispatch(this_year, Choice(), tmp_path / "派车").paths
    filled(order, "车牌号", {0: "桂B12345"})
    assert len(read_orders(this_year, [of_a_lost_run(order)]).changed) == 1
    (paper,) = manifest(this_year, PapersRequest(tmp_path / "名单")).paths
    filled(paper, "上车", dict.fromkeys(range(20), "√"))
    outcome = board(this_year, [of_a_lost_run(paper)], tmp_path / "上车后")
    assert (outcome.faults, outcome.here.num_people) == ((), 20)


def test_why_a_paper_is_of_another_campaign_is_its_year(this_year: Campaign, last_year: Path) -> None:
    (fault,) = read_calls(this_year, [last_year / "通知"]).faults
    assert "2020年电话通知表" in fault.message.zh
    assert "another year" in fault.message.en


@pytest.mark.parametrize(
    ("name", "phone", "code"),
    [("覃小明", None, "name_differs"), ("覃小明", "13900000000", "other_person")],
)
def test_a_name_that_was_corrected_on_an_unmarked_paper_is_said_and_counts(
    this_year: Campaign, tmp_path: Path, name: str, phone: str | None, code: str
) -> None:
    words = {"姓名": {0: name}} | ({"联系电话": {0: phone}} if phone else {})
    num_counting = 20 - (code == "other_person")
    (calls,) = notify(this_year, Choice(), tmp_path / "通知").paths
    (paper,) = manifest(this_year, PapersRequest(tmp_path / "名单")).paths
    for path, column, mark in ((calls, "结果", "已通知"), (paper, "上车", "√")):
        for header, cells in (words | {column: dict.fromkeys(range(20), mark)}).items():
            filled(path, header, cells)
    called = read_calls(this_year, [without_mark(calls)])
    assert ([fault.code for fault in called.faults], len(called.results)) == ([code], num_counting)
    boarded = board(this_year, [without_mark(paper)], tmp_path / "上车后")
    assert [fault.code for fault in boarded.faults] == [code]
    assert boarded.here.num_people == num_counting


@pytest.mark.parametrize(("name", "is_slip"), [("韦秀莹", True), ("韦大明", False), ("韦秀", False)])
def test_without_a_phone_one_character_may_differ(name: str, is_slip: bool) -> None:
    people = {7: Named("韦秀英", "13807754000")}
    fault = of_another_person(RowRef("表.xlsx", "名单", 3), 7, Named(name, ""), people)
    assert fault is not None
    assert (fault.severity == "warning") is is_slip


def test_the_title_of_a_call_list_says_the_year(this_year: Campaign, tmp_path: Path) -> None:
    (calls,) = notify(this_year, Choice(), tmp_path / "通知").paths
    assert "2021年电话通知表" in load_workbook(calls).worksheets[0]["A1"].value


RULES_OF_NEXT_YEAR = Config(dates=Dates(year=2022))


@pytest.mark.parametrize(
    "act",
    [
        lambda campaign, folder: check(campaign, Inputs((folder / "报名.xlsx",))),
        lambda campaign, folder: plan(
            campaign, PlanRequest(Inputs((folder / "报名.xlsx",)), None, dry_run=True)
        ),
        lambda campaign, folder: notify(campaign, Choice(), folder / "通知"),
        lambda campaign, folder: dispatch(campaign, Choice(), folder / "派车"),
        lambda campaign, folder: manifest(campaign, PapersRequest(folder / "名单")),
        lambda campaign, folder: publish(campaign, Choice(city="东莞")),
    ],
)
def test_rules_of_another_year_than_the_store_are_refused_by_whatever_writes_or_reads_lists(
    tmp_path: Path, act: Callable[[Campaign, Path], object]
) -> None:
    of_2021 = Campaign(Config(dates=Dates(year=2021)), tmp_path / "returnplan.db")
    planner(tmp_path, of_2021)(listed(tmp_path / "报名.xlsx", *range(1, 21)))
    with pytest.raises(
        InputRefused, match=r"campaign of 2021, and .* year of the rules is 2022: if they are wrong"
    ):
        act(Campaign(RULES_OF_NEXT_YEAR, of_2021.store_path), tmp_path)


def test_a_township_of_which_only_a_list_of_another_year_came_has_not_reported(tmp_path: Path) -> None:
    rules = Config(dates=Dates(year=2021), townships=Townships(expected=("大年乡", "安太乡")))
    rows = {"大年乡": date(2021, 2, 20), "安太乡": date(2020, 2, 20)}
    for serial, (township, day) in enumerate(rows.items(), 1):
        listed(tmp_path / f"{township}.xlsx", serial, 乡镇=township, 最早出发日期=day, 最晚出发日期=day)
    files = Inputs(tuple(tmp_path / f"{township}.xlsx" for township in rows))
    notes = check(Campaign(rules, tmp_path / "returnplan.db"), files).notes
    assert "1/2 已报，未报：安太乡" in [note.zh for note in notes]
