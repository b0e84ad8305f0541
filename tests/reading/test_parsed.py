"""Values of a column, and what a record says against them."""

from typing import Any

import numpy as np
from pydantic import TypeAdapter

from returnplan.model.records import PositiveInt
from returnplan.model.texts import Text
from returnplan.reading.cells import Finding
from returnplan.reading.parsed import ParsedColumn


def column(*values: object, findings: dict[int, Finding] | None = None) -> ParsedColumn:
    cells = np.empty(len(values), dtype=object)
    cells[:] = values
    codes = np.arange(len(values), dtype=np.int32)
    return ParsedColumn(list(map(str, values)), cells, codes, findings or {}, "A")


def test_values_that_a_record_refuses_are_errors() -> None:
    refused = column(1, 0, 2).validated(TypeAdapter(list[PositiveInt]))
    assert refused.findings[1].code == "invalid_value"
    assert refused.findings[1].message.zh == "数值不在允许的范围内（不能小于 1）"
    assert set(refused.findings) == {1}


def test_what_was_found_before_stays() -> None:
    earlier = Finding("not_a_number", Text("不是数字", "not a number"))
    refused = column(None, findings={0: earlier}).validated(TypeAdapter(list[PositiveInt]))
    assert refused.findings == {0: earlier}


def test_map_is_asked_once_a_value() -> None:
    asked: list[object] = []

    def upper(letter: Any) -> Any:
        asked.append(letter)
        return letter.upper()

    letters = column("a", None, "b").map(upper)
    assert letters.tolist() == ["A", None, "B"]
    assert asked == ["a", "b"]
