"""How an empty form asks for a field of a sheet: the header there, how to fill it in, what the cell takes."""

from dataclasses import dataclass
from typing import Literal

from returnplan.model.texts import NO_TEXT, Text


@dataclass(frozen=True, slots=True)
class Asked:
    """A column of the form.

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


def day(header: Text, hint: Text = NO_TEXT) -> Asked:
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
