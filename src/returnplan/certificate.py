"""Check the lower bound that a plan prints: ``python -m returnplan.certificate plan.json``.

The file is the output of ``returnplan plan … --json --certificate``. Nothing of the planner is used here.

Whoever rides pays a price. If no batch that the rules allow earns more than it costs, then all riders of any plan
pay no more than that plan costs: what they pay together is a lower bound. So that is all there is to check: every
day, every set of pick-ups and of drop-offs, every vehicle, each filled with those who pay most for the seats
there are. Two things are added. A vehicle of which too many are wanted may cost a rent besides; the rents of all
vehicles there are come off the bound. And where some people cannot do with less than a number of vehicles, each
batch of these days earns a price besides, a small vehicle perhaps a part of it; that they cannot is checked in the
same way, with parts of a vehicle for prices, or by the seats of whole vehicles, or by their calls. Caps, least loads
and turnarounds only make plans dearer, and are left out.
"""

import json
import math
import sys
from collections import Counter
from io import TextIOWrapper
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

EXACT = 1e-7
"""By which share prices may be above what batches cost: rounding, and taken off the bound again."""
CENT, SLACK_KM, LOOP_KM = 0.02, 0.02, 1e-5
"""For figures rounded to two places, and for a loop that is as long as it may be."""
MOST_STOPS, MOST_SETS, MOST_BATCHES, CHUNK = 62, 200_000, 4_000_000, 400
"""A market with more of them is not vouched for; and how many batches are filled at once."""


class ForgedError(Exception):
    """Something in the file contradicts something else."""


class Sets(NamedTuple):
    """Sets of stops as bits (S,), and (S, n) the shortest way through each that ends at a stop."""

    bits: Ints
    km: Floats

    @property
    def has(self) -> Floats:
        """Return (S, n) 1.0 where the stop is in the set."""
        return (self.bits[:, None] >> np.arange(self.km.shape[1]) & 1).astype(np.float64)


class Market(NamedTuple):
    """People who share no vehicle with others: their cells, and the sets of stops of a batch."""

    cells: list[dict[str, Any]]
    picks: Sets
    drops: Sets
    link_km: Floats


def check(plan: dict[str, Any]) -> list[str]:
    """Return what is vouched for, line by line.

    Raises
    ------
    ForgedError : with what does not agree
    """
    proof = plan["certificate"]
    _check_figures(plan)
    km = _closed(np.array(proof["km"]))
    _check_people(plan, proof)
    _check_costs(plan, proof, km)
    _check_apart(proof)
    rent = np.zeros((len(proof["pools"]), proof["days"]))
    for line in proof["rents"]:
        if line["yuan"] < 0:
            raise ForgedError("a rent is below zero")
        rent[line["pool"], line["day"]] = line["yuan"]
    available = np.array([pool["available"] for pool in proof["pools"]]).reshape(rent.shape)
    rents = float((rent * available).sum())
    total, vouched, lines = 0.0 - rents, 0.0, []
    for name in proof["markets"]:
        cells = [cell for cell in proof["cells"] if cell["market"] == name]
        rules = [rule for rule in proof["rules"] if rule["market"] == name]
        paid = sum(cell["yuan"] * cell["groups"] for cell in cells)
        paid += sum(rule["yuan"] * rule["fewest"] for rule in rules)
        dearest = _dearest(proof, km, cells, rules, rent)
        if dearest is not None:
            paid /= max(1.0, dearest)
            vouched += paid
        total += paid
        words = "no batch earns more than it costs" if dearest is not None else "too large: NOT checked"
        lines.append(f"{name}: {sum(map(_num_people, cells))} people pay {paid:,.2f} yuan; {words}")
    bound = plan["summary"]["lower_bound"]
    if bound > total + CENT:
        raise ForgedError(f"the plan claims a bound of {bound:,.2f} yuan, its prices prove {total:,.2f}")
    return [*lines, f"rents of scarce vehicles take off {rents:,.2f} yuan",
            f"bound {bound:,.2f} yuan: vouched for {max(0.0, vouched - rents):,.2f} of {total:,.2f}"]  # fmt: skip


def _num_people(cell: dict[str, Any]) -> int:
    return len(cell["persons"])


def _check_figures(plan: dict[str, Any]) -> None:
    """All figures are numbers, each market is named once, and days and vehicles are those that there are."""
    proof = plan["certificate"]
    if not _is_finite(plan):
        raise ForgedError("a figure is no number")
    if len(set(proof["markets"])) < len(proof["markets"]):
        raise ForgedError("a market is named twice")
    if {line["market"] for line in (*proof["cells"], *proof["rules"])} - set(proof["markets"]):
        raise ForgedError("people or vehicles of a market that is not named")
    if any(
        len(pool["available"]) != proof["days"] or min(pool["available"], default=0) < 0
        for pool in proof["pools"]
    ):
        raise ForgedError("a vehicle is not there for each day, or fewer than none are")
    if any(not 0 <= line[0] <= line[1] < proof["days"] for line in _days_of(proof)):
        raise ForgedError("people or vehicles leave on a day that there is not")


def _is_finite(value: Any) -> bool:
    """Return whether a value of the file holds no figure that is none (NaN) or endless."""
    if isinstance(value, dict):
        return all(map(_is_finite, value.values()))
    if isinstance(value, list):
        return all(map(_is_finite, value))
    return not isinstance(value, float) or math.isfinite(value)


def _days_of(proof: dict[str, Any]) -> list[tuple[int, int]]:
    cells = [(cell["earliest"], cell["latest"]) for cell in proof["cells"]]
    return cells + [(rule["first"], rule["last"]) for rule in proof["rules"]]


def _check_people(plan: dict[str, Any], proof: dict[str, Any]) -> None:
    """The cells hold the riders of the plan, each once, and at their pick-up."""
    riders = {r["person"]: r["pickup"] for batch in plan["batches"] for r in batch["riders"]}
    held = Counter(person for cell in proof["cells"] for person in cell["persons"])
    held.update(proof["uncounted"])
    if missing := sorted(set(riders) - set(held)):
        raise ForgedError(f"rider {missing[0]} is in no cell")
    if twice := [person for person, num in held.items() if num > 1 or person not in riders]:
        raise ForgedError(f"person {twice[0]} is in two cells, or rides on no batch")
    for i, cell in enumerate(proof["cells"]):
        if cell["groups"] * cell["heads"] > len(cell["persons"]) or cell["yuan"] < 0 or cell["seats"] < 1:
            raise ForgedError(
                f"cell {i} counts more groups than it has people, or its price or seats are wrong"
            )
        place = proof["places"][cell["pickup"]]
        if wrong := [person for person in cell["persons"] if riders[person] != place]:
            raise ForgedError(f"rider {wrong[0]} does not board at {place}")


def _check_costs(plan: dict[str, Any], proof: dict[str, Any], km: Floats) -> None:
    """The prices of vehicles and roads are those that the batches of the plan pay.

    Where a vehicle stands twice, as with prices by date, a batch pays one of its prices.
    """
    pools: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for pool in proof["pools"]:
        pools.setdefault((pool["vehicle"], pool["base"], pool["carrier"]), []).append(pool)
    known = Counter(proof["places"])
    index = {name: i for i, name in enumerate(proof["places"]) if known[name] == 1}
    for batch in plan["batches"]:
        alike = pools.get((batch["vehicle"], batch["base"], batch["carrier"]), [])
        if batch["state"] != "draft" or not alike:
            continue  # it may have been agreed on under other prices
        stops_yuan = proof["stop_cost_yuan"] * (len(batch["stops"]) - 2)
        costs = [pool["fixed_yuan"] + pool["per_km_yuan"] * batch["km"] + stops_yuan for pool in alike]
        off, cost, slack = min(
            (abs(cost - batch["cost"]), cost, CENT * (1 + pool["per_km_yuan"]))
            for cost, pool in zip(costs, alike, strict=True)
        )
        if off > slack:
            raise ForgedError(f"batch {batch['id']} costs {batch['cost']}, by the certificate {cost:.2f}")
        way = [index.get(stop["place"], -1) for stop in batch["stops"]]
        if -1 not in way and km[way[:-1], way[1:]].sum() > batch["km"] + SLACK_KM:
            raise ForgedError(f"batch {batch['id']} drives less than the shortest way of the certificate")
    summary, total = plan["summary"], sum(batch["cost"] for batch in plan["batches"])
    if abs(total - summary["cost"]) > CENT * (1 + len(plan["batches"])):
        raise ForgedError(f"the batches cost {total:.2f}, the summary says {summary['cost']}")
    if (
        summary["lower_bound"] > 0
        and abs(summary["cost"] / summary["lower_bound"] - 1 - summary["gap"]) > 1e-4
    ):
        raise ForgedError("gap is not cost / lower_bound - 1")


def _check_apart(proof: dict[str, Any]) -> None:
    """No two markets may share a vehicle: another city, another prefecture or county, or too far for a loop."""
    km, cells = np.array(proof["km"]), proof["cells"]
    based = all(pool["base_id"] >= 0 for pool in proof["pools"])
    keys = ["city", *(["prefecture"] if based else []), *([] if proof["mix_counties"] else ["county"])]
    corners = sorted({(*(c[key] for key in keys), c["pickup"], c["market"]) for c in cells})
    for i, (*key, place, market) in enumerate(corners):
        for *other_key, other, other_market in corners[i + 1 :]:
            if key != other_key:
                break
            near = min(km[place, other], km[other, place]) <= proof["max_pickup_km"]
            if near and market != other_market:
                raise ForgedError(f"markets {market} and {other_market} may share a vehicle")


def _closed(km: Floats) -> Floats:
    """Return the shortest ways (Floyd and Warshall)."""
    km = km.copy()
    for via in range(len(km)):
        km = np.minimum(km, km[:, via, None] + km[None, via])
    return km


def _dearest(
    proof: dict[str, Any], km: Floats, cells: list[dict[str, Any]], rules: list[dict[str, Any]], rent: Floats
) -> float | None:
    """Return the most that a batch earns for a yuan that it costs; None where there are too many batches."""
    market = _market(proof, km, cells)
    if market is None:
        return None
    yuan = np.array([cell["yuan"] for cell in cells])
    worst, budget = 1.0, MOST_BATCHES
    for day in range(proof["days"]):
        counted = [rule for rule in rules if rule["first"] <= day <= rule["last"]]
        of_day = [
            pool | {"yuan": pool["fixed_yuan"] + rent[i, day],
                    "leaving": sum(rule["yuan"] * rule["counts"][i] for rule in counted)}
            for i, pool in enumerate(proof["pools"]) if pool["available"][day] > 0
        ]  # fmt: skip
        for way in sorted(
            {(pool["base_id"], pool["goal_id"]) for pool in of_day}
        ):  # it serves its own way alone
            riders = [i for i in _leaving(market, day) if _serves(*way, cells[i])]
            own = [pool for pool in of_day if (pool["base_id"], pool["goal_id"]) == way]
            ratio, budget = _worst(market, yuan, riders, own, proof["stop_cost_yuan"], budget)
            if budget < 0:
                return None
            worst = max(worst, ratio)
    if worst > 1 + EXACT:
        raise ForgedError(
            f"{cells[0]['market']}: a batch earns {worst:.6f} times what it costs; a price is too high"
        )
    for rule in rules:
        if not _is_needed(proof, market, rule):
            raise ForgedError(f"{rule['market']}: fewer than {rule['fewest']} vehicles would do on some days")
    return worst


def _serves(base: int, goal: int, cell: dict[str, Any]) -> bool:
    """Return whether vehicles from a base to a goal (−1: any) may carry the people of a cell."""
    return base in (-1, cell["prefecture"]) and goal in (-1, cell["goal"])


def _is_needed(proof: dict[str, Any], market: Market, rule: dict[str, Any]) -> bool:
    """Return whether the people of a rule need its vehicles: by calls, or as no batch carries more than 1 of a need.

    Where a vehicle counts as a part of one, whole vehicles that have seats for all of them count as so many or more.
    """
    need, cells = np.array(rule["need"]), market.cells
    inside = [rule["first"] <= cell["earliest"] and cell["latest"] <= rule["last"] for cell in cells]
    groups = np.array([cell["groups"] for cell in cells])
    if rule["yuan"] < 0 or (need < 0).any() or need[~np.array(inside)].any():
        return False
    counted = [cell for cell, part in zip(cells, need, strict=True) if part > 0]
    if _fewest(counted, proof["pools"], rule) > rule["fewest"] * (1 - EXACT):
        return True
    if min(rule["counts"]) < 1.0:
        return False
    most_seats = max(pool["usable"] for pool in proof["pools"])
    own = [cell for cell, is_inside in zip(cells, inside, strict=True) if is_inside]
    if rule["fewest"] <= max(_calling(market, own, most_seats)):
        return True
    largest = {"yuan": 1.0, "leaving": 0.0, "per_km_yuan": 0.0, "usable": most_seats}
    most = max(
        _worst(market, need, _leaving(market, day), [largest], 0.0, 10 * MOST_BATCHES)[0]
        for day in range(rule["first"], rule["last"] + 1)
    )
    return bool(need @ groups / max(1.0, most) > rule["fewest"] - 1 + EXACT)


def _calling(market: Market, cells: list[dict[str, Any]], most_seats: int) -> tuple[int, int]:
    """Return how many vehicles call at all pick-ups, and at all drop-offs, of some cells as often as they must.

    At a stop as many must as have seats for its people, and as call at all the other stops of these.
    """
    most_picks, most_drops = (round(sets.has.sum(axis=1).max()) for sets in (market.picks, market.drops))
    fewest = []
    for stop, other, most, most_others in (
        ("pick", "drop", most_picks, most_drops), ("drop", "pick", most_drops, most_picks)
    ):  # fmt: skip
        calls = 0
        for place in {cell[stop] for cell in cells}:
            here = [cell for cell in cells if cell[stop] == place]
            seats = sum(cell["seats"] * cell["groups"] for cell in here)
            calls += max(-(-len({cell[other] for cell in here}) // most_others), -(-seats // most_seats))
        fewest.append(-(-calls // most))
    return fewest[0], fewest[1]


def _fewest(cells: list[dict[str, Any]], pools: list[dict[str, Any]], rule: dict[str, Any]) -> float:
    """Return as how many whole vehicles of the rule's days count at least that have seats for some cells.

    Each pool comes one vehicle, two, four, … at a time, as many as there are (a knapsack with bounds).
    """
    num_seats = sum(cell["seats"] * cell["groups"] for cell in cells)
    seats, fewest = np.arange(num_seats + 1), np.full(num_seats + 1, np.inf)
    fewest[0] = 0.0
    for pool, count in zip(pools, rule["counts"], strict=True):
        usable = pool["usable"]
        if usable <= 0 or not any(_serves(pool["base_id"], pool["goal_id"], cell) for cell in cells):
            continue
        available = sum(pool["available"][rule["first"] : rule["last"] + 1])
        left, at_once = min(available, -(-num_seats // usable)), 1
        while left > 0:
            num = min(left, at_once)
            fewest = np.minimum(fewest, fewest[np.maximum(0, seats - num * usable)] + num * count)
            left, at_once = left - num, 2 * at_once
    return float(fewest[num_seats])


def _market(proof: dict[str, Any], km: Floats, cells: list[dict[str, Any]]) -> Market | None:
    """Return a market with its own numbers of stops; None where it has too many sets of them."""
    picks, pick = np.unique([cell["pickup"] for cell in cells], return_inverse=True)
    drops, drop = np.unique([cell["dropoff"] for cell in cells], return_inverse=True)
    boarding = _sets(km[np.ix_(picks, picks)], proof["max_pickups"], proof["max_pickup_km"])
    alighting = _sets(km[np.ix_(drops, drops)].T, proof["max_dropoffs"], proof["max_dropoff_km"])
    if boarding is None or alighting is None:
        return None
    own = [cell | {"pick": int(p), "drop": int(d)} for cell, p, d in zip(cells, pick, drop, strict=True)]
    return Market(own, boarding, alighting, km[np.ix_(picks, drops)])


def _sets(km: Floats, most_stops: int, most_km: float) -> Sets | None:
    """Return all sets of stops on a loop short enough, with the shortest ways through them (Held and Karp)."""
    num = len(km)
    if num > MOST_STOPS:
        return None
    bits, ways = np.int64(1) << np.arange(num), np.where(np.eye(num) > 0, 0.0, np.inf)
    all_bits, all_ways = [bits], [ways]
    for _ in range(min(most_stops, num) - 1):
        longer = np.stack([(ways + km[:, stop]).min(axis=1) for stop in range(num)], axis=1)
        old, stop = np.nonzero((longer <= most_km + LOOP_KM) & (bits[:, None] >> np.arange(num) & 1 == 0))
        bits, which = np.unique(bits[old] | np.int64(1) << stop, return_inverse=True)
        ways = np.full((len(bits), num), np.inf)
        ways[which, stop] = longer[old, stop]
        all_bits.append(bits)
        all_ways.append(ways)
        if sum(map(len, all_bits)) > MOST_SETS:
            return None
    return Sets(np.concatenate(all_bits), np.concatenate(all_ways))


def _leaving(market: Market, day: int) -> list[int]:
    """Return the cells that may leave on a day."""
    return [i for i, cell in enumerate(market.cells) if cell["earliest"] <= day <= cell["latest"]]


def _worst(
    market: Market, fares: Floats, riders: list[int], pools: list[dict[str, Any]], stop_cost: float, budget: int
) -> tuple[float, int]:  # fmt: skip
    """Return the most that a batch of some riders earns for a yuan, and how many more batches may be looked at."""
    if not riders or not pools:
        return 0.0, budget
    between, rides = np.zeros(market.link_km.shape), np.zeros(market.link_km.shape)
    for i in riders:
        rides[market.cells[i]["pick"], market.cells[i]["drop"]] = 1.0
        between[market.cells[i]["pick"], market.cells[i]["drop"]] += fares[i] * market.cells[i]["groups"]
    picks, drops = _within(market.picks, rides.sum(axis=1)), _within(market.drops, rides.sum(axis=0))
    has_pick, has_drop = picks.has, drops.has
    to_drop = np.stack([(picks.km + link).min(axis=1) for link in market.link_km.T], axis=1)
    stops = has_drop.sum(axis=1)
    worst = 0.0
    for first in range(0, len(picks.bits), CHUNK):
        part = slice(first, first + CHUNK)
        earns = has_pick[part] @ between @ has_drop.T
        most_stops = has_pick[part].sum(axis=1)[:, None] + stops - 2
        least = min(pool["yuan"] - pool["leaving"] for pool in pools) + stop_cost * most_stops
        rough = least + min(pool["per_km_yuan"] for pool in pools) * to_drop[part].min(axis=1)[:, None]
        a, b = np.nonzero(earns > rough)
        budget -= len(a)
        if budget < 0:
            break
        road = (to_drop[part][a] + drops.km[b]).min(axis=1)
        costs = [pool["yuan"] + pool["per_km_yuan"] * road + stop_cost * most_stops[a, b] for pool in pools]
        by_riders = [cost - pool["leaving"] for pool, cost in zip(pools, costs, strict=True)]
        keep = np.flatnonzero(earns[a, b] > np.min(by_riders, axis=0))
        for some in np.array_split(keep, len(keep) // CHUNK + 1):
            full = _filled(market, fares, riders, has_pick[part][a[some]], has_drop[b[some]],
                           max(pool["usable"] for pool in pools))  # fmt: skip
            for pool, cost in zip(pools, costs, strict=True):
                ratios = (full[:, pool["usable"]] + pool["leaving"]) / np.maximum(cost[some], 1e-12)
                worst = max(worst, float(ratios.max(initial=0.0)))
    return worst, budget


def _within(sets: Sets, rides: Floats) -> Sets:
    """Leave out sets with a stop where nobody is: without it a batch costs no more."""
    closed = int(sum(1 << int(stop) for stop in np.flatnonzero(rides == 0)))
    stay = (sets.bits & closed) == 0
    return Sets(sets.bits[stay], sets.km[stay])


def _filled(
    market: Market, fares: Floats, riders: list[int], has_pick: Floats, has_drop: Floats, seats: int
) -> Floats:
    """Return (B, seats + 1) the most that each batch earns with so many seats (a knapsack, filled seat by seat)."""
    worth = np.zeros((len(has_pick), seats + 1))
    for i in riders:
        cell = market.cells[i]
        boards = np.flatnonzero(has_pick[:, cell["pick"]] * has_drop[:, cell["drop"]])
        left, at_once = min(cell["groups"], seats // cell["seats"]), 1
        while left > 0 and len(boards):
            num = min(left, at_once)
            size, mine = num * cell["seats"], worth[boards]
            with_them = mine[:, : seats + 1 - size] + num * fares[i]
            worth[boards, size:] = np.maximum(mine[:, size:], with_them)
            left, at_once = left - num, 2 * at_once
    return worth


def main(arguments: list[str]) -> int:
    """Check the plan in a file; return 0 if it is true, 1 if something in it is not, 2 if there is nothing to check."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a console may lack letters
    if len(arguments) != 1:
        print("python -m returnplan.certificate plan.json", file=sys.stderr)
        return 2
    try:
        plan = json.loads(Path(arguments[0]).read_bytes())  # UTF-16, too, as PowerShell writes it
        lines = check(plan)
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        print(f"no plan with a certificate (plan --json --certificate): {error!r}", file=sys.stderr)
        return 2 if isinstance(error, OSError) else 1
    except ForgedError as error:
        print(f"REFUSED: {error}")
        return 1
    print("\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
