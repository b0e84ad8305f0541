"""Opens the SQLite file for the owner alone and puts SQLite's errors into words; knows no tables."""

import os
import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from returnplan.model.errors import InputRefused, ReturnplanError, StoreError, StoreLocked, StoreReadOnly
from returnplan.model.texts import Lang, Text

CACHE_KIB = 256 * 1024
"""Of pages, as far as they are needed: riders come in the order of batches, their index in that of persons."""
BUSY_TIMEOUT_S = 5.0
"""How long a command waits for another one that is just saving."""

_WORDS = {
    sqlite3.SQLITE_NOTADB: Text(
        "{path} 不是 returnplan 的数据文件，请检查 --store", "{path} is no returnplan store; check --store"
    ),
    sqlite3.SQLITE_CORRUPT: Text(
        "数据文件 {path} 已损坏，请用备份替换", "the store {path} is damaged; put a backup in its place"
    ),
    sqlite3.SQLITE_FULL: Text(
        "磁盘已满，{path} 没有改动；清出空间后重试", "the disk is full, {path} is unchanged; free some space"
    ),
    sqlite3.SQLITE_IOERR: Text(
        "磁盘读写失败(已满或出错)，{path} 没有改动；检查磁盘后重试",
        "the disk refuses (full, or failing), {path} is unchanged; check the disk",
    ),
    sqlite3.SQLITE_READONLY: Text(
        "数据文件 {path} 或其文件夹是只读的", "the store {path} or its folder is read-only"
    ),
    sqlite3.SQLITE_CANTOPEN: Text(
        "打不开数据文件 {path}，请检查路径和权限",
        "cannot open the store {path}; check the path and its permissions",
    ),
}
_LOCKED = Text(
    "数据文件 {path} 正被另一个程序使用，请稍后重试",
    "the store {path} is in use by another program; try again soon",
)
_NETWORK = Text(
    "{path} 在网络盘上，数据文件须放在本机；其他电脑请用共享的收发文件夹",
    "{path} is on a network drive; keep the store on this machine and share the inbox and outbox instead",
)
_LINKED = Text(
    "数据文件 {path} 在磁盘上还有别的名字(硬链接)，两个名字会各锁各的、互相改乱；请只留一个名字(复制一份即可)",
    "the store {path} has a second name on this disk (a hard link), and each name would be locked and mended by "
    "itself; keep one name only (make a copy of it)",
)
_OTHER = Text("数据文件 {path} 出错({error})", "the store {path} failed ({error})")


def connect(path: Path, *, create: bool) -> sqlite3.Connection:
    """Open the store file, in autocommit mode: transactions are begun by name.

    Parameters
    ----------
    path : the SQLite file
    create : make it, for the owner alone (0600), when it does not exist

    Raises
    ------
    InputRefused : there is no such file and ``create`` is false
    StoreError : the file cannot be made or opened, has a second name, or lies on a network drive
    """
    if is_network_drive(path.resolve().parent):
        raise StoreError(_NETWORK.with_values(path=path))
    if not path.exists():
        if not create:
            raise InputRefused(
                Text(
                    f"还没有排车方案({path} 不存在)，请先运行 returnplan plan 报名表.xlsx",
                    f"no plan is stored yet (there is no {path}); run: returnplan plan signups.xlsx",
                )
            )
        try:
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        except OSError as error:
            raise StoreError(_WORDS[sqlite3.SQLITE_CANTOPEN].with_values(path=path)) from error
    if path.stat().st_nlink > 1:
        raise StoreError(_LINKED.with_values(path=path))
    with sqlite_errors(path):
        connection = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=rw", uri=True, timeout=BUSY_TIMEOUT_S, isolation_level=None
        )
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    return connection


@contextmanager
def sqlite_errors(path: Path) -> Iterator[None]:
    """Turn each error of SQLite inside the block into a StoreError or StoreLocked that names the file."""
    try:
        yield
    except sqlite3.Error as error:
        raise _translated(error, path) from error


def damaged(path: Path) -> StoreError:
    """Return the error for a damaged store; SQLite itself raises it only when it reads the damaged page."""
    return StoreError(_WORDS[sqlite3.SQLITE_CORRUPT].with_values(path=path))


def _translated(error: sqlite3.Error, path: Path) -> ReturnplanError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StoreLocked(_LOCKED.with_values(path=path))
    is_read_only = code in (
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CANTOPEN,
    )  # a folder may be, so no journal opens
    refusal = StoreReadOnly if is_read_only else StoreError
    name = getattr(error, "sqlite_errorname", type(error).__name__)
    return refusal(_WORDS.get(code, _OTHER).with_values(path=path, error=name))


_MOUNTS = Path("/proc/self/mounts")
_NETWORK_SYSTEMS = (
    "nfs",
    "cifs",
    "smb",
    "afs",
    "ncpfs",
    "davfs",
    "ceph",
    "gluster",
    "fuse.sshfs",
    "fuse.rclone",
)


def is_network_drive(folder: Path) -> bool:
    """Return whether a folder lies on another machine; False if the system does not say."""
    folder = folder.resolve()
    if sys.platform == "win32":
        import ctypes

        remote = 4  # DRIVE_REMOTE
        return (
            folder.drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(folder.anchor) == remote
        )
    try:
        mounts = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return False
    return _file_system(folder, mounts).startswith(_NETWORK_SYSTEMS)


def _file_system(folder: Path, mounts: str) -> str:
    """Return the type of the innermost file system that holds a folder, the later of two at one place."""
    inside: dict[int, str] = {}
    for line in mounts.splitlines():
        _, point, kind, *_ = line.split(" ")
        root = Path(re.sub(r"\\(\d{3})", lambda match: chr(int(match[1], 8)), point))
        if folder.is_relative_to(root):
            inside[len(root.parts)] = kind
    return inside[max(inside)] if inside else ""


def lang_of_last_run(path: Path) -> Lang | None:
    """Return the language of the sheets of the last run; None if no run can be read without waiting."""
    if not path.is_file():
        return None
    try:
        with closing(
            sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=0)
        ) as connection:
            found = connection.execute("SELECT lang FROM runs ORDER BY run DESC LIMIT 1").fetchone()
    except sqlite3.Error:
        return None
    return found[0] if found and found[0] in ("zh", "en") else None
