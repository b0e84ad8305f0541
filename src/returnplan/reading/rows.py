"""The data lines of a sheet, without totals, footers, closing lines and examples; and merged cells."""

import re
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from returnplan.model.personal_numbers import CALLING_CODE, MOBILE_IN_GROUPS
from returnplan.reading.cells import clean, is_blank
from returnplan.reading.header_lines import REMARK
from returnplan.reading.headers import Header
from returnplan.sheets.tables import Cell, Column, Table

_NUMBER = r"[\d〇零一二三四五六七八九十百两贰叁肆伍陆柒捌玖拾佰]+"
_PEOPLE = rf"{_NUMBER}\s*(?:人|名|户|条|行)"
_DAY = (
    r"(?:[\d〇零一二三四五六七八九]{4}\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月"
    r"(?:\s*[\d一二三四五六七八九十]{1,3}\s*日)?|\d{4}[-./]\d{1,2}[-./]\d{1,2}|年\s*月\s*日)"
)
_TOTALS = (
    r"(?:人数|人员|户数|报名)?(?:合|总|小|共|累)计.*|(?:sub)?totals?\s*:?",
    r"(?:本页|本表|本[村乡镇组]|全[村乡镇县部]|以上|上述|本次|今日)(?:(?:合|总|小|共|累)计|共有?|总人数|人数).*",
    rf"(?:报名|返岗|乘车|出行)?(?:总人数|人数|总数)\s*:?\s*(?:{_NUMBER}.*)?|共有?\s*{_PEOPLE}.*|{_PEOPLE}",
    rf"(?:其中:?)?(?:男性?|女性?)\s*{_NUMBER}\s*[人名]?[,;、\s]*(?:男性?|女性?)\s*{_NUMBER}.*",
)
_ACTS = (
    r"(?:填表|制表|审核|审批|复核|经办|经手|核实|核查|填报|报送|联系|统计|打印|上报|登记|导出|更新|汇总"
    r"|(?:数据)?截[至止])"
)
_OFFICERS = (
    r"(?:[村乡镇支]|社区|部门|单位|主要|分管|驻村|包村|主管|工作队)*(?:负责人|领导|干部|书记|支书|主任|队长)"
)
_FOOTERS = (
    rf"{_ACTS}(?:人员?|单位|时间|日期|电话)?(?:签字|签名)?(?:[:(].*)?|{_ACTS}(?:时间|日期)?\s*\d.*",
    rf"{_OFFICERS}(?:签字|签名|意见)?(?:[:(].*)?",
    r".{1,8}(?:人|员|书记|支书|主任|队长|站长|镇长|乡长|组长|干部|领导)\s*:.*",
    r".{0,12}(?:签字|签名|盖章|公章|签章)处?(?:[:(].*)?|.*\((?:加盖)?(?:盖章|公章|签章)处?\).*|\((?:签字|签名)\).*",
    r"(?:咨询|服务|监督|举报|值班|投诉)(?:电话|热线)?[:\s].*",
    r"(?:单位|日期|注|说明|备注|填表说明|填写说明|示例|样例|例)\d?:.*|示例|样例|例",
    r"(?:prepared by|filled in by|checked by|notes?):.*",
)
_CLOSINGS = (
    r"(?:此页|本页|此处)?(?:以下|下面)(?:内容|数据|部分)?(?:均|全)?(?:为|是|无)?(?:空白?|无|内容|数据|正文|信息)(?:[,。].*)?",
    r"(?:此页|本页)?无(?:正文|以下数据|以下内容)|(?:全文)?(?:结束|完毕?|end)|未完待续|[转接见][下上]页|续上?表|附件\s*\d*(?:[:.].*)?",
    r"经(?:核实|核查|核对|审核|确认|公示|村委).*|(?:以上|上述)(?:人员|信息|名单|情况|内容|数据|所[填列]|均).*|情况属实.*",
    r"(?:已|经)?(?:核实|审核|核对)(?:无误|属实)?|同意(?:上报|申报|报名)?|特此(?:证明|说明|报告|承诺).*|本人(?:承诺|确认|保证|声明).*",
    r"(?:此|本|该)表.*|一式.{1,3}份.*|[*★※●].*",
    rf"第\s*{_NUMBER}\s*页.*|共\s*{_NUMBER}\s*页.*|page\s*\d+.*|-\s*\d+\s*-|{_DAY}",
)
_NO_DATA = re.compile("|".join((*_TOTALS, *_FOOTERS, *_CLOSINGS)), re.IGNORECASE | re.DOTALL)
_AROUND = " -=_.…—*★※●()[]【】《》<>"


def says_no_data(cell: Cell) -> bool:
    """Return whether a cell is a total, footer or closing line, perhaps with lines and brackets around it."""
    words = clean(cell)
    return _NO_DATA.fullmatch(words) is not None or _NO_DATA.fullmatch(words.strip(_AROUND)) is not None


Mask = npt.NDArray[np.bool_]

_EXAMPLE = r"(?:(?:填写|填表|参考)?(?:示例|样例|示范|范例)|例子?|举例|例如)"
_IS_EXAMPLE = re.compile(
    rf"{_EXAMPLE}\d?[:,]?|[(\[【<]\s*{_EXAMPLE}\s*[)\]】>]|(?:e\.g\.|example|sample)\s*:?", re.IGNORECASE
)
_NAMES_EXAMPLE = re.compile(
    rf"(?:{_EXAMPLE}\d?|如)\s*[:,].*|(?:填写|填表|参考)?(?:示例|样例|示范)\d?.*|(?:例如|举例).*"
    rf"|[(\[【<]\s*(?:{_EXAMPLE}|如)\s*[)\]】>:].*|.+[(\[【<]\s*{_EXAMPLE}\s*[)\]】>]"
    r"|(?:e\.g\.|example|sample)\s*:.*",
    re.IGNORECASE,
)
"""例思敏 is a name; 例：思敏, 示例思敏, （例）思敏 and 思敏（示例） are none."""

_DRAWN = re.compile(r"[-=_*~.—…·+#]{3,}")
_PERSONAL = {
    "id_number": re.compile(r"\d{14,}"),
    "phone": re.compile(CALLING_CODE + MOBILE_IN_GROUPS),
}
"""Numbers that only a person has, by field: a row with one of them is somebody, whatever else it says."""


def data_lines(table: Table, header: Header) -> npt.NDArray[np.intp]:
    """Return the data lines (from 0): below the header, not blank, no total, no footer, no repeated header.

    A line without content in the columns that are read is blank, even if it has a number (序号). A line with an
    ID number or a mobile phone is never a footer, but may be an example; the phone of a printed 联系电话：… does
    not count.
    """
    used = [table.columns[index] for index in header.columns.values()]
    first = header.line + 1
    is_filled = np.zeros(table.num_rows, dtype=bool)
    # Columns of few different cells are tested soonest.
    for column in sorted(used, key=lambda column: len(column.cells)):
        if is_filled[first:].all():
            break
        is_filled |= lines_where(column, _is_filled)
    is_filled[:first] = False
    labels = [clean(column[first]) for column in used] if first < table.num_rows else []
    if labels and all(REMARK.fullmatch(words) for words in labels if words):  # （18位）, 如：张三, 必填
        is_filled[first] = False
    is_filled &= ~repeats_header(table, header)
    is_footer = _first_text_matches(table, is_filled, says_no_data)
    if is_footer.any() and "id_number" in header.columns:
        for field, shape in _PERSONAL.items():
            if field in header.columns:
                column = table.columns[header.columns[field]]
                is_personal = np.array([bool(shape.match(clean(cell))) for cell in column.cells], dtype=bool)
                is_footer &= ~is_personal[column.codes]
    is_filled &= ~is_footer
    is_filled[example_lines(table, header)] = False
    return np.flatnonzero(is_filled)


def repeats_header(table: Table, header: Header) -> Mask:
    """Return the lines that say what a line of the header says, as printed pages repeat it."""
    used = [table.columns[index].codes for index in header.columns.values()]
    repeats = [np.logical_and.reduce([codes == codes[line] for codes in used]) for line in header.lines]
    return np.asarray(np.logical_or.reduce(repeats))


def example_lines(table: Table, header: Header) -> list[int]:
    """Return the lines that show how to fill in the sheet: 例：张三, or 示例 left of the name."""
    name = header.columns.get("name")
    if name is None:
        return []
    is_example = lines_where(table.columns[name], _names_example)
    for column in table.columns[:name]:
        is_example |= lines_where(
            column, lambda cell: isinstance(cell, str) and _IS_EXAMPLE.fullmatch(clean(cell))
        )
    is_example[: header.line + 1] = False
    return np.flatnonzero(is_example).tolist()


def _names_example(cell: Cell) -> bool:
    words = clean(cell)
    return _IS_EXAMPLE.fullmatch(words) is not None or _NAMES_EXAMPLE.fullmatch(words) is not None


def lost_words(table: Table, header: Header) -> list[tuple[int, int]]:
    """Return (line, column) of words in rows below the header that have no words in a column that is read.

    Only columns to the left of these are searched: that is where the name is if a row is shifted.
    """
    used = list(header.columns.values())
    is_empty = ~np.logical_or.reduce([lines_where(table.columns[index], _is_filled) for index in used])
    is_empty[: header.line + 1] = False
    words = [(column, lines_where(table.columns[column], _is_lost)) for column in range(min(used))]
    return [(line, column) for column, mask in words for line in np.flatnonzero(is_empty & mask).tolist()]


def _is_lost(cell: Cell) -> bool:
    return (
        _is_words(cell)
        and not is_blank(cell)
        and not says_no_data(cell)
        and not REMARK.fullmatch(clean(cell))
    )


def _is_filled(cell: Cell) -> bool:
    """Return whether a cell has content; a drawn line below a list is none."""
    return not is_blank(cell) and not (isinstance(cell, str) and _DRAWN.fullmatch(cell.strip()))


def _is_words(cell: Cell) -> bool:
    """Return whether a cell is a text that is more than a number."""
    return isinstance(cell, str) and bool(cell) and not clean(cell).replace(".", "").isdecimal()


def lines_where(column: Column, holds: Callable[[Cell], object]) -> Mask:
    """Return the lines in which ``holds`` is true of the cell of a column; each distinct cell is tested once."""
    answers = np.array([bool(holds(cell)) for cell in column.cells], dtype=bool)
    return np.asarray(answers[column.codes])


def _first_text_matches(table: Table, lines: Mask, holds: Callable[[Cell], bool]) -> Mask:
    """Return which of some lines match in their first cell with words."""
    matches = np.zeros(table.num_rows, dtype=bool)
    is_open = lines.copy()
    for column in table.columns:
        if not is_open.any():
            break
        is_words = is_open & lines_where(column, _is_words)
        if is_words.any():
            matches |= is_words & lines_where(column, holds)
            is_open &= ~is_words
    return matches


def filled_down(table: Table, column: int) -> Column:
    """Return a column in which each merged cell is repeated in all its rows."""
    number = table.first_column + column
    spans = sorted((top, bottom) for top, left, bottom, _ in table.merged if left == number)
    codes = table.columns[column].codes.copy()
    filled_to = 0
    for top, bottom in spans:
        if filled_to < top <= len(codes):  # honest ranges do not overlap
            codes[top - 1 : bottom] = codes[top - 1]
            filled_to = bottom
    return Column(table.columns[column].cells, codes)
