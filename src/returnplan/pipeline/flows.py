"""Flows: who goes from which prefecture to which city, at what cost, and how near to the lower bound that is."""

from dataclasses import dataclass

import pandas as pd

from returnplan.enrolment.full_names import with_full_names
from returnplan.pipeline.bounding import flow_bounds_yuan
from returnplan.pipeline.campaign import Campaign
from returnplan.pipeline.stored import latest_header, roster_of, run_named
from returnplan.plan import Plan, RunHeader
from returnplan.store import Store


@dataclass(frozen=True, slots=True)
class Flow:
    """People of one home prefecture planned to one city; riders share their batch and its cost equally.

    ``bound_yuan`` is the flow's part in the lower bound. It is a bound for the flow alone where no batch and no
    scarce vehicle is shared with other flows; all parts together always are one. The whole has empty names.
    """

    prefecture: str
    city: str
    num_people: int
    num_batches: float
    cost_yuan: float
    bound_yuan: float

    @property
    def gap(self) -> float:
        """Return by which share the cost is above the bound; 0 where there is none.

        Costs of batches are rounded, so a plan that is the very best may seem cheaper than its bound.
        """
        return max(0.0, self.cost_yuan / self.bound_yuan - 1) if self.bound_yuan > 0 else 0.0


def load_flows(campaign: Campaign, run_id: str | None = None) -> tuple[RunHeader, list[Flow]]:
    """Return the flows of the plan that stands, or of an earlier one; the last is the whole.

    Raises
    ------
    InputRefused : nothing is planned yet
    UsageError : there is no such run
    """
    with Store.open(campaign.store_path) as store:
        header = latest_header(store) if run_id is None else run_named(store, run_id)
        plan, roster = store.load_plan(header.id), roster_of(store, header)
    bounds = flow_bounds_yuan(plan, roster, with_full_names(campaign.config.rules))
    return header, flows_of(plan, bounds)


def flows_of(plan: Plan, bounds_yuan: "pd.Series[float]") -> list[Flow]:
    """Return the flows by prefecture and city, then the whole.

    Parameters
    ----------
    bounds_yuan : the parts of the bound by prefecture and city
    """
    batches = {batch.id: batch for batch in plan.batches}
    share = plan.riders["batch"].map({name: 1 / batch.load for name, batch in batches.items()})
    fare = plan.riders["batch"].map({name: batch.cost_yuan / batch.load for name, batch in batches.items()})
    table = plan.riders.assign(share=share, fare=fare, num=1)
    sums = table.groupby(["prefecture", "city"])[["num", "share", "fare"]].sum()
    sums["bound"] = bounds_yuan.reindex(sums.index, fill_value=0.0)
    lines = sums.reset_index()
    flows = [Flow(*line) for line in zip(*(lines[name].tolist() for name in lines), strict=True)]
    return [*flows, Flow("", "", len(plan.riders), *sums[["share", "fare", "bound"]].sum().tolist())]
