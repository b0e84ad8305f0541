"""Chinese sentences have Chinese marks: one separator style on every screen."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "returnplan"
FILES = sorted(SOURCE.rglob("*.py"))
HALF_WIDTH = re.compile(r"[⺀-\U0003ffff}”）)][,;:](?=[⺀-\U0003ffff{“（]|$)")


def chinese_of(path: Path) -> Iterator[str]:
    """Yield the Chinese half of every Text of a file, a value in it as {}."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Text" and node.args:
            yield "".join(
                str(part.value) if isinstance(part, ast.Constant) else "{}"
                for part in getattr(node.args[0], "values", [node.args[0]])
                if isinstance(getattr(part, "value", ""), str | ast.AST)
            )


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_marks_in_chinese_sentences_are_full_width(path: Path) -> None:
    assert [text for text in chinese_of(path) if HALF_WIDTH.search(re.sub(r"\{[^{}]*\}", "{}", text))] == []


def test_a_half_width_mark_would_be_found() -> None:
    assert HALF_WIDTH.search("没有改动,请重试")
    assert HALF_WIDTH.search("未到 {};")
    assert not HALF_WIDTH.search("运行 a, b")
