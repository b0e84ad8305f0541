"""Who was on board: riders and walk-ups, every person once, by the home of most of the batch."""

import pandas as pd

from returnplan.edits.aboard import with_aboard
from returnplan.model.aboard import Aboard, aboard_so_far, without_a_seat
from returnplan.model.plan import Plan, WalkUp

STATUSES = ("boarded", "arrived", "other_factory", "absent", "assigned")
HOMES = ("柳州市", "桂林市", "桂林市", "柳州市", "桂林市")
BATCHES = ("甲", "甲", "甲", "甲", "乙")


def plan() -> Plan:
    """Return five riders of two batches, three of them on board; the homes of batch 甲 are two and two."""
    nothing = pd.DataFrame()
    columns: dict[str, object] = {
        "status": STATUSES,
        "prefecture": HOMES,
        "batch": BATCHES,
        "id_number": list("12345"),
    }
    columns |= {"person": range(1, 6)}
    origins = {home: {"planned": 0, "boarded": 9, "walk_ups": 9} for home in ("柳州市", "桂林市")}
    return Plan((), pd.DataFrame(columns), nothing, nothing, (), (), (), {"origins": origins})


def walk_up(id_number: str, batch: str) -> WalkUp:
    return WalkUp(batch, "某", id_number, "", "", "", "")


def test_boarded_are_all_and_walk_ups_those_among_them() -> None:
    summary = with_aboard(plan(), [walk_up("6", "甲"), walk_up("7", "乙"), walk_up("8", "甲")]).summary
    assert summary["origins"] == {
        "柳州市": {"planned": 0, "boarded": 3, "walk_ups": 2},
        "桂林市": {"planned": 0, "boarded": 3, "walk_ups": 1},
    }
    assert aboard_so_far(summary) == Aboard(num_listed=3, num_walk_ups=3)
    assert aboard_so_far(summary).num_people == 6


def test_who_boarded_with_a_seat_is_no_walk_up() -> None:
    """Person 2 has arrived by their own batch; person 4 was absent there and went without a seat."""
    walk_ups = [walk_up("2", "乙"), walk_up("4", "乙")]
    assert without_a_seat(walk_ups, plan().riders) == walk_ups[1:]
    assert aboard_so_far(with_aboard(plan(), walk_ups).summary) == Aboard(3, 1)


def test_a_person_on_two_papers_went_with_the_last() -> None:
    assert without_a_seat([walk_up("6", "甲"), walk_up("6", "乙")], plan().riders) == [walk_up("6", "乙")]


def test_on_a_batch_that_is_not_in_the_plan_they_count_nowhere() -> None:
    assert aboard_so_far(with_aboard(plan(), [walk_up("6", "")]).summary) == Aboard(3, 0)
