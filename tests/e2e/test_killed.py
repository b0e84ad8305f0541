"""The unattended run killed at many moments: the last good run stands, and the next night makes up for it."""

import subprocess
import sys
from pathlib import Path

import pytest

from returnplan.store import Store
from tests.e2e.program import PROGRAM
from tests.pipeline.conftest import listed

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")

NIGHT = [PROGRAM, "nightly", "--as-of", "2021-02-10"]


def test_killed_at_many_moments_the_store_and_the_outputs_are_whole(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    listed(tmp_path / "inbox" / "报名.xlsx", *range(1, 21))
    for seconds in (0.5, 1.0, 1.5, 2.0):
        with subprocess.Popen(
            NIGHT, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as night:
            try:
                night.wait(seconds)
            except subprocess.TimeoutExpired:
                night.kill()
        if (tmp_path / "returnplan.db").exists():
            with Store.open(tmp_path / "returnplan.db") as store:
                assert all(len(store.load_plan(header.id).riders) == 20 for header in store.runs())
    subprocess.run(NIGHT, cwd=tmp_path, check=True, capture_output=True)
    (folder,) = (tmp_path / "outbox").iterdir()
    assert {path.name for path in folder.iterdir()} >= {"plan.xlsx", "manifests", "calls", "今日要办.xlsx"}
