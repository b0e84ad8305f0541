"""Journeys of several rides: which batches belong together."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from returnplan.model.plan import Plan

EARLY_MINUTES = 15
"""So many minutes before the hour of a stop people are asked to be there."""


def linked(batch_ids: Iterable[str], rides: Iterable[tuple[str, str]]) -> set[str]:
    """Return some batches and all others that are linked to them by anybody's journey.

    A train is linked to its feeders and shuttles, and by a coach that serves two trains to the other one as well.
    Whoever is told of one of these batches is told of all the rides of a journey, so they stay or change together.

    Parameters
    ----------
    rides : batch and journey of riders, each pair at least once
    """
    batches_of: dict[str, set[str]] = defaultdict(set)
    journeys_of: dict[str, set[str]] = defaultdict(set)
    for batch, journey in rides:
        batches_of[journey].add(batch)
        journeys_of[batch].add(journey)
    found: set[str] = set()
    waiting = list(batch_ids)
    while waiting:
        batch = waiting.pop()
        if batch not in found:
            found.add(batch)
            waiting += [other for journey in journeys_of[batch] for other in batches_of[journey]]
    return found


def linked_in(plan: "Plan", batch_ids: Iterable[str]) -> set[str]:
    """Return some batches of a plan, and all others that journeys link with them; a direct one is linked to none."""
    riders = plan.riders
    parts = riders["batch"].isin([batch.id for batch in plan.batches if batch.kind != "direct"])
    rides = riders.loc[parts, ["batch", "journey"]].drop_duplicates()
    return linked(batch_ids, rides.itertuples(index=False, name=None))


def has_ticket(riders: "pd.DataFrame") -> "pd.Series[bool]":
    """Return to which riders the railway has given a seat or an order number."""
    return (riders["carriage"] != "") | (riders["seat_no"] != "") | (riders["order_no"] != "")


def is_list_closed(riders: "pd.DataFrame") -> bool:
    """Return whether tickets are issued for a train: its name list (乘车人员名单) takes no further names."""
    return bool(has_ticket(riders).any())
