"""Workbooks that go out, one a receiver: a township, a carrier, an employer; most come back filled in.

It knows no plan: call lists, orders and arrivals say who receives what, and declare their columns.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from returnplan.model.texts import Lang, Text
from returnplan.papers.field import Field, item_columns
from returnplan.papers.outfiles import Notes, write_whole
from returnplan.papers.pages import (
    Line,
    Page,
    Part,
    Printing,
    Value,
    encrypted,
    file_stems,
    labelled,
    render,
    spread,
    style,
)
from returnplan.papers.settings import NO_OFFICE, Office, say_office

T = TypeVar("T")

INTERNAL = Text("-内部资料", "-internal")
"""At the end of the name of a file that holds personal data of passengers."""
_SEAL_PT = 72
"""The height in which an office seal of 4 cm is put, with half of it over the words."""


@dataclass(frozen=True)
class Edition:
    """What all workbooks written at one time share.

    ``lang`` is that of labels, ``run_id`` and ``printed_at`` stand at the foot of each page, ``notes`` is told
    when a file had to take another name because a program holds the old one open, ``password`` opens them.
    ``office`` sends them out; who that is stands on each page.
    """

    lang: Lang
    run_id: str
    printed_at: datetime
    notes: Notes | None = None
    password: str | None = None
    office: Office = NO_OFFICE

    @property
    def mark(self) -> str:
        """When it was printed, and of which run."""
        return f"{self.printed_at:%Y-%m-%d %H:%M} {self.run_id}"

    @property
    def printing(self) -> Printing:
        """How its pages are printed."""
        return Printing(lang=self.lang, left=say_office(self.office, self.lang), right=self.mark)

    def write(self, path: Path, content: bytes, *, is_one_of_many: bool = False) -> Path:
        """Write a workbook, under its password if it has one, and return where it stands (see ``write_whole``).

        Raises
        ------
        StoreError : the folder or the disk refuses
        """
        content = encrypted(content, self.password) if self.password else content
        return write_whole(path, content, self.notes, is_one_of_many=is_one_of_many)


@dataclass(frozen=True)
class Head:
    """What stands around the table: above it title, ``notes`` (as its version), what to do, and facts.

    Below it stands who signs, with room for a seal.
    """

    title: Text
    hint: Text
    facts: Sequence[tuple[Text, Value]] = ()
    signatures: Sequence[tuple[Text, Value]] = ()
    notes: Sequence[Text] = ()


def table_page(
    paper: Text,
    head: Head,
    fields: Sequence[Field[T]],
    items: Sequence[T],
    edition: Edition,
    row_height_pt: float = 22,
    num_printed: int | None = None,
) -> Page:
    """Return the page of one receiver: title, what to do, facts, and a row for each item.

    ``num_printed`` columns go onto paper, the others are for the screen; None: all do.
    """
    lang = edition.lang
    columns = item_columns(fields, items, lang)
    widths = [column.width for column in columns[:num_printed]]
    top = [
        spread([Part(head.title.say(lang), style.TITLE)], widths, 30),
        *(spread([Part(note.say(lang), style.SUBTITLE)], widths, 18) for note in head.notes),
        spread([Part(head.hint.say(lang), style.REMARK)], widths, 18),
    ]
    if sender := say_office(edition.office, lang):
        top.append(spread([Part(sender, style.REMARK)], widths, 18))
    if head.facts:
        facts = [(label.say(lang), value) for label, value in head.facts]
        top.append(spread(labelled(facts), widths, 30))
    signatures = [(label.say(lang), value) for label, value in head.signatures]
    return Page(
        paper.say(lang),
        columns,
        top=tuple(top),
        bottom=(Line((), 8), spread(labelled(signatures, label_share=1.3), widths, _SEAL_PT))
        if signatures
        else (),
        row_height_pt=row_height_pt,
        printing=replace(edition.printing, num_columns=num_printed),
    )


def write_each(
    paper: Text,
    shares: Mapping[str, Sequence[T]],
    pages_of: Callable[[str, Sequence[T], Edition], Sequence[Page]],
    folder: Path,
    edition: Edition,
    *,
    is_internal: bool = True,
    called: Callable[[str, Lang], str] = lambda receiver, lang: receiver,
) -> list[Path]:
    """Write one workbook a receiver.

    Parameters
    ----------
    paper : what it is called, the start of its file name
    shares : what each receiver gets
    pages_of : makes the pages of a receiver
    is_internal : it holds personal data of passengers, which its file name says
    called : what its file name calls a receiver

    Returns
    -------
    The workbooks, by receiver.

    Raises
    ------
    StoreError : the folder or the disk refuses
    """
    written = []
    names = names_of(paper, shares, edition.lang, is_internal=is_internal, called=called)
    for receiver, name in zip(sorted(shares), names, strict=True):
        marks = {"run": edition.run_id, "printed": edition.printed_at.isoformat(timespec="seconds")}
        content = render(pages_of(receiver, shares[receiver], edition), marks)
        written.append(edition.write(folder / name, content))
    return written


def names_of(
    paper: Text,
    receivers: Iterable[str],
    lang: Lang,
    *,
    is_internal: bool = True,
    called: Callable[[str, Lang], str] = lambda receiver, lang: receiver,
) -> list[str]:
    """Return the names of the files that :func:`write_each` writes, in the order of the sorted receivers."""
    ending = INTERNAL.say(lang) if is_internal else ""
    stems = file_stems(
        (f"{paper.say(lang)}-{called(receiver, lang)}" for receiver in sorted(receivers)), ending
    )
    return [f"{stem}.xlsx" for stem in stems]
