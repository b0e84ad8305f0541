"""Usable seats and the least load of a vehicle, exact in decimals (0.7 × 10 is 7, not 6.999…)."""

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from returnplan.model.rules import Rules


def usable_seats(seats: int, rules: Rules) -> int:
    """Return the seats that may be filled: min(⌊seats × load_factor⌋, seats − reserved) − crew, not below 0."""
    share = Decimal(seats) * Decimal(str(rules.load_factor))
    capped = int(share.to_integral_value(ROUND_FLOOR))
    return max(0, min(capped, seats - rules.reserved_seats) - rules.crew_seats)


def min_riders(min_load: float, usable: int) -> int:
    """Return the fewest riders of a batch: ``min_load`` is a count from 1 on, a share of ``usable`` below."""
    wanted = Decimal(str(min_load)) * (usable if min_load < 1 else 1)
    return max(1, int(wanted.to_integral_value(ROUND_CEILING)))
