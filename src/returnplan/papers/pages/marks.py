"""Marks in a workbook, so that it is known when it comes back: defined names, invisible in the program.

Reading them looks into one small part of the file only, however many rows it has.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path

from returnplan.sheets.files import MARK

_PART = "xl/workbook.xml"
_MOST_BYTES = 1_000_000
_MARK = re.compile(rf'<definedName name="({MARK}\w+)"[^>]*>"(.*?)"</definedName>', re.DOTALL)


def mark_formulas(marks: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Return name and formula of each mark."""
    for name, text in marks.items():
        yield f"{MARK}{name}", '="{}"'.format(text.replace('"', '""'))


def read_marks(path: Path) -> dict[str, str]:
    """Return the marks of a workbook; none where the file is missing, broken or not ours."""
    try:
        with zipfile.ZipFile(path) as file, file.open(_PART) as part:
            text = part.read(_MOST_BYTES).decode("utf-8")
    except (OSError, KeyError, ValueError, NotImplementedError, RuntimeError, zipfile.BadZipFile, zlib.error):
        return {}
    return {
        name.removeprefix(MARK): unescape(value).replace('""', '"') for name, value in _MARK.findall(text)
    }
