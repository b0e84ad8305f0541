"""From the planner's drafts to a solution of PTP-LIB."""

from collections.abc import Iterable
from typing import Any

from returnplan.problem.draft import Draft

Json = dict[str, Any]


def solution_of(instance: Json, drafts: Iterable[Draft]) -> Json:
    """Return direct coaches, whose cells are the groups of the instance, as a solution without a cost."""
    batches, journeys = [], []
    for number, draft in enumerate(drafts, start=1):
        leg, name = draft.leg, f"b{number}"
        batch = {
            "id": name, "kind": "direct", "vehicle": int(leg.pool), "day": int(leg.day),
            "pickups": [int(place) for place in leg.pickups], "dropoffs": [int(place) for place in leg.dropoffs],
        }  # fmt: skip
        batches.append(batch if draft.previous < 0 else {**batch, "continues": int(draft.previous)})
        journeys += [{"group": int(cell), "count": int(num), "batches": [name]} for cell, num in leg.load]
    return {"instance": instance["name"], "batches": batches, "journeys": journeys}
