"""The lower bound of a plan, each rider's part in it, and the certificate that somebody else can check."""

from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from returnplan.edits import with_bound
from returnplan.model.errors import UsageError
from returnplan.model.law import Law
from returnplan.model.plan import Plan
from returnplan.model.roster import Roster
from returnplan.model.rules import Rules
from returnplan.model.text_column import text_column
from returnplan.model.texts import Text
from returnplan.planning import PATIENT, Care, cell_bounds, duals
from returnplan.planning.rail import bounds_with_trains
from returnplan.problem import build_problem
from returnplan.problem.model import Bools, Ints, Problem, Travellers

NO_TRAINS = Text(
    "有铁路表时不出证书：证书只证明汽车方案的下界，请去掉 --certificate",
    "there is no certificate where trains may be ordered: it proves bounds of coaches; leave out --certificate",
)


class _Riding(NamedTuple):
    """Who rides: which sign-ups are on board, and (C,) how many whole groups of each cell."""

    problem: Problem
    travellers: Travellers
    on_board: Bools
    num_groups: Ints

    @property
    def cell_of_member(self) -> Ints:
        """Return the cell of each entry of ``member_row``."""
        return self.travellers.cell_of_group[self.travellers.group_of_member]


Built = tuple[Problem, Travellers]


def bounded(
    plan: Plan, roster: Roster, rules: Rules, law: Law, care: Care = PATIENT, built: Built | None = None
) -> Plan:
    """Return the plan with the lower bound on the cost of any plan for its riders, and each rider's part in it.

    It does not matter in which way the plan was made. A party of whom only some ride counts by heads: the bound holds
    for each rider alone. What a cell pays is split among its riders by the seats that they take.

    Parameters
    ----------
    roster : the people of the plan, those on kept batches, too
    care : with which the bound is sought
    built : the problem of this roster whenever people may leave, if it is known already
    """
    riding = _riding(plan, roster, rules, law, built)
    people, row, cell = roster.people, riding.travellers.member_row, riding.cell_of_member
    if riding.problem.rail is None:
        bounds = cell_bounds(riding.problem, riding.num_groups, care, plan.summary["cost"])
    else:
        bounds = bounds_with_trains(riding.problem, riding.num_groups, care)
    of_cell = np.stack(bounds)  # (bound and rent, cells)
    seats = np.where(riding.on_board, 1 + people["num_children"].to_numpy(), 0)[row]
    of_person = np.zeros((len(of_cell), len(riding.on_board)))
    of_person[:, row] = of_cell[:, cell] * (seats / np.maximum(1, np.bincount(cell, seats))[cell])
    line = text_column(plan.riders["signup"]).lines_in(text_column(people["signup"]))
    bound_yuan, rent_yuan = (part[line] for part in of_person)
    is_first = plan.riders["leg"].to_numpy() == 1  # who has several rides has one part
    riders = plan.riders.assign(bound_yuan=bound_yuan * is_first, rent_yuan=rent_yuan * is_first)
    return replace(plan, riders=riders, summary=with_bound(plan.summary, float(riders["bound_yuan"].sum())))


def _riding(plan: Plan, roster: Roster, rules: Rules, law: Law, built: Built | None = None) -> _Riding:
    problem, travellers = built or build_problem(replace(roster, not_before=None), rules, law)
    on_board = roster.people["signup"].isin(plan.riders["signup"]).to_numpy()
    share_of_group = np.bincount(
        travellers.group_of_member, weights=on_board[travellers.member_row]
    ) / np.diff(travellers.member_start)
    planned = np.bincount(
        travellers.cell_of_group, weights=share_of_group, minlength=len(travellers.group_start) - 1
    )
    return _Riding(problem, travellers, on_board, np.asarray(np.floor(planned + 1e-9), dtype=np.int64))


def certificate(plan: Plan, roster: Roster, rules: Rules, law: Law) -> dict[str, Any]:
    """Return what proves the plan's bound, as docs/certificate.md describes it.

    Raises
    ------
    UsageError : trains may be ordered, for which no certificate is made
    """
    riding = _riding(plan, roster, rules, law)
    problem, num_groups = riding.problem, riding.num_groups
    if problem.rail is not None:
        raise UsageError(NO_TRAINS)
    cells, pools, limits = problem.cells, problem.pools, problem.limits
    proof = duals(problem, num_groups)
    counted = np.flatnonzero(num_groups)
    place, number = _places(problem, counted)
    names = _market_names(riding, roster, proof.market)
    persons = _persons(plan, roster, riding)
    lines = [
        i for i, pool in enumerate(roster.pools) if pool.use != "transfer"
    ]  # the others run no direct coach
    return {
        "days": problem.num_days,
        "places": [roster.places[i].name for i in place],
        "km": problem.km.min(axis=0)[np.ix_(place, place)].tolist(),
        "max_pickups": limits.max_pickups, "max_dropoffs": limits.max_dropoffs,
        "max_pickup_km": limits.max_pickup_km, "max_dropoff_km": limits.max_dropoff_km,
        "stop_cost_yuan": limits.stop_cost_yuan, "mix_counties": limits.mix_counties,
        "pools": [
            {
                "vehicle": roster.pools[i].vehicle, "base": roster.pools[i].base,
                "carrier": roster.pools[i].carrier, "base_id": int(pools.base[i]),
                "goal_id": int(pools.goal[i]),
                "usable": int(pools.usable[i]), "fixed_yuan": float(pools.fixed_yuan[i]),
                "per_km_yuan": float(pools.per_km_yuan[i]), "available": pools.available[i].tolist(),
            }
            for i in lines
        ],
        "cells": [
            {
                "market": names[proof.market[i]],
                "pickup": number[int(cells.pickup[i])],
                "dropoff": number[int(cells.drop_place[cells.drop_start[i]])],
                "prefecture": int(cells.prefecture[i]), "county": int(cells.county[i]),
                "city": int(cells.city_group[i]), "goal": int(cells.goal[i]),
                "earliest": int(cells.earliest[i]), "latest": int(cells.latest[i]),
                "heads": int(cells.num_persons[i]), "seats": int(cells.num_seats[i]),
                "groups": int(num_groups[i]), "yuan": float(proof.group_yuan[i]), "persons": persons[i],
            }
            for i in counted.tolist()
        ],
        "uncounted": [person for i, some in persons.items() if num_groups[i] == 0 for person in some],
        "markets": list(names.values()),
        "rules": [
            {
                "market": names[rule.market], "first": rule.first, "last": rule.last,
                "fewest": rule.fewest, "yuan": rule.yuan, "counts": rule.counts[lines].tolist(),
                "need": rule.need[counted[proof.market[counted] == rule.market]].tolist(),
            }
            for rule in proof.rules
        ],
        "rents": [
            {"pool": int(i), "day": int(day), "yuan": float(proof.rent_yuan[lines[i], day])}
            for i, day in zip(*np.nonzero(proof.rent_yuan[lines]), strict=True)
        ],
    }  # fmt: skip


def _places(problem: Problem, counted: Ints) -> tuple[list[int], dict[int, int]]:
    """Return the places where somebody counted boards or alights, and their numbers among these."""
    cells = problem.cells
    is_counted = np.repeat(np.isin(np.arange(len(cells)), counted), np.diff(cells.drop_start))
    place = np.union1d(cells.pickup[counted], cells.drop_place[is_counted]).tolist()
    return place, {old: new for new, old in enumerate(place)}


def _persons(plan: Plan, roster: Roster, riding: _Riding) -> dict[int, list[str]]:
    """Return the person numbers of the riders of each cell."""
    number = pd.Series(plan.riders["person"].to_numpy(), plan.riders["signup"].to_numpy())
    row = riding.travellers.member_row
    rides = riding.on_board[row]
    of_row = number.reindex(roster.people["signup"].to_numpy()[row[rides]]).tolist()
    cells = pd.Series(of_row).groupby(riding.cell_of_member[rides]).agg(list)
    return {int(cell): some for cell, some in cells.items()}  # type: ignore[call-overload]


def _market_names(riding: _Riding, roster: Roster, market: Ints) -> dict[int, str]:
    """Return a name of each market that no other has: from where to where its first people travel."""
    first = {int(market[cell]): int(cell) for cell in np.flatnonzero(riding.num_groups)[::-1]}
    people, row = roster.people, riding.travellers.first_member
    return {
        key: f"{key + 1} {people['prefecture'].iat[row[cell]]}→{people['city'].iat[row[cell]]}"
        for key, cell in sorted(first.items())
    }
