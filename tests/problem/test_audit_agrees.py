"""The audit, which shares no code with the rules, finds broken exactly what they find broken."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from returnplan.assembly.assemble import Vehicle, assemble, in_reading_order
from returnplan.audit import audit
from returnplan.model.roster import Roster
from returnplan.model.rules import Rules
from returnplan.problem.build import build_problem
from returnplan.problem.draft import Draft
from returnplan.problem.ledger import Ledger
from returnplan.problem.model import Floats, Problem
from returnplan.problem.rules import RULES, SCARCE, STOPS, breaches
from tests.assembly.campaigns import (
    CHANGAN,
    HUMEN,
    LAW,
    LIUCHENG,
    LONGHUA,
    PLACES,
    RONGAN,
    campaign,
)
from tests.specimens.rosters import FIRST_DAY, place, pool
from tests.sweeps import cases

RULE_OF_CODE = {
    "overloaded": "seats",
    "too_many_pickups": "max_pickups",
    "too_many_dropoffs": "max_dropoffs",
    "pickup_loop": "max_pickup_km",
    "dropoff_loop": "max_dropoff_km",
    "driving_hours": "driving_hours",
    "too_costly": "max_cost_per_head",
    "below_min_load": "min_load",
    "wrong_base": "base",
    "mixed_counties": "mix_counties",
    "cities_not_combined": "combine_cities",
    "outside_window": "window",
    "too_many_vehicles": "fleet",
    "departures_cap": "max_departures_per_day",
    "arrivals_cap": "max_arrivals_per_day",
    "over_budget": "budget",
}
"""The name of the rule that each code of the audit is about."""

YULIN = len(PLACES)
TWO_PREFECTURES = (*PLACES, place("玉州汽车站", "玉林市", "玉州区"))
PICKUPS, DROPOFFS = (RONGAN, LIUCHENG, YULIN), (CHANGAN, HUMEN, LONGHUA)
POOLS = (pool("9座", 9, per_day=1, turnaround_days=2), pool("15座", 15, base="柳州市", per_day=2))
LATER = FIRST_DAY + timedelta(days=1)
"""Batches leave on the first or on the second day."""


ALONGSIDE = {"seat_range", "seat_taken"}
"""Codes that come with too many riders."""

Broken = set[tuple[str, str]]
"""Batch and rule; no batch for what all batches use up together."""


@st.composite
def offices(draw: st.DrawFn) -> tuple[Roster, Rules]:
    """Return some sorts of workers, parties among them, and rules that are soon broken."""
    workers: list[dict[str, Any]] = []
    for serial in range(draw(st.integers(2, 8))):
        dropoff = draw(st.sampled_from(DROPOFFS))
        alike: dict[str, Any] = {
            "pickup": draw(st.sampled_from(PICKUPS)),
            "dropoff": dropoff,
            "city": PLACES[dropoff].city,
            "employer": PLACES[dropoff].name,
            "county": draw(st.sampled_from(["融安县", "柳城县"])),
            "earliest": draw(st.sampled_from([FIRST_DAY, FIRST_DAY, LATER])),
            "latest": LATER,
            "num_children": draw(st.sampled_from([0, 0, 0, 1])),
            "party": serial if draw(st.booleans()) else -1,
        }
        workers += [alike] * draw(st.integers(0, 5))
        workers.append(alike | {"county": "鹿寨县"} if draw(st.booleans()) else alike)
    km = 37.0 * abs(np.subtract.outer(np.arange(6), np.arange(6)))
    km[np.ix_(PICKUPS, DROPOFFS)] = draw(
        st.sampled_from([500.0, 1_100.0])
    )  # the longer road ends after midnight
    office = Rules(
        min_load=draw(st.sampled_from([1, 4, 0.5])),
        reserved_seats=draw(st.integers(0, 1)),
        max_pickups=draw(st.integers(1, 3)),
        max_dropoffs=draw(st.integers(1, 3)),
        max_pickup_km=draw(st.sampled_from([30.0, 37.0, 300.0])),
        max_dropoff_km=draw(st.sampled_from([30.0, 74.0, 300.0])),
        mix_counties=draw(st.booleans()),
        combine_cities=draw(st.sampled_from([(), (("东莞市", "深圳市"),)])),
        max_departures_per_day=draw(st.sampled_from([None, 6, {"柳州市": 4}])),
        max_arrivals_per_day=draw(st.sampled_from([None, 8, {"东莞市": 5}])),
        max_cost_per_head=draw(st.sampled_from([None, 900.0])),
        budget=draw(st.sampled_from([None, 15_000.0])),
    )
    roster = campaign(workers, places=TWO_PREFECTURES, km=km, pools=POOLS)
    return replace(roster, drive_minutes=draw(st.sampled_from([None, slow_to_longhua(roster.km)]))), office


def slow_to_longhua(km: Floats) -> Floats:
    """Return minutes that are known, and long, of the ways to one place alone."""
    minutes = np.full_like(km, np.nan)
    minutes[:, :, DROPOFFS[-1]] = 1.1 * km[:, :, DROPOFFS[-1]]
    return minutes


@st.composite
def drafts_for(draw: st.DrawFn, problem: Problem) -> list[Draft]:
    """Return one to three drafts of any people in any vehicle on any day; they call where their people want."""
    cells = problem.cells
    left = cells.num_groups.tolist()
    drafts = []
    for _ in range(draw(st.integers(1, 3))):
        free = [cell for cell, num in enumerate(left) if num and cells.pickup[cell] >= 0]
        on_board = draw(st.lists(st.sampled_from(free), min_size=1, max_size=4, unique=True)) if free else []
        load = {cell: draw(st.integers(1, left[cell])) for cell in sorted(on_board)}
        for cell, num in load.items():
            left[cell] -= num
        drops = {
            int(place)
            for cell in load
            for place in cells.drop_place[cells.drop_start[cell] : cells.drop_start[cell + 1]]
        }
        if load:
            drafts.append(
                Draft.direct(
                    draw(st.integers(0, problem.num_days - 1)),
                    draw(st.integers(0, len(POOLS) - 1)),
                    tuple(draw(st.permutations(sorted({int(cells.pickup[cell]) for cell in load})))),
                    tuple(draw(st.permutations(sorted(drops)))),
                    tuple(load.items()),
                )
            )
    return drafts


def broken_by_rules(problem: Problem, batches: Sequence[str], drafts: Sequence[Draft]) -> Broken:
    """Return what the rules and the ledger find."""
    found = {
        (batch, breach.rule.name)
        for batch, draft in zip(batches, drafts, strict=True)
        for breach in breaches(problem, draft)
    }
    ledger = Ledger(problem, drafts)
    names = {
        "pool": "fleet",
        "max_departures": "max_departures_per_day",
        "max_arrivals": "max_arrivals_per_day",
    }
    found |= {("", names[kind]) for kind, _ in ledger.overdrawn()}
    return found | ({("", "budget")} if ledger.yuan > problem.limits.budget_yuan else set())


@settings(max_examples=cases(15, of=40), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(offices(), st.data())
def test_the_audit_finds_broken_exactly_what_the_rules_find(
    office: tuple[Roster, Rules], data: st.DataObject
) -> None:
    roster, rules = office
    problem, travellers = build_problem(roster, rules, LAW)
    drawn = [Vehicle(draft.leg, problem, travellers) for draft in data.draw(drafts_for(problem))]
    drafts = [Draft(vehicle.leg) for vehicle in in_reading_order(drawn, roster)]
    numbers = {id_number: line + 1 for line, id_number in enumerate(roster.people["id_number"])}
    plan = assemble(roster, problem, travellers, drafts, numbers)
    scarce = {rule.name for rule in SCARCE}
    found = [violation for violation in audit(plan, roster, rules, LAW) if violation.code not in ALONGSIDE]
    broken = {(violation.batch, RULE_OF_CODE[violation.code]) for violation in found}
    broken = {("" if rule in scarce else batch, rule) for batch, rule in broken}
    assert broken == broken_by_rules(problem, [batch.id for batch in plan.batches], drafts)


def test_the_audit_has_a_code_for_every_rule() -> None:
    """A stop that is missed cannot be written down: a rider's stop is one of the batch."""
    assert set(RULE_OF_CODE.values()) == {rule.name for rule in (*RULES, *SCARCE) if rule is not STOPS}
