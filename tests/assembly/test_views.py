"""Flows add up to the plan, each beside its part of the bound; people are read from the top: row 3 before row 10."""

from dataclasses import replace

import pandas as pd
import pytest

from returnplan.assembly.views import by_row, flows_of, waiting_in
from returnplan.model.plan import Plan
from tests.specimens.plans import make_plan


def bounded(total_yuan: float) -> Plan:
    """Return a plan of 45 people to Dongguan, who pay 100 yuan each, and 20 to Shenzhen, who pay nothing."""
    plan = make_plan()
    riders = plan.riders.assign(bound_yuan=(plan.riders["city"] == "东莞市") * 100.0)
    return replace(plan, riders=riders, summary={**plan.summary, "lower_bound": total_yuan})


def test_riders_of_a_batch_share_it_and_a_flow_without_a_bound_has_no_gap() -> None:
    plan = bounded(4_500.0)
    to_dongguan, to_shenzhen, whole = flows_of(plan)
    assert (to_dongguan.city, to_dongguan.num_people) == ("东莞市", 45)
    assert to_dongguan.num_batches == pytest.approx(1.0)
    assert to_dongguan.gap == pytest.approx(plan.batches[0].cost_yuan / 4_500 - 1)
    assert (to_shenzhen.num_people, to_shenzhen.gap) == (20, 0.0)
    assert whole.cost_yuan == pytest.approx(sum(batch.cost_yuan for batch in plan.batches))


def test_flows_that_share_a_batch_have_no_gap_of_their_own() -> None:
    """Two batches, each with half of either flow: the shares of each add up to one whole batch all the same."""
    plan = bounded(4_500.0)
    assert [flow.is_alone for flow in flows_of(plan)] == [True, True, True]
    cities = ["东莞市", "深圳市"] * (len(plan.riders) // 2) + ["东莞市"] * (len(plan.riders) % 2)
    mixed = flows_of(replace(plan, riders=plan.riders.assign(city=cities)))
    assert [flow.is_alone for flow in mixed] == [False, False, True]


def test_parts_are_those_of_the_plans_own_bound() -> None:
    """Somebody has left and with them more of the bound than their part."""
    to_dongguan, _, whole = flows_of(bounded(4_000.0))
    assert to_dongguan.bound_yuan == whole.bound_yuan == pytest.approx(4_000.0)


def test_rows_come_in_their_order_sheet_by_sheet() -> None:
    rows = ["乙.xlsx!表!2", "甲!1.xlsx!表!10", "甲!1.xlsx!表!3"]
    found = by_row(pd.DataFrame({"signup": rows}))["signup"].tolist()
    assert found == ["乙.xlsx!表!2", "甲!1.xlsx!表!3", "甲!1.xlsx!表!10"]


def test_nobody_left_is_no_row() -> None:
    assert by_row(pd.DataFrame({"signup": []}, dtype=object)).empty


def test_who_could_travel_together_is_one_line_the_largest_group_first() -> None:
    lines = pd.DataFrame(
        {
            "group": [0, 2, 1, 1],
            "county": ["融水县", "", "三江县", "融水县"],
            "prefecture": "柳州市",
            "city": ["深圳市", "东莞市", "惠州市", "惠州市"],
            "suggestion_zh": ["改正", "乙", "甲", "甲"],
            "suggestion_en": ["mend", "b", "a", "a"],
        }
    )
    first, second = waiting_in(lines)
    assert (first.number, first.num_people, first.suggestion_en) == (1, 2, "a")
    assert first.journey == "三江县、融水县→惠州市"
    assert (second.journey, second.num_people) == ("柳州市→东莞市", 1)
    assert waiting_in(lines[:1]) == []
