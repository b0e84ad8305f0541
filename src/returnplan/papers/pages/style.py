"""How a cell looks; only :mod:`returnplan.papers.pages.render` knows what the library makes of it."""

from dataclasses import dataclass, replace
from functools import cache
from typing import Literal


@dataclass(frozen=True, slots=True, eq=False)
class Style:
    """The look of a cell, made once and shared (two of them are never equal: looking one up must be quick).

    Colours are ``#RRGGBB``, empty for none.

    ``border`` False leaves the cell without lines. ``wrap`` breaks long text over lines, ``shrink`` makes it
    smaller: one of them keeps every text whole on paper.
    """

    size: float = 10
    bold: bool = False
    color: str = ""
    fill: str = ""
    align: Literal["left", "center", "right"] = "left"
    border: bool = True
    wrap: bool = True
    shrink: bool = False
    number_format: str = ""


PLAIN = Style()
CENTER = Style(align="center")
SMALL = Style(size=9, align="center")
SMALL_LEFT = Style(size=9)
SHRINK = Style(align="center", wrap=False, shrink=True)
HEADER = Style(bold=True, align="center", fill="#DCE6F1")
LABEL = Style(bold=True, fill="#F2F2F2", align="center")
TITLE = Style(size=18, bold=True, align="center", border=False)
SUBTITLE = Style(size=11, align="center", border=False)
WARNING = Style(size=11, bold=True, color="#C00000", align="center", border=False)
SENTENCE = Style(size=11, border=False)
REMARK = Style(size=9, color="#595959", border=False)
LINK = Style(size=9, color="#0563C1")
CARE = Style(bold=True, color="#C00000")

NARROW = Style(wrap=False, border=False)
"""For long tables on the screen: one line a row, whatever stands in it."""
INTEGER = replace(NARROW, align="center", number_format="0")
WORD = replace(NARROW, align="center")
DAY = replace(NARROW, align="center", number_format="yyyy-mm-dd")
MINUTE = replace(NARROW, align="center", number_format="yyyy-mm-dd hh:mm")
KM = replace(NARROW, align="right", number_format="#,##0.0")
YUAN = replace(NARROW, align="right", number_format="#,##0.00")
TEXT = replace(NARROW, number_format="@")
"""Digits that are no number (ID numbers, phones) stay text when they are typed over."""

WORDS = Style(border=False, number_format="@")
"""Sentences, broken over the lines that they need."""

WRITTEN = Style(number_format="@")
WRITTEN_DAY = Style(align="center", number_format="yyyy-mm-dd")
"""For blank rows of a form: what is typed there is text, or a date."""

ANSWER = Style(align="center", fill="#FFF2CC", number_format="@")
"""Where the reader of a paper writes something to hand back."""

WRONG = Style(wrap=False, fill="#FFC7CE", color="#9C0006", number_format="@")
DOUBTFUL = Style(wrap=False, fill="#FFEB9C", number_format="@")
REASON = Style(color="#9C0006", border=False)
"""For a sheet that goes back: a cell in error, one with a warning, and the words beside them."""

FIGURE = replace(CENTER, number_format="#,##0")
MONEY = replace(CENTER, number_format="#,##0.00")
SHARE = replace(CENTER, number_format="0.0%")
"""For short tables that are printed."""


@cache
def editable(style: Style) -> Style:
    """Return the style of a cell that the office may change and hand back."""
    return replace(style, fill="#FFF2CC")
