"""A store with one run in it, and the run."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from returnplan.model.intake import InputFile
from returnplan.model.plan import Plan, RunHeader
from returnplan.store import Store
from tests.specimens.two_batches import two_batches

PERSONS = {f"{n:018d}": n for n in range(1, 9)}


def header(run_id: str = "0123456789ab", **config: object) -> RunHeader:
    """Return the header of a run."""
    return RunHeader(
        id=run_id,
        created_at=datetime(2021, 2, 18, 20, 30, tzinfo=UTC),
        version="0.1.0",
        as_of=None,
        inputs=(InputFile("报名.xlsx", "ab" * 32, 11),),
        config=dict(config),
        lang="zh",
    )


@pytest.fixture
def plan() -> Plan:
    return two_batches().plan


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "returnplan.db"


@pytest.fixture
def store(path: Path, plan: Plan) -> Iterator[Store]:
    with Store.open(path, create=True) as opened:
        opened.save_run(header(), plan, PERSONS)
        yield opened
