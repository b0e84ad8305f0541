"""How a sheet of one kind is declared: its fields, how their cells are read, and how the empty form asks for them.

The headers under which fields are found are data: headers.toml beside this module.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from returnplan.model.records import SheetKind
from returnplan.model.texts import NO_TEXT, Text
from returnplan.reading.cells import Parser

KIND_NAMES: Mapping[SheetKind, Text] = {
    "signups": Text("报名表", "sign-up sheet"),
    "demand": Text("用工需求表", "demand sheet"),
    "fleet": Text("车辆表", "fleet sheet"),
    "rail": Text("铁路表", "rail sheet"),
    "places": Text("地点表", "places sheet"),
    "distances": Text("里程表", "distances sheet"),
    "pickups": Text("上车点表", "pick-up sheet"),
    "named": Text("返岗名单", "employers' list"),
}

_MOST_UNITS = {"name": 60, "address": 200, "note": 200, "companions": 200, "acceptable_cities": 200}
_MOST_UNITS_OF_OTHERS = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """How an empty form asks for a field: the header there, how to fill it in, what the cell takes.

    Parameters
    ----------
    header : one of the headers that the reader knows (headers.toml)
    width : in characters
    hint : how to fill it in
    example : what it looks like then
    takes : what may be typed: text (digits stay as they are typed), a real date, a number, an ID number
    words : of a drop-down; empty: there is none
    is_strict : nothing but one of the ``words`` may be typed
    is_needed : the form says so, although the reader can do without
    """

    header: Text
    width: float
    hint: Text = NO_TEXT
    example: str = ""
    takes: Literal["text", "day", "number", "id_number"] = "text"
    words: tuple[str, ...] = ()
    is_strict: bool = True
    is_needed: bool = False


def asked_day(header: Text, hint: Text = NO_TEXT) -> Asked:
    """Return a column of real dates."""
    return Asked(header, 14, hint, "2021-02-23", "day")


def number(
    header: Text, width: float, hint: Text = NO_TEXT, example: str = "", *, is_needed: bool = False
) -> Asked:
    """Return a column of numbers."""
    return Asked(header, width, hint, example, "number", is_needed=is_needed)


def one_of(header: Text, width: float, words: str, *, is_strict: bool = True) -> Asked:
    """Return a column with a drop-down of the ``words`` (parted by spaces)."""
    choice = tuple(words.split())
    return Asked(header, width, example=choice[0], words=choice, is_strict=is_strict)


CITIES = (
    "广州市 深圳市 东莞市 佛山市 中山市 惠州市 珠海市 江门市 肇庆市 清远市 汕头市 湛江市 茂名市 韶关市 阳江市"
    " 揭阳市 潮州市 汕尾市 河源市 梅州市 云浮市"
)
POSTS = "普工 电子厂普工 缝纫工 木工 焊工 质检 仓管 司机 保安 保洁 服务员 家政 建筑工 其他"
SEXES = "男 女"
YES_NO = "是 否"
"""Words of drop-downs."""


DAYS = ("earliest", "latest", "named_date")
"""The fields of sign-ups that say when somebody travels."""


@dataclass(frozen=True, slots=True)
class SheetField:
    """One column. A required one must be there, once.

    ``fills_down``: a merged cell applies to all its rows. A count or the number of a person must not fill down,
    because it would be multiplied. ``repeats``: 同上 in one that fills down is what stands above.
    ``asked`` is how the empty form asks for it; None: the form does not.
    """

    name: str
    parse: Parser
    required: bool = False
    fills_down: bool = True
    repeats: bool = True
    asked: Asked | None = None

    @property
    def most_units(self) -> int:
        """The longest text of this column in Excel's units, which fits on the papers."""
        return _MOST_UNITS.get(self.name, _MOST_UNITS_OF_OTHERS)


@dataclass(frozen=True, slots=True)
class Layout:
    """All fields of a kind of sheet; of each group in ``any_of`` at least one column is required.

    A sheet with more columns of the kind ``rather`` is an incomplete sheet of that kind.
    """

    kind: SheetKind
    fields: tuple[SheetField, ...]
    any_of: tuple[tuple[str, ...], ...] = ()
    rather: SheetKind | None = None

    @property
    def needs(self) -> tuple[tuple[str, ...], ...]:
        """The groups of fields of which at least one is required."""
        return (*((field.name,) for field in self.fields if field.required), *self.any_of)


@cache
def header_names() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Return kind -> field -> headers.

    Names that begin with ``_`` are no fields: ``_known`` lists columns that are known and not needed, among them
    the columns of form services, which may occur in every kind of sheet.
    """
    tables = _tables()
    every = tables["every"]["_known"]
    return {
        kind: {**{field: tuple(names) for field, names in fields.items()}, "_known": _known(fields, every)}
        for kind, fields in tables.items()
        if kind not in ("every", "yields")
    }


@cache
def yielding_names() -> Mapping[str, tuple[str, ...]]:
    """Return kind -> headers that count for their field only where no other column does."""
    return {kind: tuple(names) for kind, names in _tables()["yields"].items()}


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(files("returnplan.reading").joinpath("headers.toml").read_text(encoding="utf-8"))


def _known(fields: Mapping[str, Sequence[str]], every: Sequence[str]) -> tuple[str, ...]:
    """Return the columns that a kind of sheet knows and does not need."""
    used = {name for field, names in fields.items() if field != "_known" for name in names}
    return (*fields["_known"], *(name for name in every if name not in used))
