"""One run at a time, and a dead one holds nothing."""

import errno
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from returnplan.model.errors import StoreError, StoreLocked
from returnplan.store import RunLock, lock

HOLD = """
import sys
from pathlib import Path
from returnplan.store import RunLock
with RunLock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(path: Path) -> "subprocess.Popen[str]":
    """Another process that holds the lock until its input ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def lock_file(path: Path) -> Path:
    return path.with_name("returnplan.db.lock")


def test_the_second_run_is_told_who_runs_and_since_when(holder: "subprocess.Popen[str]", path: Path) -> None:
    with pytest.raises(StoreLocked) as caught, RunLock(path):
        pass
    assert caught.value.exit_code == 4
    assert f"进程 {holder.pid}" in caught.value.message.zh
    assert f"process {holder.pid} on" in caught.value.message.en
    assert "since 20" in caught.value.message.en
    holder.communicate("")
    with RunLock(path):
        assert lock_file(path).exists()
    assert not lock_file(path).exists()


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9")
def test_the_lock_of_a_killed_run_is_taken_over(holder: "subprocess.Popen[str]", path: Path) -> None:
    holder.send_signal(signal.SIGKILL)
    holder.communicate()
    assert lock_file(path).exists()
    with RunLock(path):
        assert str(os.getpid()) in lock_file(path).read_text()


@pytest.mark.skipif(sys.platform == "win32", reason="fork")
def test_a_worker_that_outlives_the_run_does_not_keep_the_lock(path: Path) -> None:
    read, write = os.pipe()
    with RunLock(path):
        worker = os.fork()
        if worker == 0:
            os.close(write)
            os.read(read, 1)
            os._exit(0)
    with RunLock(path):
        pass
    os.write(write, b"x")
    os.waitpid(worker, 0)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_the_lock_is_for_its_owner_alone(path: Path) -> None:
    with RunLock(path):
        assert stat.S_IMODE(lock_file(path).stat().st_mode) == 0o600


def test_no_folder_no_lock(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="lock file"), RunLock(tmp_path / "missing" / "returnplan.db"):
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
@pytest.mark.parametrize("name", ["链接.db", "folder/链接.db"])
def test_a_link_to_a_store_has_the_lock_of_the_store(path: Path, name: str) -> None:
    path.touch()
    link = path.parent / name
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(path)
    with RunLock(path), pytest.raises(StoreLocked), RunLock(link):
        pass
    with RunLock(link), pytest.raises(StoreLocked), RunLock(path):
        pass


def test_another_way_to_write_the_path_is_no_second_lock(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(path.parent)
    with RunLock(path), pytest.raises(StoreLocked), RunLock(Path("x", "..", path.name)):
        pass


def test_a_lock_file_that_cannot_be_removed_is_free_all_the_same(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(os, "unlink", refuse)
        with RunLock(path):
            pass
        assert lock_file(path).exists()
    with RunLock(path):
        assert lock_file(path).exists()


def test_a_drive_without_locks_is_no_other_run(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_locks(_: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(lock, "_seize", no_locks)
    with pytest.raises(StoreError, match="no file locks") as caught, RunLock(path):
        pass
    assert not isinstance(caught.value, StoreLocked)


@pytest.mark.parametrize("text", ["[1]", '{"pid": 1}', "", "{"])
def test_who_holds_a_lock_may_not_be_told_by_its_file(
    path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    def held(_: int) -> None:
        raise BlockingIOError(errno.EAGAIN, "busy")

    monkeypatch.setattr(lock, "_seize", held)
    lock_file(path).write_text(text)
    with pytest.raises(StoreLocked, match="try again soon"), RunLock(path):
        pass
