"""Turn a plan of returnplan into a solution of PTP-LIB: python from_plan.py INSTANCE PLAN > SOLUTION

PLAN is what ``returnplan plan --json`` prints of the instance's workbooks (README.md). There the sign-ups stand in the
order of the groups, so a rider's row says which group it is. Needs Python 3.11 and nothing else.
"""

import json
import sys
from collections import Counter, defaultdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

from check import read

Json = dict[str, Any]
FIRST_ROW = 2
"""Of a sheet with one row of headers."""


def solution_of(instance: Json, plan: Json) -> Json:
    """Return the plan as a solution that claims no cost: a plan's own is a sum of rounded ones."""
    first = date.fromisoformat(instance["first_date"])
    place = {told["name"]: i for i, told in enumerate(instance["places"])}
    vehicle = {told["name"]: i for i, told in enumerate(instance["vehicles"])}
    train = {(told["name"], told["product"], told["day"]): i for i, told in enumerate(instance["trains"])}
    batches = []
    for told in plan["batches"]:
        day = (date.fromisoformat(told["date"]) - first).days
        batch: Json = {"id": told["id"], "kind": told["kind"]}
        if told["kind"] == "train":
            batches.append({**batch, "train": train[told["service"], told["product"], day]})
            continue
        stops = {
            kind: [place[s["place"]] for s in told["stops"] if s["kind"] == kind]
            for kind in ("pickup", "dropoff")
        }
        batch |= {
            "vehicle": vehicle[told["vehicle"]],
            "day": day,
            "pickups": stops["pickup"],
            "dropoffs": stops["dropoff"],
        }
        if told["kind"] != "direct":
            departs = datetime.fromisoformat(told["depart"])
            batch |= {"departs": departs.hour * 60 + departs.minute}
            if told["block"]:
                batch["run_of"] = told["block"]
        batches.append(batch)
    return {
        "instance": instance["name"],
        "method": f"returnplan {plan['run']['version']}",
        "batches": batches,
        "journeys": _journeys(instance, plan, place),
    }


def _journeys(instance: Json, plan: Json, place: dict[str, int]) -> list[Json]:
    row_group = [
        (group, nth)
        for group, told in enumerate(instance["groups"])
        for nth in range(told["count"])
        for _ in range(sum(told["people"]))
    ]
    rides: defaultdict[tuple[int, int], dict[int, tuple[str, str, Json]]] = defaultdict(dict)
    for batch in plan["batches"]:
        for rider in batch["riders"]:
            row = int(rider["signup"].rpartition("!")[2]) - FIRST_ROW
            rides[row_group[row]][rider["leg"]] = (batch["id"], batch["kind"], rider)
    journeys: Counter[tuple[int, tuple[str, ...], int | None, int | None]] = Counter()
    for (group, _), legs in rides.items():
        ways = [legs[leg] for leg in sorted(legs)]
        ends = [
            (place[rider["pickup"]], place[rider["dropoff"]]) for _, kind, rider in ways if kind == "train"
        ]
        board, alight = ends[0] if ends else (None, None)
        journeys[group, tuple(name for name, _, _ in ways), board, alight] += 1
    return [
        {
            "group": group,
            "count": count,
            "batches": list(names),
            **({"board": board, "alight": alight} if board is not None else {}),
        }
        for (group, names, board, alight), count in journeys.items()
    ]


def main(words: list[str]) -> None:
    """Print the solution."""
    instance, plan = read(Path(words[0])), json.loads(Path(words[1]).read_bytes())
    print(json.dumps(solution_of(instance, plan), ensure_ascii=False, separators=(",", ":"), default=float))


if __name__ == "__main__":
    main(sys.argv[1:])
