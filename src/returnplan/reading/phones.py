"""Phone numbers as townships write them: grouped, with a country code, two in a cell."""

import re

from returnplan.reading.cells import CellError, Finding, clean
from returnplan.sheets.tables import Cell
from returnplan.texts import Text

_PHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}")
_COUNTRY = re.compile(r"^(?:\+|00)?86-?(?=1\d{10}$)")
_BETWEEN_NUMBERS = re.compile(r"[/、,;|]|(?<=\d{7})\s+(?=\d{7})")


def phone(cell: Cell) -> str:
    """Return the numbers of a cell, several joined by ``/``; digits only, but for the dash of an area code."""
    written = clean(cell)
    if _PHONE.fullmatch(written):
        return written
    numbers = tuple(dict.fromkeys(map(_tidy, _BETWEEN_NUMBERS.split(written))))
    joined = "/".join(number for number in numbers if number)
    if joined and not all(map(_PHONE.fullmatch, joined.split("/"))):
        raise CellError(
            Finding(
                "phone_unclear",
                Text(
                    "电话号码不像手机号或带区号的座机号", "neither a mobile number nor one with an area code"
                ),
                Text("请核对电话号码", "check the number"),
                "warning",
                joined,
            )
        )
    return joined


def _tidy(part: str) -> str:
    number = _COUNTRY.sub("", re.sub(r"[\s'.·]", "", part))
    return number if number.startswith("0") else number.replace("-", "")
