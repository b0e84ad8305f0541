"""Faults on the screen: what is the same is said once."""

from rich.console import Console

from returnplan.cli.render.faults import fault_lines
from returnplan.contract import View
from returnplan.model.faults import Fault
from returnplan.model.texts import Text


def lines(*faults: Fault) -> list[str]:
    console = Console(width=200, record=True, file=None)
    with console.capture() as captured:
        for line in fault_lines(faults, View("zh"), None):
            console.print(line)
    return [line.rstrip() for line in captured.get().splitlines()]


def unknown(file: str, row: int, word: str) -> Fault:
    return Fault(
        file, "通知", f"I{row}", word, "unknown_result", Text("看不懂这个结果", "unclear"), Text("请选择", "")
    )


def test_a_word_that_cannot_be_read_is_said_once_for_all_lists() -> None:
    told = lines(
        unknown("桥圩镇.xlsx", 4, "再说"),
        unknown("木格镇.xlsx", 5, "再说"),
        unknown("木格镇.xlsx", 6, "考虑"),
    )
    assert told == [
        "✗ 桥圩镇.xlsx!通知!I4 等 2 处  “再说”  看不懂这个结果 → 请选择",
        "✗ 木格镇.xlsx!通知!I6  “考虑”  看不懂这个结果 → 请选择",
        "错误 3 条，提醒 0 条",
    ]


def test_the_columns_of_a_sheet_that_nobody_knows_are_said_once() -> None:
    def column(cell: str, label: str, sheet: str = "人口信息") -> Fault:
        message = Text(f"不认识的列“{label}”，未采用", f"'{label}' is not known")
        return Fault(
            "导出.csv", sheet, cell, label, "unknown_column", message, Text("请改列名", ""), "warning"
        )

    told = lines(column("F1", "户编号"), column("AA1", "劳动技能"), column("D2", "鞋码", "另一张"))
    assert told == [
        "! 导出.csv!人口信息  “户编号、劳动技能”  2 列不认识，未采用 → 请改列名",
        "! 导出.csv!另一张!D2  “鞋码”  不认识的列“鞋码”，未采用 → 请改列名",
        "错误 0 条，提醒 3 条",
    ]
