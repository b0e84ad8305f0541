"""The real cases: everybody goes, on no more vehicles than were sent under the rules of that date."""

from pathlib import Path

import pytest

from examples.cases import CASES, Case
from examples.run_cases import count_kinds, plan_case

OF_COACHES = [case for case in CASES if not case.trains_sent]
OF_TRAINS = [case for case in CASES if case.trains_sent]


@pytest.mark.parametrize("case", OF_COACHES, ids=lambda case: case.name)
def test_no_more_coaches_than_were_sent(case: Case, tmp_path: Path) -> None:
    plan = plan_case(case, tmp_path)
    assert plan["summary"]["planned"] == case.num_people
    assert count_kinds(plan)["direct"] <= case.coaches_sent


@pytest.mark.parametrize("case", OF_TRAINS, ids=lambda case: case.name)
def test_the_train_runs_and_takes_everybody(case: Case, tmp_path: Path) -> None:
    plan = plan_case(case, tmp_path)
    assert plan["summary"]["planned"] == case.num_people
    kinds = count_kinds(plan)
    assert (kinds["train"], kinds["direct"]) == (case.trains_sent, 0)
