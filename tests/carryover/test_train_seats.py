"""Newcomers get free seats of a published train, by the feeders and shuttles that run for it, as far as rules allow."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pandas as pd
import pytest

from returnplan.carryover import Kept, newcomers_on_spare_seats
from returnplan.carryover.spare_seats import Filled
from returnplan.carryover.train_seats import closed_list
from returnplan.model.law import Law
from returnplan.model.roster import RailCall, RailService
from returnplan.model.rules import RailRules, Rules
from tests.specimens.journeys import DAY, SERVICE, TRAIN, its_case, with_a_train
from tests.specimens.rosters import people

FROM_SANJIANG = {
    "prefecture": "柳州市",
    "county": "融水苗族自治县",
    "city": "东莞市",
    "pickup": 0,
    "dropoff": 6,
    "earliest": DAY,
    "latest": DAY,
}
"""Rides by the first feeder, the train from its first station, and the second shuttle."""
FROM_LAIBIN = FROM_SANJIANG | {"prefecture": "来宾市", "county": "兴宾区", "pickup": 2}
AT_THE_STATION = FROM_SANJIANG | {"pickup": 3, "dropoff": 7, "city": "佛山市"}


def _with_quota(quota: int) -> RailService:
    """Return the train whose first station has so many seats; six are taken there."""
    first, *others = SERVICE.calls
    return replace(SERVICE, calls=(RailCall(first.place, None, first.departs, quota), *others))


OPEN = _with_quota(99)


def filled(
    *newcomers: dict[str, Any],
    rules: Rules | None = None,
    service: RailService = OPEN,
    left: str = "",
    usable: int | None = None,
    walk_km: float = 1.0,
    seats: str = "",
) -> Filled:
    """Return the published plan with the newcomers, who have the numbers from 101 on.

    Parameters
    ----------
    left : the batch that they have left
    usable : seats of each feeder and shuttle, if not 49
    seats : the carriage that the railway has given to the first rider, if it has
    """
    case = its_case()
    mine = [worker | {"id_number": f"{number:018d}"} for number, worker in enumerate(newcomers, 900)]
    everybody = pd.concat([case.roster.people, people(*mine)], ignore_index=True)
    everybody.loc[len(case.roster.people) :, "signup"] = [f"新.xlsx!报名!{i}" for i in range(len(mine))]
    roster = replace(case.roster, people=everybody, rail=(service,), rail_rules=RailRules(walk_km=walk_km))
    batches = tuple(
        replace(
            batch,
            state="published",
            usable=batch.usable if usable is None or batch.kind == "train" else usable,
        )
        for batch in case.plan.batches
    )
    riders = case.plan.riders.copy()
    riders.loc[(riders["batch"] == TRAIN) & (riders["person"] == 1), "carriage"] = seats
    lines = everybody.iloc[len(case.roster.people) :].assign(person=range(101, 101 + len(mine)), left=left)
    return newcomers_on_spare_seats(
        Kept(batches, riders),
        roster,
        rules or case.rules,
        Law(),
        lines,
        replace(case.plan, batches=batches, riders=riders),
    )


def rides(found: Filled, person: int) -> list[str]:
    own = found.kept.riders[found.kept.riders["person"] == person].sort_values("leg")
    return own["batch"].tolist()


def joined(*newcomers: dict[str, Any], **more: Any) -> list[int]:
    """Return which of the newcomers take the train."""
    found = filled(*newcomers, **more)
    return [person - 101 for person in range(101, 101 + len(newcomers)) if rides(found, person)]


def test_a_newcomer_has_all_rides_of_a_journey_with_others_where_they_run() -> None:
    found = filled(FROM_SANJIANG, FROM_LAIBIN, AT_THE_STATION)
    assert rides(found, 101) == ["0223-001", TRAIN, "0223-005"]
    assert rides(found, 102) == ["0223-002", TRAIN, "0223-005"]
    assert rides(found, 103) == [TRAIN, "0223-004"]
    loads = {batch.id: batch.load for batch in found.kept.batches}
    assert loads == {"0223-001": 6, "0223-002": 5, TRAIN: 13, "0223-004": 4, "0223-005": 8}
    assert found.notes == ()


@pytest.mark.parametrize(
    "other",
    [
        {"earliest": DAY + timedelta(days=1), "latest": DAY + timedelta(days=1)},
        {"reception": DAY + timedelta(days=1), "latest": DAY + timedelta(days=2)},
        {"pickup": 6},
        {"dropoff": 0},
    ],
    ids=["another day", "taken in later", "no feeder", "no shuttle"],
)
def test_another_journey_gets_no_seat(other: dict[str, Any]) -> None:
    assert joined(FROM_SANJIANG | other) == []


def test_who_needs_no_shuttle_takes_none() -> None:
    found = filled(FROM_SANJIANG | {"dropoff": 0, "shuttle": "no"})
    assert rides(found, 101) == ["0223-001", TRAIN]


def test_people_walk_to_the_station_as_far_as_the_rules_let_them() -> None:
    """The bus station of Xingbin is 8 km from the railway station, less than the rules allow or more."""
    assert rides(filled(FROM_LAIBIN, walk_km=8.0), 101) == [TRAIN, "0223-005"]
    assert rides(filled(FROM_LAIBIN, walk_km=7.9), 101) == ["0223-002", TRAIN, "0223-005"]


def test_a_full_feeder_or_shuttle_takes_nobody() -> None:
    """Six people and a child are on the shuttle, five on the feeder."""
    assert joined(FROM_SANJIANG, FROM_SANJIANG, usable=8) == [0]
    assert joined(FROM_SANJIANG, usable=7) == []
    assert joined(FROM_SANJIANG | {"dropoff": 7}, FROM_SANJIANG | {"dropoff": 7}, usable=6) == [0]


def test_a_station_gives_no_more_seats_than_its_quota() -> None:
    """Six people board at the first station, which has six seats: its newcomers are too many, others are not."""
    assert joined(FROM_SANJIANG, FROM_LAIBIN, service=_with_quota(6)) == [1]
    assert joined(FROM_SANJIANG, FROM_SANJIANG, service=_with_quota(7)) == [0]


def test_a_county_gets_no_more_seats_than_its_quota() -> None:
    """Six people of the county are on board."""
    for quota, who in ((6, [1]), (7, [0, 1])):
        service = replace(OPEN, county_quotas=(("融水苗族自治县", quota),))
        assert joined(FROM_SANJIANG, FROM_LAIBIN, service=service) == who


def test_no_carriage_is_ordered_for_newcomers() -> None:
    """Ten people and a child fill carriages of eleven seats; one of twelve has one free."""
    free = replace(OPEN, carriage_seats=12)
    assert joined(FROM_SANJIANG, FROM_SANJIANG, service=free) == [0]
    assert joined(FROM_SANJIANG, service=replace(free, carriage_seats=11)) == []


def test_tickets_are_bought_as_far_as_the_budget_goes() -> None:
    """The plan costs 13,290 yuan and a seat 100."""
    ticket = replace(OPEN, product="carriage", carriage_yuan=0.0, seat_yuan=100.0)
    assert joined(FROM_SANJIANG, FROM_SANJIANG, service=ticket, rules=Rules(budget=13_390.0)) == [0]
    assert joined(FROM_SANJIANG, FROM_SANJIANG, service=ticket, rules=Rules(budget=13_490.0)) == [0, 1]


def test_a_party_gets_seats_whole_or_not_at_all() -> None:
    pair = FROM_SANJIANG | {"party": 7}
    assert joined(pair, pair, service=_with_quota(7)) == []
    assert joined(pair, pair, service=_with_quota(8)) == [0, 1]


def test_the_last_seat_goes_to_the_class_served_first() -> None:
    assert joined(FROM_SANJIANG | {"rank": 1}, FROM_SANJIANG, service=_with_quota(7)) == [1]


@pytest.mark.parametrize("left", ["0223-001", TRAIN])
def test_nobody_gets_the_journey_back_that_they_gave_up(left: str) -> None:
    assert joined(FROM_SANJIANG, left=left) == []


def test_counties_share_no_feeder_where_the_rules_forbid_it() -> None:
    other = FROM_SANJIANG | {"county": "三江侗族自治县"}
    apart = Rules(min_load=1, mix_counties=False)
    assert joined(other, rules=apart) == []
    assert joined(other) == [0]


@pytest.mark.parametrize("rule", ["max_departures_per_day", "max_arrivals_per_day"])
def test_a_day_cap_counts_those_on_board(rule: str) -> None:
    """Six of the riders leave Liuzhou, and six arrive in Dongguan."""
    capped = Rules.model_validate({"min_load": 1, rule: 7})
    assert joined(FROM_SANJIANG, FROM_SANJIANG, rules=capped) == [0]


def test_a_list_that_has_come_back_from_the_railway_takes_nobody_and_says_so() -> None:
    found = filled(FROM_SANJIANG, FROM_LAIBIN, seats="3")
    assert rides(found, 101) == []
    (note,) = found.notes
    assert "2 people who could join" in note.en
    assert TRAIN in note.zh
    assert filled(FROM_SANJIANG | {"dropoff": 0}, seats="3").notes == ()


def test_a_train_that_the_rail_sheet_has_no_more_takes_nobody() -> None:
    assert joined(FROM_SANJIANG, service=replace(OPEN, name="D1")) == []


def test_a_closed_list_says_who_could_join_by_their_numbers() -> None:
    (train,) = (batch for batch in with_a_train().batches if batch.id == TRAIN)
    few, many = closed_list(train, [247]), closed_list(train, range(1, 60))
    assert "(编号 247)" in few.zh
    assert "(numbers 247)" in few.en
    assert "59 人" in many.zh
    assert "20 等)" in many.zh
