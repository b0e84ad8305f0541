"""A search that is cut short: by the clock, by Ctrl-C once; twice is an interruption as everywhere."""

import signal
from pathlib import Path

import pytest

from returnplan.usecases.campaign import Campaign, Inputs
from returnplan.usecases.plan.make import CUT_SHORT, PlanRequest, plan
from returnplan.usecases.plan.solve import Search, early_end
from tests.usecases.conftest import Planner, listed


def test_one_interrupt_asks_and_the_next_one_interrupts() -> None:
    with early_end(None) as ending:
        assert not ending.is_early
        signal.raise_signal(signal.SIGINT)
        assert ending.is_early
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


def test_afterwards_ctrl_c_is_what_it_was() -> None:
    before = signal.getsignal(signal.SIGINT)
    with early_end(None):
        assert signal.getsignal(signal.SIGINT) is not before
    assert signal.getsignal(signal.SIGINT) is before


def test_a_plan_cut_short_says_so_and_is_not_taken_for_the_whole_one(
    tmp_path: Path, campaign: Campaign, planned: Planner
) -> None:
    file = listed(tmp_path / "报名.xlsx", *range(1, 21))
    request = PlanRequest(Inputs((file,)), tmp_path / "plan.xlsx", search=Search(time_limit_s=0.0))
    hasty = plan(campaign, request)
    assert CUT_SHORT in hasty.notes
    assert hasty.plan.summary["planned"] == 20
    whole = planned(file)
    assert whole.is_new
    assert whole.header.id != hasty.header.id
    assert CUT_SHORT not in whole.notes
