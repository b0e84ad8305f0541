"""The data lines of a sheet, without totals, footers, closing lines and examples; and merged cells."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from returnplan.model.personal_numbers import CALLING_CODE, MOBILE_IN_GROUPS
from returnplan.reading.cells import CellError, clean, is_blank
from returnplan.reading.header_lines import REMARK
from returnplan.reading.headers import Header
from returnplan.reading.layout import SheetField
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
    rf"(?:报名|返岗|乘车|出行)?(?:总人数|人数|总数)\s*:?\s*(?:{_NUMBER}.*)?|共有?\s*{_PEOPLE}.*",
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
    r".{0,12}(?:签字|签名|盖章|公章|签章)处?(?:[:(].*)?|.*\((?:加盖)?(?:盖章|公章|签章)处?\).*|\((?:签字|签名)\).*",
    r"(?:咨询|服务|监督|举报|值班|投诉)(?:电话|热线)?[:\s].*",
    r"示例|样例|例",
    r"(?:prepared by|filled in by|checked by|notes?):.*",
)
_CLOSINGS = (
    r"(?:此页|本页|此处)?(?:以下|下面)(?:内容|数据|部分)?(?:均|全)?(?:为|是|无)?(?:空白?|无|内容|数据|正文|信息)(?:[,。].*)?",
    r"(?:此页|本页)?无(?:正文|以下数据|以下内容)|(?:全文)?(?:结束|完毕?|end)|未完待续|[转接见][下上]页|续上?表|附件\s*\d*(?:[:.].*)?",
    r"经(?:核实|核查|核对|审核|确认|公示|村委).*|(?:以上|上述)(?:人员|信息|名单|情况|内容|数据|所[填列]|均).*|情况属实.*",
    r"特此(?:证明|说明|报告|承诺).*|本人(?:承诺|确认|保证|声明).*",
    r"(?:此|本|该)表.*|一式.{1,3}份.*",
    rf"第\s*{_NUMBER}\s*页.*|共\s*{_NUMBER}\s*页.*|page\s*\d+.*|-\s*\d+\s*-",
)
_MARKS = (
    rf"{_PEOPLE}|[*★※●].*",
    r"(?:已|经)?(?:核实|审核|核对)(?:无误|属实)?|同意(?:上报|申报|报名)?",
)
"""What begins rows of data, too: ★东莞富海, 49人, 已审核."""
_LABELS = (
    _DAY,
    r".{1,8}(?:人|员|书记|支书|主任|队长|站长|镇长|乡长|组长|干部|领导)\s*:.*",
    r"(?:单位|日期|时间|注|说明|备注|填表说明|填写说明|示例|样例|例)\d?:.*",
)
"""What begins rows of data only now and then: 单位：丁厂, 组长：韦一, a day."""
_NO_DATA = re.compile(
    "|".join((*_TOTALS, *_FOOTERS, *_CLOSINGS, *_MARKS, *_LABELS)), re.IGNORECASE | re.DOTALL
)
_SURELY_NO_DATA = re.compile("|".join((*_TOTALS, *_FOOTERS, *_CLOSINGS)), re.IGNORECASE | re.DOTALL)
_SUM = re.compile(r"(?:人数|人员|户数|报名)?(?:合|总|小|共|累)计(?![村镇乡屯组县]).*", re.DOTALL)
"""小计 is a sum, 小计村 a village."""
_MARK = re.compile("|".join(_MARKS), re.DOTALL)
_ENOUGH = 2
"""A row of data says as much in the columns that it needs: a text is worth 1, a number, a day or an ID number 2."""
_FEWEST_WORDS = 2
"""In as many columns that are read, a dropped row may have been one of data."""
_LONG_NUMBER = re.compile(r"\d{8,}")
"""No sum; a phone or an ID number, perhaps a damaged one."""
_SOME_DIGITS = re.compile(r"(?:\d[\s-]*){4}|\d[.\d]*e\+\d", re.IGNORECASE)
"""Of an ID number, however damaged; 4.5E+17 is what Excel makes of one."""
_NO_PERSON = re.compile(
    r".*\d.*|.*(?:村|屯|组|社区|镇|乡|街道|县|市|区|局|政府|委会|公司|中心|站|队)", re.DOTALL
)
"""In the column of the name: 大浪村, 镇人民政府."""
_AROUND = " -=_.…—*★※●()[]【】《》<>"


def says_no_data(cell: Cell) -> bool:
    """Return whether a cell is a total, footer or closing line, perhaps with lines and brackets around it."""
    return _matches(_NO_DATA, cell)


Mask = npt.NDArray[np.bool_]

_EXAMPLE = r"(?:(?:填写|填表|参考)?(?:示例|样例|示范|范例)|例子?|举例|例如)"
_IN_ALL_EXAMPLES = re.compile(r"[例范如]|e\.g\.|ample", re.IGNORECASE)
_IS_EXAMPLE = re.compile(
    rf"{_EXAMPLE}\d?[:,]?|[(\[【<]\s*{_EXAMPLE}\s*[)\]】>]|(?:e\.g\.|example|sample)\s*:?", re.IGNORECASE
)
_NAMES_EXAMPLE = re.compile(
    rf"(?:{_EXAMPLE}\d?|如)\s*[:,].*"
    rf"|[(\[【<]\s*(?:{_EXAMPLE}|如)\s*[)\]】>:].*|.+[(\[【<]\s*{_EXAMPLE}\s*[)\]】>]"
    r"|(?:e\.g\.|example|sample)\s*:.*",
    re.IGNORECASE,
)
_NAMES_EXAMPLE_PERSON = re.compile(r"(?:填写|填表|参考)?(?:示例|样例|示范)\d?.*|(?:例如|举例).*")
"""例思敏 is a name; 例：思敏, 示例思敏, （例）思敏 and 思敏（示例） are none. 示范农场 is a place."""

_ZEROS = frozenset(("0", "0.0"))
_DITTO = frozenset(("同上", "〃", "′′"))
"""What stands above in the column holds here, too; ″ is two primes in half-width."""
_DRAWN = re.compile(r"[-=_*~.—…·+#]{3,}")
_PERSONAL = {
    "id_number": re.compile(r"\d{14,}"),
    "phone": re.compile(CALLING_CODE + MOBILE_IN_GROUPS),
}
"""Numbers that only a person has, by field: a row with one of them is somebody, whatever else it says."""


def data_lines(table: Table, header: Header) -> npt.NDArray[np.intp]:
    """Return the data lines (from 0): below the header, not blank, no total, no footer, no repeated header.

    A line without content in the columns that are read is blank, even if it has a number (序号) or the zeros of
    formulas about blank cells. A line with an ID number or a mobile phone is never a footer, but may be an example;
    the phone of a printed 联系电话：… does not count.
    """
    used = [table.columns[index] for index in header.columns.values()]
    first = header.line + 1
    is_filled = np.zeros(table.num_rows, dtype=bool)
    # Columns of few different cells are tested soonest.
    for column in sorted(used, key=lambda column: len(column.cells)):
        if is_filled[first:].all():
            break
        is_filled |= lines_where(column, lambda cell: _is_filled(cell) and clean(cell) not in _ZEROS)
    is_filled[:first] = False
    labels = [clean(column[first]) for column in used] if first < table.num_rows else []
    if labels and all(REMARK.fullmatch(words) for words in labels if words):  # （18位）, 如：张三, 必填
        is_filled[first] = False
    is_filled &= ~repeats_header(table, header)
    is_footer = _footers(table, header, is_filled)
    if is_footer.any() and "id_number" in header.columns:
        for field, shape in _PERSONAL.items():
            if field in header.columns:
                column = table.columns[header.columns[field]]
                is_personal = np.array([bool(shape.match(clean(cell))) for cell in column.cells], dtype=bool)
                is_footer &= ~is_personal[column.codes]
    is_filled &= ~is_footer
    is_filled[example_lines(table, header)] = False
    return np.flatnonzero(is_filled)


def _footers(table: Table, header: Header, lines: Mask) -> Mask:
    """Return which of some lines are totals, footers and closing lines: their first words say so."""
    is_footer = np.zeros(table.num_rows, dtype=bool)
    for index, found in _first_words(table, lines):
        found = found[_holds(table.columns[index], found, says_no_data)]
        if len(found):
            is_footer[found[~_are_data(table, header, index, found)]] = True
    return is_footer


def _are_data(table: Table, header: Header, index: int, lines: npt.NDArray[np.intp]) -> Mask:
    """Return which lines are rows of data though their first words, in the column ``index``, are those of a footer.

    Rows of data may begin so: such a one has the content of data in the columns that it needs. In a column that is
    not needed (审核意见, 村) any words may stand, but no sum (小计): of people, only a long number beside it makes it
    somebody.
    """
    others = [group for group in _needed_columns(header) if index not in group]
    told = _worth(table, header, others, lines)
    is_mark = _holds(table.columns[index], lines, _is_mark)
    is_sure = _holds(table.columns[index], lines, _surely_says_no_data)
    has_content = told >= np.where(is_mark, min(_ENOUGH, len(others)), _ENOUGH)
    if "name" in header.columns:
        has_content |= is_mark & (told > 0)
    if index in header.needed:
        return np.asarray(has_content & ~is_sure, dtype=bool)
    is_only_one = _num_cells(table, range(len(table.columns)), lines, _surely_says_no_data) == 1
    is_sum = _holds(table.columns[index], lines, _is_sum)
    if "name" in header.columns:
        is_sum &= _num_cells(table, header.columns.values(), lines, _is_long_number) == 0
    return np.asarray(has_content & (~is_sure | is_only_one) & ~is_sum, dtype=bool)


def _first_words(table: Table, lines: Mask) -> Iterator[tuple[int, npt.NDArray[np.intp]]]:
    """Yield each column with those of some lines that have their first words there."""
    is_open = lines.copy()
    for index, column in enumerate(table.columns):
        if not is_open.any():
            return
        words = np.flatnonzero(is_open & lines_where(column, _is_words))
        is_open[words] = False
        yield index, words


def _needed_columns(header: Header) -> list[tuple[int, ...]]:
    """Return the columns of each group of fields of which a row needs one."""
    groups = [
        tuple(header.columns[field] for field in group if field in header.columns)
        for group in header.layout.needs
    ]
    return [group for group in groups if group]


def _worth(
    table: Table, header: Header, groups: Sequence[tuple[int, ...]], lines: npt.NDArray[np.intp]
) -> npt.NDArray[np.intp]:
    """Return how much some lines say that is of the kind of the columns, of each group in one of them."""
    fields = {field.name: field for field in header.layout.fields}
    of_column = {column: fields[name] for name, column in header.columns.items()}
    told = np.zeros(len(lines), dtype=np.intp)
    for group in groups:
        worth = np.zeros(len(lines), dtype=np.intp)
        for index in group:
            field = of_column[index]
            column = filled_down(table, index) if field.fills_down else table.columns[index]
            cells = [column[line] for line in lines.tolist()]
            worth = np.maximum(worth, [_worth_of(field, cell) for cell in cells])
        told += worth
    return told


def _worth_of(field: SheetField, cell: Cell) -> int:
    if not _says_something(cell):
        return 0
    if field.name == "id_number":
        return _ENOUGH if _SOME_DIGITS.search(clean(cell)) else 0
    if field.name == "name" and _NO_PERSON.fullmatch(clean(cell)):
        return 0
    try:
        value = field.parse(cell)
    except CellError:
        return 0
    return 1 if isinstance(value, str | tuple) else _ENOUGH


def footers_with_words(table: Table, header: Header, lines: npt.NDArray[np.intp]) -> list[tuple[int, int]]:
    """Return (line, column) of the first words of rows that are not among the data ``lines``, but may have been data.

    They have words in two columns that are read, one of them needed. A sum (小计) left of these is none.
    """
    is_other = ~repeats_header(table, header)
    is_other[: header.line + 1] = False
    is_other[lines] = False
    is_other[example_lines(table, header)] = False
    told: list[tuple[int, int]] = []
    for index, others in _first_words(table, is_other):
        is_told = _num_cells(table, header.columns.values(), others, _is_telling) >= _FEWEST_WORDS
        is_told &= _num_cells(table, header.needed, others, _is_telling) > 0
        if index not in header.needed:
            is_told &= ~_holds(table.columns[index], others, _is_sum)
        told.extend((line, index) for line in others[is_told].tolist())
    return sorted(told)


def _num_cells(
    table: Table, columns: Iterable[int], lines: npt.NDArray[np.intp], holds: Callable[[Cell], object]
) -> npt.NDArray[np.intp]:
    """Return in how many of some columns ``holds`` is true of the cell, for each of some lines."""
    counts = np.zeros(len(lines), dtype=np.intp)
    for index in columns:
        counts += _holds(table.columns[index], lines, holds)
    return counts


def _holds(column: Column, lines: npt.NDArray[np.intp], holds: Callable[[Cell], object]) -> Mask:
    """Return for each of some lines whether ``holds`` is true of its cell; other cells are not tested."""
    codes, inverse = np.unique(column.codes[lines], return_inverse=True)
    return np.array([bool(holds(column.cells[code])) for code in codes], dtype=bool)[inverse]


def _matches(shape: re.Pattern[str], cell: Cell) -> bool:
    words = clean(cell)
    return (shape.fullmatch(words) or shape.fullmatch(words.strip(_AROUND))) is not None


def _is_mark(cell: Cell) -> bool:
    return _matches(_MARK, cell)


def _is_sum(cell: Cell) -> bool:
    return _matches(_SUM, cell)


def _says_something(cell: Cell) -> bool:
    return _is_filled(cell) and not says_no_data(cell)


def _surely_says_no_data(cell: Cell) -> bool:
    return _is_words(cell) and _matches(_SURELY_NO_DATA, cell)


def _is_long_number(cell: Cell) -> bool:
    number = f"{cell:.0f}" if isinstance(cell, float) else clean(cell)
    return _LONG_NUMBER.search(number) is not None


def _is_telling(cell: Cell) -> bool:
    """Return whether a cell has words, or a number too long for a sum."""
    if not _is_words(cell):
        return _is_long_number(cell)
    return _says_something(cell) and not REMARK.fullmatch(clean(cell))


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
    if "id_number" in header.columns:
        is_example |= lines_where(
            table.columns[name], lambda cell: _NAMES_EXAMPLE_PERSON.fullmatch(clean(cell))
        )
    for column in table.columns[:name]:
        is_example |= lines_where(
            column, lambda cell: isinstance(cell, str) and _IS_EXAMPLE.fullmatch(clean(cell))
        )
    is_example[: header.line + 1] = False
    return np.flatnonzero(is_example).tolist()


def _names_example(cell: Cell) -> bool:
    words = clean(cell)
    if not _IN_ALL_EXAMPLES.search(words):  # hardly any name has one
        return False
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


def with_ditto(column: Column) -> Column:
    """Return a column of data lines with what stands above for 同上 and 〃; above the first there is nothing."""
    ditto = [code for code, cell in enumerate(column.cells) if clean(cell) in _DITTO]
    if not ditto:
        return column
    is_own = ~np.isin(column.codes, ditto)
    above = np.maximum.accumulate(np.where(is_own, np.arange(len(column.codes)), 0))
    return Column(column.cells, column.codes[above])
