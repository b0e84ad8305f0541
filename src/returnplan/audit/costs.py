"""What a batch costs, from its pool and the road; the ceilings a head and in all (docs/contract.md#goals)."""

from collections.abc import Iterable

import numpy as np

from returnplan.audit.pools import CENT
from returnplan.audit.promise import CONTRACT, Promise, Violation
from returnplan.audit.routes import Floats, driven_km
from returnplan.audit.tables import Tables
from returnplan.model.texts import Text

WRONG_COST = Promise(
    "wrong_cost",
    CONTRACT,
    Text(
        "{batch} 的费用写的是 {cost_yuan:.2f} 元,应为 {due:.2f} 元",
        "{batch} says {cost_yuan:.2f} yuan, it comes to {due:.2f} yuan",
    ),
)
TOO_COSTLY = Promise(
    "too_costly",
    CONTRACT,
    Text(
        "{batch} 人均 {a_head:.2f} 元,最多 {most:g} 元", "{batch} costs {a_head:.2f} yuan a head of {most:g}"
    ),
)
OVER_BUDGET = Promise(
    "over_budget",
    CONTRACT,
    Text("总费用 {total:.2f} 元,预算 {budget:g} 元", "{total:.2f} yuan of a budget of {budget:g}"),
)


def costs(tables: Tables) -> Iterable[Violation]:
    """Recompute fixed + per km + further stops; compare with ``max_cost_per_head`` and ``budget``.

    An overrun is blamed on a batch that may still be changed, if there is any.
    """
    rules = tables.rules
    rows = tables.batches.assign(due=_due_yuan(tables), most=rules.max_cost_per_head)
    rows["a_head"] = rows["cost_yuan"] / rows["load"]
    yield from WRONG_COST.broken_by(
        rows[(rows["pool"] >= 0) & ~(abs(rows["cost_yuan"] - rows["due"]) <= CENT)]
    )
    if rules.max_cost_per_head is not None:
        yield from TOO_COSTLY.broken_by(rows[rows["a_head"] > rows["most"] + CENT])
    if rules.budget is not None:
        total = rows.assign(total=rows["cost_yuan"].sum(), budget=rules.budget)
        over = total[total["total"] > rules.budget + CENT]
        yield from OVER_BUDGET.broken_by(over.sort_values("held", kind="stable").iloc[:1])


def _due_yuan(tables: Tables) -> Floats:
    """Return the cost of each batch; meaningless where it has no pool."""
    pools = [tables.roster.pools[line] for line in tables.batches["pool"]]
    fixed = np.array([pool.fixed_yuan for pool in pools], dtype=np.float64)
    per_km = np.array([pool.per_km_yuan for pool in pools], dtype=np.float64)
    num_stops = np.bincount(tables.stops["at"], minlength=len(pools))
    return fixed + per_km * driven_km(tables) + tables.rules.stop_cost * (num_stops - 2)
