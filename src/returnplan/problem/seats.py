"""Usable seats and the least load of a vehicle, exact in decimals (0.7 × 10 is 7, not 6.999…)."""

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from returnplan.model.notices import Notice
from returnplan.model.roster import VehiclePool
from returnplan.model.rules import Rules


def usable_seats(seats: int, rules: Rules, notices: Sequence[Notice] = ()) -> int:
    """Return the seats that may be filled: min(⌊seats × load_factor⌋, seats − reserved) − crew, not below 0.

    Of notices that hold the strictest counts.
    """
    capped = min(_share(seats, rules.load_factor), seats - rules.reserved_seats)
    for notice in notices:
        share, free = _share(seats, notice.seat_share), notice.observation_seats
        capped = min(capped, share - free if notice.on_top else min(share, seats - free))
    return max(0, capped - rules.crew_seats)


def least_riders(pool: VehiclePool, rules: Rules, notices: Sequence[Notice] = ()) -> int:
    """Return the fewest riders of a batch in a vehicle of the pool: its own least load or that of the rules.

    Of notices that hold the largest group counts, if it is more.
    """
    wanted = rules.min_load if pool.min_load is None else pool.min_load
    least = min_riders(wanted, usable_seats(pool.seats, rules, notices))
    return max([least, *(notice.min_group for notice in notices)])


def _share(seats: int, share: float) -> int:
    return int((Decimal(seats) * Decimal(str(share))).to_integral_value(ROUND_FLOOR))


def min_riders(min_load: float, usable: int) -> int:
    """Return the fewest riders of a batch: ``min_load`` is a count from 1 on, a share of ``usable`` below."""
    wanted = Decimal(str(min_load)) * (usable if min_load < 1 else 1)
    return max(1, int(wanted.to_integral_value(ROUND_CEILING)))
