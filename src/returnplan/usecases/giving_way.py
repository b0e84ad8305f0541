"""Which draft would give up its vehicle, where a change by hand needs one more than the fleet has."""

from collections.abc import Sequence, Set
from dataclasses import replace

from returnplan.audit import Violation, audit_by_check
from returnplan.audit.vehicles import TOO_MANY, vehicles
from returnplan.model.law import Law
from returnplan.model.plan import Batch, Plan
from returnplan.model.roster import Roster, VehiclePool
from returnplan.model.rules import Rules
from returnplan.model.texts import Text

MOST_TRIED, MOST_NAMED = 40, 3


def say_giving_way(
    plan: Plan, roster: Roster, rules: Rules, law: Law, changed: Set[str], fresh: Sequence[Violation]
) -> list[Text]:
    """Return how a vehicle becomes free for a changed plan, with the drafts that few people ride first.

    Each is tried: without it no vehicle is short any more. Nothing where the change breaks other rules, too.
    """
    if any(violation.code != TOO_MANY.code for violation in fresh):
        return []
    short = [batch for batch in plan.batches if batch.id in {one.batch for one in fresh} | changed]
    drafts = [
        batch
        for batch in sorted(plan.batches, key=lambda batch: (batch.load, batch.id))
        if batch.state == "draft" and batch.kind == "direct" and batch.id not in changed
        if any(_may_be_one_vehicle(batch, other, roster.pools) for other in short)
    ]
    like = [batch for batch in plan.batches if batch.vehicle in {one.vehicle for one in short}]
    free = []
    for draft in drafts[:MOST_TRIED]:
        batches = tuple(batch for batch in like if batch.id != draft.id)
        is_rider = plan.riders["batch"].isin([batch.id for batch in batches])
        without = replace(plan, batches=batches, riders=plan.riders[is_rider])
        (found,) = audit_by_check(without, roster, rules, law, None, [vehicles]).values()
        if not any(one.code == TOO_MANY.code and one.severity == "error" for one in found):
            free.append(draft)
        if len(free) == MOST_NAMED:
            break
    if not free:
        return []
    names_zh = "、".join(f"{batch.id}({batch.date:%m-%d} {batch.load} 人)" for batch in free)
    names_en = ", ".join(f"{batch.id} ({batch.date:%m-%d}, {batch.load} people)" for batch in free)
    return [
        Text(
            f"草案可以让出一辆：{names_zh}。先运行 returnplan change {free[0].id} --cancel(它的人等下次排车再排)，"
            "再运行这条命令",
            f"a draft can give one up: {names_en}. First: returnplan change {free[0].id} --cancel (its people are "
            "planned again by the next plan), then this command again",
        )
    ]


def _may_be_one_vehicle(batch: Batch, other: Batch, pools: Sequence[VehiclePool]) -> bool:
    """Return whether two batches have the same type from the same base, and one leaves while the other is away."""
    kind = batch.vehicle, batch.base
    if kind != (other.vehicle, other.base):
        return False
    days_away = [1, *(pool.turnaround_days for pool in pools if (pool.vehicle, pool.base) == kind)]
    return abs((batch.date - other.date).days) < max(days_away)
