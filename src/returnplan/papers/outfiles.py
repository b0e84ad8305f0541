"""Files that leave the program: written aside, moved into place whole, readable by the owner alone.

Knows nothing of what is in them. A file that is in place is on the disk, with its name: a power cut does not undo
what was reported as written. A file that Excel holds open (Windows refuses to replace it) is not an error: the new
one lands beside it as ``name(2).xlsx`` and a note says so.
"""

import errno
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import time

from returnplan.model.errors import StoreError
from returnplan.model.foreign import system_words
from returnplan.model.texts import Text

Notes = Callable[[Text], None]
"""Takes a line that a person should see; nothing is done about it."""

_MOST_VARIANTS = 9
_BINARY = getattr(os, "O_BINARY", 0)  # Windows only
_STRAY = re.compile(r"\..+\.[a-z]+\.(\d{1,10})")
"""The name under which a file is written aside: a dot, its own name, and the number of the process."""
_NEVER_SYNCED = (errno.EINVAL, errno.ENOTSUP, errno.EACCES)
"""What a folder answers that cannot be synced: one of a share, or one that we may write and not read."""
_OLD_S = 24 * 3600
"""A process number may be used again; no file is written for so long."""


def write_whole(
    path: Path, content: bytes, notes: Notes | None = None, *, is_one_of_many: bool = False
) -> Path:
    """Write a file so that nobody ever sees half of it.

    Parameters
    ----------
    path : where it should stand; its folder is made when there is none (0700)
    content : all its bytes
    is_one_of_many : it is written within :func:`many_files`
    notes : told when the file had to go beside ``path`` because another program holds that open

    Returns
    -------
    Where it stands.

    Raises
    ------
    StoreError : the folder cannot be made or written, or the disk is full
    """
    if is_one_of_many:
        return write_aside(path, content).put_in_place(notes)
    with many_files(path.parent):
        return write_aside(path, content).put_in_place(notes)


@dataclass(frozen=True, slots=True)
class Aside:
    """A file that is on the disk as ``at``, and is to stand at ``path``."""

    path: Path
    at: Path

    def put_in_place(self, notes: Notes | None = None) -> Path:
        """Return where it stands from now on; see :func:`write_whole`."""
        with _refused(self.path):
            try:
                return _move(self.at, self.path, notes)
            except BaseException:
                self.remove()
                raise

    def remove(self) -> None:
        """Let the file go; where the disk refuses (on Windows a scanner holds it), a later :func:`sweep` takes it."""
        with suppress(OSError):
            self.at.unlink(missing_ok=True)


def write_aside(path: Path, content: bytes) -> Aside:
    """Write a file that is not yet to be seen; it may hold personal data, and only the owner reads it.

    Should this process be killed, the next one that writes into the folder sweeps it away, on Windows after a day
    (:func:`sweep`).

    Raises
    ------
    StoreError : the folder cannot be made or written, or the disk is full
    """
    make_folder(path.parent)
    aside = Aside(path, path.with_name(f".{path.name}.{os.getpid()}"))
    with _refused(path):
        try:
            descriptor = os.open(aside.at, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY, 0o600)
            try:
                left = memoryview(content)
                while left:
                    left = left[os.write(descriptor, left) :]
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        except BaseException:
            aside.remove()
            raise
    return aside


@contextmanager
def many_files(folder: Path) -> Iterator[None]:
    """Sweep a folder before many files are written into it, and put their names on the disk after the last.

    Raises
    ------
    StoreError : the disk refuses
    """
    sweep(folder)
    yield
    with _refused(folder):
        _sync_folder(folder)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, for the owner alone; one that is there stays as it is.

    Raises
    ------
    StoreError : the disk refuses
    """
    with _refused(folder):
        if folder.parent != folder and not folder.parent.exists():
            make_folder(folder.parent)  # mkdir's own parents would be open to all
        if not folder.is_dir():
            folder.mkdir(mode=0o700, exist_ok=True)
            _sync_folder(folder.parent)


def sweep(folder: Path) -> list[Path]:
    """Remove what processes that were killed left of files in a folder, and return it; see ``_STRAY``.

    What the disk refuses to remove stays.
    """
    swept = []
    with suppress(OSError):
        # it must cost little: no objects for names that are none of these
        for name in os.listdir(folder):  # noqa: PTH208
            found = _STRAY.fullmatch(name) if name.startswith(".") else None
            if found and _is_abandoned(path := folder / name, int(found[1])):
                path.unlink()
                swept.append(path)
    return swept


def _is_abandoned(path: Path, process: int) -> bool:
    if time() - path.stat().st_mtime > _OLD_S:
        return True
    if sys.platform == "win32":
        return False  # os.kill would end the process there
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except (OverflowError, PermissionError):  # no process number; or one that is alive, of somebody else
        return False
    return False


@contextmanager
def _refused(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        why = system_words(error)
        raise StoreError(Text(f"{path} 无法写入：{why.zh}", f"{path} cannot be written: {why.en}")) from error


def _sync_folder(folder: Path) -> None:
    """Put the names of a folder's files on the disk; Windows does so by itself and opens no folder."""
    if sys.platform == "win32":
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        if error.errno not in _NEVER_SYNCED:
            raise


def _move(aside: Path, path: Path, notes: Notes | None) -> Path:
    beside = (
        path.with_name(f"{path.stem}({number}){path.suffix}") for number in range(2, _MOST_VARIANTS + 1)
    )
    for target in (path, *beside):
        try:
            aside.replace(target)
        except PermissionError:
            continue
        if notes and target != path:
            notes(
                Text(
                    f"{path.name} 正被其他程序(如 Excel)打开，新的一份写在 {target.name}",
                    f"{path.name} is held open by another program (Excel?); the new one is {target.name}",
                )
            )
        return target
    raise PermissionError(errno.EBUSY, "held open")
