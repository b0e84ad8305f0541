"""The compiled search, built from the C++ beside this file (cpp/, CMakeLists.txt).

Arrays are numpy's, in C order; records have the dtypes given here. What is returned is a copy.
"""

from typing import Any

import numpy as np

from returnplan.planning.bounding.market import Market as RelaxedMarket
from returnplan.planning.columns.market import Market as ColumnsMarket
from returnplan.planning.params import SearchParams
from returnplan.planning.tables import Market
from returnplan.problem.model import Floats, Ints

CELL: np.dtype[Any]
DROP: np.dtype[Any]
POOL: np.dtype[Any]
LIMITS: np.dtype[Any]
BATCH: np.dtype[Any]
SEEN: np.dtype[Any]

class Watch:
    """What a running search shares with the thread that waits for it."""

    def __init__(self) -> None: ...
    @property
    def time_over(self) -> float:
        """The share of the time limit that is over, 0 without a limit; at 1 the search ends."""
    @time_over.setter
    def time_over(self, share: float) -> None: ...
    @property
    def work_over(self) -> float:
        """The share of the search that is over."""
    @work_over.setter
    def work_over(self, share: float) -> None: ...
    @property
    def work_until(self) -> float:
        """The share that will be over when the present annealing ends."""
    @work_until.setter
    def work_until(self, share: float) -> None: ...
    @property
    def yuan(self) -> float:
        """What the plan costs so far."""
    @yuan.setter
    def yuan(self, yuan: float) -> None: ...
    @property
    def people(self) -> float:
        """How many people the plan carries so far."""
    @people.setter
    def people(self, people: float) -> None: ...
    @property
    def others_yuan(self) -> float:
        """What the markets cost that stand still meanwhile; counted in ``yuan``."""
    @others_yuan.setter
    def others_yuan(self, yuan: float) -> None: ...
    @property
    def others_people(self) -> float:
        """How many people they carry; counted in ``people``."""
    @others_people.setter
    def others_people(self, people: float) -> None: ...

class Memory:
    """Batches that searches have gone through: each load on a day in a vehicle once, the cheapest way that was seen."""

    def __init__(self, most: int) -> None:
        """Remember at most so many."""
    @property
    def batches(self) -> Any:
        """The (B,) batches, each with the places where its stops and riders begin."""
    @property
    def stops(self) -> Ints:
        """The pick-ups, then the drop-offs of each batch, one batch after the other."""
    @property
    def members(self) -> Ints:
        """The cell of each rider, one batch after the other."""

class State:
    """All batches of a market as they stand; see cpp/state.h."""

    def __init__(self, market: Market, num_batches: int) -> None:
        """Make so many empty batches, with all units on the bench."""
    @property
    def num_active(self) -> int: ...
    @property
    def batches(self) -> Any: ...
    @property
    def picks(self) -> Ints: ...
    @property
    def picks_persons(self) -> Ints: ...
    @property
    def drops(self) -> Ints: ...
    @property
    def drops_persons(self) -> Ints: ...
    @property
    def members(self) -> Ints: ...
    @property
    def late_days(self) -> Floats: ...
    @property
    def batch_of(self) -> Ints: ...
    @property
    def slot_of(self) -> Ints: ...
    @property
    def bench(self) -> Ints: ...
    @property
    def bench_weight(self) -> float: ...
    @property
    def used(self) -> Ints: ...
    @property
    def departures(self) -> Ints: ...
    @property
    def arrivals(self) -> Ints: ...

class Moves:
    """The moves of the search one by one, as the tests look at them."""

    def __init__(self, state: State, params: SearchParams, seed: int) -> None: ...
    def set_prices(self, progress: float) -> None: ...
    def fill(self, order: Ints) -> None: ...
    def open_as(self, start: Ints) -> None: ...
    def repair(self, order: Ints) -> None: ...
    def insert_rest(self, order: Ints, may_idle: bool) -> None: ...
    def dissolve_idle(self) -> None: ...
    def exchange(self) -> bool: ...
    def swap(self, most_loss: float) -> bool: ...
    def reorder(self, most_loss: float) -> bool: ...
    def fill_up(self, unit: int) -> int: ...
    def rebuild(self) -> int: ...
    def value_gained(self) -> float: ...
    def keep(self) -> None: ...
    def undo(self) -> None: ...

def anneal(
    state: State,
    params: SearchParams,
    work: int,
    seed: int,
    watch: Watch,
    order: Ints,
    start: Ints,
    memory: Memory | None = None,
) -> None:
    """Improve the state in place by so many units of work, or until the time is over.

    Parameters
    ----------
    seed : of the random moves; the same seed gives the same plan
    order : cells in the order in which they are put into a first plan
    start : (K, 2) unit and the number of its batch, batch by batch: a plan to start from; K may be 0
    memory : looks at the batches from time to time
    """

def best_batches(
    market: RelaxedMarket,
    vehicle_yuan: Floats,
    day_start: Ints,
    riders: Ints,
    paid: Floats,
    leaving_yuan: Floats,
    floor: float,
) -> Any:
    """Return (D, stops) the batch of each day and pick-up that earns most for what it costs.

    They are records: ``ratio`` of earnings to cost, no less than ``floor``, and where it is more ``picks``, ``drops``
    and ``pool``.

    Parameters
    ----------
    vehicle_yuan : (V, D) of a vehicle, with its rent; the road's stands in the market
    day_start, riders : (D + 1,) slices of the items that may leave on a day, those who pay most a seat first
    paid : (I,) what all groups of an item pay
    leaving_yuan : (D,) what a batch of each day earns besides, whoever is on board
    """

def batch_loads(market: RelaxedMarket, day_start: Ints, riders: Ints, paid: Floats, batches: Ints) -> Ints:
    """Return (B, I) how many units of each item are on board of each batch, so that it earns most.

    Parameters
    ----------
    day_start, riders, paid : as for :func:`best_batches`
    batches : (B, 4) day, pick-ups, drop-offs and pool of each
    """

def best_columns(
    market: ColumnsMarket, worth: Floats, vehicle: Floats, a_yuan: float, floor: float, most: int
) -> tuple[Ints, Ints]:
    """Return (B, 4) day, pick-ups, drop-offs and pool of batches that are worth most, and (B, C) groups on board.

    Parameters
    ----------
    worth : (D, C) of one group
    vehicle : (V, D) what a vehicle costs (inf: none)
    a_yuan : of the road
    floor : batches worth less are of no interest
    most : batches
    """

def newton_step(riders: Floats, pull: Floats, diagonal: Floats, right_side: Floats) -> Floats:
    """Return the x of (diag(diagonal) + Σ pull · rider riderᵀ) x = right_side.

    Parameters
    ----------
    riders, pull : (B, R) rows, and (B,) their weights
    diagonal, right_side : (R,)
    """
