"""An office that has one driver a coach: however quick the roads are, none goes farther than needs a second one."""

from dataclasses import replace

import numpy as np

from returnplan.model.law import Drivers, Law
from tests.planning.rail.campaigns import COACH, HOME, OTHER_HOME, WORK, campaign, planned

ONE_DRIVER = Law(drivers=Drivers(most=1, two_above_km=640.0))


def test_a_second_pickup_is_left_to_another_coach_where_the_way_would_need_a_second_driver() -> None:
    """630 km from each village and 20 between them, at 100 km/h: one driver could drive it in a day."""
    people = campaign(
        [{"pickup": village} for village in (HOME, OTHER_HOME) for _ in range(6)],
        pools=(replace(COACH, seats=20, use=None),),
    )
    km = people.km.copy()
    km[:, [HOME, OTHER_HOME], WORK] = km[:, WORK, [HOME, OTHER_HOME]] = 630.0
    quick = replace(people, km=km, drive_minutes=0.6 * km)
    assert [batch.load for batch in planned(quick, law=Law()).batches] == [12]
    plan = planned(quick, law=ONE_DRIVER)
    assert [(batch.load, batch.num_drivers) for batch in plan.batches] == [(6, 1), (6, 1)]


def test_who_lives_farther_away_than_one_driver_may_go_stays_behind() -> None:
    people = campaign([{} for _ in range(12)], pools=(replace(COACH, use=None),))
    km = np.where(people.km == 600.0, 700.0, people.km)
    plan = planned(replace(people, km=km, drive_minutes=0.6 * km), law=ONE_DRIVER)
    assert plan.unplanned["code"].tolist() == ["driving_hours"] * 12
