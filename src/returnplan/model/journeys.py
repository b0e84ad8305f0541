"""Journeys of several rides: which batches belong together."""

from collections import defaultdict
from collections.abc import Iterable


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
