"""Which lines below a header are data, and what a cell merged over several of them says."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial

import numpy as np
import numpy.typing as npt

from returnplan.reading.cells import clean, is_blank
from returnplan.reading.headers import Header
from returnplan.sheets.tables import Cell, Column, Table

Mask = npt.NDArray[np.bool_]

_COUNT = r"[\d一二三四五六七八九十百零]+\s*(?:人|名|户|条|行)?"
_TOTAL = (
    r"(?:合|总|小|共|累)计.*|(?:sub)?totals?\s*:?"
    r"|(?:本页|本表|本[村乡镇组]|全[村乡镇县]|以上|上述|本次|今日)(?:(?:合|总|小|共|累)计|共有?|总人数|人数).*"
    rf"|(?:总人数|人数|总数)\s*:?\s*(?:{_COUNT}.*)?|共有?\s*{_COUNT}.*"
    rf"|(?:其中:?)?男性?\s*{_COUNT}[,;、\s]*女性?\s*{_COUNT}.*|(?:其中:?)?女性?\s*{_COUNT}[,;、\s]*男性?\s*{_COUNT}.*"
)
_OFFICER = r"(?:[村乡镇]|社区|部门|单位|主要|分管|驻村|包村|主管)*(?:负责人|领导|干部|书记|主任)"
_FOOTER = (
    r"(?:填表|制表|审核|审批|复核|经办|填报|报送|联系|统计|打印|上报|登记|导出|更新|汇总|截[至止])"
    r"(?:人|单位|时间|日期|电话)?(?:签字|签名)?(?:[:(].*)?"
    r"|(?:统计|打印|填表|填报|制表|上报|报送|登记|导出|更新|汇总|截[至止])(?:时间|日期)\s*\d.*"
    rf"|{_OFFICER}(?:签字|签名|意见)?(?:[:(].*)?|(?:签字|签名|盖章|公章)(?::.*)?"
    r"|.*\((?:加盖)?(?:盖章|公章|签章)(?:处)?\).*|\((?:签字|签名)\)"
    r"|(?:单位|日期|注|说明|备注|填表说明|填写说明|示例|样例|例)\d?:.*|示例|样例|例"
    r"|(?:prepared by|filled in by|checked by|notes?):.*"
)
_CLOSING = (
    r"[-=*_.…—\s(]*(?:以下|下面)(?:均|全)?(?:为|是|无)?(?:空白?|无|内容|数据|正文)[-=*_.…—\s)]*|[-=*—(\s]+(?:完|end)[-=*—)\s]*"
    r"|经(?:核实|核查|核对|审核|确认|公示|村).*|(?:以上|上述)(?:人员|信息|名单|情况|内容|数据|所[填列]|均).*|情况属实.*"
    r"|特此(?:证明|说明|报告|承诺).*|(?:此|本|该)表.*|一式.{1,3}份.*"
    r"|第\s*\d+\s*页.*|共\s*\d+\s*页.*|page\s*\d+.*|-\s*\d+\s*-"
    r"|\d{4}\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?|\d{4}[-./]\d{1,2}[-./]\d{1,2}|年\s*月\s*日"
)
_REMARK = re.compile(
    r"\(.*\)|(?:如|例如|示例|样例|例|必填|选填|填写|请|格式).*|e\.?g\..*|required|optional", re.IGNORECASE
)
_NO_DATA = re.compile(rf"{_TOTAL}|{_FOOTER}|{_CLOSING}", re.IGNORECASE | re.DOTALL)
_PERSONAL = {
    "id_number": re.compile(r"\d{14,}"),
    "phone": re.compile(r"(?:\+?86-?)?1[3-9]\d[-\s]?\d{4}[-\s]?\d{4}"),
}
"""Numbers that only a person has, by field: a row with one of them is somebody, whatever else it says."""


def data_lines(table: Table, header: Header) -> npt.NDArray[np.intp]:
    """Return the lines (from 0) that hold data: below the header, not blank, no total, footer or header again.

    A line with nothing in the columns that are read is blank, though it may have a number (序号). One with an
    ID number or a mobile phone of its own is never taken for a footer; a printed 联系电话：… is no phone of its own.
    """
    used = [table.columns[index] for index in header.columns.values()]
    first = header.line + 1
    is_filled = _any_filled(used, first)
    if first < table.num_rows and _explains(column[first] for column in used):
        is_filled[first] = False
    is_filled &= ~_repeats(used, header.line)
    is_footer = _first_text_matches(table, is_filled, says_no_data)
    if is_footer.any() and "id_number" in header.columns:
        is_footer &= ~_is_personal(table, header)
    return np.flatnonzero(is_filled & ~is_footer)


def _any_filled(columns: Sequence[Column], first: int) -> Mask:
    """Return on which lines from ``first`` on any column has something, the columns of few texts asked first."""
    is_filled = np.zeros(len(columns[0].codes), dtype=bool)
    for column in sorted(columns, key=lambda column: len(column.cells)):
        if is_filled[first:].all():
            break
        is_filled |= _where(column, _is_filled)
    is_filled[:first] = False
    return is_filled


def _is_personal(table: Table, header: Header) -> Mask:
    """Return which lines have an ID number or a mobile phone in their columns."""
    masks = []
    for field, shape in _PERSONAL.items():
        if field in header.columns:
            column = table.columns[header.columns[field]]
            masks.append(_where(column, partial(_begins_with, shape)))
    return np.asarray(np.logical_or.reduce(masks))


def _explains(cells: Iterable[Cell]) -> bool:
    """Tell whether a line only says how to fill in the columns: （18位）, 如：张三, 必填."""
    return all(_REMARK.fullmatch(words) for words in map(clean, cells) if words)


def _is_filled(cell: Cell) -> bool:
    return not is_blank(cell)


def says_no_data(cell: Cell) -> bool:
    """Return whether a cell is one of the phrases with which totals, footers and closing lines begin."""
    return _NO_DATA.fullmatch(clean(cell)) is not None


def _is_words(cell: Cell) -> bool:
    """Tell whether a cell is a text that is more than a number."""
    return isinstance(cell, str) and bool(cell) and not clean(cell).replace(".", "").isdecimal()


def _begins_with(shape: re.Pattern[str], cell: Cell) -> bool:
    return shape.match(clean(cell)) is not None


def _where(column: Column, holds: Callable[[Cell], bool]) -> Mask:
    """Return on which lines the cell of a column is such a one; asked once a distinct cell."""
    answers = np.fromiter(map(holds, column.cells), dtype=bool, count=len(column.cells))
    return np.asarray(answers[column.codes])


def _repeats(columns: Sequence[Column], line: int) -> Mask:
    """Return which lines say the same as ``line``, as printed pages repeat their header."""
    return np.asarray(np.logical_and.reduce([column.codes == column.codes[line] for column in columns]))


def _first_text_matches(table: Table, lines: Mask, holds: Callable[[Cell], bool]) -> Mask:
    """Return on which of some lines the first cell that is words, and no number, is such a one."""
    matches = np.zeros(table.num_rows, dtype=bool)
    is_open = lines.copy()
    for column in table.columns:
        if not is_open.any():
            break
        is_words = is_open & _where(column, _is_words)
        if is_words.any():
            matches |= is_words & _where(column, holds)
            is_open &= ~is_words
    return matches


def filled_down(table: Table, column: int) -> Column:
    """Return a column with each cell that is merged over several rows repeated in all of them."""
    number = table.first_column + column
    spans = sorted((top, bottom) for top, left, bottom, _ in table.merged if left == number)
    codes = table.columns[column].codes.copy()
    filled_to = 0
    for top, bottom in spans:
        if filled_to < top <= len(codes):  # honest ranges do not overlap
            codes[top - 1 : bottom] = codes[top - 1]
            filled_to = bottom
    return Column(table.columns[column].cells, codes)
