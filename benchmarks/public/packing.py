"""The least cost of packing parties into vehicle types: column generation, then its columns as whole numbers.

Gilmore and Gomory 1961. Bounds of the relaxation are rounded up to the common divisor of all prices, or are what whole
vehicles with as many seats cost.
"""

import math
from collections import Counter

import highspy
import numpy as np
import numpy.typing as npt

from benchmarks.public.instances import Instance
from returnplan.model.highs import SilentHighs

ROUNDING = 1e-7


def packing_bounds(instance: Instance) -> tuple[float, float]:
    """Return a lower bound of the cost, and the cost of a packing (equal where that is proved the least)."""
    sizes, counts = map(list, zip(*sorted(Counter(instance.demands).items()), strict=True))
    model = SilentHighs()  # type: ignore[no-untyped-call]
    dear = max(vehicle.fixed_yuan for vehicle in instance.types)
    for i, count in enumerate(counts):
        model.addRow(count, highspy.kHighsInf, 0, [], [])
        vehicle = min(
            (v for v in instance.types if v.seats >= sizes[i]), key=lambda v: v.fixed_yuan, default=None
        )
        model.addCol(vehicle.fixed_yuan if vehicle else dear, 0, highspy.kHighsInf, 1, [i], [1.0])
    while True:
        model.run()
        prices = list(model.getSolution().row_dual)
        worth, filling = _knapsack(sizes, counts, prices, max(v.seats for v in instance.types))
        gains = [(worth[v.seats] - v.fixed_yuan, v) for v in instance.types]
        if max(gain for gain, _ in gains) <= ROUNDING:
            break
        for gain, vehicle in gains:
            if gain > ROUNDING:
                load = Counter(_unpack(filling, sizes, vehicle.seats))
                rows = sorted(load)
                values = [float(load[row]) for row in rows]
                model.addCol(vehicle.fixed_yuan, 0, highspy.kHighsInf, len(rows), rows, values)
    step = math.gcd(*(int(vehicle.fixed_yuan) for vehicle in instance.types))
    rounded_up = math.ceil(model.getObjectiveValue() / step - ROUNDING) * step
    bound = max(rounded_up, _covering_yuan(instance))
    for column in range(model.getNumCol()):
        model.changeColIntegrality(column, highspy.HighsVarType.kInteger)
    model.setOptionValue("time_limit", 60.0)
    model.run()
    # Summed here: HiGHS 1.16 may report less than its own solution costs.
    return float(bound), float(np.dot(model.getSolution().col_value, model.getLp().col_cost_))


def _covering_yuan(instance: Instance) -> float:
    """Return what the cheapest whole vehicles cost that have seats for all."""
    yuan = [0.0]
    for seats in range(1, sum(instance.demands) + 1):
        yuan.append(min(yuan[max(0, seats - v.seats)] + v.fixed_yuan for v in instance.types))
    return yuan[-1]


def _knapsack(
    sizes: list[int], counts: list[int], prices: list[float], most_seats: int
) -> tuple[npt.NDArray[np.float64], list[npt.NDArray[np.int64]]]:
    """Return what so many seats are worth at most, and after each size how many of it are taken."""
    worth, filling = np.zeros(most_seats + 1), []
    for size, count, price in zip(sizes, counts, prices, strict=True):
        taken, best = np.zeros(most_seats + 1, dtype=np.int64), worth.copy()
        for num in range(1, min(count, most_seats // size) + 1):
            more = np.full(most_seats + 1, -np.inf)
            more[num * size :] = worth[: most_seats + 1 - num * size] + num * price
            taken[more > best + ROUNDING] = num
            best = np.maximum(best, more)
        worth = best
        filling.append(taken)
    return worth, filling


def _unpack(filling: list[npt.NDArray[np.int64]], sizes: list[int], seats: int) -> list[int]:
    """Return the rows of the parties that fill so many seats best."""
    rows = []
    for row in reversed(range(len(sizes))):
        num = int(filling[row][seats])
        rows += [row] * num
        seats -= num * sizes[row]
    return rows
