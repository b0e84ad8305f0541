"""What is scarce is taken and released: vehicles with their days on the road, day caps on people, money."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from returnplan.problem.draft import Draft
from returnplan.problem.ledger import Ledger, without_vehicles
from returnplan.problem.model import UNLIMITED, Caps, Ints, Problem
from returnplan.problem.rules import BUDGET, FLEET, MAX_ARRIVALS, MAX_DEPARTURES
from tests.planning.problems import leaving_at, one_road, tiny, vehicles_suffice

FREE = np.full((1, 3), UNLIMITED)


def leaving(day: int, *riders: int) -> Draft:
    return Draft.direct(day, 0, (0,), (3,), tuple((rider, 1) for rider in riders))


def with_fleet(available: list[int], turnaround_days: int = 1) -> Problem:
    problem = one_road(4, vehicles=3)
    pools = replace(
        problem.pools,
        available=np.array([available, [0, 0, 0]]),
        turnaround_days=np.array([turnaround_days, 1]),
    )
    return replace(problem, pools=pools)


def capped(departures: Ints, arrivals: Ints) -> Problem:
    problem = one_road(4, vehicles=3)
    return replace(problem, caps=Caps(departures, arrivals, np.zeros(4, dtype=np.int64)))


def names(problem: Problem, draft: Draft, *taken: Draft) -> list[str]:
    """Return the rules that one draft more would break."""
    return [breach.rule.name for breach in Ledger(problem, taken).breaches(draft)]


def test_a_pool_has_no_more_vehicles_than_it_has() -> None:
    assert names(with_fleet([1, 0, 1]), leaving(0, 0)) == []
    assert names(with_fleet([1, 0, 1]), leaving(1, 0)) == ["fleet"]
    assert names(with_fleet([1, 0, 1]), leaving(0, 0), leaving(0, 1)) == ["fleet"]


def test_a_vehicle_is_back_after_its_turnaround() -> None:
    """Away for two days, it can leave on days 0 and 2; neither may another take it on the day between."""
    fleet = with_fleet([1, 1, 1], turnaround_days=2)
    assert Ledger(fleet, [leaving(0, 0)]).free_vehicles()[0].tolist() == [False, False, True]
    assert Ledger(fleet, [leaving(1, 0)]).free_vehicles()[0].tolist() == [False, False, False]


def test_day_caps_count_people_on_the_day_they_leave_and_the_day_they_arrive() -> None:
    few = np.array([[1, 2, 0]])
    both = leaving(0, 0, 1)
    assert names(capped(few, FREE), both) == [MAX_DEPARTURES.name]
    assert names(capped(few, FREE), both.on_day(1)) == []
    assert names(capped(FREE, few), both) == [MAX_ARRIVALS.name]
    night = replace(capped(FREE, few), schedule=leaving_at(20 * 60))
    assert names(night, both) == []  # they arrive on day 1


def test_a_breach_has_all_people_of_the_day_and_the_cap() -> None:
    problem = capped(np.array([[2, 2, 2]]), FREE)
    (breach,) = Ledger(problem, [leaving(0, 0, 1)]).breaches(leaving(0, 2))
    assert (breach.figure, breach.limit) == (3, 2)


def test_a_draft_in_the_place_of_another_counts_only_what_is_more() -> None:
    ledger = Ledger(capped(np.array([[2, 2, 2]]), FREE), [leaving(0, 0, 1)])
    assert ledger.caps_exceeded(leaving(0, 0, 2), instead_of=leaving(0, 0, 1)) == ()
    assert ledger.caps_exceeded(leaving(0, 0, 1, 2), instead_of=leaving(0, 0, 1)) != ()


def test_the_caps_leave_room_for_the_others() -> None:
    ledger = Ledger(capped(np.array([[3, 2, 1]]), np.array([[2, 9, 9]])), [leaving(0, 0)])
    everybody = np.arange(4)
    assert [ledger.room(leaving(day, 1).leg, everybody) for day in range(3)] == [1, 2, 1]
    assert Ledger(one_road(4, vehicles=3)).room(leaving(0, 1).leg, everybody) == UNLIMITED


def test_the_budget_pays_to_the_last_yuan() -> None:
    problem = one_road(4, vehicles=3)
    yuan = leaving(0, 0).cost_yuan(problem)
    enough, short = (
        replace(problem, limits=replace(problem.limits, budget_yuan=budget))
        for budget in (2 * yuan, 2 * yuan - 0.01)
    )
    assert names(enough, leaving(0, 1), leaving(0, 0)) == []
    assert names(short, leaving(0, 1), leaving(0, 0)) == [BUDGET.name]
    assert Ledger(short, [leaving(0, 0)]).yuan == yuan


def test_the_first_of_the_others_that_fits_takes_the_place_of_a_draft() -> None:
    ledger = Ledger(with_fleet([1, 0, 1]), [leaving(0, 0)])
    assert ledger.exchange(leaving(0, 0), [leaving(1, 0), leaving(2, 0)]) == leaving(2, 0)
    assert ledger.riders.tolist() == [0, 0, 1]
    assert ledger.exchange(leaving(2, 0), [leaving(1, 0)]) == leaving(2, 0)
    assert ledger.riders.tolist() == [0, 0, 1]


def test_what_is_overdrawn_is_named() -> None:
    problem = replace(
        with_fleet([1, 1, 1]), caps=Caps(np.array([[9, 2, 2]]), FREE, np.zeros(4, dtype=np.int64))
    )
    assert Ledger(problem, [leaving(0, 0), leaving(1, 1, 2)]).overdrawn() == frozenset()
    assert Ledger(problem, [leaving(0, 0), leaving(0, 1)]).overdrawn() == {("pool", 0)}
    assert Ledger(problem, [leaving(1, 0, 1, 2)]).overdrawn() == {("max_departures", 0)}


def test_vehicles_that_others_have_are_missing_while_they_are_away() -> None:
    pools = without_vehicles(with_fleet([2, 2, 2], turnaround_days=2).pools, [(0, 2)])
    assert pools.available.tolist() == [[2, 1, 1], [0, 0, 0]]
    assert without_vehicles(pools, [(0, 2), (0, 2)]).available[0].tolist() == [2, 0, 0]


@st.composite
def loads(draw: st.DrawFn) -> tuple[Problem, list[Draft]]:
    """Return a problem with day caps, and single groups on vehicles of any pool on any day."""
    seed = draw(st.integers(0, 999))
    problem = tiny(seed, num_groups=6)
    random = np.random.default_rng(seed)
    departures, arrivals = random.integers(1, 5, (2, 2, problem.num_days))
    caps = Caps(departures, arrivals, problem.cells.city_group % 2)
    drafts = [
        Draft.direct(
            draw(st.integers(0, problem.num_days - 1)),
            draw(st.integers(0, 1)),
            (int(problem.cells.pickup[cell]),),
            (int(problem.cells.drop_place[cell]),),
            ((cell, 1),),
        )
        for cell in range(draw(st.integers(1, 6)))
    ]
    return replace(problem, caps=caps), drafts


@settings(max_examples=100, deadline=None)
@given(loads())
def test_what_is_released_is_as_if_it_was_never_taken(case: tuple[Problem, list[Draft]]) -> None:
    problem, (first, *others) = case
    ledger = Ledger(problem, [first, *others])
    ledger.release(first)
    without = Ledger(problem, others)
    assert ledger.breaches(first) == without.breaches(first)
    assert (ledger.free_vehicles() == without.free_vehicles()).all()
    assert ledger.riders.tolist() == without.riders.tolist()


@settings(max_examples=100, deadline=None)
@given(loads())
def test_drafts_that_fit_one_after_the_other_overdraw_nothing(case: tuple[Problem, list[Draft]]) -> None:
    problem, drafts = case
    ledger, taken = Ledger(problem), list[Draft]()
    for draft in drafts:
        fits = ledger.fits(draft)
        overdrawn = Ledger(problem, [*taken, draft]).overdrawn()
        assert fits == (not overdrawn)
        lacks = {breach.rule for breach in ledger.breaches(draft)} & {FLEET}
        assert bool(lacks) != vehicles_suffice(problem, [*taken, draft])
        if fits:
            ledger.take(draft)
            taken.append(draft)
