"""What papers and screens show alike: the flows of a plan, and people on no batch, in groups and by their sheets.

Loads no pandas: a paper or a screen asks for them at its edge.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from returnplan.model.plan import Plan

if TYPE_CHECKING:
    import pandas as pd


_WHOLE = 1e-6
"""Of a batch: shares of riders that add up to it do so up to this."""


@dataclass(frozen=True, slots=True)
class Flow:
    """People of one home prefecture planned to one city; riders share their batch and its cost equally.

    ``bound_yuan`` is the flow's part in the lower bound. It is a bound for the flow alone where no batch and no
    scarce vehicle is shared with other flows; all parts together always are one. ``is_alone``: no batch is shared, so
    there is a gap to speak of. The whole has empty names.
    """

    prefecture: str
    city: str
    num_people: int
    num_batches: float
    cost_yuan: float
    bound_yuan: float
    is_alone: bool

    @property
    def gap(self) -> float:
        """Return by which share the cost is above the bound; 0 where there is none.

        Costs of batches are rounded, so a plan that is the very best may seem cheaper than its bound.
        """
        return max(0.0, self.cost_yuan / self.bound_yuan - 1) if self.bound_yuan > 0 else 0.0


def flows_of(plan: Plan) -> list[Flow]:
    """Return the flows by prefecture and city, then the whole; people count once, however many rides they have."""
    batches = {batch.id: batch for batch in plan.batches}
    share = plan.riders["batch"].map({name: 1 / batch.load for name, batch in batches.items()})
    fare = plan.riders["batch"].map({name: batch.cost_yuan / batch.load for name, batch in batches.items()})
    is_first = plan.riders["leg"] == 1
    table = plan.riders.assign(num=is_first.astype("int64"), share=share, fare=fare)
    by_flow = table.groupby(["prefecture", "city"])
    sums = by_flow[["num", "share", "fare", "bound_yuan"]].sum()
    bound_yuan = plan.summary.get("lower_bound", 0.0)  # less than all parts once somebody has left
    if (parts_yuan := sums["bound_yuan"].sum()) > 0:
        sums["bound_yuan"] *= bound_yuan / parts_yuan
    lines = sums.assign(alone=(by_flow["batch"].nunique() - sums["share"]).abs() < _WHOLE).reset_index()
    flows = [Flow(*line) for line in zip(*(lines[name].tolist() for name in lines), strict=True)]
    return [
        *flows,
        Flow(
            "",
            "",
            int(is_first.sum()),
            len(batches),
            sum(b.cost_yuan for b in plan.batches),
            bound_yuan,
            True,
        ),
    ]


def by_row(unplanned: "pd.DataFrame") -> "pd.DataFrame":
    """Return the people file by file and sheet by sheet, rows in their order: as somebody reads who corrects them."""
    where = unplanned["signup"].astype("str").str.extract(r"(?P<sheet>.*)!(?P<row>\d+)")
    order = where.astype({"row": float}).sort_values(["sheet", "row"])
    return unplanned.loc[order.index]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A group of people without a seat who could travel together, and what would place all of them."""

    number: int
    counties: tuple[str, ...]
    cities: tuple[str, ...]
    num_people: int
    suggestion_zh: str
    suggestion_en: str

    @property
    def journey(self) -> str:
        """From which counties to which cities."""
        return f"{'、'.join(self.counties)}→{'、'.join(self.cities)}"


def waiting_in(unplanned: "pd.DataFrame") -> list[Waiting]:
    """Return the waiting groups, the largest first."""
    waits = unplanned[unplanned["group"] > 0]
    groups = [
        Waiting(
            int(own["group"].iloc[0]),
            tuple(sorted({*own["county"].where(own["county"] != "", own["prefecture"])})),
            tuple(sorted({*own["city"]})),
            len(own),
            own["suggestion_zh"].iloc[0],
            own["suggestion_en"].iloc[0],
        )
        for _, own in waits.groupby("group")
    ]
    return sorted(groups, key=lambda group: (-group.num_people, group.number))
