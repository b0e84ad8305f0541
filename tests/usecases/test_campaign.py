"""What every use case starts from."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from returnplan.config import Config
from returnplan.model.errors import StoreError
from returnplan.model.texts import Text
from returnplan.usecases.campaign import Campaign, in_language
from tests.specimens.plans import make_header


def test_an_error_behind_the_reading_knows_the_language_of_the_sheets() -> None:
    with pytest.raises(StoreError) as caught, in_language("en"):
        raise StoreError(Text("磁盘已满", "the disk is full"))
    assert caught.value.lang == "en"


def test_papers_tell_the_hour_of_beijing_wherever_the_machine_stands(tmp_path: Path) -> None:
    printed_at = Campaign(Config(), tmp_path / "returnplan.db").edition(make_header(), print).printed_at
    beijing = datetime.now(UTC).replace(tzinfo=None) + timedelta(hours=8)
    assert abs(printed_at - beijing) < timedelta(minutes=5)
