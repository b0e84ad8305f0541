"""What a batch costs, and the totals, which are the sums of the detail (docs/contract.md#goals, #json)."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from returnplan.audit.promise import CONTRACT, Promise, Violation
from returnplan.audit.routes import driven_km
from returnplan.audit.tables import CENT, Tables
from returnplan.model.texts import Text

WRONG_COST = Promise(
    "wrong_cost",
    CONTRACT,
    Text(
        "{batch} 的费用写的是 {cost_yuan:.2f} 元，应为 {due:.2f} 元",
        "{batch} says {cost_yuan:.2f} yuan, it comes to {due:.2f} yuan",
    ),
    counts="due",
)
WRONG_CONTRACT = Promise(
    "wrong_contract",
    CONTRACT,
    Text(
        "{batch} 付承运方写的是 {contract_yuan:.2f} 元，应为 {paid:.2f} 元",
        "{batch} says that the carrier is paid {contract_yuan:.2f} yuan, it comes to {paid:.2f} yuan",
    ),
    counts="paid",
)
TOO_COSTLY = Promise(
    "too_costly",
    CONTRACT,
    Text(
        "{batch} 人均 {a_head:.2f} 元，最多 {most:g} 元", "{batch} costs {a_head:.2f} yuan a head of {most:g}"
    ),
)
OVER_BUDGET = Promise(
    "over_budget",
    CONTRACT,
    Text("总费用 {total:.2f} 元，预算 {budget:g} 元", "{total:.2f} yuan of a budget of {budget:g}"),
    counts="total",
    matter=("budget",),
)


def costs(tables: Tables) -> Iterable[Violation]:
    """Recompute fixed + per km, and with further stops; compare with ``max_cost_per_head`` and ``budget``.

    The violation names a batch that may still change, if there is one.
    """
    rules = tables.rules
    # What a batch without a pool (-1) should cost has no meaning.
    pools = [tables.roster.pools[line] for line in tables.batches["pool"]]
    fixed = np.array([pool.fixed_yuan for pool in pools], dtype=np.float64)
    per_km = np.array([pool.per_km_yuan for pool in pools], dtype=np.float64)
    num_stops = np.bincount(tables.stops["at"], minlength=len(pools))
    paid = fixed + per_km * driven_km(tables)
    due = np.where(tables.is_train, _train_yuan(tables), paid + rules.stop_cost * (num_stops - 2))
    paid = np.where(tables.is_train, due, paid)
    rows = tables.batches.assign(due=due, paid=paid, most=rules.max_cost_per_head)
    rows["a_head"] = rows["cost_yuan"] / rows["load"]
    is_known = (rows["pool"] >= 0) | (tables.service >= 0)
    yield from WRONG_COST.broken_by(rows, is_known & ~(abs(rows["cost_yuan"] - due) <= CENT))
    yield from WRONG_CONTRACT.broken_by(rows, is_known & ~(abs(rows["contract_yuan"] - paid) <= CENT))
    if rules.max_cost_per_head is not None:
        yield from TOO_COSTLY.broken_by(rows, rows["a_head"] > rows["most"] + CENT)
    if rules.budget is not None:
        total = rows.assign(total=rows["cost_yuan"].sum(), budget=rules.budget)
        over = total[total["total"] > rules.budget + CENT]
        yield from OVER_BUDGET.broken_by(over.sort_values("kept", kind="stable").iloc[:1])


def _train_yuan(tables: Tables) -> "np.ndarray[Any, np.dtype[np.float64]]":
    """Return for each train what its seats cost: the train, whole carriages, each seat."""
    children = np.bincount(
        tables.riders["at"], tables.riders["roster_num_children"], minlength=len(tables.batches)
    )
    seats = np.bincount(tables.riders["at"], minlength=len(tables.batches)) + children
    yuan = np.zeros(len(tables.batches))
    for at in np.flatnonzero(tables.service >= 0):
        train = tables.roster.rail[tables.service[at]]
        carriages = np.ceil(seats[at] / train.carriage_seats)
        yuan[at] = train.fixed_yuan + carriages * train.carriage_yuan + seats[at] * train.seat_yuan
    return yuan


WRONG_SUMMARY = Promise(
    "wrong_summary",
    CONTRACT,
    Text(
        "汇总的 {name} 为 {stated}，应为 {due}",
        "the summary says {name} {stated}, the detail adds up to {due}",
    ),
)
BOUND = Promise(
    "bound_above_cost",
    CONTRACT,
    Text(
        "下界 {bound:.2f} 元高于费用 {cost:.2f} 元",
        "the lower bound {bound:.2f} is above the cost {cost:.2f}",
    ),
)


def totals(tables: Tables) -> Iterable[Violation]:
    """Recompute the entries of the summary."""
    origins = tables.plan.summary.get("origins", {})
    stated = tables.plan.summary | {
        "origins": {home: figures["planned"] for home, figures in origins.items()},
        "vehicles of origins": sum(home["coaches"] + home["trains"] for home in origins.values()),
        "cost of origins": float(sum(home["cost"] for home in origins.values())),
    }
    due = _due_totals(tables)
    bound = stated.get("lower_bound") or 0.0
    due["gap"] = float(stated.get("cost", 0.0) / bound - 1) if bound else 0.0
    # The figures of each batch may be rounded before or after they are added up.
    slack = dict.fromkeys(("km", "cost", "cost of origins"), CENT * (len(tables.batches) + 1)) | {"gap": 1e-4}
    wrong = [name for name in due if not _same(stated.get(name), due[name], slack.get(name))]
    rows = {
        "name": wrong,
        "stated": [stated.get(name) for name in wrong],
        "due": [due[name] for name in wrong],
    }
    yield from WRONG_SUMMARY.broken_by(pd.DataFrame(rows))
    bounds = pd.DataFrame({"bound": [stated.get("lower_bound", 0.0)], "cost": [stated.get("cost", 0.0)]})
    yield from BOUND.broken_by(bounds, bounds["bound"] > bounds["cost"] + slack["cost"])


def _due_totals(tables: Tables) -> dict[str, Any]:
    """Return the totals of the detail.

    A batch counts in every city that it goes to, a rider in one. Each vehicle and its cost are split among the
    home prefectures of its riders.
    """
    plan, people, riders, batches = tables.plan, tables.roster.people, tables.people, tables.batches
    late = (riders["date"] - riders["roster_resume"]).dt.days
    riders_on, riders_to = riders.groupby("date").size(), riders.groupby("roster_city").size()
    cost = float(batches["cost_yuan"].sum())
    return {
        "signups": len(people) + len(tables.roster.rejected),
        "eligible": int((people["code"] == "").sum()),
        "planned": int((plan.riders["leg"] == 1).sum()),
        "unplanned": len(plan.unplanned),
        "batches": len(plan.batches),
        "late_days": int(late.clip(lower=0).sum()),
        "vehicles": batches["vehicle"].value_counts().to_dict(),
        "km": float(batches["km"].sum()),
        "cost": cost,
        "days": {
            f"{day:%Y-%m-%d}": {"batches": int(num), "riders": int(riders_on.get(day, 0))}
            for day, num in batches.groupby("date").size().items()
        },
        "cities": {
            str(city): {"batches": int(num), "riders": int(riders_to.get(city, 0))}
            for city, num in batches["cities"].explode().value_counts().items()
        },
        "origins": {str(home): int(num) for home, num in riders["roster_prefecture"].value_counts().items()},
        "vehicles of origins": len(batches),
        "cost of origins": cost,
    }


def _same(stated: Any, due: Any, slack: float | None) -> bool:
    """Compare a figure, exactly or within ``slack``."""
    if slack is None:
        return bool(stated == due)
    return isinstance(stated, int | float) and abs(stated - due) <= slack
