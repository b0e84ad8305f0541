"""Instances are made again from their seeds, told to the planner and to the program, and their plans are solutions."""

import json
from functools import partial
from pathlib import Path

import pytest

from benchmarks.planted.make import Sizes
from benchmarks.ptp.exact import exact_plan
from benchmarks.ptp.families import INSTANCES, Small, night, planted, small
from benchmarks.ptp.instances import Json, instance_of, problem_of
from benchmarks.ptp.sheets import read_instance, write_instance
from benchmarks.ptp.solutions import solution_of
from benchmarks.ptp.trains import Line, with_trains
from benchmarks.run_ptp import LIBRARY, beside_checker
from returnplan.planning import Effort, lower_bound_yuan, solve
from returnplan.problem.draft import groups_planned
from tests.e2e.program import call

check, from_plan = beside_checker("check"), beside_checker("from_plan")
QUICK = Effort(base_work=20_000, work_per_group=0)
TINY = Small("tiny", num_people=30)


@pytest.mark.parametrize("name", ["planted-01", "small-06", "small-08", "corridor-08", "train-02"])
def test_an_instance_is_made_again_from_its_seed(name: str) -> None:
    (path,) = (LIBRARY / "instances").glob(f"{name}.json*")
    assert json.loads(json.dumps(INSTANCES[name](name))) == read_instance(path)


@pytest.mark.parametrize(
    "instance",
    [
        small(TINY, 1, "a"),
        small(Small("caps", departures_a_day=9, classes=2, num_homes=2, per_day=3), 2, "b"),
        planted(Sizes(num_vehicles=3, num_towns=2, num_days=3), 3, "c"),
    ],
    ids=lambda instance: str(instance["name"]),
)
def test_an_instance_and_its_problem_are_the_same(instance: Json) -> None:
    again = instance_of(problem_of(instance), instance["name"], instance["about"])
    again["rules"]["departures_per_day"] = instance["rules"]["departures_per_day"]
    assert again == instance


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    "kind",
    [
        TINY,
        Small("", num_people=24, min_load=8),
        Small("", num_people=24, num_homes=2, per_day=1, turnaround_days=2),
        Small("", num_people=24, has_resume_days=True, num_days=3),
        Small("", num_people=24, departures_a_day=8, classes=2),
    ],
)
def test_the_exact_plan_keeps_all_rules_and_no_other_is_better(kind: Small, seed: int) -> None:
    instance = small(kind, seed, "some")
    problem = problem_of(instance)
    drafts, bound = exact_plan(problem)
    best = check.check(instance, solution_of(instance, drafts))
    other = check.check(instance, solution_of(instance, solve(problem, QUICK)))
    assert best.broken == other.broken == []
    assert float(best.cost_yuan) == pytest.approx(bound, abs=0.01)
    assert (best.left, float(best.cost_yuan) - 0.01) <= (other.left, float(other.cost_yuan))


def test_the_planners_bound_is_one_for_the_best_plan() -> None:
    problem = problem_of(small(TINY, 4, "some"))
    drafts, bound = exact_plan(problem)
    assert lower_bound_yuan(problem, groups_planned(problem, drafts)) <= bound + 0.01


def test_a_plan_after_a_night_keeps_batches_and_pays_for_the_moved(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmarks.ptp.families.solve", partial(solve, effort=QUICK))
    instance = night(4, 1, 300.0, "night")
    solution = solution_of(instance, solve(problem_of(instance), QUICK))
    result = check.check(instance, solution)
    assert result.broken == []
    assert sum("continues" in batch for batch in solution["batches"]) > 10
    moved = result.yuan["moved people"]
    for batch in solution["batches"]:
        batch.pop("continues", None)
    assert check.check(instance, solution).yuan["moved people"] > moved


@pytest.mark.parametrize(
    "instance",
    [
        small(Small("", num_people=40, classes=2, departures_a_day=25, min_load=4), 5, "small"),
        small(Small("", num_people=30, has_resume_days=True, num_days=3, mix_counties=False), 6, "due"),
        with_trains(
            Line("", 120, days=(2,), capacity=90, min_load=20, fixed_yuan=3_000.0, quotas=(40, 50)),
            1,
            "train",
        ),
    ],
    ids=lambda instance: str(instance["name"]),
)
def test_the_programs_plan_of_the_workbooks_is_a_solution(instance: Json, tmp_path: Path) -> None:
    write_instance(instance, tmp_path)
    words = ["plan", *sorted(path.name for path in tmp_path.glob("*.xlsx")), "--json", "-q"]
    plan = json.loads(call(tmp_path, *words).stdout)
    result = check.check(instance, from_plan.solution_of(instance, plan))
    assert result.broken == []
    assert sum(result.left) == plan["summary"]["unplanned"]
    yuan = float(result.yuan["coaches"] + result.yuan["trains"])
    assert yuan == pytest.approx(plan["summary"]["cost"], abs=0.01 * (1 + len(plan["batches"])))
    assert float(result.yuan["late days"]) == 200 * plan["summary"]["late_days"]
    assert any(batch["kind"] == "train" for batch in plan["batches"]) == bool(instance["trains"])
