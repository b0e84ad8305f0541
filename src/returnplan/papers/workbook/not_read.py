"""Cells of plan.xlsx that were changed although nobody reads them back: which, and where the change belongs.

Only yellow cells are read. What else stands there is compared with what was written, so that nobody believes to have
corrected a phone number.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from returnplan.model.faults import Fault
from returnplan.model.masking import mask_name
from returnplan.model.plan import Plan
from returnplan.model.texts import Lang, Text
from returnplan.papers.field import Field
from returnplan.papers.pages import Page, Value
from returnplan.papers.workbook.tables import (
    BATCH_FIELDS,
    RIDER_FIELDS,
    STOP_FIELDS,
    batches_page,
    riders_page,
    stops_page,
    unplanned_page,
)
from returnplan.reading.cells import clean, shown
from returnplan.sheets.tables import Cell, Table, cell_text

_SEARCHED_ROWS = 5
_DIGITS = 4
"""Of a number: a tenth of a minute in a day, ten metres in a degree."""
_FIRST_DAY, _FIRST_JANUARY, _FIRST_MARCH = (
    datetime(1899, 12, 30),
    datetime(1899, 12, 31),
    datetime(1900, 3, 1),
)
"""Day 0 of a spreadsheet, which has a 29 February 1900: before it days are counted from another one."""

_CHANGED = Text(
    "这一格不是黄色的，改了也不读回，方案没有变",
    "this cell is not yellow: it is not read back, and the plan stays as it was",
)
_ADDED = Text("方案里没有这一行，不读回", "the plan has no such row; it is not read back")
_ADD = Text(
    "加人用 returnplan change 批次编号 --add 姓名；没报过名的先报名再排",
    "returnplan change BATCH --add NAME adds somebody; who is on no list yet signs up first",
)
_MORE = Text("另有 {num} 格也是这样", "the same is true of {num} more cells")
_MOST_NAMED = 30
_COUNTED = Text("由程序计算，不用改", "the program works it out")
_BY_CHANGE = Text(
    "时间、日期用 returnplan change 批次编号 --depart 或 --date 改",
    "returnplan change BATCH --depart or --date changes hours and dates",
)
_AT = {
    **dict.fromkeys(("batch.date", "batch.depart", "batch.arrive", "stop.time"), _BY_CHANGE),
    "state": Text("用 returnplan publish 或 recall 改", "returnplan publish and recall change it"),
    "status": Text("用 returnplan board 读回名单", "returnplan board reads the marked lists"),
    **dict.fromkeys(
        ("carriage", "seat_no", "order_no"),
        Text(
            "用 returnplan dispatch --read 读回铁路的名单",
            "returnplan dispatch --read reads the railway's list",
        ),
    ),
    **dict.fromkeys(("journey", "flexed", "child_seats", "person", "leg", "signup"), _COUNTED),
}
"""Where what stands in a column is changed instead; what a sign-up says is changed in its row."""


class _Sheet(NamedTuple):
    """A page as it is written, the headers by whose cells its rows are known, and its fields by header."""

    page: Page
    by: tuple[str, ...]
    is_people: bool
    fields: Mapping[str, Field[Any]]


def cells_not_read(tables: Sequence[Table], plan: Plan, lang: Lang) -> list[Fault]:
    """Return the changed cells that are not read back, and the rows that the plan does not have.

    Of very many, as of a column that was filled anew, the first are named.

    Parameters
    ----------
    tables : the sheets of the workbook as they are now
    plan, lang : what it was written from, and in which language
    """
    sheets = list(_sheets(plan, lang))
    pairs = ((sheet, table) for sheet in sheets for table in tables if table.sheet == sheet.page.name)
    found = [fault for sheet, table in pairs for fault in _compared(sheet, table)]
    more = len(found) - _MOST_NAMED
    if more <= 0:
        return found
    rest = replace(found[_MOST_NAMED], cell="", value="", message=_MORE.with_values(num=more))
    return [*found[:_MOST_NAMED], rest]


def _sheets(plan: Plan, lang: Lang) -> Iterator[_Sheet]:
    person, leg, signup = Text("编号", "Person"), Text("段", "Leg"), Text("报名来源", "Sign-up row")
    batch, kind, place = Text("批次编号", "Batch"), Text("上/下客", "Kind"), Text("站点", "Place")
    lat, lon = Text("纬度", "Latitude"), Text("经度", "Longitude")
    for page, fields, keys, is_people in (
        (riders_page(plan.riders, lang), RIDER_FIELDS, (person, leg), True),
        (batches_page(plan, lang), BATCH_FIELDS, (batch,), False),
        (stops_page(plan, lang), STOP_FIELDS, (batch, kind, place, lat, lon), False),
        (unplanned_page(plan.unplanned, lang), RIDER_FIELDS, (signup,), True),
    ):
        by_header = {field.header.say(lang): field for field in fields}
        yield _Sheet(page, tuple(key.say(lang) for key in keys), is_people, by_header)


def _compared(sheet: _Sheet, table: Table) -> Iterator[Fault]:
    header = _header(sheet, table)
    if header is None:
        return
    line, at = header
    columns = {column.header: column for column in sheet.page.columns}
    keys = zip(*([_same(value) for value in columns[name].values] for name in sheet.by), strict=True)
    row_of = {key: row for row, key in enumerate(keys)}
    editable = {name for name, field in sheet.fields.items() if field.is_editable}
    compared = [name for name in columns if name in at and name not in editable.union(sheet.by)]
    signup = columns.get(next((name for name in ("报名来源", "Sign-up row") if name in columns), ""))
    for row in range(line + 1, table.num_rows):
        key = tuple(_same(table.columns[at[name]][row]) for name in sheet.by)
        if not any(key):
            continue
        known = row_of.get(key)
        if known is None:
            first = at[sheet.by[0]]
            yield _fault(table, first, row, _ADDED, _ADD if sheet.is_people else _COUNTED)
            continue
        for name in compared:
            now, was = table.columns[at[name]][row], columns[name].values[known]
            if now != was and _same(now) != _same(was):
                fix = _AT.get(sheet.fields[name].key) if name in sheet.fields else None
                if fix is None and sheet.is_people and signup is not None:
                    fix = _in_the_list(str(signup.values[known]))
                fault = _fault(table, at[name], row, _CHANGED, fix or _COUNTED)
                is_name = name in sheet.fields and sheet.fields[name].key == "name"
                yield replace(fault, value=mask_name(fault.value)) if is_name else fault


def _header(sheet: _Sheet, table: Table) -> tuple[int, dict[str, int]] | None:
    """Return the line of the header and the column of each name in it; None if a key is missing."""
    for line in range(min(_SEARCHED_ROWS, table.num_rows)):
        at = {clean(text): column for column, text in enumerate(table.row_texts(line))}
        if all(name in at for name in sheet.by):
            return line, at
    return None


def _same(value: Cell | Value) -> str:
    """Return a value as two cells are compared: a spreadsheet program keeps neither types nor last digits."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return repr(round(float(value), _DIGITS))
    if isinstance(value, date | time | timedelta):
        return _same(_serial(value))
    text = clean(cell_text(value)) if not isinstance(value, str) else clean(value)
    try:
        return _same(float(text))
    except ValueError:
        return text


def _serial(value: date | time | timedelta) -> float:
    """Return the number that a spreadsheet has for it: days, and parts of a day."""
    if isinstance(value, time):
        value = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
    if not isinstance(value, timedelta):
        moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
        value = moment.replace(tzinfo=None) - (_FIRST_DAY if moment >= _FIRST_MARCH else _FIRST_JANUARY)
    return value / timedelta(days=1)


def _in_the_list(signup: str) -> Text:
    return Text(
        f"改报名表里的那一行({signup})，再运行 returnplan plan",
        f"correct the row of the list ({signup}) and run returnplan plan again",
    )


def _fault(table: Table, column: int, row: int, message: Text, fix: Text) -> Fault:
    cell = f"{table.letters(column)}{row + 1}"
    value = shown(table.columns[column][row])
    return Fault(table.file, table.sheet, cell, value, "not_read_back", message, fix, "warning")
