"""Newcomers get spare seats of published batches where their journey is the batch's, and no rule forbids it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from returnplan.carryover import Kept, newcomers_on_spare_seats
from returnplan.model.law import Law
from returnplan.model.rules import Rules
from tests.specimens.rosters import people
from tests.specimens.two_batches import (
    FOSHAN,
    LIUZHOU,
    MONDAY,
    PEOPLE,
    RONGSHUI_PEOPLE,
    SANJIANG_PEOPLE,
    TUESDAY,
    two_batches,
)

NEWCOMER = RONGSHUI_PEOPLE | {"dropoff": 2, "employer": "华强电子"}
"""On Monday or Tuesday from a stop of the batch of Monday to another stop of it."""
WEDNESDAY = date(2021, 2, 24)


def seated(*newcomers: dict[str, Any], rules: Rules | None = None, left: str = "", **batch: Any) -> list[int]:
    """Return which of the newcomers get a seat on the batch of Monday, which is published.

    Parameters
    ----------
    left : the batch that they have left
    batch : what is different about it
    """
    case = two_batches()
    everybody = people(*PEOPLE, *newcomers)
    everybody.loc[: len(PEOPLE) - 1, "id_number"] = case.roster.people["id_number"]
    roster = replace(case.roster, people=everybody)
    monday = replace(case.plan.batches[0], **({"state": "published"} | batch))
    kept = Kept((monday,), case.plan.riders[case.plan.riders["batch"] == monday.id].reset_index(drop=True))
    lines = everybody.iloc[len(PEOPLE) :].assign(person=range(100, 100 + len(newcomers)), left=left)
    filled = newcomers_on_spare_seats(kept, roster, rules or case.rules, Law(), lines, case.plan).kept
    return sorted(person - 100 for person in filled.riders["person"] if person >= 100)


def test_a_newcomer_with_the_same_journey_gets_a_seat() -> None:
    assert seated(NEWCOMER) == [0]


@pytest.mark.parametrize(
    "other",
    [
        {"earliest": TUESDAY},
        {"earliest": date(2021, 2, 20), "latest": date(2021, 2, 21)},
        {"city": FOSHAN},
        {"dropoff": 4},
        {"pickup": 3},
    ],
    ids=["later", "earlier", "another city", "no such drop-off", "no such pick-up"],
)
def test_another_journey_gets_none(other: dict[str, Any]) -> None:
    assert seated(NEWCOMER | other) == []


@pytest.mark.parametrize(
    ("reception", "latest", "who"),
    [
        (MONDAY, TUESDAY, [0]),
        (TUESDAY, WEDNESDAY, []),
        (TUESDAY, TUESDAY, []),
        (WEDNESDAY, TUESDAY, [0]),
    ],
    ids=["ready that day", "ready later", "ready on their last day", "ready too late to wait for"],
)
def test_the_employer_takes_them_in(reception: date, latest: date, who: list[int]) -> None:
    assert seated(NEWCOMER | {"reception": reception, "latest": latest}) == who


def test_only_a_published_batch_takes_newcomers() -> None:
    assert seated(NEWCOMER, state="draft") == []


def test_the_last_seat_goes_to_the_class_served_first() -> None:
    """Six people and a child have the others."""
    assert seated(NEWCOMER | {"rank": 1}, NEWCOMER, usable=8) == [1]


def test_nobody_gets_the_seat_back_that_they_gave_up() -> None:
    batch = two_batches().plan.batches[0]
    assert seated(NEWCOMER, left=batch.id) == []
    assert seated(NEWCOMER, left="another") == [0]


def test_a_child_along_needs_a_seat_too() -> None:
    assert seated(NEWCOMER | {"num_children": 1}, usable=8) == []
    assert seated(NEWCOMER | {"num_children": 1}, usable=9) == [0]


def test_a_party_gets_seats_whole_or_not_at_all() -> None:
    pair = NEWCOMER | {"party": 7}
    assert seated(pair, pair, usable=8) == []
    assert seated(pair, pair, usable=9) == [0, 1]
    assert seated(pair, pair | {"latest": MONDAY}, pair | {"earliest": TUESDAY}) == []


def test_a_vehicle_with_a_base_takes_nobody_of_another_prefecture() -> None:
    assert seated(NEWCOMER, base=LIUZHOU) == [0]
    assert seated(NEWCOMER, base="桂林市") == []


def test_counties_are_not_mixed_where_the_rules_forbid_it() -> None:
    """The batch has people of two counties; a batch of one takes its own."""
    apart = Rules(min_load=1, mix_counties=False)
    assert seated(NEWCOMER, rules=apart) == []
    assert seated(SANJIANG_PEOPLE | {"dropoff": 2}, NEWCOMER, rules=Rules(min_load=1)) == [0, 1]


@pytest.mark.parametrize("rule", ["max_departures_per_day", "max_arrivals_per_day"])
def test_a_day_cap_counts_those_on_board(rule: str) -> None:
    assert seated(NEWCOMER, NEWCOMER, rules=Rules.model_validate({"min_load": 1, rule: 7})) == [0]
