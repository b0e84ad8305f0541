"""A listing is a title, column heads and rows of texts: drawn as a rich table, or written as lines or CSV."""

import csv
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import click

from returnplan.cli.console import say_note, table_console
from returnplan.model.harmless import harmless
from returnplan.model.texts import Lang, Text

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult
    from rich.table import Table

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet takes a CSV field that starts so for a formula (OWASP, CSV injection)."""

_LEAST_WIDTH = 6
"""Three Chinese characters: a narrower column of words is of no use."""

MOST_ROWS = 200
"""Rows that somebody may still read on a screen."""

_NARROW = 100
"""Columns of a terminal below which those that can be spared are left out."""

_NOBODY = Text("没有", "none")
_SPARED = Text(
    "窗口窄，未显示：{heads}(加宽窗口，或用 --csv)",
    "left out as the window is narrow: {heads} (or use --csv)",
)
_MORE = Text(
    "……还有 {more} 行没有显示；要看全部，在命令后面写 > 全部.txt，或加 {option}",
    "… and {more} more rows; for all of them, write > all.txt behind the command, or use {option}",
)


@dataclass(frozen=True)
class Column:
    """A head in both languages; numbers stand to the right, ``is_whole`` texts are never broken.

    One that ``can_be_spared`` is not drawn in a narrow window.
    """

    head: Text
    is_number: bool = False
    is_whole: bool = False
    can_be_spared: bool = False


@dataclass(frozen=True)
class Listing:
    """What a ``show`` form prints."""

    title: Text
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[object]]


@dataclass(frozen=True)
class Drawing:
    """A listing that rich can print: title, table, and what a narrow window left out."""

    listing: Listing
    lang: Lang

    def __rich_console__(self, console: "Console", options: "ConsoleOptions") -> "RenderResult":
        """Yield the parts that fit the width at hand."""
        from rich.text import Text as Plain

        listing, lang = self.listing, self.lang
        yield Plain(listing.title.say(lang), style="bold")
        if not listing.rows:
            yield Plain(_NOBODY.say(lang))
            return
        is_narrow = options.max_width < _NARROW
        shown = [i for i, column in enumerate(listing.columns) if not (is_narrow and column.can_be_spared)]
        yield _table(listing, shown, lang)
        if len(shown) < len(listing.columns):
            heads = [c.head.say(lang) for i, c in enumerate(listing.columns) if i not in shown]
            yield Plain(_SPARED.filled(lang, heads=("、" if lang == "zh" else ", ").join(heads)), style="dim")
        yield ""


def print_listing(listing: Listing, lang: Lang, option: str) -> None:
    """Print a listing that may be very long: its first rows on a terminal, all of them into a file or a pipe.

    Parameters
    ----------
    option : of the command, that gives all rows in another form
    """
    console = table_console()
    more = len(listing.rows) - MOST_ROWS
    if more <= 0:
        console.print(draw(listing, lang))
    elif sys.stdout.isatty():  # not rich's word, which follows FORCE_COLOR into a pipe
        console.print(draw(replace(listing, rows=listing.rows[:MOST_ROWS]), lang))
        say_note(_MORE.filled(lang, more=more, option=option))
    else:
        click.echo("\n".join([listing.title.say(lang), *_lines(listing, lang)]))


def _lines(listing: Listing, lang: Lang) -> Iterator[str]:
    """Yield a line a row; rich measures every cell twice, which takes seconds for the people of a province."""
    values = zip(*listing.rows, strict=True)
    columns = (_aligned(column, lang, texts) for column, texts in zip(listing.columns, values, strict=True))
    return ("  ".join(line).rstrip() for line in zip(*columns, strict=True))


def _aligned(column: Column, lang: Lang, values: Iterable[object]) -> list[str]:
    """Return the head and the texts of a column, all of one width; each different text is measured once."""
    from rich.cells import cell_len

    texts = [column.head.say(lang), *(harmless(" ".join(str(value).splitlines())) for value in values)]
    widths = {text: cell_len(text) for text in set(texts)}
    widest = max(widths.values())
    blanks = {text: " " * (widest - width) for text, width in widths.items()}
    return [blanks[text] + text if column.is_number else text + blanks[text] for text in texts]


def draw(listing: Listing, lang: Lang) -> Drawing:
    """Return the listing as something that rich prints."""
    return Drawing(listing, lang)


def _table(listing: Listing, shown: Sequence[int], lang: Lang) -> "Table":
    from rich import box
    from rich.table import Table

    from returnplan.cli.drawing import Flowing

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0), pad_edge=False)
    for column in (listing.columns[i] for i in shown):
        table.add_column(
            Flowing(column.head.say(lang)),
            justify="right" if column.is_number else "left",
            no_wrap=column.is_number or column.is_whole,
            overflow="fold",
            min_width=None if column.is_number or column.is_whole else _LEAST_WIDTH,
        )
    for row in listing.rows:
        table.add_row(*(Flowing(str(row[i])) for i in shown))  # a text, for a name is no markup
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
