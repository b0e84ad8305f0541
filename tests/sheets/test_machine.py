"""A machine that gives too little memory is told from a file that is damaged."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from returnplan.model.errors import StoreError
from returnplan.sheets.reader import read_tables
from tests.specimens.hostile import good, many_cells

if sys.platform == "win32":
    pytest.skip("no such limits there", allow_module_level=True)

import resource

REAL: Any = subprocess.Popen


@pytest.mark.parametrize(("num_megabytes", "num_rows"), [(4, 10), (100, 150_000)], ids=["start", "read"])
def test_too_little_memory_of_the_machine_is_said(
    num_megabytes: int, num_rows: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit = num_megabytes * 1_000_000

    def limited(*call: Any, **options: Any) -> Any:
        return REAL(
            *call, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)), **options
        )

    monkeypatch.setattr(subprocess, "Popen", limited)
    path = good(tmp_path) if num_rows == 10 else many_cells(tmp_path, num_rows=num_rows)
    with pytest.raises(StoreError, match="too little memory"):
        list(read_tables([path]))


def test_a_process_that_the_system_kills_is_no_fault_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(subprocess.Popen):  # type: ignore[type-arg]
        def __init__(self, *call: Any, **options: Any) -> None:
            super().__init__([sys.executable, "-c", KILLS_ITSELF], *call[1:], **options)

    monkeypatch.setattr(subprocess, "Popen", Killed)
    with pytest.raises(StoreError, match="too little memory"):
        list(read_tables([good(tmp_path)]))


KILLS_ITSELF = """
import os, signal, sys
from returnplan.sheets.wire import dump, receive, send
send(sys.stdout.buffer, dump(-1))
receive(sys.stdin.buffer)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_reading_that_is_given_up_ends_its_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []

    def noted(*call: Any, **options: Any) -> subprocess.Popen[bytes]:
        started.append(REAL(*call, **options))
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", noted)
    tables = read_tables([good(tmp_path), good(tmp_path, "b.xlsx"), good(tmp_path, "c.xlsx")])
    next(tables)
    tables.close()  # type: ignore[attr-defined]
    assert [process.wait(timeout=30) is not None for process in started] == [True]
