"""``check`` reads, and changes nothing."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from returnplan.config import Config
from returnplan.model.errors import InputRefused
from returnplan.model.rules import Dates
from returnplan.usecases.campaign import Campaign, Inputs
from returnplan.usecases.check import check
from tests.usecases.conftest import listed

OLD_STORE = Path(__file__).parents[1] / "store" / "version1.sql"


def test_a_store_of_an_older_version_stays_as_it_is_and_still_tells_its_year(tmp_path: Path) -> None:
    path = tmp_path / "returnplan.db"
    with closing(sqlite3.connect(path)) as old:
        old.executescript(OLD_STORE.read_text(encoding="utf-8"))
    before = path.read_bytes()
    inputs = Inputs((listed(tmp_path / "报名.xlsx", 1, 2),))
    assert check(Campaign(Config(dates=Dates(year=2021)), path), inputs).faults
    with pytest.raises(InputRefused, match="2021"):
        check(Campaign(Config(dates=Dates(year=2022)), path), inputs)
    assert path.read_bytes() == before
