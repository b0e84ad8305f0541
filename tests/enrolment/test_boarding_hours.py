"""At which hours one can board: what the pick-up sheet says, kept with the place."""

import pytest

from returnplan.model.law import Span
from returnplan.model.records import PickupRow
from returnplan.model.roster import Roster
from tests.specimens.intakes import codes, enrolled, signup


def with_hours(*hours: str, pickup: str = "大浪镇政府", county: str = "融水县") -> Roster:
    """Return the roster of somebody who boards where a township does, under rows with these hours."""
    rows = [
        PickupRow(ref=f"上车点.xlsx!S!{line}", township="大浪镇", pickup=pickup, county=county, hours=text)
        for line, text in enumerate(hours, 2)
    ]
    return enrolled(signup(1, township="大浪镇"), pickups=rows)


def hours_of(roster: Roster) -> Span | None:
    place = int(roster.people["pickup"].iloc[0])
    return roster.places[place].hours


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("07:00-10:00", ("07:00", "10:00")),
        ("5：30—22：00", ("05:30", "22:00")),
        ("7点至10点半", None),
        ("7点至10点", ("07:00", "10:00")),
        ("7-10", ("07:00", "10:00")),
        ("22:00~6:00", ("22:00", "06:00")),
        ("06:00-24:00", ("06:00", "23:59")),
        ("25:00-26:00", None),
        ("07:00-07:00", None),
        ("上午", None),
    ],
)
def test_hours_are_read_or_named(text: str, span: Span | None) -> None:
    roster = with_hours(text)
    assert hours_of(roster) == span
    assert [code for code in codes(roster) if code != "unknown_place"] == (
        ["unclear_hours"] if span is None else []
    )


@pytest.mark.parametrize("text", ["", "全天", "24小时"])
def test_any_hour_is_no_span_and_no_fault(text: str) -> None:
    roster = with_hours(text)
    assert hours_of(roster) is None
    assert "unclear_hours" not in codes(roster)


def test_the_first_row_with_hours_counts() -> None:
    assert hours_of(with_hours("", "07:00-10:00", "08:00-09:00")) == ("07:00", "10:00")


def test_the_same_name_in_another_county_has_no_hours() -> None:
    roster = enrolled(
        signup(1, pickup="县汽车站"),
        pickups=[
            PickupRow(
                ref="上车点.xlsx!S!2",
                township="长安镇",
                pickup="县汽车站",
                county="融安县",
                hours="07:00-10:00",
            )
        ],
    )
    assert hours_of(roster) is None
