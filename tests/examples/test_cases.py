"""The real cases: everybody goes, on no more vehicles than were sent under the rules of that date."""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from examples.cases import CASES, Case
from examples.run_cases import count_kinds, plan_case
from returnplan.model.errors import NobodyPlanned

OF_COACHES = [case for case in CASES if not case.trains_sent]
OF_TRAINS = [case for case in CASES if case.trains_sent]


@pytest.mark.parametrize("case", OF_COACHES, ids=lambda case: case.name)
def test_no_more_coaches_than_were_sent(case: Case, tmp_path: Path) -> None:
    plan = plan_case(case, tmp_path)
    assert plan["summary"]["planned"] == case.num_people
    assert case.coaches_sent is None or count_kinds(plan)["direct"] <= case.coaches_sent


@pytest.mark.parametrize("case", [case for case in CASES if case.breach], ids=lambda case: case.name)
def test_so_few_coaches_of_49_seats_with_two_drivers_break_the_named_rule(case: Case, tmp_path: Path) -> None:
    usual = tuple(vehicle._replace(seats=49) for vehicle in case.fleet)
    rules = case.rules.replace("most = 3", "most = 2")
    try:
        plan = plan_case(replace(case, fleet=usual, rules=rules), tmp_path)
    except subprocess.CalledProcessError as error:
        if error.returncode != NobodyPlanned.exit_code:
            raise
    else:
        assert count_kinds(plan)["direct"] > (case.coaches_sent or 0)


@pytest.mark.parametrize("case", OF_TRAINS, ids=lambda case: case.name)
def test_the_train_runs_and_takes_everybody(case: Case, tmp_path: Path) -> None:
    plan = plan_case(case, tmp_path)
    assert plan["summary"]["planned"] == case.num_people
    kinds = count_kinds(plan)
    assert (kinds["train"], kinds["direct"]) == (case.trains_sent, 0)
