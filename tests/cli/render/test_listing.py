"""Tables and CSV: nothing becomes markup or a formula, nothing of a row is lost."""

import csv
import io
import sys

import pytest
from rich.console import Console

from returnplan.cli.render.listing import MOST_ROWS, Column, Listing, draw, print_listing, write_csv
from returnplan.model.texts import Text

PEOPLE = Listing(
    Text("人员", "people"),
    (Column(Text("姓名", "name")), Column(Text("人数", "number"), is_number=True)),
    [("=1+1", 3), ("[red]韦[/red]", 2), ("@SUM(A1)", -4)],
)


def test_csv_opens_in_excel_without_live_formulas(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    write_csv(PEOPLE, "zh")
    raw = capsysbinary.readouterr().out
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    assert rows == [["姓名", "人数"], ["'=1+1", "3"], ["[red]韦[/red]", "2"], ["'@SUM(A1)", "-4"]]


def test_a_name_is_no_markup() -> None:
    console = Console(file=io.StringIO(), width=60)
    console.print(draw(PEOPLE, "en"))
    text = console.file.getvalue()  # type: ignore[attr-defined]
    assert "[red]韦[/red]" in text
    assert "people" in text


def test_a_narrow_window_does_without_what_can_be_spared_and_says_so() -> None:
    columns = (*PEOPLE.columns, Column(Text("公里", "km"), is_number=True, can_be_spared=True))
    listing = Listing(PEOPLE.title, columns, [("韦小燕", 3, 552)])
    assert "552" in screen(listing, 120)
    assert "552" not in screen(listing, 80)
    assert "公里" in screen(listing, 80).splitlines()[-2]


def test_an_empty_listing_says_that_there_is_none() -> None:
    assert screen(Listing(PEOPLE.title, PEOPLE.columns, []), 80) == "人员\n没有\n"


@pytest.fixture
def many() -> Listing:
    """Return three rows more than a screen is given; the first name is the widest, one has a line break."""
    rows = [("欧阳小燕", 3), ("韦\n燕", 12), *([("Li", 1)] * (MOST_ROWS + 1))]
    return Listing(PEOPLE.title, PEOPLE.columns, rows)


def test_a_terminal_shows_the_first_rows_and_where_the_rest_is(
    many: Listing, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    print_listing(many, "zh", "--csv")
    done = capsys.readouterr()
    assert done.out.count("Li") == MOST_ROWS - 2
    assert "还有 3 行" in done.err
    assert "--csv" in done.err


def test_a_pipe_gets_all_rows_a_line_each_in_columns(
    many: Listing, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    print_listing(many, "zh", "--csv")
    done = capsys.readouterr()
    lines = done.out.splitlines()
    assert lines[:4] == ["人员", "姓名      人数", "欧阳小燕     3", "韦 燕       12"]
    assert lines[4:] == ["Li           1"] * (MOST_ROWS + 1)
    assert done.err == ""


def test_a_short_listing_is_drawn_as_ever_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    print_listing(PEOPLE, "zh", "--csv")
    assert "──" in capsys.readouterr().out


def screen(listing: Listing, width: int) -> str:
    console = Console(file=io.StringIO(), width=width)
    console.print(draw(listing, "zh"))
    text: str = console.file.getvalue()  # type: ignore[attr-defined]
    return text
