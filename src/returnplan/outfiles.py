"""Files that leave the program: written aside, moved into place whole, readable by the owner alone.

Knows nothing of what is in them. A file that Excel holds open (Windows refuses to replace it) is not an
error: the new one lands beside it as ``name(2).xlsx`` and a note says so.
"""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from returnplan.errors import StoreError
from returnplan.foreign import system_words
from returnplan.texts import Text

Notes = Callable[[Text], None]
"""Takes a line that a person should see; nothing is done about it."""

_MOST_VARIANTS = 9
_BINARY = getattr(os, "O_BINARY", 0)  # Windows only


def write_whole(path: Path, content: bytes, notes: Notes | None = None) -> Path:
    """Write a file so that nobody ever sees half of it.

    Parameters
    ----------
    path : where it should stand; its folder is made when there is none (0700)
    content : all its bytes
    notes : told when the file had to go beside ``path`` because another program holds that open

    Returns
    -------
    Where it stands.

    Raises
    ------
    StoreError : the folder cannot be made or written, or the disk is full
    """
    make_folder(path.parent)
    with _refused(path):
        return _write_and_move(path, content, notes)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, for the owner alone; one that is there stays as it is.

    Raises
    ------
    StoreError : the disk refuses
    """
    with _refused(folder):
        if folder.parent != folder and not folder.parent.exists():
            make_folder(folder.parent)  # mkdir's own parents would be open to all
        folder.mkdir(mode=0o700, exist_ok=True)


@contextmanager
def _refused(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        why = system_words(error)
        raise StoreError(Text(f"{path} 无法写入：{why.zh}", f"{path} cannot be written: {why.en}")) from error


def _write_and_move(path: Path, content: bytes, notes: Notes | None) -> Path:
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        return _move(aside, path, notes)
    finally:
        aside.unlink(missing_ok=True)


def _move(aside: Path, path: Path, notes: Notes | None) -> Path:
    for target in _variants(path):
        try:
            aside.replace(target)
        except PermissionError:
            continue
        if notes and target != path:
            notes(_held_open(path, target))
        return target
    raise PermissionError(errno.EBUSY, "held open")


def _variants(path: Path) -> Iterator[Path]:
    yield path
    for number in range(2, _MOST_VARIANTS + 1):
        yield path.with_name(f"{path.stem}({number}){path.suffix}")


def _held_open(path: Path, target: Path) -> Text:
    return Text(
        f"{path.name} 正被其他程序(如 Excel)打开,新的一份写在 {target.name}",
        f"{path.name} is held open by another program (Excel?); the new one is {target.name}",
    )
