"""What the lines above a list say once for everybody in it: 发车日期：2月13日 到达地：佛山市顺德区.

Firms that hire a coach, and villages, write the day, the place and the firm there and give them no columns
(乘车异地务工人员花名册 of Foshan's subsidy for chartered coaches).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from returnplan.model.faults import Fault
from returnplan.model.texts import Text
from returnplan.reading.cells import shown
from returnplan.reading.headers import Header
from returnplan.reading.names import Names
from returnplan.reading.questions import normal
from returnplan.sheets.tables import Table

_FIELDS = frozenset(
    (
        "county",
        "township",
        "pickup",
        "city",
        "town",
        "employer",
        "dropoff",
        "earliest",
        "latest",
        "named_date",
    )
)
_OF_WHO_FILLS_IN = frozenset(("单位名称", "市", "地市", "城市", "所在市", "日期"))
"""Labels of columns that above a list are of the office that sends it."""
_LABEL = re.compile(r"(?:(?<=[\s,;，；、])|^)([^\W\d_][^\s:：,;，；、\d]{0,15})\s*[:：]\s*")
_BLANK = re.compile(r"[\s_—\-/.]*")


def with_told_above(table: Table, header: Header, names: Names) -> tuple[Header, tuple[Fault, ...]]:
    """Return the header of a list of people with what is told above it of fields without a column, and a warning.

    A field that is told twice in different words is not used.
    """
    if header.layout.kind != "signups":
        return header, ()
    told: dict[str, set[tuple[str, str]]] = {}
    for label, words in _told(table, range(max(0, header.line - header.num_lines + 1))):
        field = names.field("signups", (label,))
        if field in _FIELDS and normal(label) not in _OF_WHO_FILLS_IN:
            told.setdefault(field, set()).add((label, words))
    used = {
        field: next(iter(one))
        for field, one in told.items()
        if field not in header.columns and field not in header.twice and len({words for _, words in one}) == 1
    }
    if not used:
        return header, ()
    return (
        replace(header, told=tuple((field, words) for field, (_, words) in used.items())),
        (_fault(table, used),),
    )


def _told(table: Table, lines: Sequence[int]) -> Iterator[tuple[str, str]]:
    """Yield labels and what they say: behind a colon, or in the next cell that is not blank."""
    for line in lines:
        texts = [text for text in table.row_texts(line) if text.strip()]
        for text, after in pairwise((*texts, "")):
            parts = _LABEL.split(text)[1:]  # label, words, label, words ...
            if parts and not parts[-1].strip() and not _LABEL.search(after):
                parts[-1] = after
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
