"""What a workbook is apart from its sheets: parts packed into a zip file, marks to know it by, a password.

Equal parts make equal bytes: nothing in the file tells when it was made. Marks are defined names, invisible in the
program.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from isal import isal_zlib

from returnplan.sheets.files import MARK

_MARKED_PART = "xl/workbook.xml"
_SHEETS = "xl/worksheets/sheet"
_SEAL = "sheets"
"""The mark by which it is seen that a sheet is not as it was written."""
_MOST_BYTES = 1_000_000

_LEVEL = 1
"""zlib packs no smaller at its fastest level, and takes five times as long."""
_LETTERS_AT_ONCE = 100_000
_HEAD = struct.Struct("<4s5H3I2H")
_ENTRY = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_VERSION = 20
"""Of the zip format: the first with deflated parts."""
_FIRST_DAY = 1 << 5 | 1
"""1 January 1980, the earliest day that a zip file knows: that of every part."""
_LEAST_ENCRYPTED = 4096
"""Of less the library makes a file that no program opens: it lies in a part of the container that it does not write."""


class Packed(NamedTuple):
    """A part of a workbook: its deflated bytes, the checksum and the length of what they hold."""

    content: bytes
    checksum: int
    num_bytes: int


def pack(texts: Iterable[str]) -> Packed:
    """Return a part that holds these texts one after the other; of a long one, few are in memory at a time."""
    packer = isal_zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed, checksum, num_bytes = [], 0, 0
    for content in _pieces(texts):
        packed.append(packer.compress(content))
        checksum = isal_zlib.crc32(content, checksum)
        num_bytes += len(content)
    return Packed(b"".join((*packed, packer.flush())), checksum, num_bytes)


def _pieces(texts: Iterable[str]) -> Iterator[bytes]:
    """Return texts as a few long pieces, which are quicker to pack than many short ones."""
    waiting: list[str] = []
    num_letters = 0
    for text in texts:
        waiting.append(text)
        num_letters += len(text)
        if num_letters > _LETTERS_AT_ONCE:
            yield "".join(waiting).encode()
            waiting, num_letters = [], 0
    yield "".join(waiting).encode()


def zipped(parts: Mapping[str, Packed]) -> bytes:
    """Return the zip file of parts by their names; Python's own would pack each of them once more."""
    pieces, directory, start = list[bytes](), list[bytes](), 0
    for name, (content, checksum, num_bytes) in parts.items():
        path = name.encode()
        state = (0, zipfile.ZIP_DEFLATED, 0, _FIRST_DAY, checksum, len(content), num_bytes, len(path), 0)
        head = _HEAD.pack(b"PK\x03\x04", _VERSION, *state) + path
        pieces += head, content
        entry = _ENTRY.pack(b"PK\x01\x02", _VERSION, _VERSION, *state, 0, 0, 0, 0, start)
        directory += entry, path
        start += len(head) + len(content)
    num_bytes = sum(map(len, directory))
    end = _END.pack(b"PK\x05\x06", 0, 0, len(parts), len(parts), num_bytes, start, 0)
    return b"".join((*pieces, *directory, end))


def mark_formulas(marks: Mapping[str, str]) -> dict[str, str]:
    """Return name -> formula of each mark."""
    return {f"{MARK}{name}": '"{}"'.format(text.replace('"', '""')) for name, text in marks.items()}


def read_marks(path: Path) -> dict[str, str]:
    """Return the marks of a workbook; none where the file is missing, broken or not ours.

    It looks into one small part of the file only, however many rows that has. Each spreadsheet program that saves
    the workbook writes that part its own way, so it is read as XML. No workbook declares a document type, so its
    entities are never ours.
    """
    return {name: text for name, text in _all_marks(path).items() if name != _SEAL}


def _all_marks(path: Path) -> dict[str, str]:
    try:
        with zipfile.ZipFile(path) as file, file.open(_MARKED_PART) as part:
            content = part.read(_MOST_BYTES)
    except (OSError, KeyError, ValueError, NotImplementedError, RuntimeError, zipfile.BadZipFile, zlib.error):
        return {}
    if b"<!DOCTYPE" in content:
        return {}
    try:
        names = ElementTree.fromstring(content).iterfind(".//{*}definedName")
    except (ElementTree.ParseError, LookupError, ValueError):  # the latter two of a strange encoding
        return {}
    formulas = {name.get("name", ""): name.text or "" for name in names}
    return {
        name.removeprefix(MARK): formula[1:-1].replace('""', '"')
        for name, formula in formulas.items()
        if name.startswith(MARK) and len(formula) > 1 and formula[0] == formula[-1] == '"'
    }


def seal(checksums: Mapping[str, int]) -> dict[str, str]:
    """Return the mark that seals the sheets of a workbook, of the checksums of its parts by their names."""
    sheets = sorted(item for item in checksums.items() if item[0].startswith(_SHEETS))
    return {_SEAL: f"{zlib.crc32(repr(sheets).encode()):08x}"}


def is_as_written(path: Path) -> bool:
    """Return whether no program has saved a workbook of ours since it was written; of one without a seal, too.

    It looks at checksums only, however many rows the workbook has.
    """
    sealed = _all_marks(path).get(_SEAL)
    if sealed is None:
        return True
    with zipfile.ZipFile(path) as file:
        return seal({part.filename: part.CRC for part in file.infolist()}) == {_SEAL: sealed}


def encrypted(workbook: bytes, password: str) -> bytes:
    """Return the workbook encrypted as Excel does it (ECMA-376 agile encryption, AES): a password opens it.

    The protection of a sheet does not do that. Takes some 0.1 s: the key is derived slowly on purpose.
    """
    from msoffcrypto.format.ooxml import OOXMLFile  # with its cryptography it takes 0.1 s to load

    source, target = io.BytesIO(workbook), io.BytesIO()
    if len(workbook) < _LEAST_ENCRYPTED:
        with zipfile.ZipFile(source, "a") as book:
            book.comment = b" " * (_LEAST_ENCRYPTED - len(workbook))
    OOXMLFile(source).encrypt(password, target)
    return target.getvalue()
