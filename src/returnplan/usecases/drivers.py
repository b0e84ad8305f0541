"""A driver too few: on one batch, or for all vehicles of a day. It is said, and a person decides.

A charter company runs short of drivers sooner than of coaches, as long journeys need two ("we sell the drivers instead
of the motorcoaches": operators asked by the American Bus Association, buses.org, The Driver Shortage).
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from returnplan.model.law import LACKS_DRIVERS
from returnplan.model.plan import Batch
from returnplan.model.texts import Text
from returnplan.papers.wording import driver_key


def lacks_drivers(batch: Batch) -> bool:
    """Return whether fewer drivers are named than the law asks for; where nobody is named yet, none is missing."""
    return batch.mode == "coach" and 0 < num_named(batch) < batch.num_drivers


def num_named(batch: Batch) -> int:
    """Return how many drivers are named; one who is named twice is one."""
    return len(set(map(driver_key, batch.drivers)))


def too_few_named(batches: Sequence[Batch], among: Collection[str]) -> list[Text]:
    """Return a warning for each of the batches with these ids that lacks a driver."""
    return [
        LACKS_DRIVERS.with_values(**_figures(batch))
        for batch in batches
        if batch.id in among and lacks_drivers(batch)
    ]


def _figures(batch: Batch) -> dict[str, Any]:
    names = {"batch": batch.id, "num_named": num_named(batch)}
    return names | {"km": batch.km, "num_drivers": batch.num_drivers}


def drivers_of(batches: Sequence[Batch]) -> int:
    """Return how many drivers the batches of one day need; the runs of one vehicle share theirs."""
    most: dict[str, int] = defaultdict(int)
    for batch in batches:
        if batch.mode == "coach":
            vehicle = batch.block or batch.id
            most[vehicle] = max(most[vehicle], batch.num_drivers)
    return sum(most.values())


def without_fewest_people(batches: Sequence[Batch], num_short: int) -> list[Batch]:
    """Return the batches to do without: they free so many drivers, and as few people as possible ride on them.

    Of equals the fewest batches, then the first ids. All of them where even all free too few.
    """
    best: dict[int, tuple[int, tuple[str, ...]]] = {
        0: (0, ())
    }  # people and ids by the drivers that are freed
    for batch in sorted(batches, key=lambda batch: batch.id):
        for freed, (people, ids) in list(best.items()):
            now = min(num_short, freed + batch.num_drivers)
            tried = people + batch.load, (*ids, batch.id)
            best[now] = min(best.get(now, tried), tried, key=lambda one: (one[0], len(one[1]), one[1]))
    ids = best[num_short][1] if num_short in best else tuple(batch.id for batch in batches)
    return [batch for batch in batches if batch.id in ids]
