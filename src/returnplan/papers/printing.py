"""Workbooks that go out, one a receiver: a township, a carrier, an employer; most come back filled in.

Knows no plan: call lists, orders and arrivals say who receives what, and declare their columns.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Generic, TypeVar

from returnplan.model.texts import Lang, Text
from returnplan.papers.outfiles import Notes, write_whole
from returnplan.papers.pages import Column, Page, Style, file_stems, render, style
from returnplan.papers.pages.encryption import encrypted
from returnplan.papers.pages.layout import Part, labelled, spread
from returnplan.papers.pages.page import Check, Value

T = TypeVar("T")


@dataclass(frozen=True)
class Printing:
    """What all workbooks written at one time share.

    ``lang`` is that of labels, ``run_id`` and ``printed_at`` stand at the foot of each page, ``notes`` is told
    when a file had to take another name because a program holds the old one open, ``password`` opens them.
    """

    lang: Lang
    run_id: str
    printed_at: datetime
    notes: Notes | None = None
    password: str | None = None

    @property
    def footer(self) -> str:
        """The line at the foot of each page."""
        pages = Text("第 &P 页,共 &N 页", "page &P of &N").say(self.lang)
        return f"&C{pages}&R{self.printed_at:%Y-%m-%d %H:%M} {self.run_id}"


@dataclass(frozen=True, slots=True)
class Field(Generic[T]):
    """A column: what stands in the row of an item, and what may be written there."""

    key: str
    header: Text
    width: float
    read: Callable[[T, Lang], Value]
    look: Style = style.CENTER
    check: Callable[[Lang], Check] | None = None


@dataclass(frozen=True)
class Head:
    """What stands above the table."""

    title: Text
    hint: Text
    facts: Sequence[tuple[Text, Value]] = ()


def table_page(
    paper: Text, head: Head, fields: Sequence[Field[T]], items: Sequence[T], printing: Printing
) -> Page:
    """Return the page of one receiver: title, what to do, facts, and a row for each item."""
    lang = printing.lang
    columns = tuple(
        Column(
            field.header.say(lang),
            field.width,
            [field.read(item, lang) for item in items],
            field.look,
            field.check and field.check(lang),
        )
        for field in fields
    )
    widths = [column.width for column in columns]
    top = [
        spread([Part(head.title.say(lang), style.TITLE)], widths, 30),
        spread([Part(head.hint.say(lang), style.REMARK)], widths, 18),
    ]
    if head.facts:
        facts = [(label.say(lang), value) for label, value in head.facts]
        top.append(spread(labelled(facts), widths, 30))
    return Page(paper.say(lang), columns, top=tuple(top), row_height_pt=22, footer=printing.footer)


def write_each(
    paper: Text,
    shares: Mapping[str, Sequence[T]],
    page_of: Callable[[str, Sequence[T], Printing], Page],
    folder: Path,
    printing: Printing,
) -> list[Path]:
    """Write one workbook a receiver.

    Parameters
    ----------
    paper : what it is called, the start of its file name
    shares : what each receiver gets
    page_of : makes the page of a receiver

    Returns
    -------
    The workbooks, by receiver.

    Raises
    ------
    StoreError : the folder or the disk refuses
    """
    written = []
    stems = file_stems(f"{paper.say(printing.lang)}-{receiver}" for receiver in sorted(shares))
    for receiver, stem in zip(sorted(shares), stems, strict=True):
        content = render([page_of(receiver, shares[receiver], printing)], {"run": printing.run_id})
        content = encrypted(content, printing.password) if printing.password else content
        written.append(write_whole(folder / f"{stem}.xlsx", content, printing.notes))
    return written
