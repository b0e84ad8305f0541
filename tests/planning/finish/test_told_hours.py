"""Who was told an hour is phoned about another one only where that pays for the calls."""

from dataclasses import replace

import numpy as np
import pytest

from returnplan.planning.finish import at_told_hours
from returnplan.planning.finish.told_hours import num_calls
from returnplan.problem.draft import Draft
from returnplan.problem.model import Problem, ToldHour
from tests.planning.problems import tiny

EIGHT, HALF_PAST_EIGHT = 8 * 60, 8 * 60 + 30
FACTORY = 3
NEWCOMER = 1
"""The cell of people who were on no batch; those of cell 0 were told."""


def joined(km_back: float, *, told: int = 2, call_yuan: float = 30.0) -> Problem:
    """Two people of stop 0 were told eight o'clock; a newcomer of stop 1 joins, 40 km nearer or ``km_back`` away.

    From stop 1 over stop 0 it is 440 km to the factory; from stop 0 over stop 1 it is ``km_back`` more.
    """
    base = tiny(0, num_groups=2)
    ones, zeros = np.ones(2, dtype=np.int64), np.zeros(2, dtype=np.int64)
    cells = replace(
        base.cells, pickup=np.array([0, 1]), prefecture=zeros, county=zeros, city_group=zeros, goal=zeros,
        earliest=zeros, latest=zeros, num_persons=np.array([2, 1]), num_seats=np.array([2, 1]),
        weight=ones.astype(float),
        drop_place=np.array([FACTORY, FACTORY]), drop_persons=np.array([2, 1]), previous=np.array([0, -1]),
    )  # fmt: skip
    km = np.full((5, 5), 400.0)
    km[1, 0] = km[0, 1] = 40.0
    km[0, FACTORY], km[1, FACTORY] = 400.0, 400.0 + km_back
    pools = replace(
        base.pools, usable=np.array([9, 9]), base=np.array([-1, -1]), available=np.full((2, 3), 9)
    )
    limits = replace(base.limits, max_pickups=2, max_dropoffs=1, max_pickup_km=999.0, mix_counties=True)
    return replace(
        base,
        cells=cells,
        pools=pools,
        limits=limits,
        km=km[None],
        previous_days=np.array([0]),
        previous_pools=np.array([0]),
        previous_move_yuan=np.array([300.0]),
        previous_head_yuan=np.array([500.0]),
        told_hours=(ToldHour(0, 0, EIGHT, told),),
        call_yuan=call_yuan,
    )


NEWCOMER_FIRST = Draft.direct(0, 0, (1, 0), (FACTORY,), ((0, 1), (NEWCOMER, 1)), previous=0)


def settled(problem: Problem, draft: Draft = NEWCOMER_FIRST) -> Draft:
    (other,) = at_told_hours(problem, [draft])
    return other


def fixed_hour(problem: Problem) -> Problem:
    """Return the problem of an office whose coaches leave at eight and at no other hour."""
    law = problem.schedule.law
    timetable = law.timetable.model_copy(update={"start_window": ("08:00", "08:00")})
    return replace(problem, schedule=type(problem.schedule)(law.model_copy(update={"timetable": timetable})))


def test_a_newcomer_boards_after_those_who_were_told_where_few_km_more_are_cheaper_than_calls() -> None:
    problem = fixed_hour(joined(km_back=20.0))  # 40 yuan more at 2 yuan a km, two calls count 60
    assert num_calls(problem, NEWCOMER_FIRST, problem.told_hours) == 2
    draft = settled(problem)
    assert draft.leg.pickups == (0, 1)
    assert num_calls(problem, draft, problem.told_hours) == 0


@pytest.mark.parametrize(
    "cheap", [{"km_back": 40.0}, {"km_back": 20.0, "told": 1}, {"km_back": 20.0, "call_yuan": 10.0}]
)
def test_people_are_phoned_where_the_road_would_cost_more_than_the_calls(cheap: dict[str, float]) -> None:
    assert settled(fixed_hour(joined(**cheap))) == NEWCOMER_FIRST  # type: ignore[arg-type]


def test_a_coach_leaves_half_an_hour_sooner_where_that_keeps_the_hour_that_people_were_told() -> None:
    problem = joined(km_back=200.0)
    later = replace(problem, told_hours=(ToldHour(0, 0, EIGHT + 10, 2),))
    draft = settled(later)
    assert draft.leg.pickups == (1, 0)
    assert draft.leg.start_minute == EIGHT - 30  # ten minutes at the stop, half an hour on the road
    assert draft.cost_yuan(later) == NEWCOMER_FIRST.cost_yuan(later)


def test_five_minutes_are_no_news() -> None:
    problem = fixed_hour(joined(km_back=20.0))
    told = (ToldHour(0, 0, EIGHT + 35, 2),)  # the coach calls at 08:40
    assert settled(replace(problem, told_hours=told)) == NEWCOMER_FIRST
    assert num_calls(problem, NEWCOMER_FIRST, told) == 0


def test_who_has_left_the_batch_or_changes_it_is_not_phoned_for_the_hour() -> None:
    problem = fixed_hour(joined(km_back=20.0))
    others = replace(problem.cells, previous=np.array([-1, -1]))
    assert settled(replace(problem, cells=others)) == NEWCOMER_FIRST
    on_another_day = replace(problem, previous_days=np.array([1]))
    assert settled(on_another_day) == NEWCOMER_FIRST
