"""Applies what is said to people who wait, each change by itself, plans again, and looks whether it was true.

    python -m tests.reasons.true_answers [--campaigns 100]

The others who wait are left out of the second plan, so that it answers for one group. Its cost is compared with that of
a second plan without the change, which has as much time to become better. Where moving somebody costs little, the
change may bring more than was said, because a relaxed rule helps others, too; so moving is made dear, and cheap in a
second round.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from math import ceil
from random import Random
from typing import Any

from returnplan.assembly.assemble import assemble
from returnplan.carryover import previous_batches
from returnplan.model.plan import Plan
from returnplan.model.roster import Roster
from returnplan.model.rules import Rules
from returnplan.planning import Effort, solve
from returnplan.problem import build_problem
from returnplan.reasons.changes import Change, changes_for
from returnplan.reasons.left_over import LeftOver
from returnplan.reasons.standing import left_over_of
from returnplan.reasons.waiting import group_of_rows, waiting_groups
from tests.specimens.rosters import FIRST_DAY, place, pool, roster

EFFORT = Effort(base_work=20_000, work_per_group=400)
HELD_YUAN = 100_000.0
"""What moving a person costs where prices are compared; of a draft a tenth counts."""
MOST_GROUPS, MOST_CHANGES = 4, 3
"""Groups of a campaign, and changes of a group, that are tried."""


@dataclass(frozen=True)
class Trial:
    """A change that was said and then made: ``said_yuan`` more, and what it cost; how many of the group have a seat."""

    rules: tuple[str, ...]
    is_new_vehicle: bool
    said_yuan: float
    real_yuan: float
    num_waiting: int
    num_placed: int

    @property
    def is_placed(self) -> bool:
        return self.num_placed == self.num_waiting

    @property
    def is_price_true(self) -> bool:
        """Whether it costs what was said, within 5 % or the price of a stop."""
        return abs(self.real_yuan - self.said_yuan) <= max(0.05 * abs(self.said_yuan), 50.0)


def invented(seed: int) -> tuple[Roster, Rules]:
    """Invent a county or three that send few people to each of four cities."""
    random = Random(seed)
    villages = [
        place(f"第{nth + 1}村", "柳州市", f"{'甲乙丙'[nth % 3]}县") for nth in range(random.randint(2, 6))
    ]
    villages = [
        replace(spot, lat=25.0 + random.uniform(-0.5, 0.5), lon=109.4 + random.uniform(-0.5, 0.5))
        for spot in villages
    ]
    centres = {
        "深圳市": (22.6, 114.1),
        "东莞市": (23.0, 113.8),
        "惠州市": (23.1, 114.4),
        "广州市": (23.1, 113.3),
    }
    gates = [
        replace(
            place(f"{city}{nth + 1}门", city),
            lat=lat + random.uniform(-0.2, 0.2),
            lon=lon + random.uniform(-0.2, 0.2),
        )
        for city, (lat, lon) in centres.items()
        for nth in range(random.choice([0, 1, 1, 2]))
    ]
    gates = gates or [place("东莞门", "东莞市")]
    workers: list[dict[str, Any]] = []
    party = 0
    while len(workers) < 60 + 30 * (seed % 4):
        board, alight = random.randrange(len(villages)), random.randrange(len(gates))
        first = random.choice([0, 0, 0, 1, 2, 3])
        size = random.choice([1, 1, 1, 1, 1, 1, 2, 3])
        party += size > 1
        worker = {
            "pickup": board,
            "dropoff": len(villages) + alight,
            "city": gates[alight].city,
            "prefecture": "柳州市",
            "county": villages[board].county,
            "employer": gates[alight].name,
            "earliest": FIRST_DAY + timedelta(days=first),
            "latest": FIRST_DAY + timedelta(days=first + random.randint(0, 4)),
            "party": party if size > 1 else -1,
        }
        workers += [worker] * size
    rules = Rules(
        min_load=random.choice([8, 10, 15]),
        max_pickups=random.choice([2, 3, 4]),
        max_dropoffs=random.choice([1, 2, 3]),
        max_pickup_km=random.choice([40.0, 80.0, 150.0]),
        max_dropoff_km=random.choice([30.0, 60.0, 80.0]),
        mix_counties=random.random() < 0.8,
        combine_cities=random.choice([(), (), (("深圳市", "惠州市"),)]),
        max_cost_per_head=random.choice([None, None, None, 450.0]),
        max_departures_per_day=random.choice([None, None, None, 45]),
        budget=random.choice([None, None, None, 20_000.0]),
    )
    limited = random.choice([None, None, 1, 2])
    pools = [pool("37座", 37, fixed_yuan=2600.0, per_km_yuan=5.6, per_day=limited), pool(per_day=limited)]
    return roster(workers, places=[*villages, *gates], pools=pools), rules


def planned(people: Roster, rules: Rules, last: Plan | None = None) -> Plan:
    """Plan; people of the last plan should stay on its batches."""
    numbers = {id_number: line + 1 for line, id_number in enumerate(people.people["id_number"])}
    person = people.people["id_number"].map(numbers)
    previous = previous_batches(last, frozenset(), people, person, {}, rules.move_yuan) if last else None
    problem, travellers = build_problem(people, rules, previous=previous)
    return assemble(people, problem, travellers, solve(problem, EFFORT), numbers)


def settled(people: Roster, rules: Rules, plan: Plan) -> Plan:
    """Return the plan that planning again makes no cheaper: else that is taken for a false price."""
    again = planned(people, rules, plan)
    while len(again.riders) > len(plan.riders) or cost_yuan(again) < cost_yuan(plan):
        plan, again = again, planned(people, rules, again)
    return plan


def trials(seed: int, move_yuan: float = HELD_YUAN) -> Iterator[Trial]:
    """Yield what became of the changes that are said to the groups of an invented campaign."""
    people, rules = invented(seed)
    held = rules.model_copy(update={"move_yuan": move_yuan})
    plan = settled(people, held, planned(people, rules))
    problem, travellers = build_problem(people, rules)
    left_over = left_over_of(plan, people, problem, travellers)
    groups = waiting_groups(left_over)
    number = group_of_rows(groups, left_over, travellers)
    for nth, group in enumerate(groups[:MOST_GROUPS]):
        rows = [row for row, own in number.items() if own == nth]
        others = [row for row, own in number.items() if own != nth]
        alone = people.people["code"].mask(people.people.index.isin(others), "cancelled")
        apart = replace(people, people=people.people.assign(code=alone))
        signups = people.people["signup"].take(rows)
        before = planned(apart, held, plan)
        if before.riders["signup"].isin(signups).any():
            continue  # they wait no more: planning again has found them a seat
        for change in changes_for(left_over, group)[:MOST_CHANGES]:
            changed, relaxed = applied(change, apart, rules, rows, left_over)
            after = planned(changed, relaxed.model_copy(update={"move_yuan": move_yuan}), plan)
            yield Trial(
                change.rules,
                change.batch is None,
                change.more_yuan,
                cost_yuan(after) - cost_yuan(before),
                len(rows),
                int(after.riders["signup"].isin(signups).sum()),
            )


def cost_yuan(plan: Plan) -> float:
    return sum(batch.cost_yuan for batch in plan.batches)


def applied(
    change: Change, people: Roster, rules: Rules, rows: list[int], left_over: LeftOver
) -> tuple[Roster, Rules]:
    """Return roster and rules after the office has done what was said, and nothing else."""
    settings: dict[str, Any] = {}
    for breach in change.relaxed:
        name = breach.rule.name
        if name == "window":
            days = people.people.loc[rows, ["earliest", "latest"]]
            wider = timedelta(days=int(breach.figure))
            table = people.people.copy()
            table.loc[rows, "earliest"] = days["earliest"] - wider
            table.loc[rows, "latest"] = days["latest"] + wider
            people = replace(people, people=table)
        elif name == "fleet":
            leg = change.draft.leg
            more = people.pools[leg.pool]
            day = FIRST_DAY + timedelta(days=leg.day)
            people = replace(
                people, pools=(*people.pools, replace(more, per_day=1, first_date=day, last_date=day))
            )
        elif name == "mix_counties":
            settings[name] = True
        elif name == "combine_cities":
            cells = [cell for ride in change.rides for cell, _ in ride.draft.load]
            settings[name] = cells
        elif name == "min_load":
            settings[name] = breach.figure
        else:
            settings[name] = ceil(breach.figure - 1e-6)
    if "combine_cities" in settings:
        cities = set(left_over.cities[settings["combine_cities"]])
        for group in rules.combine_cities:
            cities |= set(group) if cities & set(group) else set()
        settings["combine_cities"] = (tuple(sorted(cities)),)
    return people, rules.model_copy(update=settings)


def main() -> None:
    """Print how many answers were true."""
    num = int(sys.argv[sys.argv.index("--campaigns") + 1]) if "--campaigns" in sys.argv else 100
    for move_yuan in (HELD_YUAN, 300.0):
        found = [trial for seed in range(num) for trial in trials(seed, move_yuan)]
        report(found, f"move_yuan {move_yuan:g}")


def report(found: list[Trial], name: str) -> None:
    kinds: dict[tuple[Any, ...], list[Trial]] = {("all",): found}
    for trial in found:
        kinds.setdefault((*trial.rules, "vehicle" if trial.is_new_vehicle else "batch"), []).append(trial)
    print(name)
    for kind, some in sorted(kinds.items(), key=lambda item: -len(item[1])):
        placed = [trial for trial in some if trial.is_placed]
        true = sum(trial.is_price_true for trial in placed) / max(1, len(placed))
        dearer = sum(trial.is_price_true or trial.real_yuan < trial.said_yuan for trial in placed)
        shares = f"placed {len(placed) / len(some):.1%}, price {true:.1%}, no dearer {dearer / max(1, len(placed)):.1%}"
        print(f"  {len(some):5} answers: {shares} {kind}")


if __name__ == "__main__":
    main()
