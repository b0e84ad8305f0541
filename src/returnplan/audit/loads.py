"""Hard rule 4: riders at least the minimum and, children's seats counted, at most the usable seats."""

from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

import numpy as np
import pandas as pd

from returnplan.audit.promise import CONTRACT, Promise, Violation
from returnplan.audit.tables import Tables
from returnplan.model.rules import Rules
from returnplan.model.texts import Text

WRONG_LOAD = Promise(
    "wrong_load",
    CONTRACT,
    Text("{batch} 写的是载客 {load} 人,实为 {heads} 人", "{batch} says load {load}, it carries {heads}"),
)
WRONG_SEATS = Promise(
    "wrong_seats",
    CONTRACT,
    Text(
        "{batch} 写的是座位 {seats}、可用 {usable},应为 {own}、{free}",
        "{batch} says {seats} seats, {usable} usable; they are {own} and {free}",
    ),
)
OVERLOADED = Promise(
    "overloaded",
    4,
    Text("{batch} 需要 {taken} 个座位,可用 {free} 个", "{batch} needs {taken} seats of {free} usable"),
)
BELOW_MIN = Promise(
    "below_min_load",
    4,
    Text(
        "{batch} 只有 {heads} 人,少于最低 {least} 人",
        "{batch} carries {heads}, fewer than the minimum of {least}",
    ),
)


def seats_and_loads(tables: Tables) -> Iterable[Violation]:
    """Count riders and seats of every batch and compare them with vehicle and rules."""
    rows = _counted(tables)
    yield from WRONG_LOAD.broken_by(rows[rows["load"] != rows["heads"]])
    wrong = (rows["seats"] != rows["own"]) | (rows["usable"] != rows["free"])
    yield from WRONG_SEATS.broken_by(rows[wrong])
    yield from OVERLOADED.broken_by(rows[rows["taken"] > rows["free"]])
    yield from BELOW_MIN.broken_by(rows[rows["heads"] < rows["least"]])


def _counted(tables: Tables) -> pd.DataFrame:
    """Return the batches with their seats, usable seats, minimum, riders and taken seats as they should be."""
    batches, rules, riders = tables.batches, tables.rules, tables.riders
    pools = [tables.roster.pools[line] if line >= 0 else None for line in batches["pool"]]
    own = [pool.seats if pool else seats for pool, seats in zip(pools, batches["seats"], strict=True)]
    free = [_usable(seats, rules) for seats in own]
    floors = [rules.min_load if pool is None or pool.min_load is None else pool.min_load for pool in pools]
    least = [_least(floor, usable) for floor, usable in zip(floors, free, strict=True)]
    heads = np.bincount(riders["at"], minlength=len(batches))
    children = np.bincount(riders["at"], riders["told_num_children"], minlength=len(batches))
    taken = heads + children.astype(np.int64)
    return batches.assign(own=own, free=free, least=least, heads=heads, taken=taken)


def _usable(seats: int, rules: Rules) -> int:
    whole = (Decimal(int(seats)) * Decimal(str(rules.load_factor))).to_integral_value(ROUND_FLOOR)
    return max(0, min(int(whole), int(seats) - rules.reserved_seats) - rules.crew_seats)


def _least(min_load: float, usable: int) -> int:
    """Return the fewest riders: a count from 1 on, a share of the usable seats below; never nobody."""
    wanted = Decimal(str(min_load))
    if wanted < 1:
        wanted *= usable
    return max(1, int(wanted.to_integral_value(ROUND_CEILING)))
