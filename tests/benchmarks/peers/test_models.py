"""Each peer is told the problem so that its own plan keeps the rules; skipped where the peers are missing."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from benchmarks.peers.checking import broken_rules
from benchmarks.peers.corridors import KINDS, Kind, invent_corridor
from benchmarks.peers.fleet import day_by_day, lean_offers
from benchmarks.peers.orders import cut_into_orders
from benchmarks.peers.trips import Trip, num_people
from returnplan.problem.model import Problem

NUM_PEOPLE = 80
SMALL = {kind.name: replace(kind, num_people=NUM_PEOPLE) for kind in KINDS if kind.name != "parties"}
SMALL["stop limits"] = replace(SMALL["stop limits"], max_pickups=10, max_dropoffs=8)
CPU_SECONDS = 0.7


def plan_with(peer: str) -> Callable[[Problem], list[Trip] | None]:
    if peer == "pyvrp":
        pytest.importorskip("pyvrp")
        from benchmarks.peers.model_pyvrp import plan_with_pyvrp

        return lambda problem: plan_with_pyvrp(problem, CPU_SECONDS, seed=1)
    pytest.importorskip("ortools")
    from benchmarks.peers.model_ortools import plan_with_ortools

    return lambda problem: plan_with_ortools(problem, CPU_SECONDS)


@pytest.mark.parametrize("kind", SMALL.values(), ids=lambda kind: kind.name)
@pytest.mark.parametrize("peer", ["pyvrp", "ortools"])
def test_a_peer_carries_everybody_by_the_rules(peer: str, kind: Kind) -> None:
    problem = invent_corridor(kind, 1)
    trips = plan_with(peer)(problem)
    assert trips is not None
    assert broken_rules(problem, trips) == []
    assert num_people(problem, trips) == NUM_PEOPLE


def test_orders_are_even_parts_of_a_cell() -> None:
    problem = invent_corridor(SMALL["plain"], 1)
    orders = cut_into_orders(problem, 2)
    assert max(order.num_groups for order in orders) == 2
    carried = np.bincount([o.cell for o in orders], weights=[o.num_groups for o in orders])
    assert np.array_equal(carried, problem.cells.num_groups)


def test_the_lean_mix_seats_all_and_spares_are_dearer() -> None:
    problem = invent_corridor(SMALL["plain"], 1)
    offers = lean_offers(problem)
    needed = [offer for offer in offers if not offer.surcharge_yuan]
    assert sum(offer.num_vehicles * problem.pools.usable[offer.pool] for offer in needed) >= NUM_PEOPLE
    assert len(offers) > len(needed)


def test_day_by_day_everybody_leaves_once_within_the_window() -> None:
    problem = invent_corridor(SMALL["dates"], 1)
    days = day_by_day(problem)
    assert np.array_equal(sum(day.cells.num_groups for day in days), problem.cells.num_groups)
    for day in days:
        leaving = day.cells.num_groups > 0
        assert (problem.cells.earliest <= day.cells.earliest)[leaving].all()
        assert (day.cells.latest <= problem.cells.latest)[leaving].all()
