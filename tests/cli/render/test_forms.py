"""Forms of ``show``: what stands in their rows."""

from datetime import UTC, datetime

from returnplan.cli.render.forms import runs_listing
from returnplan.model.plan import RunHeader


def test_runs_are_told_by_the_clock_of_beijing_wherever_the_machine_stands() -> None:
    moment = datetime(2021, 2, 17, 18, 30, tzinfo=UTC)
    header = RunHeader("3f2a", moment, "0.2.0", None, (), {}, "zh")
    (row,) = runs_listing([header]).rows
    assert row[1] == "2021-02-18 02:30"
