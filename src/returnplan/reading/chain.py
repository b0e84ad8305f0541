"""接龙 sign-ups: one person a line of text, as a group chat writes them or a service exports them."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from returnplan.model.faults import Fault
from returnplan.model.texts import Text
from returnplan.reading.cells import CellError, Finding, Parser, is_blank
from returnplan.reading.chain_words import (
    MARK,
    MAY_BE_ID_NUMBER,
    Entry,
    begins_with_a_name,
    entry_of,
    goes_on,
    half_width,
    has_number,
    names_somebody,
)
from returnplan.reading.dates import has_day
from returnplan.reading.header_lines import SEARCHED_ROWS
from returnplan.reading.headers import Header
from returnplan.reading.layout import Layout, SheetField
from returnplan.reading.moments import moment
from returnplan.reading.names import Names
from returnplan.reading.parsed import ParsedColumn, ParsedSheet, parse_column
from returnplan.reading.questions import bare
from returnplan.reading.rows import says_no_data
from returnplan.reading.signups import NOBODY
from returnplan.sheets.tables import Cell, Column, Table, cell_text

_TITLE = re.compile(r"#\s*(?:接龙|接龍|group\s*note).*", re.IGNORECASE | re.DOTALL)
_EXAMPLE = re.compile(r"(?:例|例如|示例|格式)[\s:].*")
_FORMAT = re.compile(
    r"(?:格式|例如?|示例|按顺序填写?|依次填写?|format)\s*[:为是]?\s*(.+)", re.IGNORECASE | re.DOTALL
)
_FORMAT_WORDS = re.compile(r"[\s,;、|+/。.]+")
_CONTENT = ("接龙内容", "接龙详情", "接龙信息", "接龙")
_TIME, _NICKNAME = ("接龙时间", "提交时间", "时间"), ("接龙昵称", "昵称", "微信昵称", "接龙人")

_LEFT_OVER = Finding(
    "words_left_over",
    Text(
        "接龙中看不出这些字是哪一项，已记入备注",
        "these words of the 接龙 are no field; they went to the note",
    ),
    Text("请核对；如有需要，请分列填写", "check them, and use columns if they matter"),
    "warning",
)
_NICKNAME_TAKEN = Finding(
    "nickname_as_name",
    Text("接龙内容里没有姓名，用了昵称", "the 接龙 tells no name; the nickname was taken"),
    Text("请核对姓名", "check the name"),
    "warning",
)
_TOWNSHIP_TAKEN = Finding(
    "township_taken",
    Text(
        "接龙中写在务工城市前面的乡镇，当作户籍乡镇", "a township before the city was taken for that of home"
    ),
    Text(
        "请核对；接龙开头写明格式(姓名 身份证 电话 乡镇 …)就不再提醒",
        "check it; a format line above says it for sure",
    ),
    "warning",
)
_YEAR_TAKEN = Finding(
    "year_from_submission",
    Text(
        "出发日期没有年份，按接龙时间推定", "the day tells no year; it was taken from the time of submission"
    ),
    Text("请核对，或在 returnplan.toml 的 [dates] 中设置 year", "check it, or set year in [dates]"),
    "warning",
)
_EMPLOYER = ("单位", "公司", "厂", "厂子", "哪个厂")
"""Labels of an entry that name the employer; above a column 单位 may be anything."""
_MOST_COLUMNS = 2
_ALWAYS = ("name", "id_number", "city")
"""Fields that a chain has even where no entry tells them: each is then missing in its line."""


Doubts = dict[str, dict[Cell, Finding]]
"""Field -> cell -> what is not sure about it."""


@dataclass(frozen=True, slots=True)
class Chain:
    """A 接龙 as a sign-up sheet, with faults for the lines that are no person."""

    people: ParsedSheet
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """The position of a chain: the line above it (-1: none), the columns of its text, times and nicknames."""

    line: int
    content: int
    time: int | None = None
    nickname: int | None = None

    @property
    def is_export(self) -> bool:
        """Whether each line is one entry, as in the export of a service."""
        return self.line >= 0


@dataclass(slots=True)
class _Lines:
    """The text of one person, and the line (from 0) where it begins."""

    line: int
    text: str
    num_people: int = 1
    is_numbered: bool = False


@dataclass(slots=True)
class _Sorted:
    """The lines of a chain that are people, and the lines that are not."""

    people: list[_Lines] = field(default_factory=list)
    nobody: list[tuple[int, str]] = field(default_factory=list)


def read_chain(table: Table, layout: Layout, names: Names, year: int | None) -> Chain | None:
    """Return a 接龙 as a sign-up sheet, None if the sheet contains none.

    Parameters
    ----------
    layout : the layout of the sign-up sheet
    names : the meanings of labels inside an entry (电话：138…)
    year : the year of the campaign; None: a day without a year is the first such day after the submission
    """
    place = _exported(table) or _written(table)
    if place is None:
        return None
    found = _sorted_lines(table, place)
    if not found.people:
        return None
    parsers = {declared.name: declared.parse for declared in layout.fields}

    def field_of(label: str) -> str | None:
        if bare(label) in _EMPLOYER:
            return "employer"
        return names.fields("signups", [(label,)])[0]

    asks_township = _asks_township(table, place, found.people[0].line, field_of)
    entries = [entry_of(lines.text, parsers, field_of, asks_township=asks_township) for lines in found.people]
    unsure: Doubts = {declared.name: {} for declared in layout.fields}
    for lines, entry in zip(found.people, entries, strict=True):
        _complete(table, place, lines, entry, unsure)
        if year is None:
            _add_year(entry, parsers, unsure)
    letters = table.letters(place.content)
    faults = [
        Fault(
            table.file,
            table.sheet,
            f"{letters}{line + 1}",
            text,
            NOBODY.code,
            NOBODY.message,
            NOBODY.fix,
            "warning",
        )
        for line, text in found.nobody
    ]
    faults.extend(_unused(table, place))
    columns = {declared.name: _column(table, place, declared, entries, unsure) for declared in layout.fields}
    told = [name for name, column in columns.items() if column.letters is not None]
    header = Header(
        layout, place.line, dict.fromkeys(told, place.content), {}, (), ("接龙",) * len(table.columns)
    )
    first_lines = np.array([lines.line for lines in found.people], dtype=np.intp)
    return Chain(ParsedSheet(table, header, first_lines, columns), tuple(faults))


def _unused(table: Table, place: _Place) -> Iterator[Fault]:
    """Yield a warning for each filled column beside the 接龙 of a chat; such a column is not read."""
    for i, column in enumerate(table.columns if not place.is_export else ()):
        cell = next((cell for cell in column.cells if not is_blank(cell)), None)
        if i != place.content and cell is not None:
            line = column.codes.tolist().index(column.cells.index(cell))
            yield Fault(
                table.file,
                table.sheet,
                f"{table.letters(i)}{line + 1}",
                cell_text(cell),
                "unknown_column",
                Text(
                    "接龙旁边的这一列没有列名，未采用",
                    "this column beside the 接龙 has no header and was not used",
                ),
                Text("如需采用，请改成有列名的表", "use a sheet with headers if it is needed"),
                "warning",
            )


def _exported(table: Table) -> _Place | None:
    """Return the columns of the export of a service, recognised by the header 接龙内容."""
    for line in range(min(SEARCHED_ROWS, table.num_rows)):
        labels = [bare(text) for text in table.row_texts(line)]
        content = _first(labels, _CONTENT)
        if content is not None and sum(map(bool, labels)) > 1:
            return _Place(line, content, _first(labels, _TIME), _first(labels, _NICKNAME))
    return None


def _first(labels: Sequence[str], names: Sequence[str]) -> int | None:
    return next((labels.index(name) for name in names if name in labels), None)


def _written(table: Table) -> _Place | None:
    """Return the column with the 接龙 of a group chat; a second column may hold our remarks on it."""
    filled = [i for i, column in enumerate(table.columns) if not all(map(is_blank, column.cells))]
    chains = [i for i in filled if _is_chain(table.columns[i])] if len(filled) <= _MOST_COLUMNS else []
    return _Place(-1, chains[0]) if len(chains) == 1 else None


def _is_chain(column: Column) -> bool:
    """Return whether a column lists people: most numbered lines name somebody.

    In addition a line must be #接龙, or have an ID number, a mobile phone, or a name and a day.
    """
    lines = [half_width(line) for cell in column.cells for line in cell_text(cell).splitlines()]
    entries = [line[mark.end() :] for line in lines if (mark := MARK.match(line))]
    says_so = any(map(_TITLE.fullmatch, lines))
    is_of_people = sum(map(names_somebody, entries)) * 2 >= len(entries)
    return is_of_people and (
        says_so
        or any(map(has_number, lines))
        or any(begins_with_a_name(entry) and has_day(entry) for entry in entries)
    )


def _sorted_lines(table: Table, place: _Place) -> _Sorted:
    """Return the lines of a chain, sorted into people and others.

    A numbered line begins a person. A line without a number belongs to the person above if it has the number
    or day that is still missing there, or if it is in the same cell. Lines above the first person, and
    footers, are titles.
    """
    found = _Sorted()
    for line in range(place.line + 1, table.num_rows):
        for text in map(half_width, cell_text(table.columns[place.content][line]).splitlines()):
            mark = MARK.match(text)
            rest = text[mark.end() :] if mark else text
            is_footer = (
                says_no_data(rest)
                and not MAY_BE_ID_NUMBER.search(rest)
                and not (mark and begins_with_a_name(rest))
            )
            if not rest or is_footer or _TITLE.fullmatch(text) or _EXAMPLE.fullmatch(text):
                continue
            last = found.people[-1] if found.people else None
            is_same_cell = last is not None and last.line == line
            may_go_on = last is not None and last.is_numbered and not mark and not place.is_export
            if last is not None and may_go_on and goes_on(text, last.text):
                last.text += f" {text}"
                continue
            is_above_done = last is None or has_number(last.text)
            begins = names_somebody(rest) if mark else has_number(text) and is_above_done
            if begins and last is not None and is_same_cell:
                last.num_people += 1
            elif begins or (place.is_export and not is_same_cell):
                found.people.append(_Lines(line, rest, is_numbered=mark is not None))
            elif last is not None and not mark and (is_same_cell or (has_number(text) and not is_above_done)):
                last.text += f" {text}"
            elif last is not None:
                found.nobody.append((line, text))
    return found


def _complete(table: Table, place: _Place, lines: _Lines, entry: Entry, unsure: Doubts) -> None:
    """Add the cells beside the text to an entry, and report doubts about it."""
    nickname = table.columns[place.nickname][lines.line] if place.nickname is not None else ""
    if "name" not in entry.words and not is_blank(nickname):
        entry.words["name"] = nickname
        unsure["name"][nickname] = replace(_NICKNAME_TAKEN, value=cell_text(nickname))
    if place.time is not None:
        entry.words["submitted"] = table.columns[place.time][lines.line]
    # A number of 16 or 19 digits is that of a bank card.
    id_numbers = {number for number in MAY_BE_ID_NUMBER.findall(lines.text) if len(number) in (15, 17, 18)}
    num_people = max(lines.num_people, len(id_numbers))
    if num_people > 1:
        unsure["name"][entry.words.setdefault("name", lines.text)] = _several(num_people)
    if not entry.is_township_sure:
        township = entry.words["township"]
        unsure["township"][township] = replace(_TOWNSHIP_TAKEN, value=cell_text(township))
    if entry.left_over:
        labelled = entry.words.get("note")
        note = "；".join((*([cell_text(labelled)] if labelled else []), " ".join(entry.left_over)))
        entry.words["note"] = note
        unsure["note"][note] = replace(_LEFT_OVER, value=note)


def _asks_township(
    table: Table, place: _Place, first_line: int, field_of: Callable[[str], str | None]
) -> bool:
    """Return whether a line above the first person says that each writes the township (格式：姓名 身份证 乡镇)."""
    lines = (cell_text(table.columns[place.content][line]) for line in range(place.line + 1, first_line + 1))
    formats = (found[1] for text in lines if (found := _FORMAT.search(half_width(text))))
    return any(field_of(word) == "township" for text in formats for word in _FORMAT_WORDS.split(text))


def _several(num_people: int) -> Finding:
    return Finding(
        "several_people",
        Text(
            f"这一格写了 {num_people} 个人，都没有采用，人数里只算 1 人",
            f"this cell holds {num_people} people; none of them was taken, and they count as one",
        ),
        Text("请改成一人一行", "write one person a row"),
    )


def _add_year(entry: Entry, parsers: Mapping[str, Parser], unsure: Doubts) -> None:
    """Complete a day without a year by the first such day after the submission."""
    word = entry.words.get("named_date")
    if not isinstance(word, str) or re.search(r"\d{4}", word):
        return
    try:
        submitted = moment(entry.words.get("submitted", ""))
        if submitted is None:
            return
        day = f"{submitted.year}年{word}"
        if parsers["named_date"](day)[1] < submitted.date():
            day = f"{submitted.year + 1}年{word}"
        unsure["named_date"][day] = replace(_YEAR_TAKEN, value=parsers["named_date"](day))
    except CellError:
        return
    entry.words["named_date"] = day


def _column(
    table: Table,
    place: _Place,
    declared: SheetField,
    entries: Sequence[Entry],
    unsure: Doubts,
) -> ParsedColumn:
    doubts = unsure[declared.name]

    def parse_with_doubt(cell: Cell) -> object:
        if cell in doubts:
            raise CellError(doubts[cell])
        return declared.parse(cell)

    words = [entry.words.get(declared.name, "") for entry in entries]
    cells = list(dict.fromkeys(("", *words)))
    code_of = {cell: code for code, cell in enumerate(cells)}
    codes = np.array([code_of[word] for word in words], dtype=np.int32)
    is_told = declared.name in _ALWAYS or len(cells) > 1
    stands_in = place.time if declared.name == "submitted" and place.time is not None else place.content
    letters = table.letters(stands_in) if is_told else None
    return parse_column(Column(cells, codes), parse_with_doubt, letters)
