"""Tables of ours that people filled in and sent back: found by their headers in either language, read row by row.

Knows no particular paper: call lists, orders, manifests and plan workbooks each declare their columns beside
the code that writes them. Hostile files are met in the child process of :mod:`returnplan.sheets`.
"""

import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Any, Generic, TypeVar

from returnplan.model.errors import InputRefused
from returnplan.model.faults import Fault, RowRef, Severity
from returnplan.model.texts import NO_TEXT, Text
from returnplan.papers.field import Field
from returnplan.papers.pages import read_marks
from returnplan.papers.voided import VOID
from returnplan.reading.cells import CellError, Finding, Parser, is_blank, shown
from returnplan.reading.questions import normal
from returnplan.sheets.files import OWNER_FILE, SUFFIXES, SYSTEM, Sought, expand
from returnplan.sheets.reader import read_tables
from returnplan.sheets.tables import Cell, Table

T = TypeVar("T")

_SEARCHED_ROWS = 40
WALK_UPS = "现场增补"
"""Before the name of a list of the walk-ups of a batch. It bears no mark, because it is read as a sign-up list."""


def is_walk_up_list(name: str) -> bool:
    """Return whether a file of this name is a list of walk-ups that ``board`` wrote: they have travelled."""
    return name.startswith(f"{WALK_UPS}-")


_MOST_NAMES = 6
"""Files named in one line."""
_READ_BY = Text(
    "填好的电话通知表用 returnplan notify --read 读，派车单和列车名单用 dispatch --read，随车名单和签收单用 board，"
    "改过的 plan.xlsx 用 adopt；退回改好的表放进收件，再排车",
    "call lists that were filled in are read by returnplan notify --read, orders and name lists of trains by dispatch "
    "--read, manifests and receipts by board, and an edited plan.xlsx by adopt; corrected sheets go into the inbox",
)
_FILLED_IN = (*SUFFIXES, ".et")
_NOT_BACK = Text("不是交回的表", "no paper that came back")
_NO_SHEET = Text("不是表格，没有读", "is no spreadsheet and was not read")
_TYPE_IT_IN = Text(
    "照片、扫描件上写的，请填进本程序写出的那份表；其他格式的表请另存为 .xlsx",
    "type what a photo or scan says into the workbook that this program wrote; save a list of another format as .xlsx",
)


@dataclass(frozen=True, slots=True)
class Answer:
    """One row: the cell of each field that the table has, and where it stands now, for columns may be moved.

    ``above`` is what stands above the header: title, hints, facts. ``run`` is the id of the run of the store that it
    was printed of, ``printed`` the hour of that (ISO); they are empty where the workbook does not name it any more.
    """

    ref: RowRef
    cells: Mapping[str, Cell]
    letters: Mapping[str, str]
    fields: Mapping[str, Field[Any]]
    above: tuple[str, ...] = ()
    run: str = ""
    printed: str = ""
    warnings: list[Fault] = field(default_factory=list)

    def warn(self, key: str, finding: Finding) -> None:
        """Say something of a field of a row that is taken all the same."""
        self.warnings.append(self.fault(key, finding))

    def has(self, key: str) -> bool:
        """Return whether anything stands in a field."""
        return key in self.cells and not is_blank(self.cells[key])

    def value(self, key: str) -> Any:
        """Return what a field says; a field that the table does not have says what a blank one does.

        Raises
        ------
        UnclearAnswer : the cell cannot be read
        """
        return self.read(key, self.fields[key].parse)

    def read(self, key: str, parse: Parser) -> Any:
        """Return what a field says to another parser than its own.

        Raises
        ------
        UnclearAnswer : the cell cannot be read
        """
        try:
            return parse(self.cells.get(key, ""))
        except CellError as error:
            raise UnclearAnswer(self.fault(key, error.finding)) from error

    def fault(self, key: str, finding: Finding) -> Fault:
        """Return what is wrong with the cell of a field, or, where its column is gone, with the first of the row."""
        first = next(iter(self.letters.values()))
        return Fault(
            self.ref.file,
            self.ref.sheet,
            f"{self.letters.get(key, first)}{self.ref.row}",
            shown(self.cells.get(key, "")),
            finding.code,
            finding.message,
            finding.fix,
            finding.severity,
        )


class UnclearAnswer(Exception):  # noqa: N818  it is an answer, only not a clear one
    """A row that cannot be taken as it stands."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.code)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class AnswerReport(Generic[T]):
    """What the rows say, in the order of the files and rows, and the cells that were not read or not wholly."""

    answers: tuple[T, ...]
    faults: tuple[Fault, ...]


def read_answers(
    paths: Sequence[Path],
    fields: Sequence[Field[Any]],
    needed: Sequence[str],
    read_row: Callable[[Answer], T | None],
    paper: Text,
    runs: Collection[str] = (),
    may_differ: Collection[Path] = (),
) -> AnswerReport[T]:
    """Read one kind of paper that came back.

    Parameters
    ----------
    paths : the workbooks, and folders of them
    fields : the columns that the writer gave it
    needed : keys of the fields by which the table is known
    read_row : what a row says; None for a row that says nothing
    paper : what such a paper is called
    runs : the ids of the runs of the store; a mark of any other counts for none
    may_differ : those of the files that may be other papers of ours

    Raises
    ------
    InputRefused : a file is unreadable or dangerous, or holds no such table
    """
    answers: list[T] = []
    files, faults = files_to_read(paths)

    def is_sought(tables: Sequence[Table]) -> bool:
        return any(_find_header(table, fields, needed) for table in tables)

    for path, tables in opened(files, is_sought, paper, may_differ, faults):
        found = [rows for table in tables if (rows := table_rows(table, fields, needed)) is not None]
        marks = read_marks(path)
        run, printed = (marks.get(name, "") for name in ("run", "printed"))
        run, printed = (run, printed) if run in runs else ("", "")
        for row in chain.from_iterable(found):
            try:
                answer = read_row(replace(row, run=run, printed=printed))
            except UnclearAnswer as unclear:
                faults.append(unclear.fault)
            else:
                answers += [answer] if answer is not None else []
                faults += row.warnings
    return AnswerReport(tuple(answers), tuple(faults))


def sorted_papers(
    paths: Sequence[Path],
    kinds: Sequence[tuple[Sequence[Field[Any]], Sequence[str]]],
    paper: Text,
    may_differ: Collection[Path] = (),
) -> tuple[list[list[Path]], list[Fault]]:
    """Return the files of each kind of paper, of several kinds that came back together, and what was passed over.

    Parameters
    ----------
    kinds : of each its columns and the keys of those by which a table is known
    may_differ : those of the files that may be other papers of ours

    Raises
    ------
    InputRefused : a file is unreadable or dangerous, or holds a table of none of the kinds
    """
    files, faults = files_to_read(paths)
    of_kind: list[list[Path]] = [[] for _ in kinds]

    def is_of(tables: Sequence[Table]) -> list[bool]:
        return [any(_find_header(table, *kind) for table in tables) for kind in kinds]

    for path, tables in opened(files, lambda tables: any(is_of(tables)), paper, may_differ, faults):
        of_kind[is_of(tables).index(True)].append(path)
    return of_kind, faults


def opened(
    files: Sequence[Path],
    is_sought: Callable[[Sequence[Table]], bool],
    paper: Text,
    may_differ: Collection[Path],
    faults: list[Fault],
) -> Iterator[tuple[Path, list[Table]]]:
    """Yield the files with a table that is sought, with their tables; the others are named in ``faults`` at the end.

    Parameters
    ----------
    paper : what is sought
    may_differ : those of the files that may be other papers of ours

    Raises
    ------
    InputRefused : a file is unreadable or dangerous, another one than these holds no such table, or none does
    """
    others: list[Path] = []
    for path, tables in zip(files, read_tables(files), strict=True):
        if is_sought(tables):
            yield path, tables
        elif path in may_differ:
            others.append(path)
        else:
            raise InputRefused(no_such_paper(path, paper))
    if others and len(others) == len(files):
        raise InputRefused(no_such_paper(others[0], paper))
    if others:
        faults.append(_passed_over(others, paper))


def _passed_over(others: Sequence[Path], paper: Text) -> Fault:
    """Return that workbooks of ours are none of the papers that are read here, and what reads each kind."""
    names = [path.name for path in others]
    shown, more = ", ".join(names[:_MOST_NAMES]), len(names) - _MOST_NAMES
    zh, en = (f" 等 {len(names)} 个", f" and {more} more") if more > 0 else ("", "")
    return Fault(
        Path(os.path.commonpath([path.parent for path in others])).name,
        "",
        "",
        "",
        "other_paper",
        Text(f"不是{paper.zh}，没有读：{shown}{zh}", f"no {paper.en}, passed over: {shown}{en}"),
        _READ_BY,
        severity="warning",
    )


def files_to_read(paths: Sequence[Path]) -> tuple[list[Path], list[Fault]]:
    """Return the files, folders replaced by the spreadsheets in them and below, and those that cannot be read now.

    What was put into the folder of papers that are void is not read with the folder above it, nor are the lists that
    :mod:`returnplan.usecases.board` writes of those who have travelled.

    Raises
    ------
    InputRefused : a file is not there, or a folder is empty
    """
    files, skipped = expand(paths, is_deep=True, sought=_CAME_BACK)
    left_out = [
        skip
        for skip in skipped
        if skip.reason not in (_NOT_BACK, SYSTEM) and not skip.path.name.startswith(OWNER_FILE)
    ]
    return files, [
        Fault(skip.path.name, "", "", "", "not_read", skip.reason, *_mend_of(skip.reason))
        for skip in left_out
    ]


def _mend_of(reason: Text) -> tuple[Text, Severity]:
    """Return what would help where a file of a folder is not read, and how bad it is."""
    return (_TYPE_IT_IN, "error") if reason == _NO_SHEET else (NO_TEXT, "warning")


def _reason_to_pass_over(entry: Path) -> Text | None:
    """Return why something below a folder is no paper that came back: void, no spreadsheet, or a list of ``board``."""
    if entry.is_dir():
        return _NOT_BACK if entry.name == VOID else None
    if entry.suffix.lower() not in _FILLED_IN:
        return _NO_SHEET
    return _NOT_BACK if is_walk_up_list(entry.name) or "paper" in read_marks(entry) else None


_CAME_BACK = Sought(Text("交回的表", "papers that came back"), _reason_to_pass_over)


def table_rows(table: Table, fields: Sequence[Field[Any]], needed: Sequence[str]) -> list[Answer] | None:
    """Return the rows below the header that has all needed fields; None when the table has no such header."""
    found = _find_header(table, fields, needed)
    return None if found is None else list(_rows(table, {field.key: field for field in fields}, *found))


def _find_header(
    table: Table, fields: Sequence[Field[Any]], needed: Sequence[str]
) -> tuple[int, dict[str, int]] | None:
    """Return the header's line and the column of each field, when all needed ones are there."""
    known = {normal(name): field.key for field in fields for name in (*field.header, *field.also)}
    for line in range(min(_SEARCHED_ROWS, table.num_rows)):
        labels = [normal(label) for label in table.row_texts(line)]
        columns = {known[label]: index for index, label in enumerate(labels) if label in known}
        if all(key in columns for key in needed):
            return line, columns
    return None


def _rows(
    table: Table, fields: Mapping[str, Field[Any]], header_line: int, columns: Mapping[str, int]
) -> Iterator[Answer]:
    letters = {key: table.letters(index) for key, index in columns.items()}
    above = tuple(text for line in range(header_line) for text in table.row_texts(line) if text)
    for line in range(header_line + 1, table.num_rows):
        cells = {key: table.columns[index][line] for key, index in columns.items()}
        if not all(map(is_blank, cells.values())):
            yield Answer(RowRef(table.file, table.sheet, line + 1), cells, letters, fields, above)


def no_such_paper(path: Path, paper: Text) -> Text:
    """Return why a workbook is refused."""
    return Text(
        f"{path} 里没有{paper.zh}：请用本程序写出的那份表填写，不要改列名",
        f"{path} holds no {paper.en}: fill in the one that this program wrote, and keep its headers",
    )
