"""Examine a file before anything parses it: its real type, and whether it is safe to open.

The parent runs this scan; it inflates, counts and searches, but builds nothing. Caps are absolute sizes: an
honest sheet of blanks compresses a thousandfold as a bomb does.
"""

import re
import stat
import zipfile
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from mmap import ACCESS_READ, mmap
from pathlib import Path

from returnplan.model.errors import InputRefused
from returnplan.sheets.files import TEXTS, WORKBOOKS, XML_WORKBOOK
from returnplan.sheets.markup import markup_of
from returnplan.sheets.refusals import refused
from returnplan.sheets.tables import MAX_CELLS
from returnplan.sheets.wire import Form, Job

MAX_FILE_BYTES = 500_000_000
MAX_MEMBERS = 10_000
MAX_INFLATED_BYTES = 1_000_000_000

_OTHER_WORKBOOKS = (".ods", ".xlsb")  # not read, but to be saved as .xlsx
_WEB_ARCHIVE = b"mime-version:"
"""The first words of a page that Excel saves as a single file, with its tables packed as those of a letter."""

_HEAD_BYTES = 2048
_CHUNK_BYTES = 1 << 20  # a cell holds at most 32,767 characters: no honest chunk is without a tag
_OVERLAP_BYTES = 64
_METHODS_OF_EXCEL = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # others may ask for gigabytes of dictionary
_ZIP_MAGIC = b"PK\x03\x04"
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CELL_COLUMN = re.compile(rb'r="([A-Z]{1,3})\d')
_ROW_NUMBER = re.compile(rb'row [^>]*?\br="(\d{1,7})"')
_DTD = b"<!DOCTYPE"


def examine(path: Path) -> Job:
    """Return how the child must read a file.

    Raises
    ------
    InputRefused : it is no spreadsheet, damaged, encrypted, has macros or a DTD, or unfolds beyond the caps
    """
    num_bytes = _size_of(path)
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
        form = _form_of(path, head)
        if head.startswith(_ZIP_MAGIC):
            _examine_zip(path)
        elif head.startswith(_OLE_MAGIC):
            _examine_ole(path)
        elif form == "workbook":
            raise refused(path, "not_spreadsheet")
    except OSError as error:
        raise refused(path, "no_access") from error
    return Job(str(path.absolute()), form, num_bytes)


def _form_of(path: Path, head: bytes) -> Form:
    """Return how a file is read: text by its suffix, or because it is text with the suffix of a workbook.

    A page with the suffix of a text is read as its lines. One called .html may be a report of anybody.
    """
    suffix = path.suffix.lower()
    if head.startswith((_ZIP_MAGIC, _OLE_MAGIC)):
        return "workbook"
    is_plain = head.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) or b"\0" not in head
    if suffix in WORKBOOKS and head.lstrip().lower().startswith(_WEB_ARCHIVE):
        return "workbook"
    markup = markup_of(head) if is_plain else None
    if markup and (suffix in WORKBOOKS or (suffix == XML_WORKBOOK and markup == "xml")):
        return markup
    return "csv" if suffix in TEXTS or (suffix in WORKBOOKS and is_plain) else "workbook"


def _size_of(path: Path) -> int:
    if path.name.startswith("~$"):
        raise refused(path, "owner_file")
    try:
        status = path.stat()
    except OSError as error:
        raise refused(path, "no_access") from error
    if not stat.S_ISREG(status.st_mode):
        raise refused(path, "not_spreadsheet")
    if status.st_size == 0:
        raise refused(path, "empty")
    if status.st_size > MAX_FILE_BYTES:
        is_sheet = path.suffix.lower() in (*WORKBOOKS, *TEXTS)
        raise refused(path, "too_large" if is_sheet else "not_spreadsheet")
    return status.st_size


def _examine_ole(path: Path) -> None:
    """Old .xls workbooks and encrypted .xlsx are both OLE containers: the names of their streams tell."""
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as content:
        if content.find("EncryptedPackage".encode("utf-16-le")) >= 0:
            raise refused(path, "encrypted")
        if content.find("Book".encode("utf-16-le")) < 0 and content.find("Workbook".encode("utf-16-le")) < 0:
            raise refused(path, "not_spreadsheet")
        if content.find("_VBA_PROJECT".encode("utf-16-le")) >= 0:
            raise refused(path, "macros")


def _examine_zip(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            _examine_names(path, members)
            budget = MAX_INFLATED_BYTES
            for member in members:
                if member.filename.lower().endswith((".xml", ".rels")):
                    budget -= _examine_xml(path, archive, member, budget)
    except InputRefused:
        raise
    except Exception as error:  # zipfile raises a dozen classes at archives that are broken
        is_sheet = path.suffix.lower() in (*WORKBOOKS, *_OTHER_WORKBOOKS)
        raise refused(path, "damaged" if is_sheet else "not_spreadsheet") from error


def _examine_names(path: Path, members: list[zipfile.ZipInfo]) -> None:
    names = {member.filename.lower() for member in members}
    if "xl/workbook.xml" not in names:
        raise refused(path, "not_spreadsheet")
    if len(members) > MAX_MEMBERS:
        raise refused(path, "too_large")
    if any(member.flag_bits & 1 for member in members):
        raise refused(path, "encrypted")
    if any("vbaproject" in name or "macrosheets/" in name for name in names):
        raise refused(path, "macros")
    if any(member.compress_type not in _METHODS_OF_EXCEL for member in members):
        raise refused(path, "damaged")


def _examine_xml(path: Path, archive: zipfile.ZipFile, member: zipfile.ZipInfo, budget: int) -> int:
    """Return the inflated size of a part; refuse DTDs, endless texts, and sheets with too many cells."""
    columns = {b"A"}
    rows = {b"1"}
    num_cells = num_bytes = 0
    for window in _windows(archive, member, budget):
        if _DTD in window:
            raise refused(path, "entities")
        numbered = _CELL_COLUMN.findall(window)
        columns.update(numbered)
        rows.update(_ROW_NUMBER.findall(window))
        num_cells += len(numbered) or window.count(b"<c")
        num_bytes += len(window)
        is_endless_text = b"<" not in window and len(window) >= _CHUNK_BYTES
        if is_endless_text or num_bytes > budget or num_cells > MAX_CELLS:
            raise refused(path, "too_large")
    if max(map(int, rows)) * max(map(_column_number, columns)) > MAX_CELLS:
        raise refused(path, "too_large")
    return num_bytes


def _windows(archive: zipfile.ZipFile, member: zipfile.ZipInfo, budget: int) -> Iterator[bytes]:
    """Yield the real content of a part in overlapping chunks; the size in the header may be false."""
    claimed = member.file_size
    member.file_size = max(claimed, budget + _CHUNK_BYTES)
    tail = b""
    num_bytes = 0
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            num_bytes += len(chunk)
            yield tail + chunk
            tail = chunk[-_OVERLAP_BYTES:]
    if num_bytes != claimed:
        raise zipfile.BadZipFile(member.filename)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
