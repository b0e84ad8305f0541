"""The people of a batch as the papers count them: riders in order, children in seats, leader and deputy."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain

from returnplan.plan import Rider

_LEADER_AGES = range(25, 56)


def in_order(riders: Iterable[Rider]) -> list[Rider]:
    """Return riders by pick-up, then seat."""
    return sorted(riders, key=lambda rider: (rider.pickup_seq, rider.seat))


def num_heads(riders: Sequence[Rider]) -> int:
    """Return how many seats are taken, children along included."""
    return sum(1 + len(rider.child_seats) for rider in riders)


def choose_leaders(riders: Sequence[Rider], day: date) -> list[Rider]:
    """Return up to two riders to ask whether they will be leader and deputy (车长, 副车长).

    Grown-ups of 25 to 55 with a phone, no child along and no remark about special care; whoever rides the
    whole way comes first, then the front seats. The deputy is of another party, so that a family is not asked
    twice.
    """
    able = sorted((rider for rider in riders if _is_able(rider, day)), key=_rides_furthest)
    if not able:
        return []
    first = able[0]
    others = [rider for rider in able[1:] if not first.party or rider.party != first.party]
    return [first, *others[:1]]


def spare_seats(riders: Sequence[Rider], usable: int) -> int:
    """Return how many seats are left for people added on the spot (现场增补)."""
    return max(0, usable - num_heads(riders))


def child_seats(riders: Iterable[Rider]) -> list[int]:
    """Return the seats of all children along."""
    return list(chain.from_iterable(rider.child_seats for rider in riders))


def _rides_furthest(rider: Rider) -> tuple[int, int, int]:
    return rider.pickup_seq, -rider.dropoff_seq, rider.seat


def _is_able(rider: Rider, day: date) -> bool:
    return bool(rider.phone and not rider.note and not rider.child_seats and _age(rider, day) in _LEADER_AGES)


def _age(rider: Rider, day: date) -> int:
    """Return full years on ``day`` from an ID number that reading has checked."""
    born = rider.id_number[6:14]
    return day.year - int(born[:4]) - (f"{day:%m%d}" < born[4:])
