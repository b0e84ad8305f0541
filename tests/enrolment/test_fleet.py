"""Vehicle pools."""

from typing import Any

from returnplan.enrolment.settings import DefaultFleet, EnrolmentSettings
from returnplan.model.intake import SheetReport
from returnplan.model.records import FleetRow
from returnplan.model.texts import Text
from tests.specimens.intakes import enrolled, fault, signup


def row(number: int, vehicle: str = "49座", **fields: Any) -> FleetRow:
    usual: dict[str, Any] = {"vehicle": vehicle, "seats": 49, "fixed_yuan": 3600.0}
    return FleetRow(ref=f"车辆.xlsx!S!{number}", **usual | fields)


def test_without_a_sheet_the_default_fleet_is_unlimited_and_said() -> None:
    settings = EnrolmentSettings(fleet=DefaultFleet(fixed={33: 2500.0, 49: 3500.0}, per_km=5.0))
    roster = enrolled(signup(1), settings=settings)
    assert [(p.seats, p.fixed_yuan, p.per_km_yuan, p.per_day, p.base) for p in roster.pools] == [
        (33, 2500.0, 5.0, None, ""),
        (49, 3500.0, 5.0, None, ""),
    ]
    assert "33/49" in roster.notes[0].zh


def test_real_vehicles_of_one_type_and_base_make_a_pool() -> None:
    rows = [
        row(2, plate="桂B2", base="柳州"),
        row(3, plate="桂B1", base="柳州市"),
        row(4, plate="桂A1", base="南宁"),
        row(5, vehicle="53座", per_day=4),
    ]
    roster = enrolled(signup(1), fleet=rows)
    assert {(p.vehicle, p.base, p.per_day, p.plates) for p in roster.pools} == {
        ("49座", "柳州市", 2, ("桂B1", "桂B2")),
        ("49座", "南宁市", 1, ("桂A1",)),
        ("53座", "", 4, ()),
    }
    assert enrolled(signup(1), fleet=rows[::-1]).pools == roster.pools


def test_an_unknown_base_is_an_error_and_its_vehicles_are_left_out() -> None:
    roster = enrolled(signup(1), fleet=[row(2, base="刘州市"), row(3)])
    assert "柳州市" in fault(roster, "unknown_base").message.zh
    assert len(roster.pools) == 1


def test_the_reading_of_the_seats_is_said_once() -> None:
    note = Text("核载减去司机", "licensed less the driver")
    rows = [row(2, seats_note=note), row(3, vehicle="53座", seats_note=note)]
    assert note in enrolled(signup(1), fleet=rows).notes


def test_a_train_is_an_error_of_its_row_and_the_coaches_are_used() -> None:
    sheet = SheetReport("车辆.xlsx", "S", "fleet", 1, 2, 2, (("mode", "B"),))
    roster = enrolled(signup(1), fleet=[row(2, "D1", mode="train", seats=600), row(3)], sheets=[sheet])
    found = fault(roster, "train_among_vehicles")
    assert (found.cell, found.severity, found.signup) == ("B2", "error", None)
    assert "does not belong on the fleet sheet" in found.message.en
    assert "rail sheet" in found.fix.en
    assert [pool.vehicle for pool in roster.pools] == ["49座"]


def test_what_is_said_of_the_seats_of_a_train_is_not_a_note() -> None:
    note = Text("专列的核载人数", "licensed people of a train")
    assert note not in enrolled(signup(1), fleet=[row(2, mode="train", seats_note=note), row(3)]).notes


def test_a_vehicle_of_the_destination_needs_a_base() -> None:
    rows = [row(2, side="destination", base="东莞"), row(3, vehicle="53座", side="destination")]
    roster = enrolled(signup(1), fleet=rows)
    assert [(pool.base, pool.side) for pool in roster.pools] == [("东莞市", "destination")]
    assert fault(roster, "side_without_base").message.zh.startswith("所在端写了目的地")


def test_a_vehicle_of_the_origin_without_a_base_is_used_anywhere_and_said() -> None:
    roster = enrolled(signup(1), fleet=[row(2, side="origin"), row(3, vehicle="53座")])
    assert [pool.base for pool in roster.pools] == ["", ""]
    said = fault(roster, "side_without_base")
    assert (said.severity, said.value) == ("warning", "来源地")


def test_one_type_and_base_has_one_side() -> None:
    """A plan names type and base alone, so it could not tell which of the two runs."""
    rows = [row(2, side="destination", base="东莞"), row(3, base="东莞")]
    roster = enrolled(signup(1), fleet=rows)
    assert [pool.side for pool in roster.pools] == ["destination"]
    assert "另起一个车型名" in fault(roster, "two_sides").fix.zh
