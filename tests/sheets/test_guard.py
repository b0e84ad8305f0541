"""Hostile and broken files end in one clear line that names the file, soon and in little memory."""

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from returnplan.model.errors import InputRefused
from returnplan.sheets.reader import open_files, read_tables
from returnplan.sheets.wire import Job
from tests.specimens.hostile import REFUSED, good, many_cells


@pytest.mark.parametrize(
    ("make", "reason"), REFUSED.items(), ids=lambda value: getattr(value, "__name__", "")
)
def test_refused(make: Callable[[Path], Path], reason: str, tmp_path: Path) -> None:
    path = make(tmp_path)
    with pytest.raises(InputRefused) as caught:
        list(read_tables([path]))
    message = caught.value.message
    assert reason in message.zh
    assert all(path.name in words and "\n" not in words for words in message)


def test_the_file_that_kills_the_child_is_the_one_named(tmp_path: Path) -> None:
    bad = next(make for make in REFUSED if make.__name__ == "far_cell_unnumbered_rows")(tmp_path)
    tables = read_tables([good(tmp_path), bad])
    assert next(tables)[0].num_rows == 4
    with pytest.raises(InputRefused, match=r"far2\.xlsx"):
        next(tables)


def test_a_file_that_takes_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Job, "seconds", 0.01)
    with pytest.raises(InputRefused, match="takes too long"):
        list(read_tables([many_cells(tmp_path, num_rows=100_000)]))


@pytest.mark.skipif(sys.platform == "win32", reason="no limit of processor time there")
def test_a_file_that_uses_too_much_of_the_processor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    busy = [sys.executable, "-c", "import os, signal; os.kill(os.getpid(), signal.SIGXCPU)"]
    process = subprocess.Popen(busy, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    monkeypatch.setattr("returnplan.sheets.reader._started", lambda: (process, -1))
    with pytest.raises(InputRefused, match="takes too long"):
        list(read_tables([good(tmp_path)]))


@pytest.mark.skipif(sys.platform != "linux", reason="asks for the limit of another process")
def test_the_processor_time_of_a_file_is_limited(tmp_path: Path) -> None:
    import resource

    with closing(open_files([good(tmp_path), good(tmp_path)], ["a", "b"])) as opened:
        next(opened)
        every = [Path(f"/proc/self/task/{task.name}/children") for task in Path("/proc/self/task").iterdir()]
        children = " ".join(path.read_text() for path in every).split()
        limits = [resource.prlimit(int(child), resource.RLIMIT_CPU)[0] for child in children]
    assert any(8 <= limit < 60 for limit in limits)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(tmp_path: Path) -> None:
    path = good(tmp_path)
    path.chmod(0)
    with pytest.raises(InputRefused, match="permission"):
        list(read_tables([path]))


@pytest.mark.skipif(sys.platform == "win32", reason="no FIFO there")
def test_a_fifo_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.xlsx")
    with pytest.raises(InputRefused, match=r"pipe\.xlsx"):
        list(read_tables([tmp_path / "pipe.xlsx"]))
