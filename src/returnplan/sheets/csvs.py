"""CSV files: strict UTF-8 or strict GB18030, never a guess.

Charset detectors take short GBK files for Korean; a strict decoder either succeeds or is the wrong one.
The child runs this module, so it imports nothing but the standard library.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

_CHUNK = 1 << 20
MAX_COLUMNS = 16_384  # as many as Excel has


class NotTextError(Exception):
    """The file is neither UTF-8 nor GB18030, or it holds NUL bytes."""


class TooWideError(Exception):
    """A record has more fields than Excel has columns, or a field is longer than a cell can be."""


def csv_rows(path: Path) -> Iterator[list[str]]:
    """Yield every record of a CSV file, blank ones too (they count as rows in Excel).

    Raises
    ------
    NotTextError : neither strict UTF-8 (with or without BOM) nor strict GB18030
    TooWideError : more than 16,384 fields, or a field of more than 131,072 characters
    """
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="") as file:
        records = csv.reader(file)
        try:
            for record in records:
                if len(record) > MAX_COLUMNS:
                    raise TooWideError
                yield record
        except csv.Error as error:
            raise TooWideError from error


def _encoding(path: Path) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        if _decodes(path, encoding):
            return encoding
    raise NotTextError


def _decodes(path: Path, encoding: str) -> bool:
    try:
        with path.open(encoding=encoding, newline="") as file:
            while text := file.read(_CHUNK):
                if "\0" in text:
                    raise NotTextError
                if len(text) == _CHUNK and "\n" not in text and "\r" not in text:
                    raise TooWideError  # a line without end would be read into memory whole
    except UnicodeDecodeError:
        return False
    return True
