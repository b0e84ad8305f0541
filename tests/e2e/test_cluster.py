"""The installed program on a Dask cluster of real processes that talk encrypted, as machines of an office would."""

import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.conftest import EXAMPLES
from tests.e2e.program import run
from tests.specimens.cluster import Running, encrypted
from tests.usecases.conftest import listed

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def test_an_encrypted_cluster_makes_the_same_plan(stack: ExitStack, tmp_path: Path) -> None:
    files = [listed(tmp_path / f"{town}.xlsx", *range(40 * town, 40 * town + 40)) for town in range(1, 5)]
    settings = encrypted(tmp_path)
    running = Running(stack, tmp_path, num_workers=2, **settings)
    words = ["plan", *map(str, files), "--dry-run", "--json"]
    there = run(tmp_path, *words, "--cluster", running.address, exit_code=0, **settings)
    here = run(tmp_path, *words)
    assert running.address.startswith("tls://")
    assert _plan_in(there.stdout) == _plan_in(here.stdout)


def _plan_in(answer: str) -> Any:
    said = json.loads(answer)
    del said["run"]["created_at"]
    return said


def test_a_lost_scheduler_is_one_line(stack: ExitStack, tmp_path: Path) -> None:
    running = Running(stack, tmp_path, num_workers=2)
    killing = running.kill_when_at_work(running.scheduler)
    done = run(
        EXAMPLES / "gangnan", "plan", ".", "--dry-run", "--quiet", "--cluster", running.address, exit_code=5
    )
    killing.join()
    assert len(done.stderr.splitlines()) == 1, done.stderr
    (line,) = done.stderr.splitlines()
    assert "没有保存任何内容" in line
