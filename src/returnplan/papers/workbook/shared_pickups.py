"""Where two batches of one day, city and vehicle type call at the same two pick-ups, and why.

Such a pair needs two stops more than it has to, unless something stands against it (Dror and Trudeau 1989); the
planner has left none that its rules allow it to part.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from returnplan.model.plan import Batch, Plan
from returnplan.model.texts import Text

TOLD = Text("乘客已通知，不再换车", "their riders have been told")
DROPOFFS = Text("乘客的下车地点不同", "their riders alight elsewhere")
PARTIES = Text("同行组或带儿童的人不能拆开换座", "parties and children do not fit into each other's seats")
LIMITS = Text(
    "上次方案、最低人数、里程或人数上限不允许", "the last plan, least loads, km or day caps forbid it"
)


@dataclass(frozen=True, slots=True)
class SharedPickups:
    """Two batches, the pick-ups of both, and what hinders riders from changing places."""

    one: str
    other: str
    places: tuple[str, ...]
    reason: Text

    def sentence(self) -> Text:
        """Return what the plan's page says."""
        names = "、".join(self.places)
        return Text(
            f"{self.one} 与 {self.other} 都停 {names}：{self.reason.zh}",
            f"{self.one} and {self.other} both call at {', '.join(self.places)}: {self.reason.en}",
        )


def shared_pickups(plan: Plan) -> list[SharedPickups]:
    """Return the pairs of coaches of one day, city, type and base that share two pick-ups or more."""
    pairs = list(_pairs(plan.batches))
    riders = _riders_by_batch(plan, {batch.id for pair in pairs for batch in pair})
    return [
        SharedPickups(
            one.id, other.id, tuple(sorted(_pickups(one) & _pickups(other))), _reason(one, other, riders)
        )
        for one, other in pairs
    ]


def _pairs(batches: tuple[Batch, ...]) -> Iterator[tuple[Batch, Batch]]:
    alike: defaultdict[tuple[object, ...], list[Batch]] = defaultdict(list)
    for batch in batches:
        alike[batch.date, batch.city, batch.vehicle, batch.base, batch.kind].append(batch)
    for group in alike.values():
        for one, other in combinations(group, 2):
            if len(_pickups(one) & _pickups(other)) > 1:
                yield one, other


def _pickups(batch: Batch) -> set[str]:
    return {stop.place for stop in batch.stops if stop.kind == "pickup"}


def _riders_by_batch(plan: Plan, ids: set[str]) -> dict[str, list[tuple[str, str, bool]]]:
    """Return pick-up, drop-off, and whether the person does not travel alone, of each rider of some batches."""
    riders: defaultdict[str, list[tuple[str, str, bool]]] = defaultdict(list)
    some = plan.riders[plan.riders["batch"].isin(ids)]
    columns = (some[name] for name in ("batch", "pickup", "dropoff", "party", "child_seats"))
    for batch, pickup, dropoff, party, children in zip(*columns, strict=True):
        riders[batch].append((pickup, dropoff, bool(party) or len(children) > 0))
    return riders


def _reason(one: Batch, other: Batch, riders: dict[str, list[tuple[str, str, bool]]]) -> Text:
    if {one.state, other.state} != {"draft"}:
        return TOLD
    shared = _pickups(one) & _pickups(other)
    calls = {
        batch.id: {stop.place for stop in batch.stops if stop.kind == "dropoff"} for batch in (one, other)
    }
    may_change = {one.id: other.id, other.id: one.id}
    both = [(batch, rider) for batch in may_change for rider in riders[batch] if rider[0] in shared]
    if any(dropoff not in calls[may_change[batch]] for batch, (_, dropoff, _) in both):
        return DROPOFFS
    return PARTIES if any(not_alone for _, (_, _, not_alone) in both) else LIMITS
