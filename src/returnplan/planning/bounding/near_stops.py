"""Stops that lie close together, as one: complete linkage, found along chains of nearest neighbours (Murtagh 1983).

scipy has it, too, but takes a third of a second to load.
"""

from bisect import bisect_right

import numpy as np

from returnplan.problem.model import Floats, Ints


class NearStops:
    """The tree in which the two groups that are nearest to each other become one, from single places to all of them.

    How near two groups are, those two of their places tell that are farthest from each other.
    """

    def __init__(self, km: Floats) -> None:
        """Join places by the ways (n, n) between them; of there and back the shorter one counts."""
        joins = sorted(_joins(np.minimum(km, km.T)), key=lambda join: join[0])  # stable
        self._join_km = [join_km for join_km, _, _ in joins]
        self._joins: list[tuple[int, int]] = []
        num = len(km)
        group = np.arange(num)
        places = {place: [place] for place in range(num)}
        rank = [num + place for place in range(num)]  # single places come behind groups
        for nth, (_, *pair) in enumerate(joins):
            one, other = sorted(group[pair].tolist(), key=rank.__getitem__)
            group[group == other] = one
            places[one] += places.pop(other)
            rank[one] = nth
            self._joins.append((one, other))
        self._along_the_tree = np.concatenate(list(places.values())).astype(np.int64)

    def join(self, num_groups: int) -> Ints:
        """Return (n,) the group of each place where there are so many, or fewer if some are equally near.

        Near groups have near numbers.
        """
        group = np.arange(len(self._along_the_tree))
        num_joins = len(group) - num_groups
        if num_joins > 0:
            num_joins = bisect_right(self._join_km, self._join_km[num_joins - 1])
        for one, other in self._joins[:num_joins]:
            group[group == other] = one
        along = group[self._along_the_tree]
        _, first = np.unique(along, return_index=True)
        number = np.empty_like(group)
        number[along[np.sort(first)]] = np.arange(len(first))
        return number[group]


def _joins(apart_km: Floats) -> list[tuple[float, int, int]]:
    """Return how far apart two groups are that become one, and a place of each; any two that are each other's nearest.

    The last place of a group that became one stands for it.
    """
    np.fill_diagonal(apart_km, np.inf)
    is_joined = np.zeros(len(apart_km), dtype=np.bool_)
    chain: list[int] = []
    joins: list[tuple[float, int, int]] = []
    while len(joins) < len(apart_km) - 1:
        if not chain:
            chain.append(int(is_joined.argmin()))
        end = chain[-1]
        nearest = int(apart_km[end].argmin())
        if len(chain) < 2 or apart_km[end, nearest] < apart_km[end, chain[-2]]:
            chain.append(nearest)
            continue
        one, other = sorted((chain.pop(), chain.pop()))
        joins.append((float(apart_km[one, other]), one, other))
        apart_km[other] = apart_km[:, other] = np.maximum(apart_km[one], apart_km[other])
        apart_km[one] = apart_km[:, one] = np.inf
        is_joined[one] = True
    return joins
