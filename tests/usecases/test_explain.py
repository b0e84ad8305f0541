"""``explain``: who is meant by a text."""

from pathlib import Path

import pytest

from returnplan.usecases.campaign import Campaign
from returnplan.usecases.explain import explain
from tests.specimens.sheets import lines_of, save_xlsx, signup_row
from tests.usecases.conftest import Planner


@pytest.mark.parametrize("text", ["陈 明", "陈　明", "陈明"])
def test_a_row_with_an_error_is_found_by_a_name_with_or_without_blanks(
    campaign: Campaign, planned: Planner, tmp_path: Path, text: str
) -> None:
    rows = [*map(signup_row, range(1, 21)), signup_row(21, 姓名="陈　明", 身份证号码="45022519850607002")]
    planned(save_xlsx(tmp_path / "报名.xlsx", 报名=lines_of(rows)))
    found = explain(campaign, text).explanation
    assert found is not None
    assert found.signup == "报名.xlsx!报名!22"
