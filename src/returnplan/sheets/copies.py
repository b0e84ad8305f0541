"""Which of two files is the later one: copies have marks that people and programs append to the name."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePath

from returnplan.model.intake import DatedFile
from returnplan.sheets.files import original_name, shown_names

_SEPARATOR = r"[\s_·.\-–—]*"
_WORD = (
    r"(?:最新|最终|最后|终|定|修改|修订|更新|更正|改正|改|重报|新|final|latest|new|updated?|revised)"
    r"(?:后|稿|版|版本)?"
)
_COPY = r"(?:的?副本|复件|copy)\d{0,3}"
_VERSION = r"(?:第?(?:\d{1,3}|[一二三四五六七八九十])[版稿]|v\d{1,3})"
_MARKS = (
    (re.compile(rf"{_SEPARATOR}\(\d{{1,3}}\)$"), "number"),
    (re.compile(rf"{_SEPARATOR}(?:{_COPY}|\({_COPY}\))$"), "copy"),
    (re.compile(rf"{_SEPARATOR}(?:{_VERSION}|\({_VERSION}\))$"), "version"),
    (re.compile(rf"{_SEPARATOR}(?:{_WORD}|\({_WORD}\))$"), "word"),
)
_NUMBER = re.compile(r"\d+|[一二三四五六七八九十]")
_BEFORE = re.compile(rf"^(?:副本|复件|copy of|最新版?|新版|修改版?|修改后){_SEPARATOR}(?=.)")
_KINDS = ("number", "copy", "version", "word")
_CHINESE = "一二三四五六七八九十"

Mark = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Copy:
    """A file for comparison: copies of one file have the same family and are sorted by their marks."""

    path: Path
    name: str
    family: tuple[PurePath, str]
    marks: tuple[Mark, ...]
    saved_s: float


def oldest_first(given: Sequence[Path], files: Sequence[Path]) -> list[DatedFile]:
    """Return the files of a call, from the least to the most important.

    Later arguments of the command line are more important. In a folder, a copy is more important than its
    original, and copies follow the order of their marks: X, X(1), X - 副本, X_v2, X最新. Other files follow the
    time when they were saved, then the name; a family of copies has the time of its last copy.

    Parameters
    ----------
    given : files and folders, in the order of the command line
    files : the files that they mean
    """
    copies = list(map(_copy_of, files, shown_names(files)))
    saved_s: defaultdict[tuple[PurePath, str], float] = defaultdict(float)
    for copy in copies:
        saved_s[copy.family] = max(saved_s[copy.family], copy.saved_s)
    folders = [(path.resolve(), path.is_dir()) for path in given]

    def age(copy: _Copy) -> tuple[object, ...]:
        where = _place(copy.path.resolve(), folders)
        if not folders[where][1]:
            return (where,)
        return (where, saved_s[copy.family], copy.family, copy.marks, copy.saved_s, copy.path.name)

    ordered = sorted(copies, key=age)
    return [
        DatedFile(
            str(copy.path),
            copy.name,
            datetime.fromtimestamp(copy.saved_s).replace(microsecond=0),
            tuple(later.name for later in ordered[i + 1 :] if later.family == copy.family),
        )
        for i, copy in enumerate(ordered)
    ]


def _place(file: Path, folders: Sequence[tuple[Path, bool]]) -> int:
    """Return the position of the first path of the command line that leads to a file."""
    return next(
        (
            i
            for i, (path, is_folder) in enumerate(folders)
            if (file.is_relative_to(path) if is_folder else file == path)
        ),
        len(folders) - 1,
    )


def _copy_of(file: Path, name: str) -> _Copy:
    stem = unicodedata.normalize("NFKC", PurePath(original_name(file)).stem).strip().lower()
    marks: list[Mark] = []  # the last one first
    while found := next((hit for form, kind in _MARKS if (hit := _mark(stem, form, kind))), None):
        stem, mark = found
        marks.append(mark)
    if before := _BEFORE.match(stem):
        stem = stem[before.end() :]
        marks.append((_KINDS.index("copy" if before[0][0] in "副复c" else "word"), 0))
    return _Copy(file, name, (file.resolve().parent, stem), tuple(reversed(marks)), file.stat().st_mtime)


def _mark(name: str, form: re.Pattern[str], kind: str) -> tuple[str, Mark] | None:
    """Return a name without a mark at its end, and the mark; nothing of a name that is all mark."""
    found = form.search(name)
    if found is None or found.start() == 0:
        return None
    told = _NUMBER.search(found[0])
    number = told[0] if told else "0"
    value = _CHINESE.index(number) + 1 if number in _CHINESE else int(number)
    return name[: found.start()], (_KINDS.index(kind), value)
