"""What every use case starts from."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from returnplan.config import load_config
from returnplan.model.errors import StoreError
from returnplan.model.plan import RunHeader
from returnplan.model.texts import Text
from returnplan.usecases.campaign import Campaign, in_language


def test_an_error_behind_the_reading_knows_the_language_of_the_sheets() -> None:
    with pytest.raises(StoreError) as caught, in_language("en"):
        raise StoreError(Text("磁盘已满", "the disk is full"))
    assert caught.value.lang == "en"


def test_papers_are_printed_by_the_clock_of_beijing_wherever_the_machine_stands() -> None:
    campaign = Campaign(load_config(None), Path("returnplan.db"))
    header = RunHeader("r1", datetime(2021, 2, 17, tzinfo=UTC), "1", None, (), {}, "zh")
    printed_at = campaign.edition(header, lambda note: None).printed_at
    in_utc = datetime.now(UTC).replace(tzinfo=None)
    assert abs(printed_at - in_utc - timedelta(hours=8)) < timedelta(minutes=1)
