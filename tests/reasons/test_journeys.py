"""Who takes a train is told all rides, and what the whole journey costs."""

from returnplan.model.law import Law
from returnplan.model.rules import Rules
from returnplan.problem import build_problem
from returnplan.reasons.explain import Explanation, explain
from tests.specimens.journeys import its_roster, with_a_train


def told(person: int) -> Explanation:
    roster = its_roster()
    problem, travellers = build_problem(roster, Rules(), Law())
    plan = with_a_train()
    signup = plan.riders.loc[plan.riders["person"] == person, "signup"].iloc[0]
    return explain(signup, plan, roster, problem, travellers)


def test_every_ride_has_its_line_and_the_journey_its_price() -> None:
    found = told(1)
    zh = [line.zh for line in found.lines]
    assert found.batch == "0223-001"
    assert zh[0] == "0223-001：02-23 06:30 在 三江汽车站 上车(第 1 站)，02-23 09:20 在 柳州站 下车"
    assert zh[1] == "0223-003 D4508：02-23 10:30 在 柳州站 上车(第 1 站)，02-23 14:40 在 广州南站 下车"
    assert zh[2].startswith("0223-005：02-23 16:40 在 广州南站 上车")
    heads = {batch.id: batch.cost_yuan / batch.load for batch in with_a_train().batches}
    parts = [f"{heads[name]:.0f} ({name})" for name in ("0223-001", "0223-003", "0223-005")]
    assert zh[-1].endswith(" 元：" + " + ".join(parts))


def test_who_walks_to_the_station_has_one_line_less() -> None:
    assert [line.en[:8] for line in told(10).lines[:2]] == ["0223-002", "0223-003"]
