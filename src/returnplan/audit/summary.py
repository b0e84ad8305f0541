"""The totals are the sums of the detail, and no plan is cheaper than its lower bound (docs/contract.md#json)."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from returnplan.audit.pools import CENT
from returnplan.audit.promise import CONTRACT, Promise, Violation
from returnplan.audit.tables import Tables
from returnplan.model.texts import Text

WRONG_SUMMARY = Promise(
    "wrong_summary",
    CONTRACT,
    Text(
        "汇总的 {name} 为 {stated},应为 {due}",
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
    stated = tables.plan.summary | _stated_homes(tables.plan.summary.get("origins", {}))
    due = _counts(tables) | _sums(tables) | _homes(tables)
    due |= {"days": _days(tables), "cities": _cities(tables), "gap": _gap(stated)}
    # The figures of each batch may be rounded before or after they are added up.
    slack = dict.fromkeys(("km", "cost", "cost of origins"), CENT * (len(tables.batches) + 1)) | {"gap": 1e-4}
    wrong = [name for name in due if not _same(stated.get(name), due[name], slack.get(name))]
    rows = {
        "name": wrong,
        "stated": [stated.get(name) for name in wrong],
        "due": [due[name] for name in wrong],
    }
    yield from WRONG_SUMMARY.broken_by(pd.DataFrame(rows))
    bound = pd.DataFrame({"bound": [stated.get("lower_bound", 0.0)], "cost": [stated.get("cost", 0.0)]})
    yield from BOUND.broken_by(bound[bound["bound"] > bound["cost"] + slack["cost"]])


def _counts(tables: Tables) -> dict[str, Any]:
    plan, people = tables.plan, tables.roster.people
    late = (tables.riders["date"] - tables.riders["told_resume"]).dt.days
    return {
        "signups": len(people) + len(tables.roster.rejected),
        "eligible": int((people["code"] == "").sum()),
        "planned": len(plan.riders),
        "unplanned": len(plan.unplanned),
        "batches": len(plan.batches),
        "late_days": int(late.clip(lower=0).sum()),
    }


def _sums(tables: Tables) -> dict[str, Any]:
    batches = tables.batches
    return {
        "vehicles": batches["vehicle"].value_counts().to_dict(),
        "km": float(batches["km"].sum()),
        "cost": float(batches["cost_yuan"].sum()),
    }


def _days(tables: Tables) -> dict[str, dict[str, int]]:
    riders = tables.riders.groupby("date").size()
    batches = tables.batches.groupby("date").size()
    return {
        f"{day:%Y-%m-%d}": {"batches": int(num), "riders": int(riders.get(day, 0))}
        for day, num in batches.items()
    }


def _cities(tables: Tables) -> dict[str, dict[str, int]]:
    """Count each batch for every city it goes to, each rider for his own."""
    riders = tables.riders.groupby("told_city").size()
    batches = tables.batches["cities"].explode().value_counts()
    return {
        str(city): {"batches": int(num), "riders": int(riders.get(city, 0))} for city, num in batches.items()
    }


def _homes(tables: Tables) -> dict[str, Any]:
    """Count the planned people by home prefecture; vehicles and cost are shared out among the homes."""
    return {
        "origins": {
            str(home): int(num) for home, num in tables.riders["told_prefecture"].value_counts().items()
        },
        "vehicles of origins": len(tables.batches),
        "cost of origins": float(tables.batches["cost_yuan"].sum()),
    }


def _stated_homes(origins: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {
        "origins": {home: figures["planned"] for home, figures in origins.items()},
        "vehicles of origins": sum(home["coaches"] + home["trains"] for home in origins.values()),
        "cost of origins": float(sum(home["cost"] for home in origins.values())),
    }


def _gap(stated: dict[str, Any]) -> float:
    bound = stated.get("lower_bound") or 0.0
    return float(stated.get("cost", 0.0) / bound - 1) if bound else 0.0


def _same(stated: Any, due: Any, slack: float | None) -> bool:
    """Compare a figure, exactly or within ``slack``."""
    if slack is None:
        return bool(stated == due)
    return isinstance(stated, int | float) and abs(stated - due) <= slack
