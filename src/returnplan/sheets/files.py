"""Which files a call means, and under which short name each is shown."""

import os
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from returnplan.model.errors import InputRefused
from returnplan.model.folder import PURGED_FILE, RULES_FILE
from returnplan.model.texts import Text

SUFFIXES = (".xlsx", ".xls", ".csv", ".xlsm")  # a macro workbook is found, and then refused by its content
WORKBOOKS = (".xlsx", ".xls", ".xlsm", ".et", ".ett", ".xlt", ".xltx")
TEXTS = (".csv", ".txt", ".tsv", ".tab")
XML_WORKBOOK = ".xml"
RETURNED = "退回-"
"""Before the name of a file that was sent back for correction (:mod:`returnplan.papers.sent_back`)."""

OWNER_FILE = "~$"
"""Before the name of a file that Excel keeps beside an open workbook."""

_RECENT_SECONDS = 5.0
_LOOK_AGAIN_SECONDS = 0.3
_OWNER_FILE = Text("Excel 打开时的临时文件", "Excel's own file beside an open workbook")
_CORRECTED = Text("已由改正后的退回表代替", "the corrected one that was sent back takes its place")
_OUTDATED = Text("原表在退回之后又保存过，以原表为准", "its original was saved later and counts")
LOCKED = Text("打不开：正被 Excel 占用或没有权限", "cannot be opened: Excel holds it, or no permission")
"""The reason that is more than a note: what is in such a file is missing from the plan."""
_NO_FILE = Text(
    "不是普通文件（管道、套接字或设备），未读取",
    "is no regular file (a pipe, socket or device) and was not read",
)
_DEAD_LINK = Text(
    "是一个链接，它指向的文件不存在或无权查看，未读取",
    "is a link whose target does not exist, or may not be seen; it was not read",
)
NOT_FILES = (_NO_FILE, _DEAD_LINK)
"""Reasons that are more than a note, too: somebody put a list there that is none."""

MARK = "returnplan_"
"""Before each defined name by which our own workbooks are known again (:mod:`returnplan.papers.pages.container`)."""

_MOST_MARK_BYTES = 1_000_000
OWN = Text("本程序自己的文件，不是报名表", "this program's own, no list of people")
OUTPUTS_MARK = "今日要办.xlsx"
"""The page that a night writes last into the folder of its outputs."""

SYSTEM = Text("系统或程序的临时、隐藏文件", "a hidden or temporary file of the system")
_SYSTEM_NAMES = ("thumbs.db", "desktop.ini", "__macosx")
_OWN_NAMES = (
    *(RULES_FILE, PURGED_FILE, "检查.bat", "排车.bat", "出名单.bat", "定时运行.txt"),
    *("check.bat", "plan.bat", "papers.bat", "schedule.txt"),
)
_OWN_SUFFIXES = (".db", ".db-wal", ".db-shm", ".db-journal", ".lock", ".log", ".jsonl")
_GROWING = Text("正在写入，下次再读", "still being written, read next time")


@dataclass(frozen=True, slots=True)
class SkippedFile:
    """A file of a folder that was skipped, and why."""

    path: Path
    reason: Text


def is_marked(file: Path) -> bool:
    """Return whether a file is a workbook that this program wrote as its output."""
    if file.suffix.lower() != ".xlsx":
        return False
    try:
        with zipfile.ZipFile(file) as archive, archive.open("xl/workbook.xml") as part:
            return f'"{MARK}'.encode() in part.read(_MOST_MARK_BYTES)
    except Exception:  # zipfile raises a dozen classes at archives that are broken: the scan tells how
        return False


def _reason_if_ours(entry: Path) -> Text | None:
    if entry.is_dir():
        is_of_a_night = os.path.isfile(entry / OUTPUTS_MARK)  # noqa: PTH113  Path.is_file fails in a locked folder
        return OWN if is_of_a_night else None
    name = entry.name.lower()
    return OWN if name in _OWN_NAMES or name.endswith(_OWN_SUFFIXES) or is_marked(entry) else None


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for in a folder and those below it.

    Parameters
    ----------
    name : what it is called
    reason_to_pass_over : why a file or folder below is not looked at, None where it is; it is not asked about what the
        system keeps there
    """

    name: Text
    reason_to_pass_over: Callable[[Path], Text | None]


SIGN_UPS = Sought(Text("报名表", "sign-up sheets"), _reason_if_ours)
"""Any files but those of this program, and folders but those of a night's outputs."""


def expand(
    paths: Iterable[Path], *, is_deep: bool = False, sought: Sought = SIGN_UPS
) -> tuple[list[Path], list[SkippedFile]]:
    """Return the files of a call, folders replaced by what lies in them (sorted by name).

    In a folder, Excel's ``~$`` owner files, files that still grow and files that cannot be opened are skipped;
    a file that the call names is never skipped. A file given twice counts once, at its first position.

    Parameters
    ----------
    paths : files and folders
    is_deep : return all files of a folder and its subfolders, except those that the system keeps there and those
        passed over; else only the spreadsheets of the folder itself
    sought : what is looked for, and so what is passed over

    Raises
    ------
    InputRefused : a path that does not exist, is neither file nor folder, or a folder without a spreadsheet
    """
    found: dict[Path, Path] = {}
    skipped: list[SkippedFile] = []
    given = [located(path) for path in paths]
    listed = [(path, _files_of(path, skipped, sought, is_deep=is_deep)) for path in given]
    growing = _growing([file for path, files in listed for file in files if file != path])
    for path, files in listed:
        left_out = {} if files == [path] else _left_out(files, growing)
        skipped.extend(SkippedFile(file, reason) for file, reason in left_out.items())
        for file in files:
            if file not in left_out:
                found.setdefault(file.resolve(), file)
    files = list(found.values())
    outdated = _outdated([file for file in files if file not in given and file.parent not in given], files)
    files = [file for file in files if file not in outdated]
    replaced = set(_replaced(files))
    skipped.extend(SkippedFile(file, _OUTDATED) for file in outdated)
    skipped.extend(SkippedFile(file, _CORRECTED) for file in files if file in replaced)
    return [file for file in files if file not in replaced], skipped


def readable(name: str) -> str:
    """Return a path or name as readable text: names from an unpacked ZIP may be GB18030, not UTF-8."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return "/".join(map(_readable_part, name.split("/")))
    return name


def _readable_part(part: str) -> str:
    try:
        part.encode()
    except UnicodeEncodeError:
        content = os.fsencode(part)
        try:
            return content.decode("gb18030")
        except UnicodeDecodeError:
            return content.decode(errors="backslashreplace")
    return part


def located(path: Path) -> Path:
    """Return the real path of a path that :func:`readable` may have changed, or the path itself."""
    if os.path.lexists(path):
        return path
    found = Path(path.anchor)
    for part in path.relative_to(path.anchor).parts:
        entry = found / part
        if not os.path.lexists(entry):
            entry = next((other for other in _entries(found) if readable(other.name) == part), entry)
        found = entry
    return found if os.path.lexists(found) else path


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def original_name(file: PurePath) -> str:
    """Return the base name under which a file counts: 退回-X.xlsx is X.xlsx, 退回-X.csv.xlsx is X.csv."""
    name = readable(file.name)
    if not _is_returned(file):
        return name
    name = name.removeprefix(RETURNED)
    without = PurePath(name).stem
    return without if PurePath(without).suffix.lower() in (*WORKBOOKS, *TEXTS, XML_WORKBOOK) else name


def _is_returned(file: PurePath) -> bool:
    return readable(file.name).startswith(RETURNED)


def _outdated(deep_files: Sequence[Path], files: Sequence[Path]) -> set[Path]:
    """Return the files for correction in subfolders that are older than their original: they are uncorrected."""
    latest: dict[str, float] = {}
    for file in files:
        if not _is_returned(file):
            latest[original_name(file)] = max(latest.get(original_name(file), 0.0), _state(file)[1])
    returned = [file for file in deep_files if _is_returned(file)]
    return {file for file in returned if _state(file)[1] < latest.get(original_name(file), 0.0)}


def _replaced(files: Sequence[Path]) -> list[Path]:
    """Return the files whose corrected successor is in the call too."""
    plain = [file for file in files if not _is_returned(file)]
    names = Counter(map(original_name, plain))
    corrected = {(file.parent, original_name(file)) for file in files if _is_returned(file)}
    corrected_names = {name for _, name in corrected if names[name] == 1}
    return [
        file
        for file in plain
        if (file.parent, original_name(file)) in corrected or original_name(file) in corrected_names
    ]


def _files_of(path: Path, skipped: list[SkippedFile], sought: Sought, *, is_deep: bool) -> list[Path]:
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise InputRefused(_not_a_file(path))
    if is_deep:
        files = _all_below(path, skipped, {path.resolve()}, sought)
    else:
        files = sorted(file for file in path.iterdir() if file.suffix.lower() in SUFFIXES and file.is_file())
    if not files:
        shown = readable(str(path))
        books = [skip.path for skip in skipped if skip.reason == OWN and skip.path.suffix.lower() == ".xlsx"]
        of_ours = [book for book in books if book.is_relative_to(path)]
        raise InputRefused(
            _only_ours(shown, readable(of_ours[0].name)) if of_ours else _no_sheet(shown, sought.name)
        )
    return files


def _no_sheet(folder: str, sought: Text) -> Text:
    return Text(
        f"文件夹 {folder} 里没有 .xlsx、.xls 或 .csv 文件。请把{sought.zh}放进去再运行。",
        f"The folder {folder} holds no .xlsx, .xls or .csv file. Put the {sought.en} there and run again.",
    )


def _only_ours(folder: str, name: str) -> Text:
    return Text(
        f"文件夹 {folder} 里只有本程序自己写出的表，如 {name}，没有报名表。请把报名表放进去再运行。",
        f"The folder {folder} holds workbooks of this program alone, such as {name}, and no sign-up sheet. "
        "Put the sign-up sheets there and run again.",
    )


def _all_below(folder: Path, skipped: list[SkippedFile], seen: set[Path], sought: Sought) -> list[Path]:
    """Return the files of a folder and its subfolders, each folder once even if a link leads back."""
    files: list[Path] = []
    folders: list[Path] = []
    for entry in sorted(folder.iterdir()):
        if reason := _reason_to_pass_over(entry, sought):
            skipped.append(SkippedFile(entry, reason))
        elif not entry.is_dir():
            files.append(entry)
        elif (resolved := entry.resolve()) not in seen:
            seen.add(resolved)
            folders.append(entry)
    for subfolder in folders:
        try:
            files += _all_below(subfolder, skipped, seen, sought)
        except OSError:
            skipped.append(SkippedFile(subfolder, LOCKED))
    return files


def _reason_to_pass_over(entry: Path, sought: Sought) -> Text | None:
    name = entry.name.lower()
    if name.startswith((".", "~")) and not name.startswith(OWNER_FILE):
        return SYSTEM
    if name in _SYSTEM_NAMES:
        return SYSTEM
    if not entry.is_dir() and not entry.is_file():  # a pipe would never end to be opened
        return _NO_FILE if entry.exists() else _DEAD_LINK
    return sought.reason_to_pass_over(entry)


def _left_out(files: Sequence[Path], growing: Container[Path]) -> dict[Path, Text]:
    """Return which files of a folder are skipped, and why."""
    return {file: reason for file in files if (reason := _reason_to_skip(file, growing))}


def _reason_to_skip(file: Path, growing: Container[Path]) -> Text | None:
    if file.name.startswith(OWNER_FILE):
        return _OWNER_FILE
    if file in growing:
        return _GROWING
    return LOCKED if _is_locked(file) else None


def _is_locked(file: Path) -> bool:
    """Return whether the system refuses to open the file: on Windows, Excel may have locked it."""
    try:
        file.open("rb").close()
    except OSError:
        return True
    return False


def _not_a_file(path: Path) -> Text:
    shown = readable(str(path))
    if path.exists():
        return Text(
            f"{shown} 不是普通文件，未读取。请指定 .xlsx、.xls 或 .csv 文件。",
            f"{shown} is not a regular file and was not read. Name an .xlsx, .xls or .csv file.",
        )
    if path.is_symlink():
        return Text(
            f"{shown} {_DEAD_LINK.zh}。请指定文件本身。", f"{shown} {_DEAD_LINK.en}. Name the file itself."
        )
    return Text(
        f"找不到 {shown}。请检查文件或文件夹的名字，以及现在所在的文件夹。",
        f"There is no file or folder {shown}. Check its name, and the folder you are in.",
    )


def _growing(files: Sequence[Path]) -> set[Path]:
    """Return the files that are still being written: those that differ a moment later."""
    now = time.time()
    recent = {file: _state(file) for file in files if 0 <= now - _state(file)[1] < _RECENT_SECONDS}
    if recent:
        time.sleep(_LOOK_AGAIN_SECONDS)
    return {file for file, before in recent.items() if _state(file) != before}


def _state(file: Path) -> tuple[int, float]:
    """Return size and time of the last change; a file that is gone by now has neither."""
    try:
        status = file.stat()
    except FileNotFoundError:
        return 0, 0.0
    return status.st_size, status.st_mtime


def shown_names(files: Sequence[Path]) -> list[str]:
    """Return the base name of each file, or the shortest distinct relative path if two names are equal."""
    names = [original_name(file) for file in files]
    counts = Counter(names)
    return [
        name if counts[name] == 1 else _distinguishing(file, files)
        for file, name in zip(files, names, strict=True)
    ]


def _distinguishing(file: Path, files: Sequence[Path]) -> str:
    parts = _counting_parts(file)
    rivals = [
        _counting_parts(other)
        for other in files
        if original_name(other) == original_name(file) and other != file
    ]
    for length in range(2, len(parts)):
        if all(rival[-length:] != parts[-length:] for rival in rivals):
            return readable("/".join(parts[-length:]))
    return readable(file.as_posix())


def _counting_parts(file: Path) -> tuple[str, ...]:
    return (*file.resolve().parts[:-1], original_name(file))
