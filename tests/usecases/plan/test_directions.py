"""Direction is data: home before the feast, fetched by the receiving side, within the province; one planner."""

from typing import Any

from returnplan.model.records import FleetRow, PlaceRow, SignUp
from returnplan.model.rules import Rules
from tests.property.campaigns import Campaign, Outcome, planned
from tests.specimens.intakes import signup


def coach(vehicle: str, base: str, **fields: Any) -> FleetRow:
    """Return coaches of twenty seats, registered in a prefecture."""
    return FleetRow(
        ref="车辆.xlsx!车辆!2",
        vehicle=vehicle,
        seats=20,
        fixed_yuan=1_000.0,
        per_km_yuan=2.0,
        base=base,
        **fields,
    )


def plan_of(people: list[SignUp], *fleet: FleetRow, **rules: Any) -> Outcome:
    """Return the plan, in which the audit finds nothing."""
    places = (PlaceRow(ref="地点.xlsx!地点!2", name="东莞长安厂区", lat=22.81, lon=113.80, owner="东莞市"),)
    outcome = planned(Campaign(tuple(people), fleet, (), Rules(min_load=1, **rules), None, places))
    assert outcome.violations == ()
    return outcome


def test_coaches_of_the_destination_fetch_people_as_in_fuzhou_in_2025() -> None:
    """They take everybody who travels to their city, and nobody else, although they are the only ones."""
    people = [
        *(signup(n, city="东莞") for n in range(1, 13)),
        *(signup(n, city="惠州") for n in range(13, 18)),
    ]
    by_origin = plan_of(people, coach("本地车", "柳州市"), combine_cities=(("东莞", "惠州"),))
    assert len(by_origin.plan.riders) == 17
    fetched = plan_of(
        people, coach("东莞车", "东莞市", side="destination"), combine_cities=(("东莞", "惠州"),)
    )
    assert fetched.plan.riders["city"].tolist() == ["东莞市"] * 12
    assert set(fetched.plan.unplanned["code"]) == {"no_vehicle"}
    assert {batch.base for batch in fetched.plan.batches} == {"东莞市"}


def test_the_cheaper_end_sends_its_coaches() -> None:
    people = [signup(n, city="东莞") for n in range(1, 13)]
    dear = coach("本地车", "柳州市").model_copy(update={"fixed_yuan": 2_000.0})
    outcome = plan_of(people, dear, coach("东莞车", "东莞市", side="destination"))
    assert [batch.vehicle for batch in outcome.plan.batches] == ["东莞车"]


def test_home_before_the_feast_people_board_where_they_work() -> None:
    """Coaches of Dongguan have their base where people board; those of Liuzhou are of the destination."""
    people = [signup(n, city="柳州", pickup="东莞长安厂区") for n in range(1, 13)]
    from_work = plan_of(people, coach("东莞车", "东莞市"))
    from_home = plan_of(people, coach("柳州车", "柳州市", side="destination"))
    for outcome in (from_work, from_home):
        (batch,) = outcome.plan.batches
        assert (batch.city, batch.stops[0].place, batch.load) == ("柳州市", "东莞长安厂区", 12)
    assert plan_of(people, coach("柳州车", "柳州市")).plan.batches == ()  # nobody boards in its prefecture


def test_within_the_province_as_guangxi_did_in_2024() -> None:
    people = [signup(n, city="南宁") for n in range(1, 13)]
    outcome = plan_of(people, coach("本地车", "柳州市"))
    assert [(batch.city, batch.load) for batch in outcome.plan.batches] == [("南宁市", 12)]
