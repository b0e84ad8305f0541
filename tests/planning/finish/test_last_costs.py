"""What the last person and the last late day have cost."""

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from returnplan.planning import last_costs
from returnplan.problem.draft import Draft
from returnplan.problem.model import Problem
from tests.planning.problems import one_road

TWO = Draft.direct(day=0, pool=0, pickups=(0,), dropoffs=(3,), load=((0, 1), (1, 1)))


def due(problem: Problem, *late_days: tuple[float, ...]) -> Problem:
    """Return the problem with person-days after the resume date, a line for each person."""
    return replace(problem, cells=replace(problem.cells, late_days=np.array(late_days)))


def test_the_dearest_people_are_those_of_the_emptiest_vehicle() -> None:
    problem = one_road(3, vehicles=2)
    alone = TWO.on_day(1).carrying(((2, 1),))
    assert last_costs(problem, [TWO, alone]).person_yuan == alone.cost_yuan(problem)


def test_somebody_at_a_far_stop_may_cost_more_than_a_seat() -> None:
    """The vehicle would run all the same; the way round is for one person."""
    problem = one_road(2, vehicles=1)
    pools = replace(problem.pools, fixed_yuan=problem.pools.fixed_yuan * 0.0)
    problem = replace(problem, pools=pools, cells=replace(problem.cells, pickup=np.array([0, 1])))
    km = problem.km.copy()
    km[:, 1, :] = km[:, :, 1] = 1_000.0
    far = Draft.direct(day=0, pool=0, pickups=(1, 0), dropoffs=(3,), load=TWO.load)
    near = Draft.direct(day=0, pool=0, pickups=(0,), dropoffs=(3,), load=TWO.load)
    problem = replace(problem, km=km)
    saved_yuan = far.cost_yuan(problem) - near.cost_yuan(problem)
    assert last_costs(problem, [far]).person_yuan == pytest.approx(saved_yuan)


def test_the_dearest_late_day_is_one_that_a_vehicle_of_its_own_avoids() -> None:
    problem = due(one_road(3, vehicles=2), (0.0, 1.0, 2.0), (0.0, 0.0, 0.0), (0.0, 0.0, 0.0))
    alone, others = TWO.carrying(((0, 1),)), TWO.on_day(1).carrying(((1, 1), (2, 1)))
    assert last_costs(problem, [alone, others]).late_day_yuan == pytest.approx(alone.cost_yuan(problem))
    assert last_costs(problem, [others.on_day(0)]).late_day_yuan is None


@given(st.integers(0, 10_000))
def test_the_dearest_late_day_is_the_dearest_of_all_pairs(seed: int) -> None:
    """Riders of one batch are put on each other batch of each later day that all of them may take."""
    random = np.random.default_rng(seed)
    problem = due(one_road(8, vehicles=9), *random.integers(0, 3, (8, 3)).cumsum(axis=1).tolist())
    pickup = random.integers(0, 3, 8)
    limits = replace(problem.limits, max_pickups=2, max_pickup_km=999.0)
    problem = replace(problem, cells=replace(problem.cells, pickup=pickup), limits=limits)
    drafts = [
        Draft.direct(day=int(random.integers(0, 3)), pool=0, pickups=(int(pickup[i]),), dropoffs=(3,), load=((i, 1),))
        for i in range(8)
    ]  # fmt: skip
    dearest = max((_saved_yuan(problem, one, other) for one in drafts for other in drafts), default=0.0)
    assert last_costs(problem, drafts).late_day_yuan == (pytest.approx(dearest) if dearest > 0 else None)


def _saved_yuan(problem: Problem, one: Draft, other: Draft) -> float:
    """Return what a late day saves if the riders of one batch, of one stop, join the other, of one stop, too."""
    later = one.on_day(other.day).late_days(problem) - one.late_days(problem)
    if other.day <= one.day or later <= 0:
        return 0.0
    orders = permutations({*one.leg.pickups, *other.leg.pickups})
    load = tuple(sorted(one.load + other.load))
    both = (Draft.direct(day=other.day, pool=0, pickups=order, dropoffs=(3,), load=load) for order in orders)
    cost = min(draft.cost_yuan(problem) for draft in both)
    return max(0.0, (one.cost_yuan(problem) + other.cost_yuan(problem) - cost) / later)


def test_nothing_is_said_of_late_days_where_nobody_has_a_resume_date() -> None:
    assert last_costs(one_road(2, vehicles=1), [TWO]) == (TWO.cost_yuan(one_road(2, vehicles=1)) / 2, None)
    assert last_costs(one_road(2, vehicles=1), []) == (None, None)
