"""What a workbook is apart from its sheets: marks by which it is known again, its hour of making, a password.

Marks are defined names, invisible in the program.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from html import unescape
from pathlib import Path

from returnplan.sheets.files import MARK

_MARKED_PART = "xl/workbook.xml"
_MOST_BYTES = 1_000_000
_MARK = re.compile(rf'<definedName name="({MARK}\w+)"[^>]*>"(.*?)"</definedName>', re.DOTALL)

_TIMED_PART = "docProps/core.xml"
_HOUR = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_NO_HOUR = b"1980-01-01T00:00:00Z"
"""The earliest that a zip file can hold, as its entries do."""
_STATE = struct.Struct("<HHIIII")
"""Flags, method, hour, checksum, packed and whole size: side by side in the head of a part and in its entry."""
_LENGTHS = struct.Struct("<HHH")
_ENTRY_STATE_AT, _ENTRY_LENGTHS_AT, _ENTRY_OFFSET_AT, _ENTRY_NAME_AT = 8, 28, 42, 46
_END_OFFSET_AT = 16


def mark_formulas(marks: Mapping[str, str]) -> dict[str, str]:
    """Return name -> formula of each mark."""
    return {f"{MARK}{name}": '="{}"'.format(text.replace('"', '""')) for name, text in marks.items()}


def read_marks(path: Path) -> dict[str, str]:
    """Return the marks of a workbook; none where the file is missing, broken or not ours.

    It looks into one small part of the file only, however many rows that has.
    """
    try:
        with zipfile.ZipFile(path) as file, file.open(_MARKED_PART) as part:
            text = part.read(_MOST_BYTES).decode("utf-8")
    except (OSError, KeyError, ValueError, NotImplementedError, RuntimeError, zipfile.BadZipFile, zlib.error):
        return {}
    return {
        name.removeprefix(MARK): unescape(value).replace('""', '"') for name, value in _MARK.findall(text)
    }


def timeless(workbook: bytes) -> bytes:
    """Return an .xlsx workbook in which the hour of making is always the same: equal content is equal bytes.

    The library writes that hour into each workbook. Only the small part that holds it is packed again; the
    sheets, which may be long, stay as they are.
    """
    with zipfile.ZipFile(io.BytesIO(workbook)) as book:
        entries, end = book.infolist(), book.start_dir
        content = _HOUR.sub(_NO_HOUR, book.read(_TIMED_PART))
    start = next(entry.header_offset for entry in entries if entry.filename == _TIMED_PART)
    rest = min((entry.header_offset for entry in entries if entry.header_offset > start), default=end)
    part, state = _part(content)
    grown = len(part) - (rest - start)
    directory = bytearray(workbook[end:])
    at = 0
    for entry in entries:
        if entry.header_offset > start:
            struct.pack_into("<I", directory, at + _ENTRY_OFFSET_AT, entry.header_offset + grown)
        if entry.header_offset == start:
            directory[at + _ENTRY_STATE_AT : at + _ENTRY_STATE_AT + _STATE.size] = state
        at += _ENTRY_NAME_AT + sum(_LENGTHS.unpack_from(directory, at + _ENTRY_LENGTHS_AT))
    struct.pack_into("<I", directory, at + _END_OFFSET_AT, end + grown)
    return b"".join((workbook[:start], part, workbook[rest:end], directory))


def _part(content: bytes) -> tuple[bytes, bytes]:
    """Return the part with its head, and the state that its entry in the directory repeats."""
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    packed = packer.compress(content) + packer.flush()
    first_day = 1 << 5 | 1  # of the first month of 1980
    state = _STATE.pack(
        0, zipfile.ZIP_DEFLATED, first_day << 16, zlib.crc32(content), len(packed), len(content)
    )
    name = _TIMED_PART.encode()
    head = struct.pack("<4sH", b"PK\x03\x04", zipfile.DEFAULT_VERSION) + state
    return head + struct.pack("<HH", len(name), 0) + name + packed, state


def encrypted(workbook: bytes, password: str) -> bytes:
    """Return the workbook encrypted as Excel does it (ECMA-376 agile encryption, AES): a password opens it.

    The protection of a sheet does not do that. Takes some 0.1 s: the key is derived slowly on purpose.
    """
    from msoffcrypto.format.ooxml import OOXMLFile  # with its cryptography it takes 0.1 s to load

    target = io.BytesIO()
    OOXMLFile(io.BytesIO(workbook)).encrypt(password, target)
    return target.getvalue()
