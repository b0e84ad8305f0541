"""What is said to people who wait is true: made by itself, the change places the group at the price that was said."""

from dataclasses import replace

import pytest

from returnplan.model.rules import Rules
from returnplan.reasons.answers import cities_never_combined
from returnplan.reasons.changes import changes_for
from returnplan.reasons.left_over import left_over_by
from returnplan.reasons.waiting import waiting_groups
from tests.assembly.campaigns import HUMEN, LIUCHENG, LONGHUA, RONGAN, campaign, draft, problem_of, worker
from tests.reasons.true_answers import applied, cost_yuan, planned, trials
from tests.specimens.rosters import pool

CAMPAIGNS = (1, 4, 9)
TEN = Rules(min_load=10)


def test_answers_are_true() -> None:
    found = [trial for seed in CAMPAIGNS for trial in trials(seed)]
    assert len(found) >= 12
    placed = [trial for trial in found if trial.is_placed]
    assert len(placed) >= 0.95 * len(found)
    assert all(trial.is_price_true for trial in placed)


def test_one_kilometre_less_is_not_enough() -> None:
    """The limit that is said is the least that helps."""
    people = campaign([worker()] * 10 + [worker(RONGAN, HUMEN)] * 3)
    rules = Rules(min_load=10, max_dropoff_km=80)
    problem, travellers = problem_of(people, rules)
    drafts = {"0218-001": draft((0, 10))}
    left_over = left_over_by(drafts, problem, travellers, people)
    (group,) = waiting_groups(left_over)
    change = changes_for(left_over, group)[0]
    _, relaxed = applied(change, people, rules, [10, 11, 12], left_over)
    assert relaxed.max_dropoff_km == 100
    assert len(planned(people, relaxed).riders) == 13
    assert len(planned(people, relaxed.model_copy(update={"max_dropoff_km": 99})).riders) == 10
    more_yuan = cost_yuan(planned(people, relaxed)) - cost_yuan(planned(people, rules))
    assert more_yuan == pytest.approx(change.more_yuan)


def test_groups_could_travel_together() -> None:
    """A coachload from two near stops to one city; not those of another city, nor more than a coach holds."""
    people = campaign(
        [worker()] * 8 + [worker(LIUCHENG)] * 6 + [worker(RONGAN, LONGHUA)] * 2, pools=[pool("12座", 12)]
    )
    problem, travellers = problem_of(people, Rules(min_load=20))
    left_over = left_over_by({}, problem, travellers, people)
    groups = waiting_groups(left_over)
    assert [group.num_persons(left_over) for group in groups] == [12, 2, 2]
    assert [len(group.load) for group in groups] == [2, 1, 1]


@pytest.mark.parametrize(("km", "num_notes"), [(80, 1), (100, 0)])
def test_cities_that_no_vehicle_can_serve_together_are_named(km: float, num_notes: int) -> None:
    people = campaign([worker(), worker(RONGAN, LONGHUA)])
    rules = Rules(max_dropoff_km=km, combine_cities=(("东莞市", "深圳市", "惠州市"),))
    notes = cities_never_combined(people, rules)
    assert len(notes) == num_notes
    assert all("100" in note.zh and "max_dropoff_km 80" in note.zh for note in notes)


def test_a_city_nobody_goes_to_is_no_matter() -> None:
    people = campaign([worker(), worker(RONGAN, LONGHUA, code="cancelled")])
    rules = Rules(combine_cities=(("东莞市", "深圳市"),))
    assert cities_never_combined(people, rules) == []
    everybody = replace(people, people=people.people.assign(code=""))
    assert len(cities_never_combined(everybody, rules)) == 1
