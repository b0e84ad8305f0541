"""A store on a network drive is refused."""

import sys
from pathlib import Path

import pytest

from returnplan.model.errors import StoreError
from returnplan.store import Store
from returnplan.store.connection import is_network_drive

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="/proc/self/mounts")


def mount(monkeypatch: pytest.MonkeyPatch, folder: Path, *lines: str) -> None:
    """Let the system say what is mounted where."""
    mounts = folder / "mounts"
    mounts.write_text("\n".join(("/dev/sda1 / ext4 rw 0 0", *lines)) + "\n", encoding="utf-8")
    monkeypatch.setattr("returnplan.store.connection._MOUNTS", mounts)


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "smb3", "fuse.sshfs"])
def test_a_store_across_the_network_is_refused(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mount(monkeypatch, tmp_path, f"//server/share {tmp_path} {kind} rw 0 0")
    with pytest.raises(StoreError, match="network drive"):
        Store.open(tmp_path / "returnplan.db", create=True)
    assert not (tmp_path / "returnplan.db").exists()


def test_the_innermost_file_system_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    share, disk = tmp_path / "共享 盘", tmp_path / "共享 盘" / "local"
    disk.mkdir(parents=True)
    escaped = str(share).replace(" ", "\\040")
    mount(monkeypatch, tmp_path, f"server:/x {escaped} nfs rw 0 0", f"/dev/sdb1 {escaped}/local ext4 rw 0 0")
    assert is_network_drive(share)
    assert not is_network_drive(disk)
    assert not is_network_drive(tmp_path)


def test_what_only_begins_like_the_share_is_not_on_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "share2").mkdir()
    mount(monkeypatch, tmp_path, f"server:/x {tmp_path}/share nfs rw 0 0")
    assert not is_network_drive(tmp_path / "share2")


def test_where_the_system_does_not_tell_nothing_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("returnplan.store.connection._MOUNTS", tmp_path / "missing")
    assert not is_network_drive(tmp_path)
