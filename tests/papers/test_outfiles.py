"""Files that leave are whole, private, on the disk, and give way to one that Excel holds open."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from returnplan.model.errors import StoreError
from returnplan.model.texts import Text
from returnplan.papers.outfiles import many_files, sweep, write_aside, write_whole


def test_content_and_nothing_beside_it(tmp_path: Path) -> None:
    path = write_whole(tmp_path / "out" / "plan.xlsx", b"abc")
    assert path.read_bytes() == b"abc"
    assert list(path.parent.iterdir()) == [path]


def test_replaces_what_was_there(tmp_path: Path) -> None:
    write_whole(tmp_path / "a.xlsx", b"long old content")
    assert write_whole(tmp_path / "a.xlsx", b"new").read_bytes() == b"new"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_only_the_owner_reads_it(tmp_path: Path) -> None:
    path = write_whole(tmp_path / "papers" / "a.xlsx", b"abc")
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_a_file_held_open_gets_a_neighbour(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows refuses to replace a file that Excel holds open."""
    held, replace = tmp_path / "plan.xlsx", Path.replace

    def replace_unless_held(source: Path, target: Path) -> Path:
        if target == held:
            raise PermissionError(13, "in use")
        return replace(source, target)

    monkeypatch.setattr(Path, "replace", replace_unless_held)
    notes: list[Text] = []
    assert write_whole(held, b"abc", notes.append) == tmp_path / "plan(2).xlsx"
    assert "plan(2).xlsx" in notes[0].zh
    assert list(tmp_path.iterdir()) == [tmp_path / "plan(2).xlsx"]


def test_a_disk_that_refuses_is_an_error_with_the_path(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="file"):
        write_whole(tmp_path / "file" / "a.xlsx", b"abc")


def test_an_aside_that_cannot_be_removed_hides_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "unlink", refuse)
    write_aside(tmp_path / "a.xlsx", b"abc").remove()
    monkeypatch.setattr(os, "fsync", lambda _: os.write(-1, b""))
    with pytest.raises(StoreError, match="EBADF"):
        write_aside(tmp_path / "b.xlsx", b"abc")


posix_only = pytest.mark.skipif(sys.platform == "win32", reason="Windows syncs folders by itself")


@pytest.fixture
def dead() -> int:
    """Return the number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def paths_of(descriptor: int) -> Path:
    return Path(f"/proc/self/fd/{descriptor}").readlink()


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="no /proc")
def test_content_then_name_then_new_folders_are_synced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    replace = Path.replace

    def moved(source: Path, target: Path) -> Path:
        done.append("moved")
        return replace(source, target)

    monkeypatch.setattr(os, "fsync", lambda descriptor: done.append(paths_of(descriptor).name))
    monkeypatch.setattr(Path, "replace", moved)
    write_whole(tmp_path / "out" / "a.xlsx", b"abc")
    assert done == [tmp_path.name, f".a.xlsx.{os.getpid()}", "moved", "out"]


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="no /proc")
def test_of_many_files_each_is_synced_and_their_folder_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    monkeypatch.setattr(os, "fsync", lambda descriptor: done.append(paths_of(descriptor).name))
    with many_files(tmp_path):
        for name in ("a.xlsx", "b.xlsx"):
            write_whole(tmp_path / name, b"abc", is_one_of_many=True)
    assert done == [f".a.xlsx.{os.getpid()}", f".b.xlsx.{os.getpid()}", tmp_path.name]


@posix_only
@pytest.mark.parametrize(("number", "is_fine"), [(errno.EINVAL, True), (errno.EIO, False)])
def test_a_share_that_syncs_no_folder_will_do_and_a_failing_disk_will_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, is_fine: bool
) -> None:
    def refuse(descriptor: int) -> None:
        if paths_of(descriptor).is_dir():
            raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    if is_fine:
        write_whole(tmp_path / "a.xlsx", b"abc")
    else:
        with pytest.raises(StoreError, match="cannot be written"):
            write_whole(tmp_path / "a.xlsx", b"abc")
    assert (tmp_path / "a.xlsx").read_bytes() == b"abc"


@posix_only
def test_the_next_file_sweeps_what_a_dead_process_left(tmp_path: Path, dead: int) -> None:
    theirs = [
        ".bashrc",
        f".{dead}",
        f".a.xlsx.{os.getpid()}",
        f"a.xlsx.{dead}",
        f".a.{dead}",
        ".a.xlsx.0123456789012",
    ]
    for name in [*theirs, f".名单.xlsx.{dead}"]:
        (tmp_path / name).touch()
    write_whole(tmp_path / "b.xlsx", b"abc")
    assert {path.name for path in tmp_path.iterdir()} == {*theirs, "b.xlsx"}


def test_what_is_old_is_swept_whoever_has_its_number_now(tmp_path: Path) -> None:
    path = tmp_path / f".a.xlsx.{os.getpid()}"
    path.touch()
    assert sweep(tmp_path) == []
    os.utime(path, (0, 0))
    assert sweep(tmp_path) == [path]
    assert sweep(tmp_path / "missing") == []
