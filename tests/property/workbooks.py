"""Whole files as anybody may send them: any names, merges and cells, several kinds of sheet, some of them hidden.

Workbooks are written as XML, for no library writes what a broken program does.
"""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZipFile

from hypothesis import strategies as st

from returnplan.sheets.files import original_name
from returnplan.sheets.tables import column_letters
from tests.specimens.sheets import signup_row

FIRST_DAY = date(2021, 2, 18)
_EXCEL_EPOCH = date(1899, 12, 30)
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0d\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_HEADERS = (
    *signup_row(),
    "务工企业",
    "下车地点",
    "备注",
    "同行人",
    "同行组号",
    "随行儿童",
    "人员类别",
    "镇街",
)

Cell = Any
"""A text, a number, a truth value, a date, or None."""


@dataclass(frozen=True)
class Sheet:
    """A sheet; ``people`` are the numbers of its rows (as Excel counts them) that are people."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    people: tuple[int, ...] = ()
    merged: tuple[str, ...] = ()
    state: str = "visible"


@dataclass(frozen=True)
class File:
    """A file; a CSV has one sheet, called as the file."""

    name: str
    sheets: tuple[Sheet, ...]

    @property
    def people(self) -> set[str]:
        """The references of all rows that are people."""
        return {
            f"{original_name(Path(self.name))}!{sheet.name}!{row}"
            for sheet in self.sheets
            if sheet.state == "visible"
            for row in sheet.people
        }

    def save(self, folder: Path) -> Path:
        """Write the file."""
        path = folder / self.name
        if path.suffix == ".csv":
            rows = io.StringIO()
            csv.writer(rows).writerows([_typed(cell) for cell in row] for row in self.sheets[0].rows)
            path.write_bytes(rows.getvalue().encode("utf-8", errors="replace"))
        else:
            _save_workbook(path, self.sheets)
        return path


def _typed(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def _save_workbook(path: Path, sheets: Sequence[Sheet]) -> None:
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    numbers = range(1, len(sheets) + 1)
    listed = "".join(
        f'<sheet name={quoteattr(sheet.name)} sheetId="{n}" state="{sheet.state}" r:id="r{n}"/>'
        for n, sheet in zip(numbers, sheets, strict=True)
    )
    links = "".join(
        f'<Relationship Id="r{n}" Type="{office}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {main} xmlns:r="{office}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">{links}'
        f'<Relationship Id="s" Type="{office}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet {main}><cellXfs count="2"><xf/><xf numFmtId="14"/></cellXfs></styleSheet>',
    }
    for n, sheet in zip(numbers, sheets, strict=True):
        parts[f"xl/worksheets/sheet{n}.xml"] = f"<worksheet {main}>{_sheet_xml(sheet)}</worksheet>"
    with ZipFile(path, "w") as file:
        for name, text in parts.items():
            file.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + text)


def _sheet_xml(sheet: Sheet) -> str:
    rows = "".join(
        f'<row r="{n}">{"".join(_cell_xml(n, column, cell) for column, cell in enumerate(row, 1))}</row>'
        for n, row in enumerate(sheet.rows, 1)
    )
    merged = "".join(f'<mergeCell ref="{block}"/>' for block in sheet.merged)
    return f"<sheetData>{rows}</sheetData>" + (f"<mergeCells>{merged}</mergeCells>" if merged else "")


def _cell_xml(row: int, column: int, cell: Cell) -> str:
    at = f'r="{column_letters(column)}{row}"'
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return f'<c {at} t="b"><v>{int(cell)}</v></c>'
    if isinstance(cell, date):
        return f'<c {at} s="1"><v>{(cell - _EXCEL_EPOCH).days}</v></c>'
    if isinstance(cell, str):
        text = escape(_legal(cell))
        return f'<c {at} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    return f"<c {at}><v>{cell!r}</v></c>"


def _legal(text: str) -> str:
    """Return a text in which letters that XML does not take are written as Excel writes them."""
    return _NOT_IN_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


_LETTERS = st.characters(exclude_categories=[])
_LONG = st.builds(
    lambda letter, length: letter * length,
    st.sampled_from(["长", "a", "1", "😀", "\n", "\u0301", "\u202e", "、甲"]),
    st.sampled_from([32, 61, 101, 201, 32_767, 32_768, 40_000, 131_072]),
)
_ODD_TEXTS = (
    *("=1+1", "=HYPERLINK(1)", "_x0041_", "\x1b[31m红", "甲\x00乙", "\ufffe", "\ud800", "𠮷" * 80, "ﷺ" * 30),
    *("'", " ", "History", "退回原因", "合 计", "待定", "甲!乙"),
)
TEXTS = st.one_of(st.sampled_from(_ODD_TEXTS), st.text(_LETTERS, max_size=40), _LONG)
CELLS: st.SearchStrategy[Cell] = st.one_of(
    TEXTS,
    st.none(),
    st.booleans(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-(10**12), 10**12),
    st.dates(date(1900, 3, 1), date(2199, 1, 1)),
)
_ROWS = st.one_of(st.integers(1, 12), st.sampled_from([_LAST_ROW, _LAST_ROW + 1]))
_COLUMNS = st.one_of(st.integers(1, 12), st.sampled_from([_LAST_COLUMN, _LAST_COLUMN + 1]))
_CORNERS = st.builds(lambda row, column: f"{column_letters(column)}{row}", _ROWS, _COLUMNS)
_MERGED = st.lists(st.one_of(_CORNERS, st.builds("{}:{}".format, _CORNERS, _CORNERS)), max_size=4).map(tuple)


@st.composite
def _changed(draw: st.DrawFn, rows: list[list[Cell]]) -> list[list[Cell]]:
    """Return the rows with a few cells replaced by anything."""
    for _ in range(draw(st.sampled_from([0, 0, 1, 1, 2, 4]))):
        row = draw(st.sampled_from(rows))
        row[draw(st.integers(0, len(row) - 1))] = draw(CELLS)
    return rows


@st.composite
def _signups(draw: st.DrawFn, first_serial: int) -> tuple[list[list[Cell]], list[int]]:
    """Return the rows of a sign-up sheet, and which of them are people."""
    headers = draw(st.sampled_from([_HEADERS, _HEADERS, _HEADERS[:9], _HEADERS[1:]]))
    people = []
    for serial in range(first_serial, first_serial + draw(st.integers(0, 4))):
        days = {
            "最早出发日期": FIRST_DAY,
            "最晚出发日期": FIRST_DAY + timedelta(days=draw(st.integers(0, 3))),
        }
        person = signup_row(serial, **days)
        people.append([person.get(header) for header in headers])
    people = draw(_changed(people)) if people else people
    header = draw(_changed([list(headers)])) if draw(st.integers(0, 9)) == 9 else [list(headers)]
    above = [[draw(TEXTS)] for _ in range(draw(st.sampled_from([0, 0, 1])))]
    below = [[draw(CELLS)] for _ in range(draw(st.sampled_from([0, 0, 1])))]
    first = len(above) + 2
    return [*above, *header, *people, *below], list(range(first, first + len(people)))


_FLEET: list[list[Cell]] = [
    ["车型", "乘客座位数", "包车费(元/趟)", "每日可用车辆数", "车牌号"],
    ["45座大巴", 45, 3000, 9, "桂A12345"],
]
_DEMAND: list[list[Cell]] = [
    ["企业名称", "所在市", "镇街", "岗位", "需求人数"],
    ["东坑电子厂", "东莞市", "东坑镇", "普工", 9],
]
_PLACES: list[list[Cell]] = [["地点", "纬度", "经度", "所属"], ["融水汽车站", 25.07, 109.26, "融水县"]]


@st.composite
def _sheets(draw: st.DrawFn, name: str, serial: int) -> Sheet:
    kind = draw(
        st.sampled_from(["signups", "signups", "signups", "fleet", "demand", "places", "odd", "empty"])
    )
    people: list[int] = []
    if kind == "signups":
        rows, people = draw(_signups(serial))
    elif kind == "odd":
        rows = [draw(st.lists(CELLS, max_size=5)) for _ in range(draw(st.integers(1, 4)))]
    elif kind == "empty":
        rows = []
    else:
        usual: list[list[Cell]] = {"fleet": _FLEET, "demand": _DEMAND, "places": _PLACES}[kind]
        rows = [*usual[:1], *draw(_changed(list(map(list, usual[1:]))))]
    state = draw(st.sampled_from(["visible", "visible", "visible", "visible", "hidden", "veryHidden"]))
    return Sheet(name, tuple(map(tuple, rows)), tuple(people), draw(_MERGED), state)


_SHEET_NAMES = st.one_of(
    st.sampled_from(
        ["报名", "退回说明", "填写说明", "History", "a" * 31, "😀" * 15, "'甲'", "甲!乙", "%s{}"]
    ),
    st.text(_LETTERS, min_size=1, max_size=31).map(_legal),
)
_STEMS = st.one_of(
    st.sampled_from(
        ["报名", "名" * 60, "😀" * 55, "[甲]:乙?*", "CON", "退回-报名", "a.b", " 甲 ", "甲!乙", "'甲'", "-x"]
    ),
    st.text(_LETTERS, min_size=1, max_size=30),
).filter(lambda stem: not set("/\0") & set(stem) and not stem.startswith((".", "~$")))


@st.composite
def files(draw: st.DrawFn) -> list[File]:
    """Return one to three files, each with people of its own."""
    made = []
    stems = draw(st.lists(_STEMS, min_size=1, max_size=3, unique_by=str.casefold))
    for at, stem in enumerate(stems):
        if draw(st.integers(0, 3)) == 3:
            sheet = draw(_sheets(stem, 100 * at))
            made.append(File(f"{stem}.csv", (Sheet(stem, sheet.rows, sheet.people),)))
            continue
        names = draw(st.lists(_SHEET_NAMES, min_size=1, max_size=3, unique_by=str.casefold))
        sheets = tuple(draw(_sheets(name, 100 * at + 10 * n)) for n, name in enumerate(names))
        made.append(File(f"{stem}.xlsx", sheets))
    return made
