"""Who keeps a seat where a vehicle has too few: one order for a smaller, a spare and a later vehicle."""

from dataclasses import replace

import pandas as pd

from returnplan.edits.breakdown import rescued
from returnplan.edits.people import parties_in_need, without_seat
from tests.specimens.rosters import pool
from tests.specimens.two_batches import LIUZHOU, MONDAY, TUESDAY, Case, two_batches

DONGGUAN = "0222-1"
SEATS = 4


def test_class_then_the_last_day_then_the_person_number_and_parties_together() -> None:
    rows = [
        # person, rank, latest, party
        (1, 1, TUESDAY, -1),
        (2, 1, MONDAY, -1),
        (3, 1, TUESDAY, 7),
        (4, 0, TUESDAY, -1),
        (5, 1, MONDAY, 7),
        (6, 1, MONDAY, -1),
    ]
    people = pd.DataFrame(rows, columns=["person", "rank", "latest", "party"])
    assert [party["person"].tolist() for party in parties_in_need(people)] == [[4], [2], [3, 5], [6], [1]]


def of_differing_need() -> Case:
    """Return six riders to Dongguan, of whom 1, 5 and 6 can travel longest, and 5 is of the class served first."""
    case = two_batches()
    people = case.roster.people.assign(reception=None)
    for person in (1, 5, 6):
        people.loc[person - 1, "latest"] = pd.Timestamp(TUESDAY.replace(day=25))
    people.loc[[0, 1, 2, 3, 5], "rank"] = 1
    return case.with_roster(people=people)


def test_the_next_day_keeps_the_riders_whom_a_smaller_vehicle_would_keep() -> None:
    """Their day counts, not their place in the list: who signs up first has the largest ID number here."""
    case = of_differing_need()
    ids = case.roster.people["id_number"].tolist()
    case = case.with_roster(people=case.roster.people.assign(id_number=ids[::-1]))
    left = set(without_seat(case.plan, DONGGUAN, SEATS, case.roster))
    riders = case.plan.riders
    kept = set(riders.loc[riders["batch"] == DONGGUAN, "person"]) - left
    tomorrow = replace(pool("4座", SEATS, base=LIUZHOU), first_date=TUESDAY)
    full = replace(case.roster.pools[1], last_date=MONDAY.replace(day=21))
    case = case.with_roster(pools=(case.roster.pools[0], full, tomorrow)).with_rules(min_load=1)
    after = rescued(case.plan, DONGGUAN, case.roster, case.rules, case.law)
    assert {batch.id: batch.date for batch in after.batches}[DONGGUAN] == TUESDAY
    assert set(after.riders.loc[after.riders["batch"] == DONGGUAN, "person"]) == kept
