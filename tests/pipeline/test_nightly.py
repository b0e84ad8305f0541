"""What one night writes when little has changed, and what it says of it."""

from datetime import date
from pathlib import Path

import pytest

from returnplan.pipeline.campaign import Campaign
from returnplan.pipeline.changing import ChangeRequest, change
from returnplan.pipeline.choosing import Choice
from returnplan.pipeline.nightly import NightlyOutcome, nightly
from returnplan.pipeline.publishing import publish
from returnplan.pipeline.stored import load_plan
from returnplan.pipeline.to_do import Day, Standing, to_do
from tests.pipeline.conftest import Planner, listed

TODAY = date(2021, 2, 10)


@pytest.fixture
def first(tmp_path: Path, campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> NightlyOutcome:
    """Return the first night, with twenty sign-ups in the inbox."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "inbox").mkdir()
    listed(tmp_path / "inbox" / "报名.xlsx", *range(1, 21))
    return nightly(campaign, TODAY)


def test_a_list_for_another_city_brings_papers_for_its_own_coach_alone(
    campaign: Campaign, first: NightlyOutcome
) -> None:
    listed(Path("inbox", "深圳.xlsx"), *range(31, 51), 务工城市="深圳市")
    second = nightly(campaign, TODAY)
    assert second.folder != first.folder
    assert (first.num_papers, second.num_papers) == (1, 1)


def test_papers_of_a_night_that_was_killed_are_written_by_the_next_one(
    campaign: Campaign, first: NightlyOutcome, planned: Planner
) -> None:
    to_shenzhen = listed(Path("inbox", "深圳.xlsx"), *range(31, 51), 务工城市="深圳市")
    planned(Path("inbox", "报名.xlsx"), to_shenzhen)  # saved, and then nothing was written
    third = nightly(campaign, TODAY)
    assert (third.planned.is_new, third.num_papers, third.num_orders) == (True, 1, 1)


def test_a_coach_that_was_changed_by_hand_gets_papers_with_the_next_lists(
    campaign: Campaign, first: NightlyOutcome
) -> None:
    (batch,) = load_plan(campaign)[1].batches
    change(campaign, ChangeRequest(batch.id, Path("manifests"), plate="桂B12345"))
    listed(Path("inbox", "深圳.xlsx"), *range(31, 51), 务工城市="深圳市")
    assert nightly(campaign, TODAY).num_papers == 2
    listed(Path("inbox", "佛山.xlsx"), *range(61, 81), 务工城市="佛山市")
    assert nightly(campaign, TODAY).num_papers == 1


def test_a_faulty_list_is_ready_to_be_sent_back(campaign: Campaign, first: NightlyOutcome) -> None:
    listed(Path("inbox", "错表.xlsx"), 60, 务工城市="没有这个市")
    second = nightly(campaign, TODAY)
    assert (second.folder / "returns" / "退回-错表.xlsx").exists()


def test_told_coaches_of_days_past_have_departed(campaign: Campaign, first: NightlyOutcome) -> None:
    publish(campaign, Choice(city="东莞"))
    nightly(campaign, date(2021, 2, 25))
    assert {batch.state for batch in load_plan(campaign)[1].batches} == {"departed"}


def test_the_page_counts_what_waits_for_a_person(first: NightlyOutcome) -> None:
    planned = first.planned
    rows = to_do(Day(TODAY, "zh", Standing(planned.header, planned.plan, first.num_calls)))
    assert {what.en: number for what, number, _ in rows} == {
        "Faulty rows to send back": 0,
        "Coaches to order (no plate yet)": 1,
        "People to call": 20,
        "People on no coach": 0,
    }
