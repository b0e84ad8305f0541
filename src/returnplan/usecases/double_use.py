"""One plate or one driver on two journeys at overlapping hours: a person must look, for one of them is wrong."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import combinations

from returnplan.model.masking import mask_driver
from returnplan.model.plan import Batch
from returnplan.model.texts import Text
from returnplan.papers.wording import driver_key


def used_twice(batches: Sequence[Batch], changed: Collection[str]) -> list[Text]:
    """Return a warning for each vehicle and driver of the ``changed`` batches that is elsewhere at that time.

    A journey lasts until the coach is back: as long again as the way out. Runs that are planned for one vehicle (a
    block) are no double use. Drivers are masked.
    """
    users: dict[str, list[Batch]] = defaultdict(list)
    for batch in batches:
        keys = [batch.plate] if batch.plate else []
        for key in dict.fromkeys([*keys, *map(driver_key, batch.drivers)]):
            users[key].append(batch)
    return [
        _warning(key, one, other)
        for key, own in users.items()
        for one, other in combinations(sorted(own, key=lambda batch: (batch.depart, batch.id)), 2)
        if {one.id, other.id} & set(changed) and other.depart < _back(one)
        if not one.block or one.block != other.block
    ]


def _back(batch: Batch) -> datetime:
    return batch.arrive + (batch.arrive - batch.depart)


def _warning(key: str, one: Batch, other: Batch) -> Text:
    who = (
        key
        if key == one.plate
        else mask_driver(next(driver for driver in one.drivers if driver_key(driver) == key))
    )
    return Text(
        f"{who} 同时在 {one.id}({one.depart:%m-%d %H:%M} 发车，约 {_back(one):%m-%d %H:%M} 返回)"
        f"和 {other.id}({other.depart:%m-%d %H:%M} 发车)上，请核对",
        f"{who} is on {one.id} (leaves {one.depart:%m-%d %H:%M}, back about {_back(one):%m-%d %H:%M}) and on "
        f"{other.id} (leaves {other.depart:%m-%d %H:%M}) at the same time; check which is right",
    )
