"""A train that the railway has cut: who has no seat is named, and one command proposes others."""

from dataclasses import replace
from pathlib import Path

from returnplan.edits.railway_seats import seats_cut
from returnplan.usecases.campaign import Campaign
from returnplan.usecases.change import ChangeRequest, change
from returnplan.usecases.plan.cut_trains import cut_trains
from returnplan.usecases.show import show
from tests.specimens.journeys import SERVICE, its_case
from tests.usecases.railway import TRAIN, saved


def cut_campaign(folder: Path) -> Campaign:
    """Save the plan, published, with a rail sheet in which its train has eight seats for the eleven that are needed."""
    plan, roster = its_case().plan, its_case().roster
    roster = replace(roster, rail=(replace(SERVICE, capacity=8, min_load=1),))
    batches = tuple(replace(batch, state="published") for batch in plan.batches)
    plan = replace(plan, batches=batches, summary=plan.summary | {"seats_cut": seats_cut(plan, roster)})
    return saved(folder, plan, roster)


def test_who_is_over_is_named_with_the_command(tmp_path: Path) -> None:
    (said,) = cut_trains(show(cut_campaign(tmp_path))[1])
    assert "需要 11 个座位" in said.zh
    assert "编号 10" in said.zh
    assert f"change {TRAIN} --vehicle 包车厢" in said.en


def test_the_change_is_proposed_with_names_and_then_made(tmp_path: Path) -> None:
    campaign = cut_campaign(tmp_path)
    request = ChangeRequest(TRAIN, tmp_path / "名单", vehicle="包车厢")
    proposed = change(campaign, request)
    assert (proposed.is_proposal, len(proposed.moves)) == (True, 3)
    done = change(campaign, replace(request, yes=True))
    assert done.batch is not None
    assert (done.is_proposal, done.batch.usable, len(done.off)) == (False, 8, 3)
    plan = show(campaign)[1]
    assert plan.summary["seats_cut"] == {}
    assert cut_trains(plan) == []
    assert plan.unplanned["code"].tolist() == ["seat_lost"] * 3
