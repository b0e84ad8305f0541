"""Flows: the parts add up to the plan, and each stands beside its bound."""

from pathlib import Path

import pandas as pd
import pytest

from returnplan.pipeline.campaign import Campaign
from returnplan.pipeline.flows import flows_of, load_flows
from returnplan.pipeline.stored import load_plan
from tests.pipeline.conftest import Planner, listed
from tests.specimens.plans import make_plan


def test_flows_of_a_stored_plan_add_up(tmp_path: Path, campaign: Campaign, planned: Planner) -> None:
    planned(listed(tmp_path / "报名.xlsx", *range(1, 21)))
    _, flows = load_flows(campaign)
    _, plan = load_plan(campaign)
    *parts, whole = flows
    assert sum(flow.num_people for flow in parts) == whole.num_people == plan.summary["planned"]
    assert whole.num_batches == pytest.approx(plan.summary["batches"])
    assert whole.cost_yuan == pytest.approx(plan.summary["cost"], abs=0.01)
    assert whole.bound_yuan == pytest.approx(plan.summary["lower_bound"], rel=1e-3)
    assert 0 <= whole.gap < 1


def test_riders_of_a_batch_share_it_and_a_flow_without_a_bound_has_no_gap() -> None:
    plan = make_plan()
    bounds = pd.Series({("贵港市", "东莞市"): 6_000.0})
    to_dongguan, to_shenzhen, whole = flows_of(plan, bounds)
    assert (to_dongguan.city, to_dongguan.num_people) == ("东莞市", 45)
    assert to_dongguan.num_batches == pytest.approx(1.0)
    assert to_dongguan.gap == pytest.approx(plan.batches[0].cost_yuan / 6_000 - 1)
    assert (to_shenzhen.num_people, to_shenzhen.gap) == (20, 0.0)
    assert whole.bound_yuan == 6_000
