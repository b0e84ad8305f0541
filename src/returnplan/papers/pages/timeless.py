"""Workbooks whose bytes do not depend on when they are made: the library writes the hour of making into each.

So the same content written again is the same file.
"""

import io
import re
import struct
import zipfile
import zlib

_PART = "docProps/core.xml"
_HOUR = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_NO_HOUR = b"1980-01-01T00:00:00Z"
"""The earliest that a zip file can hold, as its entries do."""
_STATE = struct.Struct("<HHIIII")
"""Flags, method, hour, checksum, packed and whole size: side by side in the head of a part and in its entry."""
_LENGTHS = struct.Struct("<HHH")
_ENTRY_STATE_AT, _ENTRY_LENGTHS_AT, _ENTRY_OFFSET_AT, _ENTRY_NAME_AT = 8, 28, 42, 46
_END_OFFSET_AT = 16


def timeless(workbook: bytes) -> bytes:
    """Return an .xlsx workbook in which the hour of making is always the same.

    Only the small part that holds it is packed again; the sheets, which may be long, stay as they are.
    """
    with zipfile.ZipFile(io.BytesIO(workbook)) as book:
        entries, end = book.infolist(), book.start_dir
        content = _HOUR.sub(_NO_HOUR, book.read(_PART))
    start = next(entry.header_offset for entry in entries if entry.filename == _PART)
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
    name = _PART.encode()
    head = struct.pack("<4sH", b"PK\x03\x04", zipfile.DEFAULT_VERSION) + state
    return head + struct.pack("<HH", len(name), 0) + name + packed, state
