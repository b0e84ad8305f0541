"""A lower bound for people who may take trains: what coaches cost at least for whom no train saves more.

Let every group pay p towards direct coaches, so that no coach costs less than its riders pay and the scarce vehicles'
rent. Whoever goes by train does not pay that, and the train costs its seats, and feeders and shuttles no less than full
vehicles that drive straight. So any plan costs at least what all pay, less the most that each train can gain by
taking people away. Lower prices are valid, too. Where more people gain by a train than it has seats, prices that are
cut to its own plus some yuan a seat lose less than they save: the best of some cuts is taken.
"""

from collections import defaultdict

import numpy as np

from returnplan.planning.bounding import Care, cell_bounds
from returnplan.planning.bounding.parts import SAFE, Parts
from returnplan.planning.rail.ways import find_ways, rail_of
from returnplan.problem.model import Floats, Ints, Problem

MOST_CUTS = 64


def bounds_with_trains(problem: Problem, num_planned: Ints, care: Care) -> Parts:
    """Return the parts of each cell in a bound on the cost of any plan for the planned groups, with trains or without.

    Vehicles are not rounded up: that counts on everybody who is planned going by coach.
    """
    if not (problem.pools.available > 0).any():
        return Parts(np.zeros(len(problem.cells)), np.zeros(len(problem.cells)))
    parts = cell_bounds(problem, num_planned, care._replace(num_roundings=0))
    paid = parts.yuan + parts.rent_yuan
    price = paid / np.maximum(1, num_planned)
    own_yuan = _yuan_by_train(problem)
    cut = price
    for yuan in own_yuan:
        cut = _cut(problem, cut, yuan, num_planned, own_yuan)
    lost = float(((price - cut) * num_planned).sum()) + _most_gain(problem, cut, num_planned, own_yuan)
    whole = float(parts.yuan.sum())
    share = max(0.0, SAFE * (whole - lost) / whole) if whole > 0 else 0.0
    return Parts(share * parts.yuan, parts.rent_yuan + (1 - share) * parts.yuan)


def _yuan_by_train(problem: Problem) -> list[Floats]:
    """Return for each service (C,) what a group costs at least, but for train and carriages; inf: it cannot go."""
    ways = find_ways(problem, by_the_clock=False)
    found = []
    for service in range(len(rail_of(problem).services)):
        own = ways.take(ways.service == service)
        yuan = np.full(len(problem.cells), np.inf)
        np.minimum.at(yuan, own.cell, own.transfer_yuan())
        found.append(yuan + problem.cells.num_seats * rail_of(problem).services[service].seat_yuan)
    return found


def _cut(problem: Problem, price: Floats, own: Floats, num: Ints, own_yuan: list[Floats]) -> Floats:
    """Return the prices, cut to those of one train and as many yuan a seat as leaves the highest bound."""
    seats = problem.cells.num_seats
    gain = np.where(num > 0, (price - own) / seats, -np.inf)
    levels = np.unique(np.append(0.0, gain[gain > 0]))
    if len(levels) > MOST_CUTS:
        levels = np.quantile(levels, np.linspace(0.0, 1.0, MOST_CUTS), method="nearest")
    best, least = price, np.inf
    for level in levels.tolist():
        cut = np.minimum(price, np.maximum(own + level * seats, 0.0))
        lost = float(((price - cut) * num).sum()) + _most_gain(problem, cut, num, own_yuan)
        if lost < least:
            best, least = cut, lost
    return best


def _most_gain(problem: Problem, price: Floats, num: Ints, own_yuan: list[Floats]) -> float:
    """Return the most that all trains together can gain; of the products of one train the best."""
    services, seats = rail_of(problem).services, problem.cells.num_seats
    best: defaultdict[object, float] = defaultdict(float)
    for service, own in zip(services, own_yuan, strict=True):
        a_seat = np.where(num > 0, (price - own) / seats, -np.inf)
        order = np.argsort(-a_seat, kind="stable")
        order = order[a_seat[order] > 0]
        filled = np.append(0, np.cumsum((seats * num)[order]))
        gained = np.append(0.0, np.cumsum(a_seat[order] * (seats * num)[order]))
        num_carriages = np.arange(1, -(-service.capacity // service.carriage_seats) + 1)
        bought = np.minimum(service.capacity, num_carriages * service.carriage_seats)
        gain = np.interp(bought, filled, gained) - num_carriages * service.carriage_yuan - service.fixed_yuan
        train = service.name, service.day
        best[train] = max(best[train], float(gain.max()))
    return sum(best.values())
