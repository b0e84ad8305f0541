"""Tables and CSV: nothing becomes markup or a formula, nothing of a row is lost."""

import csv
import io

import pytest
from rich.console import Console

from returnplan.cli.render.listing import Column, Listing, draw, write_csv
from returnplan.texts import Text

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


def screen(listing: Listing, width: int) -> str:
    console = Console(file=io.StringIO(), width=width)
    console.print(draw(listing, "zh"))
    text: str = console.file.getvalue()  # type: ignore[attr-defined]
    return text
