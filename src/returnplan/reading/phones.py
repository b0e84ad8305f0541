"""Phone numbers as townships write them: grouped, with a country code, two in a cell, with words beside them."""

import re

from returnplan.model.texts import Text
from returnplan.reading.cells import CellError, Finding, clean
from returnplan.sheets.tables import Cell

_PHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}")
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
    """Return the numbers of a cell, several joined by ``/``; digits only, but for the dash of an area code.

    Words beside a number (父亲) are a warning that names them.
    """
    written = clean(cell)
    if not written or _PHONE.fullmatch(written):
        return written
    words = _DECIMALS.sub("", written).translate(_BRACKETS)
    numbers = tuple(dict.fromkeys(map(_tidy, _WRITTEN.finditer(words))))
    beside = _BETWEEN_NUMBERS.sub("", _WRITTEN.sub(" ", words))
    if not numbers or any(map(str.isdecimal, beside)):
        raise CellError(_unclear(written))
    if beside:
        raise CellError(_with_words(beside, "/".join(numbers)))
    return "/".join(numbers)


def _tidy(written: re.Match[str]) -> str:
    if written["mobile"]:
        return re.sub(r"\D", "", written["mobile"])
    return written["area"] + ("-" if written["dash"] else "") + written["line"]


def _unclear(written: str) -> Finding:
    return Finding(
        "phone_unclear",
        Text("电话号码不像手机号或带区号的座机号", "neither a mobile number nor one with an area code"),
        Text("请核对电话号码", "check the number"),
        "warning",
        written,
    )


def _with_words(words: str, numbers: str) -> Finding:
    return Finding(
        "phone_words",
        Text(f"电话旁边的“{words}”没有用上", f'the words beside the phone were not used: "{words}"'),
        Text("请把说明写入备注栏", "write them under notes"),
        "warning",
        numbers,
    )
