"""Which batch of the last plan each person was put on, although nobody may have told them: they should stay there."""

from collections.abc import Mapping, Set

import numpy as np
import pandas as pd

from returnplan.model.plan import Batch, Plan
from returnplan.model.roster import Roster
from returnplan.problem import Told
from returnplan.problem.fleet import pool_of
from returnplan.problem.model import NOT_TOLD

UNTOLD = 0.1
"""What a person who was planned on a draft and told nothing counts of one who was told."""


def told_of(
    old: Plan,
    held: Set[str],
    roster: Roster,
    person: "pd.Series[int]",
    share_told: Mapping[str, float],
    move_yuan: float,
) -> Told:
    """Return the batches of the old plan that may be planned anew, and who is on them.

    Whoever wants another pick-up now is on none: that is told anew in any case.

    Parameters
    ----------
    held : ids of batches that are not planned anew
    person : the person number of each line of the roster's people
    share_told : which share of the riders of a batch were told of it; of the others nobody was
    move_yuan : what it costs to move a person who was told
    """
    batches = [batch for batch in old.batches if batch.id not in held]
    number = {batch.id: at for at, batch in enumerate(batches)}
    riders = old.riders[old.riders["batch"].isin(number)].drop_duplicates("person").set_index("person")
    batch = person.map(riders["batch"].map(number))
    pools = [pool_of(batch, roster.pools) for batch in batches]
    places = np.array([*(place.name for place in roster.places), ""], dtype=object)
    same_pickup = places[roster.people["pickup"].to_numpy()] == person.map(riders["pickup"]).to_numpy()
    return Told(
        batch=np.asarray(batch.where(same_pickup, NOT_TOLD).fillna(NOT_TOLD), dtype=np.int64),
        dates=tuple(batch.date for batch in batches),
        pools=np.array([NOT_TOLD if pool is None else pool for pool in pools], dtype=np.int64),
        move_yuan=np.array([move_yuan * _part(share_told.get(batch.id, 0.0)) for batch in batches]),
        head_yuan=np.array([_head_yuan(batch) for batch in batches]),
    )


def _part(share_told: float) -> float:
    """Return what a rider counts on average, of one who was told."""
    return UNTOLD + (1 - UNTOLD) * share_told


def _head_yuan(batch: Batch) -> float:
    return batch.cost_yuan / max(1, batch.load)
