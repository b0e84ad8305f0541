"""plan.xlsx of a plan with a train: people count once, rides stand one a line, the train has its number."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from returnplan.papers.report.figures import figures_of
from returnplan.papers.workbook import write_plan_workbook
from tests.specimens.journeys import TRAIN, with_a_train
from tests.specimens.plans import make_header


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    plan = with_a_train()
    ticket = {"carriage": "3", "seat_no": "12F", "order_no": "E123456789"}
    plan.riders.loc[plan.riders["batch"] == TRAIN, list(ticket)] = list(ticket.values())
    path: Path = tmp_path_factory.mktemp("plan") / "plan.xlsx"
    write_plan_workbook(plan, make_header(), path, lang="zh")
    return load_workbook(path)


def column(book: Workbook, sheet: str, header: str) -> list[Any]:
    cell = next(cell for row in book[sheet].iter_rows() for cell in row if cell.value == header)
    rows = range(cell.row + 1, book[sheet].max_row + 1)
    return [book[sheet].cell(row, cell.column).value for row in rows]


def test_people_count_once_in_every_total(book: Workbook) -> None:
    assert column(book, "汇总", "人数")[:2] == [10, 10]
    assert column(book, "目的城市", "人数")[:3] == [6, 3, 1]
    assert column(book, "流向", "人数")[-1] == 10
    assert sum(value or 0 for value in column(book, "物资", "人数(含儿童)")[1:]) == 11


def test_a_ride_a_line_with_carriage_and_seat_and_a_train_with_its_number(book: Workbook) -> None:
    assert len([value for value in column(book, "乘车人员", "行程") if value == TRAIN]) == 28
    assert column(book, "乘车人员", "席位").count("12F") == 10
    assert column(book, "乘车人员", "订单号").count("E123456789") == 10
    assert column(book, "批次", "车次")[2] == "D4508"


def test_the_report_counts_people_once_where_they_leave_and_where_they_arrive() -> None:
    figures = figures_of(with_a_train())
    assert [load.num_people for load in figures.days] == [10]
    assert sum(flow.num_people for flow in figures.flows) == 10
    assert (
        sum(spot.num_people for spot in figures.homes) == sum(spot.num_people for spot in figures.goals) == 10
    )
    assert {(load.num_coaches, load.num_trains) for load in figures.days} == {(4, 1)}
    assert sum(figures.heads.values()) == 11
