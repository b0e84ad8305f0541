"""Who should leave on the first day, and who should wait, by futures drawn from the nights that were."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest

from returnplan.carryover.futures import arrivals_of, drawn
from returnplan.carryover.outlook import Leaving
from returnplan.carryover.send_or_hold import NUM_FUTURES, Verdict, _is_cheaper, verdicts
from returnplan.carryover.standby import absent_shares, expected_no_shows
from returnplan.model.law import Law
from returnplan.model.roster import Roster
from returnplan.model.rules import Rules
from returnplan.problem.draft import hire_yuan
from tests.specimens.rosters import FIRST_DAY, place, pool, roster

TONIGHT = FIRST_DAY - timedelta(days=1)
LATER = FIRST_DAY + timedelta(days=1)
RULES = Rules(min_load=1)


def worker(earliest: date, latest: date, **more: Any) -> dict[str, Any]:
    return {"earliest": earliest, "latest": latest, "pickup": 0, "dropoff": 1, "city": "东莞市", **more}


def campaign(*groups: tuple[int, dict[str, Any]]) -> Roster:
    """Return the roster of so many workers of each kind, who all know of tomorrow."""
    places = [place("县站", "贵港市", "港南区"), place("厂门", "东莞市")]
    places = [replace(places[0], lat=23.1, lon=109.6), replace(places[1], lat=22.9, lon=113.8)]
    places += [replace(places[0], name="村口", lat=23.3), replace(places[1], name="二厂门口", lat=23.0)]
    workers = [kind for num, kind in groups for _ in range(num)]
    return replace(roster(workers, places=places, pools=[pool("40座", 40)]), not_before=FIRST_DAY)


def decided(known: Roster, seen: dict[int, date], *leaving: int, coaches: int = 1) -> list[Verdict]:
    """Return what is decided where the people on some lines leave tomorrow, by so many coaches, in the plan."""
    person = pd.Series(np.arange(1, len(known.people) + 1), index=known.people.index)
    arrivals = arrivals_of(known, person, seen, TONIGHT)
    km = float(known.km[0, 0, 1])
    yuan = hire_yuan(known.pools[0].fixed_yuan, known.pools[0].per_km_yuan, km, 2, RULES.stop_cost)
    first = [Leaving(lines, 0, yuan) for lines in np.array_split(leaving, coaches) if len(lines)]
    return list(verdicts(known, (), first, arrivals, TONIGHT, RULES, Law()).values())


def fuller_later() -> list[Verdict]:
    """Fifteen must leave tomorrow, 25 a day later, ten can do either; who signs up tonight needs seats then.

    In the plan of tonight the ten travel with the 25.
    """
    can_wait = worker(FIRST_DAY, FIRST_DAY + timedelta(days=1))
    soon, later = worker(FIRST_DAY, FIRST_DAY), worker(LATER, LATER + timedelta(days=1))
    known = campaign((10, can_wait), (15, soon), (25, later))
    return decided(known, dict.fromkeys(range(1, 11), TONIGHT - timedelta(days=1)), *range(10, 25))


def test_who_can_wait_leaves_when_the_seats_of_the_later_day_will_be_wanted() -> None:
    (verdict,) = fuller_later()
    assert set(range(10)) <= set(verdict.leave.tolist())
    assert not set(verdict.leave.tolist()) & set(verdict.wait.tolist())
    assert verdict.saving_yuan > 0
    assert 0 < verdict.num_cheaper <= verdict.num_futures == NUM_FUTURES


def test_what_the_plan_of_tonight_does_already_is_not_said() -> None:
    can_wait = worker(FIRST_DAY, FIRST_DAY + timedelta(days=1))
    soon, later = worker(FIRST_DAY, FIRST_DAY), worker(LATER, LATER + timedelta(days=1))
    known = campaign((10, can_wait), (15, soon), (25, later))
    assert decided(known, dict.fromkeys(range(1, 11), TONIGHT - timedelta(days=1)), *range(25)) == []


@pytest.mark.parametrize(
    ("saved", "is_cheaper"),
    [([300.0, 200.0, 400.0, 100.0], True), ([7000.0, -100.0, -50.0, -90.0], False), ([0.0] * 4, False)],
)
def test_what_is_cheaper_by_chance_alone_is_not_cheaper(saved: list[float], is_cheaper: bool) -> None:
    assert _is_cheaper(np.array(saved)) == is_cheaper


def test_of_many_people_no_future_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("returnplan.carryover.send_or_hold.MOST_PEOPLE", 49)
    assert fuller_later() == []


def test_a_coach_on_which_nobody_has_to_leave_waits_on_the_first_evening_too() -> None:
    (verdict,) = decided(campaign((20, worker(FIRST_DAY, LATER))), {}, *range(20))
    assert verdict.leave.tolist() == []
    assert verdict.wait.tolist() == list(range(20))
    assert verdict.saving_yuan == 0


def test_a_coach_does_not_wait_where_its_riders_would_be_late_at_work() -> None:
    due, free = worker(FIRST_DAY, LATER, resume=FIRST_DAY), worker(FIRST_DAY, LATER, pickup=2)
    (verdict,) = decided(campaign((20, due), (20, free)), {}, *range(40), coaches=2)
    assert verdict.leave.tolist() == list(range(20))
    assert verdict.wait.tolist() == list(range(20, 40))


def test_a_coach_that_leaves_takes_along_who_boards_and_alights_where_it_calls() -> None:
    """Ten must leave tomorrow; of 45 who can wait thirty find a seat, those first who can wait least."""
    long, short = worker(FIRST_DAY, LATER + timedelta(days=5)), worker(FIRST_DAY, LATER)
    known = campaign((10, worker(FIRST_DAY, FIRST_DAY)), (20, long), (25, short))
    (verdict,) = decided(known, {}, *range(10))
    assert len(verdict.leave) == 40
    assert set(range(10)) | set(range(30, 55)) <= set(verdict.leave.tolist())


@pytest.mark.parametrize(
    "other",
    [
        worker(FIRST_DAY, LATER, pickup=2),
        worker(FIRST_DAY, LATER, dropoff=3),
        worker(FIRST_DAY, LATER, city="深圳市"),
        worker(LATER, LATER),
    ],
)
def test_a_coach_takes_nobody_along_who_boards_or_alights_elsewhere_or_cannot_leave_yet(
    other: dict[str, Any],
) -> None:
    known = campaign((10, worker(FIRST_DAY, FIRST_DAY)), (5, other))
    assert decided(known, {}, *range(10)) == []


def test_nobody_waits_whose_last_day_it_is() -> None:
    known = campaign((10, worker(FIRST_DAY, FIRST_DAY)), (10, worker(FIRST_DAY, LATER + timedelta(days=3))))
    seen = {number: TONIGHT - timedelta(days=3) for number in range(1, 11)}
    seen |= {number: TONIGHT - timedelta(days=1) for number in range(11, 21)}
    for verdict in decided(known, seen):
        assert not set(verdict.wait.tolist()) & set(range(10))


def test_a_future_takes_its_nights_from_the_past_with_days_moved_along() -> None:
    """Who signed up last night for the day after tomorrow stands for people of tomorrow night, a day later."""
    known = campaign((3, worker(FIRST_DAY, FIRST_DAY)), (2, worker(LATER, FIRST_DAY + timedelta(days=5))))
    seen = {number: TONIGHT - timedelta(days=1) for number in range(1, 4)}
    person = pd.Series([1, 2, 3, 4, 5])
    arrivals = arrivals_of(known, person, seen, TONIGHT)
    assert arrivals.nights == (TONIGHT,)
    assert arrivals.people["signup"].tolist() == known.people["signup"].tolist()[3:]
    future = drawn(arrivals, TONIGHT, FIRST_DAY, 1, np.random.default_rng(1))
    assert sorted(set(future["earliest"].dt.date)) == [LATER + timedelta(days=n) for n in range(1, 5)]
    assert (future["latest"] - future["earliest"] == timedelta(days=4)).all()
    assert list(future.columns) == [*known.people.columns, "future"]


def test_nobody_of_a_future_travels_before_there_is_time_to_tell_them() -> None:
    known = campaign((1, worker(FIRST_DAY, FIRST_DAY)), (4, worker(FIRST_DAY, FIRST_DAY + timedelta(days=6))))
    arrivals = arrivals_of(known, pd.Series([1, 2, 3, 4, 5]), {1: TONIGHT - timedelta(days=1)}, TONIGHT)
    future = drawn(arrivals, TONIGHT, FIRST_DAY, 1, np.random.default_rng(1))
    assert len(future) == 4 * 6
    assert future["earliest"].min() == pd.Timestamp(LATER)


def test_parties_of_a_future_are_parties_of_their_own() -> None:
    known = campaign(
        (2, worker(FIRST_DAY, FIRST_DAY + timedelta(days=3), party=7)), (1, worker(FIRST_DAY, FIRST_DAY))
    )
    arrivals = arrivals_of(known, pd.Series([1, 2, 3]), {3: TONIGHT - timedelta(days=1)}, TONIGHT)
    future = drawn(arrivals, TONIGHT, FIRST_DAY, 1, np.random.default_rng(1))
    two = drawn(arrivals, TONIGHT, FIRST_DAY, 2, np.random.default_rng(1))
    assert (future.groupby("party").size() == 2).all()
    assert (two.groupby("party")["future"].nunique() == 1).all()
    assert 7 not in set(future["party"])


def test_no_shows_are_counted_by_class_where_enough_were_seen() -> None:
    category = pd.Series(["一般"] * 40 + ["脱贫户"] * 10)
    shares = absent_shares(category, pd.Series([True] * 4 + [False] * 36 + [True] * 6 + [False] * 4))
    riders = pd.DataFrame({"category": ["一般"] * 10 + ["脱贫户"] * 5})
    assert expected_no_shows(riders, shares) == pytest.approx(10 * 0.1 + 5 * 0.2)
    few = absent_shares(category.head(5), pd.Series([True] * 5))
    assert expected_no_shows(riders, few) == 0.0
