"""What the lines above a list say once for everybody in it: 发车日期：2月13日 到达地：佛山市顺德区.

Firms that hire a coach, and villages, write the day, the place and the firm there and give them no columns
(乘车异地务工人员花名册 of Foshan's subsidy for chartered coaches).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from returnplan.model.faults import Fault
from returnplan.model.texts import Text
from returnplan.reading.cells import CellError, Parser, shown
from returnplan.reading.headers import Header
from returnplan.reading.layout import DAYS
from returnplan.reading.names import Names
from returnplan.reading.questions import normal
from returnplan.sheets.tables import Table

_PLACES = frozenset(("city", "dropoff"))
_OFFICE_LABELS = frozenset(("市", "地市", "城市", "所在市"))
"""Labels of columns that above a list are of the office that sends it."""
_BOARDS = re.compile(r"[上乘候]车|集合")
"""出发地 may be a city: only where a coach is boarded is a pick-up."""
_OF_A_FIRM = re.compile(r"企业|用工|用人|务工|工厂")
_NO_FIRM = re.compile(r"政府|社保|人社|人力资源|劳务|街道办|办事处|村委|居委|服务中心|服务站|就业")
_LABEL = re.compile(r"(?:(?<=[\s,;，；、])|^)([^\W\d_][^\s:：,;，；、\d]{0,15})\s*[:：]\s*")
_BLANK = re.compile(r"[\s_—\-/.]*")


def with_told_above(table: Table, header: Header, names: Names) -> tuple[Header, tuple[Fault, ...]]:
    """Return the header of a list of people with what is told above it of fields without a column, and a warning.

    A field that is told twice in different words is not used, nor are words that its column would refuse.
    """
    if header.layout.kind != "signups":
        return header, ()
    parse = {field.name: field.parse for field in header.layout.fields}
    told: dict[str, set[tuple[str, str]]] = {}
    for label, words in _told(table, range(max(0, header.line - header.num_lines + 1))):
        field = names.field("signups", (label,))
        if field is not None and _is_of_everybody(field, label, words) and _is_read(parse[field], words):
            told.setdefault(field, set()).add((label, words))
    has_column = set(header.fields)
    if not has_column.isdisjoint(DAYS):
        has_column.update(DAYS)
    used = {
        field: next(iter(one))
        for field, one in told.items()
        if field not in has_column and len({words for _, words in one}) == 1
    }
    if not used:
        return header, ()
    return (
        replace(header, told=tuple((field, words) for field, (_, words) in used.items())),
        (_fault(table, used),),
    )


def _is_of_everybody(field: str, label: str, words: str) -> bool:
    """Return whether a label above a list is about the people in it, and not about the office that sends it."""
    if field == "employer":
        return _OF_A_FIRM.search(label) is not None and _NO_FIRM.search(words) is None
    if field == "pickup":
        return _BOARDS.search(label) is not None
    return field in DAYS or (field in _PLACES and normal(label) not in _OFFICE_LABELS)


def _is_read(parse: Parser, words: str) -> bool:
    try:
        parse(words)
    except CellError as error:
        return error.finding.severity != "error"
    return True


def _told(table: Table, lines: Sequence[int]) -> Iterator[tuple[str, str]]:
    """Yield labels and what stands behind their colons."""
    for line in lines:
        for text in table.row_texts(line):
            parts = _LABEL.split(text)[1:]  # label, words, label, words ...
            for label, said in zip(parts[::2], parts[1::2], strict=True):
                words = said.strip(" \t\u3000,;，；、")
                if not _BLANK.fullmatch(words):
                    yield label, words


def _fault(table: Table, used: Mapping[str, tuple[str, str]]) -> Fault:
    said = "、".join(f"{label}：{words}" for label, words in used.values())
    return Fault(
        table.file,
        table.sheet,
        "",
        "",
        "told_above",
        Text(
            f"表头上面写的“{shown(said)}”用于全表的人，表里没有这{'一列' if len(used) == 1 else '几列'}",
            f"what stands above the header holds for everybody in the list, which has no column for it: {shown(said)}",
        ),
        Text("如不是所有人都这样，请在表里加上列，每人填写", "add a column and fill it in where it differs"),
        "warning",
    )
