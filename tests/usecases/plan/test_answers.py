"""What is said to people who wait names batches by the numbers that people know, also those that were kept."""

from datetime import date
from pathlib import Path

import pytest

from returnplan.usecases.campaign import Campaign
from returnplan.usecases.choice import Choice
from returnplan.usecases.explain import explain
from returnplan.usecases.publish import publish
from tests.specimens.sheets import lines_of, save_xlsx, signup_row
from tests.usecases.conftest import Planner


def on_one_day(path: Path, day: int, city: str, *serials: int) -> Path:
    """Write a sign-up list of people who can leave on one day of February 2021 only."""
    days = {"最早出发日期": date(2021, 2, day), "最晚出发日期": date(2021, 2, day)}
    return save_xlsx(path, 报名=lines_of([signup_row(n, 务工城市=city, **days) for n in serials]))


@pytest.mark.parametrize("is_told", [False, True])
def test_the_batch_that_waiting_people_could_join_has_its_own_number(
    campaign: Campaign, planned: Planner, tmp_path: Path, is_told: bool
) -> None:
    """The coach to Shenzhen is the first of its day since last night; a plan made anew would number Dongguan first."""
    shenzhen = on_one_day(tmp_path / "一.xlsx", 24, "深圳市", *range(1, 13))
    dongguan = on_one_day(tmp_path / "二.xlsx", 24, "东莞市", *range(13, 25))
    late = on_one_day(tmp_path / "三.xlsx", 25, "东莞市", *range(25, 28))
    planned(shenzhen)
    files = [shenzhen, dongguan, late]
    plan = planned(*files).plan
    (own,) = (batch.id for batch in plan.batches if batch.city == "东莞市")
    assert own == "0224-002"
    if is_told:
        publish(campaign, Choice(batches=tuple(batch.id for batch in plan.batches)))
        plan = planned(*files, afresh=True).plan
    waiting = plan.unplanned
    assert waiting["signup"].tolist() == [f"三.xlsx!报名!{row}" for row in (2, 3, 4)]
    assert waiting["suggestion_zh"].str.startswith(f"加入 {own} (融水苗族自治县→东莞市, 02-24)").all()
    explained = explain(campaign, "三.xlsx!报名!2").explanation
    assert explained is not None
    assert str(waiting["suggestion_zh"].iat[0]).startswith(explained.changes[0].text.zh)
