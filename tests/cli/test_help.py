"""Help in either language: all of it, within the width, and no English of a library in the Chinese one."""

import re
from pathlib import Path
from unicodedata import east_asian_width

import pytest

from returnplan.cli.bilingual import Formatter
from returnplan.cli.main import SUMMARIES
from tests.e2e.program import call

PAGES = [[], *([name] for name in SUMMARIES)]
ENGLISH_OF_CLICK = re.compile(r"Usage|Options|Commands|Show |default|required|\[x>=|FLOAT RANGE|%Y")


def width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


@pytest.mark.parametrize("words", PAGES, ids=lambda words: " ".join(words) or "the program")
def test_chinese_help_is_chinese_and_fits_eighty_columns(words: list[str], tmp_path: Path) -> None:
    page = call(tmp_path, *words, "--help", "--lang", "zh", COLUMNS="80").stdout
    assert page.startswith("用法：")
    assert ENGLISH_OF_CLICK.findall(page) == []
    assert max(map(width, page.splitlines())) <= 80
    described = re.findall(r"^  (?:-\w, )?--[\w-]+.*?(?:  |$)", page, re.M)
    assert described


@pytest.mark.parametrize("words", PAGES, ids=lambda words: " ".join(words) or "the program")
def test_english_help_names_the_same_options(words: list[str], tmp_path: Path) -> None:
    pages = [call(tmp_path, *words, "--help", "--lang", lang).stdout for lang in ("zh", "en")]
    zh, en = (re.findall(r"^  (?:-\w, )?(--[\w-]+)", page, re.M) for page in pages)
    assert zh == en
    assert pages[1].startswith("Usage: ")


def test_lines_break_between_chinese_characters_and_no_mark_begins_one() -> None:
    formatter = Formatter(width=12)
    formatter.write_text("第一次包括所有人，以后只有\n情况有变的人。")
    assert formatter.getvalue().splitlines() == ["第一次包括所", "有人，以后只", "有情况有变的", "人。"]


def test_a_long_name_stands_above_its_words() -> None:
    formatter = Formatter(width=40)
    formatter.write_dl([("-a", "短"), ("--a-name-that-is-far-too-long", "长的说明")], col_max=10)
    assert formatter.getvalue().splitlines() == [
        "-a          短",
        "--a-name-that-is-far-too-long",
        "            长的说明",
    ]
