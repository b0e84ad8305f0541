"""ID numbers (GB 11643) and phones: exact, or refused with the reason."""

import re
from datetime import date
from functools import lru_cache
from operator import mul

from returnplan.reading.cells import CellError, Finding, clean
from returnplan.sheets.tables import Cell
from returnplan.texts import Text

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_WEIGHT_OF_ZEROS = ord("0") * sum(_WEIGHTS)
_CHECK_DIGITS = "10X98765432"
_SHAPE = re.compile(r"[1-8]\d{16}[\dX]")
_NOISE = re.compile(r"[\s\-'.·*]")
_SCIENTIFIC = re.compile(r"\d(\.\d+)?E\+\d+")
_AS_TEXT = Text(
    "请把该列设为“文本”格式，再按身份证重新输入 18 位号码",
    "format the column as text, then type all 18 characters again from the ID card",
)
_CHECK_CARD = Text("请对照身份证改正", "correct it from the ID card")

_DAMAGED = Finding(
    "id_damaged",
    Text(
        "身份证号码被 Excel 当作数字存储，末三位已丢失，无法还原",
        "Excel stored this ID number as a number: its last three digits are lost for good",
    ),
    _AS_TEXT,
)
_OLD = Finding(
    "id_15_digits", Text("这是 15 位旧身份证号码", "this is an old ID number of 15 digits"), _CHECK_CARD
)
_MALFORMED = Finding(
    "id_malformed",
    Text(
        "身份证号码应为 18 位（17 位数字加 1 位数字或 X）",
        "an ID number has 18 characters: 17 digits and a digit or X",
    ),
    _CHECK_CARD,
)
_NO_BIRTHDAY = Finding(
    "id_birthday",
    Text("身份证号码中的出生日期不存在", "the date of birth in this ID number does not exist"),
    _CHECK_CARD,
)
_WRONG_CHECK_DIGIT = Finding(
    "id_check_digit",
    Text("身份证号码校验位不符，至少有一位写错", "the check digit does not fit: at least one digit is wrong"),
    _CHECK_CARD,
)


def id_number(cell: Cell) -> str:
    """Return an ID number of 18 characters whose date of birth and check digit are right (GB 11643-1999)."""
    if isinstance(cell, float | int) and abs(cell) >= 1e15:
        raise CellError(_DAMAGED)
    number = clean(cell).upper()
    if _SCIENTIFIC.fullmatch(number):
        raise CellError(_DAMAGED)
    number = _NOISE.sub("", number)
    if not _SHAPE.fullmatch(number):
        raise CellError(_OLD if re.fullmatch(r"\d{15}", number) else _MALFORMED)
    if not _exists(number[6:14]):
        raise CellError(_NO_BIRTHDAY)
    if number[-1] != check_digit(number[:17]):
        raise CellError(_DAMAGED if number.endswith("000") else _WRONG_CHECK_DIGIT)
    return number


def check_digit(digits: str) -> str:
    """Return the 18th character of an ID number from the first 17 (ISO 7064, MOD 11-2)."""
    return _CHECK_DIGITS[(sum(map(mul, digits.encode(), _WEIGHTS)) - _WEIGHT_OF_ZEROS) % 11]


def sex_of(number: str) -> str:
    """Return 男 or 女: the 17th digit of a man's ID number is odd."""
    return "男" if int(number[16]) % 2 else "女"


def birth_year_of(number: str) -> int:
    """Return the year of birth in an ID number."""
    return int(number[6:10])


@lru_cache(maxsize=50_000)  # the days of a century
def _exists(day: str) -> bool:
    try:
        return date(int(day[:4]), int(day[4:6]), int(day[6:])).year >= 1900
    except ValueError:
        return False
