"""A field declared once is written, and read back wherever its column stands."""

from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from returnplan.model.texts import Lang, Text
from returnplan.papers.field import Field, blank, item_columns
from returnplan.papers.filled_in import read_answers
from returnplan.papers.pages import Page, render
from returnplan.reading.cells import clean, required
from returnplan.reading.quantities import count

PAPER = Text("名单", "list")


@dataclass(frozen=True)
class Coach:
    id: str
    drivers: tuple[str, ...] = ()


FIELDS: tuple[Field[Coach], ...] = (
    Field("id", Text("批次编号", "Batch"), 12),
    Field("drivers", Text("驾驶员", "Drivers"), 20, is_editable=True),
    Field("state", Text("状态", "State"), 8, value=lambda coach, lang: Text("草案", "draft").say(lang)),
    Field("seats", Text("座位", "Seats"), 8, value=blank, parse=count("座位", "the seats")),
)
COACHES = (Coach("0218-001", ("陆师傅", "韦师傅")), Coach("0218-002"))


def written(folder: Path, lang: Lang = "zh", fields: tuple[Field[Coach], ...] = FIELDS) -> Path:
    path = folder / "名单.xlsx"
    path.write_bytes(render([Page("名单", item_columns(fields, COACHES, lang), row_height_pt=18)]))
    return path


def test_what_stands_in_a_row_is_an_attribute_or_what_the_field_makes_of_it() -> None:
    columns = item_columns(FIELDS, COACHES, "en")
    assert [column.header for column in columns] == ["Batch", "Drivers", "State", "Seats"]
    assert [list(column.values) for column in columns] == [
        ["0218-001", "0218-002"], ["陆师傅、韦师傅", ""], ["draft", "draft"], [None, None],
    ]  # fmt: skip


def test_what_may_be_changed_is_yellow_and_nothing_else() -> None:
    fills = {column.header: column.style.fill for column in item_columns(FIELDS, COACHES, "zh")}
    assert {header for header, fill in fills.items() if fill} == {"驾驶员"}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0)])
def test_what_is_written_in_is_read_by_the_same_field_wherever_it_stands(
    tmp_path: Path, lang: Lang, order: tuple[int, ...]
) -> None:
    path = written(tmp_path, lang, tuple(FIELDS[at] for at in order))
    book = load_workbook(path)
    page, column = book.worksheets[0], order.index(3) + 1
    page.cell(2, column).value, page.cell(3, column).value = "49座", "很多"
    book.save(path)
    report = read_answers(
        [path], FIELDS, ("id", "seats"), lambda row: (row.value("id"), row.value("seats")), PAPER
    )
    assert report.answers == (("0218-001", 49),)
    assert [fault.cell for fault in report.faults] == [f"{'ABCD'[column - 1]}3"]


def test_a_fault_of_a_column_that_is_gone_names_the_first_cell_of_its_row(tmp_path: Path) -> None:
    path = written(tmp_path, fields=FIELDS[2:])
    needed = replace(FIELDS[0], parse=required(clean, "missing_batch", "批次编号", "the batch"))
    report = read_answers([path], (needed, *FIELDS[2:]), ("seats",), lambda row: row.value("id"), PAPER)
    assert [(fault.code, fault.cell) for fault in report.faults] == [
        ("missing_batch", "A2"),
        ("missing_batch", "A3"),
    ]
