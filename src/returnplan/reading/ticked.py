"""Answers that have a column each and are ticked: 出行方式 over 专车 and 自驾, 乘车日期 over 2月17日 and 2月18日.

They are read as one column, in which the words above the tick stand.
"""

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

import numpy as np

from returnplan.model.texts import Text
from returnplan.reading.cells import CellError, Parser, clean
from returnplan.reading.dates import NO_YEAR
from returnplan.reading.header_lines import title_above
from returnplan.reading.layout import Layout
from returnplan.reading.names import Names
from returnplan.reading.words import tick_or_cross
from returnplan.sheets.tables import Cell, Column, Table


class Answer(NamedTuple):
    """A column of ticks, and what a tick in it says."""

    column: int
    words: str


_ASKED_WITHOUT_TITLE = "rides"
"""自行前往 and 专车 say by themselves what they answer; 男 or 东莞市 without a title may be counts, or quotas."""
_WHO = frozenset(("name", "id_number", "phone"))
_FEWEST_ANSWERS = 2
_sign = tick_or_cross(Text("√", "√"))


def ticked_answers(
    layout: Layout,
    names: Names,
    labels: Sequence[Sequence[str]],
    free: Sequence[int],
    table: Table,
    line: int,
) -> dict[str, tuple[Answer, ...]]:
    """Return the fields that are told by ticks, with their columns.

    Parameters
    ----------
    labels : of each column, the most specific first; of two lines the second is the words of the lower one
    free : columns that mean no field of their own
    line : the last one of the header, from 0
    """
    parsers = {field.name: field.parse for field in layout.fields if field.name not in _WHO}
    found = {}
    for title, columns in groupby(free, lambda i: title_above(labels[i])):
        field = names.field(layout.kind, (title,)) if title else None
        answers = tuple(Answer(i, labels[i][1 if title else 0]) for i in columns)
        if field not in parsers or len(answers) < _FEWEST_ANSWERS:
            continue
        if _are_answers(answers, parsers[field], table, line):
            found[field] = answers
    alone = tuple(Answer(i, labels[i][0]) for i in free if not title_above(labels[i]))
    parse = parsers.get(_ASKED_WITHOUT_TITLE)
    told = tuple(one for one in alone if parse and _are_answers((one,), parse, table, line))
    return {_ASKED_WITHOUT_TITLE: told, **found} if told else found


def ticked_column(columns: Sequence[Column], words: Sequence[str]) -> Column:
    """Return the column of the words that are ticked in each line, with 、 between several.

    A cell that is no tick stands for itself, so that it is named where its line is read.
    """
    codes = np.column_stack([column.codes for column in columns])
    distinct, line_codes = np.unique(codes, axis=0, return_inverse=True)
    cells: list[Cell] = [""]
    for row in distinct.tolist():
        said = (
            _said(column.cells[code], word) for column, code, word in zip(columns, row, words, strict=True)
        )
        cells.append("、".join(filter(None, said)))
    return Column(cells, (line_codes.ravel() + 1).astype(np.int32))


def _are_answers(answers: Sequence[Answer], parse: Parser, table: Table, line: int) -> bool:
    """Return whether the words above are answers, and the cells below ticks, at least one of them; totals may be."""
    if not all(_is_read(parse, answer.words) for answer in answers):
        return False
    columns = [table.columns[answer.column] for answer in answers]
    cells = [column.cells[code] for column in columns for code in set(column.codes[line + 1 :].tolist())]
    return any(map(_is_ticked, cells)) and all(
        _is_ticked(cell) is not None or clean(cell).isdecimal() for cell in cells
    )


def _is_ticked(cell: Cell) -> bool | None:
    """Return whether a cell is a tick; a blank one and a cross are none, and None is anything else."""
    try:
        return bool(_sign(cell))
    except CellError:
        return None


def _said(cell: Cell, words: str) -> str:
    is_ticked = _is_ticked(cell)
    if is_ticked is None:
        return f"{words}{clean(cell)}"
    return words if is_ticked else ""


def _is_read(parse: Parser, words: str) -> bool:
    try:
        return parse(words) not in (None, "")
    except CellError as error:
        return error.finding.severity != "error" or error.finding.code == NO_YEAR.code
