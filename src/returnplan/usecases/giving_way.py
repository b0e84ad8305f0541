"""Which draft would give up its vehicle, where a change by hand needs one more than the fleet has."""

from collections.abc import Sequence, Set
from dataclasses import replace

from returnplan.audit import Violation, audit_by_check
from returnplan.audit.vehicles import TOO_MANY, vehicles
from returnplan.model.law import Law
from returnplan.model.plan import Plan
from returnplan.model.roster import Roster
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
    short = {batch.vehicle for batch in plan.batches if batch.id in {one.batch for one in fresh} | changed}
    drafts = [
        batch
        for batch in sorted(plan.batches, key=lambda batch: (batch.load, batch.id))
        if batch.state == "draft" and batch.kind == "direct" and batch.vehicle in short
        if batch.id not in changed
    ]
    free = []
    for draft in drafts[:MOST_TRIED]:
        batches = tuple(batch for batch in plan.batches if batch.id != draft.id)
        without = replace(plan, batches=batches, riders=plan.riders[plan.riders["batch"] != draft.id])
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
