"""A listing is a title, column heads and rows of texts: drawn as a rich table or written as CSV."""

import csv
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from returnplan.texts import Lang, Text

if TYPE_CHECKING:
    from rich.table import Table

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet takes a CSV field that starts so for a formula (OWASP, CSV injection)."""

_LEAST_WIDTH = 6
"""Three Chinese characters: a narrower column of words is of no use."""


@dataclass(frozen=True)
class Column:
    """A head in both languages; numbers stand to the right, ``is_whole`` texts are never broken."""

    head: Text
    is_number: bool = False
    is_whole: bool = False


@dataclass(frozen=True)
class Listing:
    """What a ``show`` form prints."""

    title: Text
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[object]]


def draw(listing: Listing, lang: Lang) -> "Table":
    """Return the listing as a rich table."""
    from rich import box
    from rich.table import Table
    from rich.text import Text as Plain

    table = Table(
        title=listing.title.say(lang),
        box=box.SIMPLE_HEAD,
        title_justify="left",
        padding=(0, 1, 0, 0),
        pad_edge=False,
    )
    for column in listing.columns:
        table.add_column(
            column.head.say(lang),
            justify="right" if column.is_number else "left",
            no_wrap=column.is_number or column.is_whole,
            overflow="fold",
            min_width=None if column.is_number or column.is_whole else _LEAST_WIDTH,
        )
    for row in listing.rows:
        table.add_row(*(Plain(str(value)) for value in row))  # Plain: a name is no markup
    return table


def write_csv(listing: Listing, lang: Lang) -> None:
    """Write the listing to stdout as CSV that Excel opens: UTF-8 with its mark, no live formulas."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8-sig", newline="")
    writer = csv.writer(sys.stdout)
    writer.writerow(column.head.say(lang) for column in listing.columns)
    writer.writerows([_harmless(value) for value in row] for row in listing.rows)


def _harmless(value: object) -> object:
    """Put an apostrophe before a text that a spreadsheet would run."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value
