"""Compiled: what a missing person, a late day and a moved person cost at each hour of the search.

Goals (a), (b) and (c) stand above money in the end. A search that puts them there from the start is soon stuck: nobody
may stay behind for a while so that the others can be arranged better. So they are cheap at first and rise
(penalties that grow during the search: Michalewicz and Attia 1994, "Evolutionary optimization of constrained
problems").
"""

import numpy as np

from returnplan.planning.chartering import batch_yuan, late_yuan, stops_yuan, vehicle_yuan
from returnplan.planning.compiled import inner
from returnplan.planning.state import LATE_DAY, MOVED, NOBODY, NUM_ACTIVE, PERSON, Market, State

STRICT_PERSON_YUAN = 1e9
STRICT_LATE_DAY_YUAN = 1e5
STRICT_MOVED_YUAN = 2e4
"""In the end a late day (where no price is set) and a moved person are more than any coach, less than any person."""

FIRST_PERSON_YUAN = 3000.0
LAST_PERSON_YUAN = 5000.0
"""About a coach: what a person costs when prices turn strict."""

CHEAP = 0.6
"""Share of the search before the prices turn strict."""

LATE_DAYS_PER_PERSON = 10
MOVED_PER_PERSON = 5
"""While prices are low: so many late days, or people moved, weigh as much as one missing."""


@inner
def set_prices(m: Market, s: State, progress: float) -> None:
    """Set the prices for the share of the search that is over, and value all batches by them."""
    person, late_day, moved = STRICT_PERSON_YUAN, STRICT_LATE_DAY_YUAN, STRICT_MOVED_YUAN
    if progress < CHEAP:
        person = FIRST_PERSON_YUAN * (LAST_PERSON_YUAN / FIRST_PERSON_YUAN) ** (progress / CHEAP)
        late_day, moved = person / LATE_DAYS_PER_PERSON, person / MOVED_PER_PERSON
    s.prices[MOVED] = moved
    price_set = m.limits[0].late_day_yuan
    s.prices[PERSON] = person
    s.prices[LATE_DAY] = late_day if np.isnan(price_set) else price_set
    for row in range(s.counts[NUM_ACTIVE]):
        r = s.rows[row]
        if r.num_members > 0:
            vehicle = vehicle_yuan(m, s, row, r.pool, r.km, r.persons, r.weight)
            late = late_yuan(s, row, r.day)
            r.value = vehicle + stops_yuan(m, s, row) + late + s.prices[MOVED] * r.moved


@inner
def plan_yuan(m: Market, s: State) -> float:
    """Return what the batches that have their least load cost in yuan alone, for the one who watches."""
    yuan = 0.0
    for row in range(s.counts[NUM_ACTIVE]):
        r = s.rows[row]
        if r.num_members == 0 or r.pool == NOBODY:
            continue
        if r.persons >= m.pools[r.pool].min_load:
            yuan += batch_yuan(m, s, row)
    return yuan
