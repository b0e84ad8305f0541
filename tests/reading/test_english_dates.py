"""Dates in English words."""

from datetime import date

import pytest

from returnplan.reading.cells import CellError
from returnplan.reading.dates import days

FEB_21, FEB_22, FEB_23 = (date(2027, 2, day) for day in (21, 22, 23))


@pytest.mark.parametrize(
    ("words", "span"),
    [
        ("22 Feb", (FEB_22, FEB_22)),
        ("Feb 22, 2027", (FEB_22, FEB_22)),
        ("22-Feb-2027", (FEB_22, FEB_22)),
        ("February 22nd", (FEB_22, FEB_22)),
        ("Mon 22 Feb", (FEB_22, FEB_22)),
        ("22-Feb-27", (FEB_22, FEB_22)),
        ("2027-Feb-22", (FEB_22, FEB_22)),
        ("21-23 Feb", (FEB_21, FEB_23)),
        ("Feb 21 - Feb 23", (FEB_21, FEB_23)),
        ("21 Feb-23 Feb", (FEB_21, FEB_23)),
        ("from 21 Feb to 23 Feb", (FEB_21, FEB_23)),
        ("Feb 21 to Feb 23", (FEB_21, FEB_23)),
        ("21 or 22 Feb", (FEB_21, FEB_22)),
        ("from 21 Feb", (FEB_21, None)),
        ("21 Feb onwards", (FEB_21, None)),
        ("after Feb 21", (FEB_22, None)),
        ("by 23 Feb", (None, FEB_23)),
        ("any day", None),
    ],
)
def test_english_words_are_days(words: str, span: tuple[date | None, date | None] | None) -> None:
    assert days(2027)(words) == span


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Tuesday 22 Feb", "dates_contradict"),
        ("30 Feb", "no_such_date"),
        ("22 Febr", "date_unclear"),
        ("about 22 Feb", "date_about"),
    ],
)
def test_what_is_wrong_or_unknown_in_english_is_said(words: str, code: str) -> None:
    with pytest.raises(CellError) as error:
        days(2027)(words)
    assert error.value.finding.code == code
