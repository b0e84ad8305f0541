"""Trains of the rail sheet: rows put together, stations found, and every fault with its cell."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from returnplan.model.intake import SheetReport
from returnplan.model.records import DistanceRow, PlaceRow, RailRow
from returnplan.model.roster import Roster
from tests.specimens.intakes import enrolled, fault, signup

DAY = date(2021, 2, 18)
FIELDS = [name for name in RailRow.model_fields if name != "ref"]
SHEET = SheetReport(
    "专列.xlsx", "铁路", "rail", 1, 3, 3, tuple((name, chr(65 + i)) for i, name in enumerate(FIELDS))
)
CARRIAGE: dict[str, Any] = {
    "product": "carriage",
    "capacity": 613,
    "carriage_seats": 85,
    "carriage_yuan": 17000.0,
}


def call(line: int, station: str, arrives: int | None, departs: int | None, **more: Any) -> RailRow:
    told: dict[str, Any] = {
        "ref": f"专列.xlsx!铁路!{line}",
        "service": "D4508",
        "day": DAY,
        "station": station,
    }
    return RailRow(**{**told, "arrives_minute": arrives, "departs_minute": departs, **more})


def train(
    first: dict[str, Any] | None = None, second: dict[str, Any] | None = None, **last: Any
) -> list[RailRow]:
    """Return a train of three stations; the arguments change its rows."""
    rows = [
        call(2, "柳州", None, 630, quota=200, **CARRIAGE),
        call(3, "来宾北站", 663, 665, quota=100),
        call(4, "广州南站", 880, None),
    ]
    changes = (first or {}, second or {}, last)
    return [row.model_copy(update=change) for row, change in zip(rows, changes, strict=True)]


def roster_of(rows: list[RailRow], *places: PlaceRow) -> Roster:
    return enrolled(signup(1), rail=rows, sheets=[SHEET], places=places)


def test_the_rows_of_a_train_are_one_service_with_its_hours_and_prices() -> None:
    roster = roster_of(train())
    (service,) = roster.rail
    assert (service.name, service.product, service.capacity, service.min_load) == (
        "D4508",
        "carriage",
        613,
        1,
    )
    names = [roster.places[call.place].name for call in service.calls]
    assert names == ["柳州站", "来宾北站", "广州南站"]
    assert [call.departs for call in service.calls] == [
        datetime(2021, 2, 18, 10, 30),
        datetime(2021, 2, 18, 11, 5),
        None,
    ]
    assert [call.quota for call in service.calls] == [200, 100, None]
    assert service.cost_yuan(86) == 2 * 17000


def test_quotas_of_counties_have_their_full_names() -> None:
    rows = train({"county_quotas": (("融安", 60),)}, {"county_quotas": (("三江县", 40), ("融安县", 60))})
    (service,) = roster_of(rows).rail
    assert service.county_quotas == (("三江侗族自治县", 40), ("融安县", 60))


def test_a_train_past_midnight_arrives_on_the_next_day() -> None:
    (service,) = roster_of(train(arrives_minute=1505)).rail
    assert service.calls[-1].arrives == datetime(2021, 2, 19, 1, 5)


def test_the_same_train_in_two_products_is_two_services() -> None:
    group = {"product": "group", "carriage_seats": None, "carriage_yuan": None, "seat_yuan": 196.0}
    rows = [*train(), *train(group, product=None)]
    assert [(s.product, s.min_load, s.cost_yuan(2)) for s in roster_of(rows).rail] == [
        ("carriage", 1, 17000.0),
        ("group", 10, 392.0),
    ]


def test_a_price_of_nothing_for_another_product_is_no_second_price() -> None:
    (service,) = roster_of(train({"fixed_yuan": 0.0, "seat_yuan": 0.0})).rail
    assert service.cost_yuan(86) == 2 * 17000


def test_the_places_sheet_says_better_where_a_station_lies() -> None:
    place = PlaceRow(ref="地点.xlsx!地点!2", name="柳州站", lat=24.5, lon=109.5, owner="柳州市")
    roster = roster_of(train(), place)
    assert roster.places[roster.rail[0].calls[0].place].lat == 24.5


def test_who_boards_at_the_station_boards_at_the_place_of_the_train() -> None:
    roster = enrolled(signup(1, pickup="柳州站"), rail=train(), sheets=[SHEET])
    assert roster.people["pickup"][0] == roster.rail[0].calls[0].place


@pytest.mark.parametrize(
    ("rows", "code", "cell"),
    [
        (train(arrives_minute=600), "hours_not_increasing", "E4"),
        (train(second={"departs_minute": 660}), "hours_not_increasing", "F3"),
        (train(station="月球站"), "unknown_station", "D4"),
        (train(station="柳州火车站"), "station_twice", "D4"),
        (train(second={"quota": 700}), "quota_above_capacity", "G3"),
        (train({"county_quotas": (("火星县", 60),)}), "unknown_county", "H2"),
        (train({"county_quotas": (("融安县", 700),)}), "quota_above_capacity", "H2"),
        (
            train({"county_quotas": (("融安县", 60),)}, {"county_quotas": (("融安", 50),)}),
            "figures_differ",
            "H3",
        ),
        (train({"capacity": None}), "missing_figure", "I2"),
        (train({"carriage_yuan": None}), "missing_figure", "M2"),
        (train({"seat_yuan": 196.0}), "two_prices", "N2"),
        (train({"min_load": 700}), "min_above_capacity", "J2"),
        (train(second={"capacity": 500}), "figures_differ", "I3"),
        (train({"departs_minute": None}), "missing_hour", "F2"),
        (train(arrives_minute=None), "missing_hour", "E4"),
        (train(second={"arrives_minute": None, "departs_minute": None}), "missing_hour", "F3"),
        (train()[:1], "one_station", "D2"),
    ],
)
def test_a_train_that_does_not_fit_together_is_left_out_with_its_cell(
    rows: list[RailRow], code: str, cell: str
) -> None:
    roster = roster_of(rows)
    found = fault(roster, code)
    assert (found.cell, found.severity, found.signup) == (cell, "error", None)
    assert found.fix.zh
    assert found.fix.en
    assert roster.rail == ()


def test_an_unknown_station_offers_the_nearest_ones() -> None:
    assert "广州南" in fault(roster_of(train(station="广州难")), "unknown_station").message.zh


def test_roads_are_known_for_the_days_after_the_last_on_which_shuttles_run() -> None:
    after = DAY + timedelta(days=1)
    closed = DistanceRow(
        ref="里程.xlsx!S!2", origin="融水县", destination="东莞市", km=640.0,
        closed=True, closed_from=after, closed_to=after,
    )  # fmt: skip
    person = signup(1, earliest=DAY, latest=DAY)
    assert enrolled(person, distances=[closed]).network_of == {}
    assert enrolled(person, distances=[closed], rail=train(), sheets=[SHEET]).network_of == {after: 1}
