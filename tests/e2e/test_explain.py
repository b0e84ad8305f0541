"""``explain`` finds the person by any name they go by, and says why."""

import json
from pathlib import Path

from tests.e2e.program import call


def test_a_rider_is_told_batch_and_stops(gangnan: Path) -> None:
    plan = json.loads(call(gangnan, "show", "--json").stdout)
    batch = plan["batches"][0]
    rider = batch["riders"][0]
    for named in (rider["person"], rider["signup"]):
        said = call(gangnan, "explain", str(named)).stdout
        assert batch["id"] in said
        assert rider["pickup"] in said


def test_a_faulty_row_is_told_its_fault(gangnan: Path) -> None:
    assert "东塘市" in call(gangnan, "explain", "报名表-港南区.xlsx!江南街道!25").stdout


def test_namesakes_are_listed(gangnan: Path) -> None:
    said = call(gangnan, "explain", "林国栋", exit_code=2).stdout
    assert "桥圩镇!61" in said
    assert "东津镇!23" in said


def test_nobody_of_that_name(gangnan: Path) -> None:
    assert "欧阳明" in call(gangnan, "explain", "欧阳明", exit_code=2).stderr
