"""ID numbers: exact, or refused with the reason.

Citizens and residents from Hong Kong, Macau and Taiwan (81, 82, 83) have numbers by GB 11643; foreigners with permanent
residence have them since December 2023, built alike and beginning with 9 (National Immigration Administration).
"""

import re
from dataclasses import replace
from datetime import date
from functools import lru_cache
from operator import mul
from typing import Literal

from returnplan.model.texts import Text
from returnplan.reading.cells import CellError, Finding, clean
from returnplan.sheets.tables import Cell

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_WEIGHT_OF_ZEROS = ord("0") * sum(_WEIGHTS)
_CHECK_DIGITS = "10X98765432"
_SHAPE = re.compile(r"[1-9]\d{16}[\dX]")
_FOREIGNER = "9"
_AS_DECIMAL = re.compile(r"(\d{18})\.0+")
_DOUBLE_STEP = 64
"""Numbers of 18 digits below 5.7e17 that a spreadsheet holds as binary are multiples of it."""
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
_OLD_FOREIGNER = Finding(
    "id_other_document",
    Text(
        "这是旧版外国人永久居留身份证号码（3 个字母加 12 位数字）",
        "this is a foreigner's permanent residence number of the old form: 3 letters and 12 digits",
    ),
    Text("请填新版号码（18 位，9 开头）", "write the new number: 18 digits that begin with 9"),
)
_PASSPORT = Finding(
    "id_other_document",
    Text(
        "这是护照或往来内地通行证号码，不是身份证号码",
        "this is the number of a passport or a travel permit, not an ID number",
    ),
    Text(
        "请填 18 位号码：居民身份证、港澳台居民居住证或外国人永久居留身份证",
        "write a number of 18 characters: of an ID card, a residence permit or a permanent residence card",
    ),
)
_MALFORMED = Finding(
    "id_malformed",
    Text(
        "身份证号码应为 18 位（17 位数字加 1 位数字或 X）",
        "an ID number has 18 characters: 17 digits and a digit or X",
    ),
    _CHECK_CARD,
)
_OTHERS = (
    (re.compile(r"\d{15}"), _OLD),
    (re.compile(r"[A-Z]{3}\d{12}"), _OLD_FOREIGNER),
    (re.compile(r"[A-Z]{1,2}\d{7,10}|[A-Z]\d{6,7}[A-Z]?"), _PASSPORT),
)
"""Numbers of other documents, by their shape."""

_OF_DISABLED = re.compile(rf"({_SHAPE.pattern})[1-7][1-4]")
"""A disability card (残疾证) has the ID number of its holder, then the kind and the degree; registers keep it."""
_DISABILITY_CARD = Finding(
    "id_of_disability_card",
    Text(
        "这是残疾人证号（20 位），取前 18 位作身份证号码",
        "this is the number of a disability card (20 characters); its first 18 are the ID number",
    ),
    Text("请填 18 位身份证号码；需要照顾的写入备注", "write the ID number; special care goes under remarks"),
    "warning",
)
_ONE_OF_SEVERAL = re.compile(rf"(?<!\d){_SHAPE.pattern}(?!\d)")
_SEVERAL_PEOPLE = Finding(
    "several_people",
    Text(
        "这一格写了 {num} 个人的身份证号码，都没有采用，人数里只算 1 人",
        "this cell holds the ID numbers of {num} people; none of them was taken, and they count as one",
    ),
    Text("请改成一人一行", "write one person a row"),
)

_BORN_EARLY = Finding(
    "id_birthday",
    Text("身份证号码中的出生日期早于 1900 年", "the date of birth in this ID number lies before 1900"),
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
    """Return an ID number of 18 characters whose date of birth and check digit are right (GB 11643-1999).

    A number with decimals (….00) comes from a spreadsheet's number format. It is exact only if no binary number
    could have stood in its place. The number of a disability card is a warning with the ID number in it.
    """
    if isinstance(cell, float | int) and abs(cell) >= 1e15:
        raise CellError(_DAMAGED)
    number = clean(cell).upper()
    if _SCIENTIFIC.fullmatch(number):
        raise CellError(_DAMAGED)
    if decimal := _AS_DECIMAL.fullmatch(number):
        number = decimal[1]
        if int(number) % _DOUBLE_STEP == 0:
            raise CellError(_DAMAGED)
    if (num := len(set(_ONE_OF_SEVERAL.findall(number)))) > 1:
        raise CellError(replace(_SEVERAL_PEOPLE, message=_SEVERAL_PEOPLE.message.with_values(num=num)))
    number = _NOISE.sub("", number)
    if card := _OF_DISABLED.fullmatch(number):
        raise CellError(replace(_DISABILITY_CARD, value=id_number(card[1])))
    if not _SHAPE.fullmatch(number):
        raise CellError(next((told for shape, told in _OTHERS if shape.fullmatch(number)), _MALFORMED))
    if number[6:10] < "1900":
        raise CellError(_BORN_EARLY)
    if not _exists(number[6:14]):
        raise CellError(_NO_BIRTHDAY)
    if number[-1] != check_digit(number[:17]):
        raise CellError(_DAMAGED if number.endswith("000") else _WRONG_CHECK_DIGIT)
    return number


def check_digit(digits: str) -> str:
    """Return the 18th character of an ID number from the first 17 (ISO 7064, MOD 11-2)."""
    return _CHECK_DIGITS[(sum(map(mul, digits.encode(), _WEIGHTS)) - _WEIGHT_OF_ZEROS) % 11]


def sex_of(number: str) -> Literal["男", "女"] | None:
    """Return the sex of a holder: the 17th digit of a man's ID number is odd; None where that is not the rule."""
    if number.startswith(_FOREIGNER):
        return None
    return "男" if int(number[16]) % 2 else "女"


def birth_year_of(number: str) -> int:
    """Return the year of birth in an ID number."""
    return int(number[6:10])


def birthday_of(number: str) -> date:
    """Return the date of birth in an ID number."""
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


@lru_cache(maxsize=50_000)  # the days of a century
def _exists(day: str) -> bool:
    try:
        date(int(day[:4]), int(day[4:6]), int(day[6:]))
    except ValueError:
        return False
    return True
