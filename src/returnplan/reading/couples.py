"""A couple in one row (姓名 …, 配偶姓名, 配偶身份证号, 配偶是否同行): two people, who travel as one party."""

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from returnplan.reading.cells import CellError, is_blank
from returnplan.reading.header_lines import first_lines
from returnplan.reading.headers import Header
from returnplan.reading.questions import bare
from returnplan.reading.words import yes_no
from returnplan.sheets.tables import Cell, Column, Table, part_of_sheet

_WHO = r"(?:配偶|爱人|妻子|丈夫|老婆|老公|夫或妻|妻或夫)的?"
_COLUMNS = {
    "name": (re.compile(rf"{_WHO}(?:姓名|名字)|配偶|爱人"), "姓名"),
    "id_number": (re.compile(rf"{_WHO}(?:身份证|身份证件|公民身份|证件)(?:号|号码)?"), "身份证号码"),
    "phone": (re.compile(rf"{_WHO}(?:联系)?(?:电话|手机|方式)(?:号|号码)?"), "联系电话"),
}
_TRAVELS = re.compile(
    rf"(?:{_WHO})?是否(?:一起|一同|一道|同行|随行|同去|同往|同车|随同|乘车|返岗|外出|参加|需要乘车).*"
)
_OF_ONE = (
    *("name", "id_number", "phone", "sex", "age", "companions", "party", "num_companions", "num_people"),
    *("num_children", "health", "note", "post"),
)
"""What the row says of the one whose name stands first; the rest is said of both."""
_COMPANION, _HOW_MANY = "同行人", "随行人数"

Lines = npt.NDArray[np.bool_]


def couples_apart(table: Table, header: Header) -> tuple[Table, Table] | None:
    """Return the sheet without the spouses whose row says whether they come along, and those who do.

    Nothing is known of whoever's row does not say it: there the columns stay, and are named as not known. A spouse who
    comes along and has no name is one companion. None if the sheet has no such columns.
    """
    found = {
        key: column for key, (form, _) in _COLUMNS.items() if (column := _column(header, form)) is not None
    }
    asked = _column(header, _TRAVELS)
    own_name = header.columns.get("name")
    if (
        header.num_lines > 1
        or asked is None
        or own_name is None
        or found.keys().isdisjoint(("name", "id_number"))
    ):
        return None
    below = np.arange(table.num_rows) > header.line
    told = [_answer(cell) for cell in table.columns[asked].cells]
    codes = table.columns[asked].codes
    some = _any_filled([table.columns[column] for column in found.values()])
    comes = np.array([answer is True for answer in told])[codes] & below & some
    stays = np.array([answer is False for answer in told])[codes] & below
    if not comes.any() and not stays.any():
        return None
    unnamed = np.array([answer is True for answer in told])[codes] & below & ~some
    aside = {asked, *found.values()}
    is_all_told = not (some & below & ~comes & ~stays).any()
    own = [
        _without(column, (comes | stays) & below, header.line if is_all_told else None)
        if i in aside
        else column
        for i, column in enumerate(table.columns)
    ]
    if is_all_told and "num_companions" not in header.fields and unnamed.any():
        counted = np.where(unnamed, 2, 0).astype(np.int32)
        counted[header.line] = 1
        own[asked] = Column(["", _HOW_MANY, "1"], counted)
    of_one = {column for field, column in header.columns.items() if field in _OF_ONE}
    dropped = {*of_one, *header.unknown, *(i for places in header.twice.values() for i in places)} - aside
    others = [
        _without(column, below & ~comes, header.line if i in dropped else None, is_whole=i in dropped)
        for i, column in enumerate(table.columns)
    ]
    for key, column in found.items():
        others[column] = _called(
            _without(table.columns[column], below & ~comes), _COLUMNS[key][1], header.line
        )
    others[asked] = _without(table.columns[asked], below, header.line)
    others[own_name] = _called(_without(table.columns[own_name], below & ~comes), _COMPANION, header.line)
    return replace(table, columns=tuple(own)), replace(
        table, sheet=part_of_sheet(table.sheet, "配偶"), columns=tuple(others)
    )


def names_a_spouse(table: Table) -> bool:
    """Return whether the first lines of a sheet have a header of a spouse."""
    form, _ = _COLUMNS["name"]
    number, _ = _COLUMNS["id_number"]
    labels = (bare(label) for line in first_lines(table) for label in line if label)
    return any(form.fullmatch(label) or number.fullmatch(label) for label in labels)


def _column(header: Header, form: re.Pattern[str]) -> int | None:
    """Return the only column without a field whose header is of a form."""
    columns = [i for i in header.unknown if form.fullmatch(bare(header.labels[i]))]
    return columns[0] if len(columns) == 1 else None


_parse = yes_no(
    "配偶是否同行",
    "whether the spouse comes along",
    yes=("同行", "一起", "一同", "随行"),
    no=("不同行", "不一起", "不随行", "留守"),
)


def _answer(cell: Cell) -> bool | None:
    if is_blank(cell):
        return None
    try:
        answer: bool | None = _parse(cell)
    except CellError:
        return None
    return answer


def _any_filled(columns: Sequence[Column]) -> Lines:
    filled = [np.array([not is_blank(cell) for cell in column.cells])[column.codes] for column in columns]
    some: Lines = np.logical_or.reduce(filled)
    return some


def _without(column: Column, lines: Lines, header: int | None = None, *, is_whole: bool = False) -> Column:
    """Return a column with blank cells in some lines, or in all below ``header``, and there as well."""
    codes = np.where(lines, 0, column.codes).astype(np.int32)
    if header is not None:
        codes[header] = 0
        if is_whole:
            codes[header:] = 0
    return Column(column.cells, codes)


def _called(column: Column, label: str, line: int) -> Column:
    codes = column.codes.copy()
    codes[line] = len(column.cells)
    return Column([*column.cells, label], codes)
