"""Which of several plans is the best: goal by goal, none outweighs the one before it."""

from dataclasses import replace

import numpy as np

from returnplan.planning.goals import best_plan
from returnplan.problem.draft import Draft
from returnplan.problem.groups import CLASS_FACTOR
from returnplan.problem.model import Problem
from tests.planning.problems import one_road

NUM_OTHERS = 200
ONE_OF_FIRST = Draft.direct(day=0, pool=0, pickups=(0,), dropoffs=(3,), load=((0, 1),))
MANY_OF_NEXT = ONE_OF_FIRST.carrying(((1, NUM_OTHERS),))


def two_classes() -> Problem:
    """One person of the first class, and more of the next than the factor between their weights."""
    problem = one_road(2, vehicles=3)
    cells = replace(problem.cells, weight=np.array([CLASS_FACTOR, 1.0]), num_groups=np.array([1, NUM_OTHERS]))
    return replace(problem, cells=cells)


def test_one_of_a_class_outweighs_any_number_of_the_next() -> None:
    assert NUM_OTHERS > CLASS_FACTOR
    assert best_plan(two_classes(), [[MANY_OF_NEXT], [ONE_OF_FIRST]]) == [ONE_OF_FIRST]


def test_more_of_the_next_class_decide_where_the_first_is_alike() -> None:
    both = ONE_OF_FIRST.carrying(((0, 1), (1, 2)))
    fewer = ONE_OF_FIRST.carrying(((0, 1), (1, 1)))
    assert best_plan(two_classes(), [[fewer], [both]]) == [both]


def test_of_plans_for_the_same_people_the_cheaper_is_better() -> None:
    problem = one_road(2, vehicles=3)
    together, apart = (
        ONE_OF_FIRST.carrying(((0, 1), (1, 1))),
        [ONE_OF_FIRST, ONE_OF_FIRST.carrying(((1, 1),))],
    )
    assert best_plan(problem, [apart, [together]]) == [together]
    assert best_plan(problem, [[], []]) == []
