"""Riders who keep a seat that their sign-up of now no longer asks for: another city, day, pick-up or employer."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Literal

from returnplan.model.plan import Plan
from returnplan.model.texts import Text

KEY = "changed_signups"
"""Under it the summary of a plan keeps them."""

What = Literal["city", "day", "pickup", "employer"]
_WHAT: dict[What, Text] = {
    "city": Text("城市", "city"),
    "day": Text("日期", "day"),
    "pickup": Text("上车点", "pick-up"),
    "employer": Text("企业", "employer"),
}


@dataclass(frozen=True, slots=True)
class ChangedSignUp:
    """One thing that the sign-up of a rider says anew: what the seat on ``batch`` was given for, what it is now."""

    person: int
    batch: str
    what: What
    was: str
    now: str

    @property
    def words(self) -> Text:
        """What was and what is now."""
        return Text(
            f"{_WHAT[self.what].zh} {self.was}→{self.now}", f"{_WHAT[self.what].en} {self.was} -> {self.now}"
        )


def with_changed_signups(plan: Plan, changed: Iterable[ChangedSignUp]) -> Plan:
    """Return the plan with what sign-ups say anew in its summary."""
    return replace(plan, summary=plan.summary | {KEY: [asdict(one) for one in changed]})


def changed_signups_of(plan: Plan) -> list[ChangedSignUp]:
    """Return what sign-ups say anew of riders who still have the seat in question: on that batch, and on that day."""
    changed = [ChangedSignUp(**one) for one in plan.summary.get(KEY, ())]
    if not changed:
        return []
    day_of = {batch.id: f"{batch.date:%m-%d}" for batch in plan.batches}
    riders = plan.riders[plan.riders["person"].isin([one.person for one in changed])]
    riding = set(zip(riders["person"].tolist(), riders["batch"].tolist(), strict=True))
    return [
        one
        for one in changed
        if (one.person, one.batch) in riding and (one.what != "day" or one.was == day_of[one.batch])
    ]
