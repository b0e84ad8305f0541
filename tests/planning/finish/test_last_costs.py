"""What the last person and the last late day have cost."""

from dataclasses import replace

import numpy as np
import pytest

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


def test_nothing_is_said_of_late_days_where_nobody_has_a_resume_date() -> None:
    assert last_costs(one_road(2, vehicles=1), [TWO]) == (TWO.cost_yuan(one_road(2, vehicles=1)) / 2, None)
    assert last_costs(one_road(2, vehicles=1), []) == (None, None)
