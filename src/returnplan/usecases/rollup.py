"""``rollup``: the region's table from what the offices sent."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from returnplan.model.errors import InputRefused
from returnplan.model.texts import Lang, Text
from returnplan.papers.outfiles import write_whole
from returnplan.papers.pages import render
from returnplan.papers.rollup import Table, add_up, press_note, read_account, rollup_pages


@dataclass(frozen=True)
class RollupOutcome:
    """The table, its sentence for the press, the workbook, and what a person should know, file by file."""

    table: Table
    sentence: str
    path: Path
    notes: list[Text]

    @property
    def has_findings(self) -> bool:
        """Return whether a file needs a person: not read, told twice, or perhaps so."""
        return any(source.remark.zh for source in self.table.sources)


def rollup(paths: Sequence[Path], out: Path, day: date | None = None, lang: Lang = "zh") -> RollupOutcome:
    """Add up the accounts of several offices and write the workbook.

    Parameters
    ----------
    paths : report.html or the JSON of ``show --json``, and folders of them
    out : the workbook
    day : nobody counts as sent after it; None: the last day on which somebody was sent

    Raises
    ------
    InputRefused : no file tells anything; with the reason for each
    StoreError : the folder or the disk refuses
    """
    table = add_up([read_account(path) for path in _files(paths)], day)
    notes = [
        Text(f"{source.told.file}：{source.remark.zh}", f"{source.told.file}: {source.remark.en}")
        for source in table.sources
        if source.remark.zh
    ]
    if not any(source.is_counted for source in table.sources):
        raise InputRefused(
            Text(
                "\n".join(["没有一个文件可以汇总：", *(note.zh for note in notes)]),
                "\n".join(["no file could be added up:", *(note.en for note in notes)]),
            )
        )
    path = write_whole(out, render(rollup_pages(table, lang), {}), notes.append)
    return RollupOutcome(table, press_note(table, lang), path, notes)


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    """Yield each file once, those of a folder by name; a folder in which there is none stands for itself."""
    seen: set[Path] = set()
    for path in paths:
        inside: list[Path] = []
        with suppress(OSError):  # less the files of the system and of an open Excel
            inside = sorted(file for file in path.iterdir() if not file.name.startswith((".", "~$")))
        for file in inside or [path]:
            if file.resolve() not in seen:
                seen.add(file.resolve())
                yield file
