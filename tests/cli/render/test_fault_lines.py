"""Faults on a screen: the same said of several cells is said once, and every cell is named."""

import io
from collections.abc import Sequence

import pytest
from rich.console import Console

from returnplan.cli.render.faults import fault_lines
from returnplan.contract import View
from returnplan.model.faults import Fault
from returnplan.model.harmless import harmless
from returnplan.model.texts import Text

UNCLEAR = Text("看不懂这个日期", "this date is not understood")


def fault(cell: str, value: str = "22号", signup: str | None = None) -> Fault:
    return Fault("木格镇.xlsx", "报名", cell, value, "date_unclear", UNCLEAR, signup=signup)


def screen(faults: Sequence[Fault], num_most: int | None = None, width: int = 80) -> list[str]:
    console = Console(file=io.StringIO(), width=width)
    for line in fault_lines(tuple(faults), View("zh"), num_most):
        console.print(line)
    text: str = console.file.getvalue()  # type: ignore[attr-defined]
    return [line.rstrip() for line in text.splitlines()]


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        (["H3"], "H3"),
        (["H3", "H4", "H5", "H8"], "H3:H5、H8"),
        (["H9", "H10"], "H9:H10"),
        (["H3", "I4"], "H3、I4"),
    ],
)
def test_neighbours_are_one_range(cells: list[str], shown: str) -> None:
    lines = screen([fault(cell) for cell in cells])
    assert lines[0] == f"✗ 木格镇.xlsx!报名!{shown}  “22号”  看不懂这个日期"
    assert lines[-1] == f"错误 {len(cells)} 条，提醒 0 条"


def test_another_value_is_another_paragraph() -> None:
    assert len(screen([fault("H3"), fault("H4", "元宵节后")])) == 3


def test_a_row_stands_where_no_cell_is_at_fault() -> None:
    rows = [fault("", "", f"木格镇.xlsx!报名!{row}") for row in (3, 4)]
    assert screen(rows)[0] == "✗ 木格镇.xlsx!报名!3:4  看不懂这个日期"


def test_what_is_not_shown_is_counted_cell_by_cell() -> None:
    lines = screen([fault("H3", "a"), fault("H4", "b"), fault("H5", "b")], num_most=1)
    assert lines[1].startswith("……还有 2 条")


def test_long_words_go_on_below_themselves() -> None:
    first, second, _ = screen([fault("H3")], width=30)
    assert second.startswith("  ")
    assert first.startswith("✗ ")


@pytest.mark.parametrize("width", [40, 80, 120])
def test_what_is_written_out_of_a_harmful_cell_is_whole(width: int) -> None:
    value = "22\x1b[2J\x07\u202e号[red]" * 5
    seen = "".join(line.strip() for line in screen([fault("H3", value)], width=width))
    assert harmless(value) in seen
    assert UNCLEAR.zh in seen


def test_days_without_a_year_are_said_once_for_all_sheets() -> None:
    no_year = Text("日期没有年份", "the date has no year")
    lines = screen(
        [
            Fault(file, "报名", f"H{i}", f"2月{i}日", "no_year", no_year)
            for file in ("甲.xlsx", "乙.xlsx")
            for i in (3, 7)
        ]
    )
    assert lines == ["✗ 甲.xlsx!报名!H3 等 4 处  日期没有年份", "错误 4 条，提醒 0 条"]
