"""Which files a call means, and under which short name each is shown."""

import os
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from returnplan.errors import InputRefused
from returnplan.texts import Text

SUFFIXES = (".xlsx", ".xls", ".csv", ".xlsm")  # a macro workbook is found, and then refused by its content
_RECENT_SECONDS = 5.0
_LOOK_AGAIN_SECONDS = 0.3
_OWNER_FILE = Text("Excel 打开时的临时文件", "Excel's own file beside an open workbook")
_GROWING = Text("正在写入，下次再读", "still being written, read next time")


@dataclass(frozen=True, slots=True)
class SkippedFile:
    """A file of a folder that is left alone for now, and why."""

    path: Path
    reason: Text


def expand(paths: Iterable[Path]) -> tuple[list[Path], list[SkippedFile]]:
    """Return the files of a call, folders replaced by the spreadsheets in them (sorted by name).

    In a folder, Excel's ``~$`` owner files and files that still grow are skipped; a file named by itself is
    taken as it is. A file given twice counts once, at its first place.

    Raises
    ------
    InputRefused : a path that does not exist, is neither file nor folder, or a folder without a spreadsheet
    """
    found: dict[Path, Path] = {}
    skipped: list[SkippedFile] = []
    for path in paths:
        for file in _files_of(path, skipped):
            found.setdefault(file.resolve(), file)
    return list(found.values()), skipped


def _files_of(path: Path, skipped: list[SkippedFile]) -> list[Path]:
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise InputRefused(_not_a_file(path))
    sheets = sorted(file for file in path.iterdir() if file.suffix.lower() in SUFFIXES and file.is_file())
    if not sheets:
        raise InputRefused(_empty_folder(path))
    growing = _growing(sheets)
    skipped.extend(SkippedFile(file, _OWNER_FILE) for file in sheets if _is_owner_file(file))
    skipped.extend(SkippedFile(file, _GROWING) for file in growing)
    return [file for file in sheets if not _is_owner_file(file) and file not in growing]


def _empty_folder(path: Path) -> Text:
    return Text(
        f"文件夹 {path} 里没有 .xlsx、.xls 或 .csv 文件。请把报名表放进去再运行。",
        f"The folder {path} holds no .xlsx, .xls or .csv file. Put the sign-up sheets there and run again.",
    )


def _not_a_file(path: Path) -> Text:
    if path.exists():
        return Text(
            f"{path} 不是普通文件，未读取。请指定 .xlsx、.xls 或 .csv 文件。",
            f"{path} is not a regular file and was not read. Name an .xlsx, .xls or .csv file.",
        )
    return Text(
        f"找不到文件 {path}。请检查文件名和所在文件夹。",
        f"There is no file {path}. Check its name and folder.",
    )


def _is_owner_file(file: Path) -> bool:
    return file.name.startswith("~$")


def _growing(files: Sequence[Path]) -> set[Path]:
    """Return the files that were written to just now and are different a moment later."""
    now = time.time()
    recent = {file: file.stat() for file in files if 0 <= now - file.stat().st_mtime < _RECENT_SECONDS}
    if recent:
        time.sleep(_LOOK_AGAIN_SECONDS)
    return {file for file, before in recent.items() if _state(file.stat()) != _state(before)}


def _state(status: os.stat_result) -> tuple[int, int]:
    return status.st_size, status.st_mtime_ns


def shown_names(files: Sequence[Path]) -> list[str]:
    """Return the base name of each file, or the shortest distinguishing relative path where two are equal."""
    names = [file.name for file in files]
    return [
        file.name if names.count(file.name) == 1 else _distinguishing(file, files, names) for file in files
    ]


def _distinguishing(file: Path, files: Sequence[Path], names: Sequence[str]) -> str:
    parts = file.resolve().parts
    rivals = [other.resolve().parts for other in files if other.name == file.name and other != file]
    for length in range(2, len(parts)):
        if all(rival[-length:] != parts[-length:] for rival in rivals):
            return "/".join(parts[-length:])
    return file.as_posix()
