"""What reaches a terminal is text for eyes: nothing steers it, hides, or turns the letters around."""

import io
import json
import re
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout

import click
import pytest
from rich.table import Table

from returnplan.cli.console import (
    SafeStream,
    make_streams_safe,
    print_json,
    say_error,
    say_note,
    table_console,
)
from returnplan.model.harmless import harmless, json_text
from returnplan.model.texts import Text

UNSEEN = [
    letter
    for letter in map(chr, range(sys.maxunicode + 1))
    if unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Zl", "Zp") and letter not in "\n\t"
]
HARMFUL = "\x1b]0;title\x07\x1b[2J\x9b31m\u202e\u2066\u200b\x08\r\x7f\ud83d"
SHOWN = (
    "<U+001B>]0;title<U+0007><U+001B>[2J<U+009B>31m<U+202E><U+2066><U+200B><U+0008><U+000D><U+007F><U+D83D>"
)


def test_every_character_without_a_shape_is_written_out() -> None:
    assert [letter for letter in UNSEEN if harmless(f"a{letter}b") != f"a<U+{ord(letter):04X}>b"] == []


@pytest.mark.parametrize(
    "text", ["韦小燕", "\U00020bb7", "一\u3000二", "a\tb\nc\r\nd", "", "葛\U000e0100", "\ue000"]
)
def test_what_people_write_stays(text: str) -> None:
    assert harmless(text) == text


def test_json_holds_the_true_text_in_escapes() -> None:
    value = {"name": "韦".join(UNSEEN)}
    text = json_text(value)
    assert json.loads(text) == value
    assert not set(UNSEEN) & set(text)
    assert "韦" in text


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


@contextmanager
def terminal() -> Iterator[Terminal]:
    """Yield a terminal at which both streams of a safe program end."""
    opened = Terminal()
    with redirect_stdout(opened), redirect_stderr(opened):
        make_streams_safe()
        yield opened


@pytest.fixture(autouse=True)
def in_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")


def test_nothing_is_written_past_the_stream() -> None:
    with terminal() as screen:
        print(HARMFUL)
        click.echo(HARMFUL, err=True)
        say_note(HARMFUL)
        sys.stderr.write(HARMFUL)
        assert not hasattr(sys.stdout, "buffer")
    assert screen.getvalue().replace("\n", "") == SHOWN * 4


def test_an_error_is_red_and_its_words_are_text() -> None:
    with terminal() as screen:
        say_error(Text(HARMFUL, ""), "zh")
    assert screen.getvalue() == f"\x1b[31m{SHOWN}\x1b[0m\n"


def test_no_colour_where_none_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    with terminal() as screen:
        say_error(Text("错", ""), "zh")
    assert screen.getvalue() == "错\n"


def test_json_on_a_terminal_is_json() -> None:
    with terminal() as screen:
        print_json({"a": HARMFUL})
    assert json.loads(screen.getvalue()) == {"a": HARMFUL}
    assert not set(UNSEEN) & set(screen.getvalue())


@pytest.mark.parametrize("where", ["title", "head", "cell"])
def test_a_table_is_drawn_in_colour_and_its_cells_are_text(where: str) -> None:
    words = {"title": "", "head": "", "cell": ""} | {where: "a \x1b[2J\x9b2J\u2066"}
    table = Table(title=words["title"], header_style="bold", width=60)
    table.add_column(words["head"])
    table.add_row(words["cell"])
    with terminal() as screen:
        table_console().print(table)
    plain = re.sub(r"\x1b\[[0-9;]*m", "", screen.getvalue())
    assert plain != screen.getvalue()
    assert not set(UNSEEN) & set(plain)
    assert "<U+001B>[2J" in plain


def test_a_stream_behind_which_no_terminal_is_says_so() -> None:
    stream = SafeStream(io.StringIO())
    assert not stream.isatty()
    assert stream.writable()


def test_a_process_without_a_console_says_nothing_and_does_not_fall(monkeypatch: pytest.MonkeyPatch) -> None:
    with terminal():
        monkeypatch.setattr(sys, "stdout", None)
        monkeypatch.setattr(sys, "stderr", None)
        make_streams_safe()
        print_json({"a": 1})
        say_note("a")
        assert not sys.stderr.isatty()
