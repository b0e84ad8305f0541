"""The name of a person in a cell that may say more: 1. 韦家旺, 黄德胜（已报名）."""

import re
from typing import NamedTuple

from returnplan.reading.cells import text
from returnplan.sheets.tables import Cell

_NUMBER = re.compile(r"(?:[(\[]\d{1,4}[)\]]\s*|\d{1,4}\s*[.、,:;)\]\-_]\s*|\d{1,4}\s*(?=[\u3400-\u9fff]))")
_LABEL = re.compile(r"(?:姓\s*名|name)\s*:\s*", re.IGNORECASE)
_REMARK = re.compile(r"[(\[【]([^()\[\]【】]*)[)\]】]")
_SAYS_NOTHING = frozenset(
    ("", "已报名", "报名", "已登记", "已接龙", "已确认", "确认", "本人", "签字", "签名", "男", "女", "必填")
)


class NameCell(NamedTuple):
    """What the cell of a name says: the name, and the words in brackets that say something more."""

    name: str
    remark: str


def name_cell(cell: Cell) -> NameCell:
    """Return the name without its number (1. 2、 (3) ①) and brackets; dots of a name (阿卜杜·热合曼) stay."""
    written = text(cell)
    if written.isalpha():
        return NameCell(written, "")
    remarks = [
        words
        for match in _REMARK.finditer(written)
        if (words := match[1].strip()) not in _SAYS_NOTHING and not words.isdecimal()
    ]
    number = _NUMBER.match(written)
    name = _LABEL.sub("", _REMARK.sub("", written[number.end() :] if number else written))
    name = name.strip(" .。、,:;-_")
    return NameCell(name, "；".join(remarks)) if name else NameCell(written, "")


def person_name(cell: Cell) -> str:
    """Return the name alone."""
    return name_cell(cell).name
