"""One run at a time: a lock file beside the store, locked by the kernel, that says who holds it and since when.

The kernel releases the lock when the process ends, even if it is killed, so a dead process never holds it.
Not meant for network drives.
"""

import errno
import json
import os
import socket
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from returnplan.model.errors import StoreError, StoreLocked
from returnplan.model.texts import Text

if sys.platform == "win32":
    import msvcrt

    _LOCKED_BYTE = 1 << 30  # Windows bars reading what is locked: lock a byte far behind the text

    def _seize(descriptor: int) -> None:
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        os.lseek(descriptor, 0, os.SEEK_SET)
else:
    import fcntl

    def _seize(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


_HELD = (errno.EAGAIN, errno.EACCES, errno.EDEADLK)
"""What the system says where another process holds a lock; Windows says the last two."""
_HOLDER = Text(
    "另一个排车任务正在运行(进程 {pid}，计算机 {host}，始于 {since})，请等它结束",
    "another run is at work (process {pid} on {host}, since {since}); wait for it",
)


class RunLock:
    """The right to plan in this folder; a context manager.

    Parameters
    ----------
    store_path : the store; the lock file is ``<store>.lock`` beside the real file, so a link or another spelling of
        the path leads to the same lock

    Raises
    ------
    StoreLocked : on entry, when another process holds it; the message says which one, since when
    StoreError : on entry, when the lock file cannot be made, or the drive has no locks
    """

    def __init__(self, store_path: Path) -> None:
        path = store_path.resolve()
        self.path = path.with_name(path.name + ".lock")
        self._descriptor: int | None = None

    def __enter__(self) -> Self:
        while self._descriptor is None:
            self._descriptor = self._try()
        holder = {
            "pid": os.getpid(),
            "host": socket.gethostname(),
            "since": datetime.now().isoformat(sep=" ", timespec="seconds"),
        }
        with suppress(OSError):  # on a full disk the lock holds, only it cannot say whose it is
            os.ftruncate(self._descriptor, 0)
            os.write(self._descriptor, json.dumps(holder).encode())
        if hasattr(os, "register_at_fork"):  # a worker that outlives us must not keep the lock
            os.register_at_fork(after_in_child=self._close)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if sys.platform == "win32":
            self._close()  # an open file cannot be removed there
            with suppress(OSError):  # a newcomer may have it open by now
                self.path.unlink()
        else:
            with suppress(OSError):  # a lock file that nobody holds is free
                self.path.unlink()
            self._close()

    def _try(self) -> int | None:
        """Return the descriptor of the locked file; None if its holder has just removed it."""
        try:
            descriptor = os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600)
        except OSError as error:
            raise StoreError(
                Text(
                    f"无法在 {self.path.parent} 写入锁文件，请检查权限",
                    f"cannot write the lock file {self.path}; check the folder's permissions",
                )
            ) from error
        try:
            _seize(descriptor)
        except OSError as error:
            os.close(descriptor)
            if error.errno in _HELD:
                raise StoreLocked(self._who()) from error
            raise StoreError(
                Text(
                    f"{self.path.parent} 所在的盘不支持文件锁({error.strerror})；请把数据文件放到本机硬盘上",
                    f"the drive of {self.path.parent} has no file locks ({error.strerror}); keep the store on a "
                    "drive of this machine",
                )
            ) from error
        if self._is_current(descriptor):
            return descriptor
        os.close(descriptor)
        return None

    def _is_current(self, descriptor: int) -> bool:
        try:
            return os.path.samestat(os.fstat(descriptor), self.path.stat())
        except FileNotFoundError:
            return False

    def _who(self) -> Text:
        try:
            holder = json.loads(self.path.read_text(encoding="utf-8"))
            return _HOLDER.with_values(**{name: holder[name] for name in ("pid", "host", "since")})
        except (OSError, ValueError, KeyError, TypeError):  # released, or not written yet
            return Text("另一个排车任务正在运行，请稍后重试", "another run is at work; try again soon")

    def _close(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
