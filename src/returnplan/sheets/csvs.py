"""CSV files: the encodings and dialects that Excel and WPS write; the file decides, nothing is guessed.

Charset detectors take short GBK files for Korean; a strict decoder either succeeds or is the wrong one.
The child runs this module, so it imports nothing but the standard library.
"""

import csv
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path

_CHUNK = 1 << 20
MAX_COLUMNS = 16_384  # as many as Excel has
_DELIMITERS = ",\t;|"
_HEAD_LINES = 30  # a header stands in them
_TOLD = re.compile(r'"?sep=([^\r\n"])"?[\r\n]*', re.IGNORECASE)
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_AS_FORMULA = re.compile(r'="((?:[^"]|"")*)"')
_ID_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?![\dXx])")
_MAY_PART = re.compile(r"[^\w\s\"']|　")  # spaces part words
_CHAIN = "#接龙"
_END_MARK = "\x1a"
_MOST_ODD_LINES = 0.25  # of a list in a .txt, such as its title
_FEWEST = 2  # delimiters in a line that is taken for a record: a note may have one comma


class NotTextError(Exception):
    """The file is neither UTF-8, GB18030 nor marked UTF-16."""


class NulError(Exception):
    """The file has NUL characters, so it is no text; ``line`` has the first one."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class TooWideError(Exception):
    """A record has more fields than Excel has columns, or a field is longer than a cell."""


class UnclosedQuoteError(Exception):
    """A quote never closes, or closes so late that it swallows other records.

    ``line`` is the line of the file in which the quote opens.
    """

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class UnknownSeparatorError(Exception):
    """The columns are parted by a ``separator`` that is none of those known."""

    def __init__(self, separator: str) -> None:
        super().__init__(separator)
        self.separator = separator


def csv_rows(path: Path) -> Iterator[list[str]]:
    """Yield each record of a CSV file, including blank ones, which are rows in Excel.

    The line ``sep=;``, which gives Excel the delimiter, is no record. Of a .txt that is no list, each line is a
    record.

    Raises
    ------
    NotTextError : neither strict UTF-8 (with or without BOM), strict GB18030, nor UTF-16 with BOM
    NulError : NUL characters
    TooWideError : more than 16,384 fields, or a field of more than 131,072 characters
    UnclosedQuoteError : a quote that closes nowhere, or swallows other records
    UnknownSeparatorError : the columns are parted by something else than comma, semicolon, tab or bar
    """
    with path.open(encoding=_encoding(path), newline="") as file:
        # Old programs put a mark (Ctrl-Z) at the end of a file.
        lines = (line.removesuffix(_END_MARK) for line in file if line != _END_MARK)
        head = list(islice(lines, _HEAD_LINES))
        told = _TOLD.fullmatch(head[0]) if head else None
        if told:
            yield from _records(chain(head[1:], lines), told[1], first_line=2)
        elif path.suffix.lower() == ".txt" and not _is_list(head):
            yield from ([line.rstrip("\r\n")] for line in chain(head, lines))
        else:
            if separator := _unknown_separator(head):
                raise UnknownSeparatorError(separator)
            yield from _records(chain(head, lines), _delimiter(head), first_line=1)


def without_formula(cell: str) -> str:
    """Return the text of a cell written as ``="4508…"``, which stops Excel from reading a number."""
    match = _AS_FORMULA.fullmatch(cell)
    return match[1].replace('""', '"') if match else cell


def _delimiter(head: Sequence[str]) -> str:
    """Return the delimiter of the header.

    The header is the first line with a delimiter that at least half of the lines have: a title may contain a
    comma. Quoted text is ignored.
    """
    lines = _unquoted(head)
    for line in lines:
        delimiter = max(_DELIMITERS, key=line.count)
        if delimiter in line and 2 * sum(delimiter in other for other in lines) >= len(lines):
            return delimiter
    return max(_DELIMITERS, key=lambda delimiter: sum(delimiter in line for line in lines))


def _unknown_separator(head: Sequence[str]) -> str:
    """Return what parts the columns where no known delimiter does, "" where nothing does.

    It stands in the header as often as in every line below it. A header has no digits: lines of a 接龙 have.
    """
    lines = _unquoted(head)
    if len(lines) < 2 or re.search(r"\d", lines[0]) or any(known in lines[0] for known in _DELIMITERS):
        return ""
    marks: list[str] = _MAY_PART.findall(lines[0])
    for separator in dict.fromkeys(marks):
        num = lines[0].count(separator)
        if num >= _FEWEST and all(line.count(separator) == num for line in lines):
            return separator
    return ""


def _is_list(head: Sequence[str]) -> bool:
    """Return whether nearly all lines of a text have as many fields as its header."""
    delimiter = _delimiter(head)
    widths = [line.count(delimiter) for line in _unquoted(head)]
    usual = max(set(widths), key=widths.count, default=0)
    is_chain = bool(head) and head[0].lstrip().startswith(_CHAIN)
    return not is_chain and usual > 0 and widths.count(usual) >= (1 - _MOST_ODD_LINES) * len(widths)


def _unquoted(head: Sequence[str]) -> list[str]:
    """Return the lines that are not blank, without their quoted fields."""
    return [bare for line in head if (bare := _QUOTED.sub('""', line).strip("\r\n "))]


def _records(lines: Iterable[str], delimiter: str, first_line: int) -> Iterator[list[str]]:
    """Yield the records; a quote inside an unquoted field is text, as in Excel."""
    own_lines: list[str] = []  # of the record that is being read

    def noted(line: str) -> str:
        own_lines.append(line)
        return line

    last: list[str] | None = None
    line = first_line
    width = 0
    try:
        # the blank line after the last one becomes a record of its own, unless a quote is still open
        for record in csv.reader(map(noted, chain(lines, ("\n",))), delimiter=delimiter):
            if len(own_lines) > 1 and _swallows(own_lines, record, delimiter, width):
                raise UnclosedQuoteError(line)
            if len(record) > MAX_COLUMNS:
                raise TooWideError
            if last is not None:
                yield last
            last = record
            line += len(own_lines)
            own_lines.clear()
            width = width or (len(record) if len(record) > 1 else 0)
    except csv.Error as error:
        if len(own_lines) > 1:
            raise UnclosedQuoteError(line) from error
        raise TooWideError from error


def _swallows(lines: Sequence[str], record: Sequence[str], delimiter: str, width: int) -> bool:
    """Return whether the quote of a record of several lines never closes, or closes in another record.

    In that case it closes in the middle of a field, or the field contains a line that looks like a record.
    """
    try:
        list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error:
        return True
    return any(
        _is_record(inner, delimiter, width - 1 - (len(record) - 1 - column if is_last else 0))
        for column, field in enumerate(record)
        for inner, is_last in _later_lines(field)
    )


def _later_lines(field: str) -> Iterator[tuple[str, bool]]:
    """Yield each line of a field after the first, and whether it is the last one."""
    lines = field.splitlines()
    for number, line in enumerate(lines[1:], start=2):
        yield line, number == len(lines)


def _is_record(line: str, delimiter: str, num_needed: int) -> bool:
    """Return whether a line inside a field has as many delimiters as a record, or the number of a person."""
    num = line.count(delimiter)
    return num >= _FEWEST and (num >= num_needed or _ID_NUMBER.search(line) is not None)


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(3)
    if head.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        candidates: tuple[str, ...] = ("utf-16",)
    else:
        candidates = ("utf-8-sig",) if head == BOM_UTF8 else ("utf-8", "gb18030")
    for encoding in candidates:
        if _decodes(path, encoding):
            return encoding
    raise NotTextError


def _decodes(path: Path, encoding: str) -> bool:
    line = 1
    try:
        with path.open(encoding=encoding, newline="") as file:
            while text := file.read(_CHUNK):
                before, nul, _ = text.partition("\0")
                line += before.count("\n")
                if nul:
                    raise NulError(line)
                if len(text) == _CHUNK and "\n" not in text and "\r" not in text:
                    raise TooWideError  # a line without end would be read into memory whole
    except UnicodeError:
        return False
    return True
