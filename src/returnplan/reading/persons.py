"""The name and the phone of a person as townships write them: 1. 韦家旺, 黄德胜（已报名）, two phones and words."""

import re
from typing import NamedTuple

from returnplan.model.personal_numbers import MOBILE
from returnplan.model.texts import Text
from returnplan.reading.cells import CellError, Finding, clean, text
from returnplan.sheets.tables import Cell

_NUMBER = re.compile(r"(?:[(\[]\d{1,4}[)\]]\s*|\d{1,4}\s*[.、,:;)\]\-_]\s*|\d{1,4}\s*(?=[\u3400-\u9fff]))")
_LABEL = re.compile(r"(?:姓\s*名|name)\s*:\s*", re.IGNORECASE)
_REMARK = re.compile(r"[(\[【]([^()\[\]【】]*)[)\]】]")
_SAYS_NOTHING = frozenset(
    ("", "已报名", "报名", "已登记", "已接龙", "已确认", "确认", "本人", "签字", "签名", "男", "女", "必填")
)


class NameCell(NamedTuple):
    """The cell of a name: the name, and the words in brackets that are a remark."""

    name: str
    remark: str


def name_cell(cell: Cell) -> NameCell:
    """Return the name without its number (1. 2、 (3) ①) and brackets; the dot of a name (阿卜杜·热合曼) is kept."""
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


_PHONE = re.compile(rf"{MOBILE}|0\d{{2,3}}-?\d{{7,8}}")
_DECIMALS = re.compile(r"(?<=\d{7})\.0+(?!\d)")  # a number format's: 13800000001.00
_WRITTEN = re.compile(
    r"(?<![\d+])(?:(?:\+|00)?\s*86[\s-]*)?(?P<mobile>1[3-9]\d(?:[\s-]?\d){8})(?!\d)"
    r"|(?<!\d)(?P<area>0\d{2,3})(?P<dash>[\s-]?)(?P<line>\d{7,8})(?!\d)"
)
_BETWEEN_NUMBERS = re.compile(
    r"[\s/、,;|┋+()\[\]:.-]+|[或和及]|电话|手机号?|联系方式|tel|phone", re.IGNORECASE
)
_BRACKETS = str.maketrans("()[].·'", "       ")


def phone(cell: Cell) -> str:
    """Return the numbers of a cell joined by ``/``; digits only, except for the dash of an area code.

    Words beside a number (父亲) cause a warning that quotes them.
    """
    written = clean(cell)
    if not written or _PHONE.fullmatch(written):
        return written
    words = _DECIMALS.sub("", written).translate(_BRACKETS)
    numbers = tuple(dict.fromkeys(map(_tidy, _WRITTEN.finditer(words))))
    beside = _BETWEEN_NUMBERS.sub("", _WRITTEN.sub(" ", words))
    if not numbers or any(map(str.isdecimal, beside)):
        raise CellError(
            Finding(
                "phone_unclear",
                Text(
                    "电话号码不像手机号或带区号的座机号", "neither a mobile number nor one with an area code"
                ),
                Text("请核对电话号码", "check the number"),
                "warning",
                written,
            )
        )
    if beside:
        raise CellError(
            Finding(
                "phone_words",
                Text(
                    f"电话旁边的“{beside}”没有用上", f'the words beside the phone were not used: "{beside}"'
                ),
                Text("请把说明写入备注栏", "write them under notes"),
                "warning",
                "/".join(numbers),
            )
        )
    return "/".join(numbers)


def _tidy(written: re.Match[str]) -> str:
    if written["mobile"]:
        return re.sub(r"\D", "", written["mobile"])
    return written["area"] + ("-" if written["dash"] else "") + written["line"]
