"""Which of several whole plans is the best: the goals in their order, and what a seat more may move."""

from typing import Any, cast

import pytest

from returnplan.planning.rail.previous import MOST_CALLS
from returnplan.planning.rail.whole import Whole, best_of
from returnplan.problem.model import Problem

CALL_YUAN = 30.0


class Campaign:
    """What the comparison asks of a problem."""

    call_yuan = CALL_YUAN


def whole(people: int, yuan: float, moved: int = 0) -> Whole:
    """Return a plan of so many people that costs so much with its moves."""
    nothing = cast(Any, None)
    return Whole(nothing, nothing, (), (-float(people), 0.0, yuan), moved * CALL_YUAN)


def best(*plans: Whole) -> Whole:
    """Return the best of some plans, of which the first is there already."""
    return best_of(cast(Problem, Campaign()), plans)


LAST = whole(100, 50_000.0)


@pytest.mark.parametrize("better", [whole(101, 60_000.0), whole(100, 49_999.0, 900)])
def test_more_people_come_before_money_and_moves_are_priced_in_it(better: Whole) -> None:
    assert best(LAST, better) is better


def test_of_equal_plans_the_first_stays() -> None:
    assert best(LAST, whole(100, 50_000.0)) is LAST


def test_a_seat_more_moves_tens_not_thousands() -> None:
    tens = whole(101, 51_000.0, MOST_CALLS)
    assert best(LAST, whole(101, 51_000.0, MOST_CALLS + 1)) is LAST
    assert best(LAST, tens) is tens
    two = whole(102, 51_000.0, 2 * MOST_CALLS)
    assert best(LAST, two) is two


def test_what_costs_less_with_all_its_moves_may_move_any_number_for_a_seat() -> None:
    cheaper = whole(101, 49_000.0, 10 * MOST_CALLS)
    assert best(LAST, cheaper) is cheaper
