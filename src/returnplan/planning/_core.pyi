"""The compiled search, built from the C++ beside this file (cpp/, CMakeLists.txt).

Arrays are numpy's, in C order; records have the dtypes given here. What is returned is a copy.
"""

from typing import Any

import numpy as np

from returnplan.planning.bounding.market import Market as RelaxedMarket
from returnplan.planning.columns.market import Market as ColumnsMarket
from returnplan.planning.params import SearchParams
from returnplan.planning.tables import Market
from returnplan.problem.model import Bools, Floats, Ints

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

class StopSets:
    """Vehicles as sets of stops, and who rides in them; see cpp/stop_sets/fleet.h."""

    def __init__(self, market: Market, num_vehicles: int, seed: int) -> None:
        """Make so many vehicles at home, with all units absent."""
    def anneal(
        self,
        num_moves: int,
        hot_yuan: float,
        cold_yuan: float,
        first_person_yuan: float,
        last_person_yuan: float,
        late_days_per_person: float,
        ends_when_all_ride: bool,
        watch: Watch,
    ) -> None:
        """Improve the stops by so many moves, or until the time is over, or perhaps nobody is absent."""
    @property
    def riders(self) -> Ints:
        """Vehicle, cell and number of units (R, 3) of all who ride, vehicle by vehicle."""
    @property
    def absent_persons(self) -> int: ...
    def vehicle(self, number: int) -> tuple[int, Ints, Ints]:
        """Return day, pick-ups and drop-offs of a vehicle; one at home has none."""
    def set_prices(self, person: float, late_day: float) -> None: ...
    def call(self) -> bool: ...
    def trade(self) -> bool: ...
    def leave_out_a_stop(self) -> bool: ...
    def leave_out_all(self) -> bool: ...
    def another_day(self) -> bool: ...
    def seat_absent(self) -> None: ...
    def value_gained(self) -> float: ...
    def keep(self) -> None: ...
    def undo(self) -> None: ...

class Master:
    """The batches known of a market, and how prices are set by them; R prices, B batches.

    Attributes
    ----------
    batches : (4, B) day, pick-ups, drop-offs and pool of each
    riders : (B, R) groups on board of each, and as how much it counts for each rule on departures
    cost_yuan : (B,) of each, rents aside
    times : (B,) how often the last prices run each
    """

    def __init__(self, num_groups: Floats, most_yuan: Floats) -> None:
        """Know no batch.

        Parameters
        ----------
        num_groups : (R,) who pay each price
        most_yuan : (R,) above nearly any price, rents aside: a party may need more than the cheapest vehicle
        """

    def __len__(self) -> int: ...
    @property
    def batches(self) -> Ints: ...
    @property
    def riders(self) -> Floats: ...
    @property
    def cost_yuan(self) -> Floats: ...
    @property
    def times(self) -> Floats: ...
    def most_run(self) -> tuple[int, float, int, int, int, int]:
        """Return the number of the batch that the last prices run most, how often, and what ``batches`` says of it.

        There must be one; of several it is the first.
        """

    def forget(self, batch: int) -> None:
        """Forget one batch."""

    def make_known(self, market: RelaxedMarket, rent_yuan: Floats, prices: Floats) -> float:
        """Make batches known that earn more than they cost; return the greatest ratio of what any earns to that.

        Where batches may call at any pick-ups, the ratio may be a little more than the greatest.

        Parameters
        ----------
        rent_yuan : (V, D) what a vehicle costs besides
        prices : (R,)
        """

    def demand(self, days: Bools, counts: Floats, fewest: Floats) -> None:
        """Have batches that count as so much (G,) or more run on days (G, D); the prices of the rules are the last.

        Parameters
        ----------
        counts : (G, V) as how much a batch of each pool counts
        """

    def paid_yuan(self, prices: Floats) -> float:
        """Return what all who pay the prices (R,) pay together."""

    def centre(
        self, prices: Floats, gap_yuan: float, rent_yuan: Floats, num_steps: int, most_rise: float = ...
    ) -> tuple[Floats, Floats]:
        """Return prices nearer the centre, and (V, D) how many vehicles it runs.

        Parameters
        ----------
        prices : (R,) so low that every batch costs more than it earns
        gap_yuan : by how much the exact centre pays less than the most
        rent_yuan : (V, D) what a vehicle costs besides
        num_steps : the more, the nearer
        most_rise : how many times as high as it is a price may become
        """

    def keep(self, which: Ints) -> None:
        """Forget all batches but these."""

    def shrink(self, pays: Ints, num_groups: Floats) -> None:
        """Leave only the prices ``pays``, and so many groups of each, on the batches known, too."""

def best_batches(market: RelaxedMarket, paid: Floats, leaving_yuan: Floats, floor: float) -> Any:
    """Return (D, stops) the batch of each day and pick-up that earns most for what it costs.

    They are records: ``ratio`` of earnings to cost, no less than ``floor``, and where it is more ``picks``, ``drops``
    and ``pool``.

    Parameters
    ----------
    paid : (I,) what all groups of an item pay
    leaving_yuan : (V, D) what a batch of each pool and day earns besides, whoever is on board
    """

def batch_loads(market: RelaxedMarket, paid: Floats, batches: Ints) -> Ints:
    """Return (B, I) how many units of each item are on board of each batch, so that it earns most.

    Parameters
    ----------
    paid : (I,) what all groups of an item pay
    batches : (B, 4) day, pick-ups, drop-offs and pool of each
    """

def neighbours(
    city_group: Ints, pickup: Ints, dropoff: Ints, earliest: Ints, latest: Ints, km: Floats, most: int
) -> Ints:
    """Return (C, K) the nearest cells of the same city group: itself, those with a common day, then the others.

    Parameters
    ----------
    most : neighbours of each cell; what is left of a row is the cell itself
    """

def best_route(
    km: Floats, pickups: Ints, dropoffs: Ints, max_pickup_km: float, max_dropoff_km: float
) -> tuple[Ints, Ints]:
    """Return pick-ups, then drop-offs, in the order with the least km that keeps both loop limits.

    Above eight stops of a kind the order is kept, and where no other one keeps the limits.
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
