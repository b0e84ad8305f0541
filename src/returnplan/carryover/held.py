"""The part of the last plan that the new one has to keep."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from returnplan.edits import recounted
from returnplan.model.plan import Batch, Plan


@dataclass(frozen=True)
class Held:
    """Batches that keep vehicle, date, stops and hours, with the riders who are still on them.

    ``riders`` has the fields of :class:`~returnplan.model.plan.Rider` as columns.
    """

    batches: tuple[Batch, ...]
    riders: pd.DataFrame

    @property
    def persons(self) -> frozenset[int]:
        """The person numbers of the riders."""
        return frozenset(self.riders["person"].tolist())


def held_part(
    plan: Plan, *, pinned: Mapping[int, str], gone: Set[int], first_day: date | None = None
) -> Held:
    """Return the batches that people were told of, or on which somebody is pinned.

    Parameters
    ----------
    pinned : person number -> batch of people whom the office put there by hand
    gone : person numbers of people who cancelled, put off their journey or were not at the stop
    first_day : before it nobody can leave any more, so pins on earlier batches are void
    """
    by_hand = set(plan.riders.loc[plan.riders["person"].map(pinned) == plan.riders["batch"], "batch"])
    kept = [
        batch
        for batch in plan.batches
        if batch.state != "draft" or (batch.id in by_hand and (first_day is None or batch.date >= first_day))
    ]
    own = plan.riders[plan.riders["batch"].isin([batch.id for batch in kept])]
    leaves = own["person"].isin(list(gone))
    rest = own[~leaves].reset_index(drop=True)
    left = set(own.loc[leaves, "batch"])
    part = recounted(replace(plan, batches=tuple(kept), riders=rest), left)
    inhabited = set(rest["batch"])
    return Held(tuple(batch for batch in part.batches if batch.id in inhabited), rest)
