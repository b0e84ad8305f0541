"""Files that leave are whole, private, and give way to one that Excel holds open."""

import os
from pathlib import Path

import pytest

from returnplan.errors import StoreError
from returnplan.outfiles import write_whole
from returnplan.texts import Text


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
