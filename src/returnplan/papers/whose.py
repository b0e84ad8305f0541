"""Whether a paper that came back is of the plans in this store: by its mark, else by year and names on it.

Batch and person numbers begin anew in each campaign, so those of another one fit a batch and a person here by chance.
A mark that the store does not know decides nothing: a backup that was put back lacks the runs of the days since.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from returnplan.model.faults import Fault, RowRef
from returnplan.model.texts import Text
from returnplan.papers.filled_in import files_to_read
from returnplan.papers.pages import read_marks
from returnplan.reading.cells import clean
from returnplan.sheets.files import RETURNED, located
from returnplan.sheets.reader import read_tables
from returnplan.sheets.tables import Table

OTHER_CAMPAIGN = "other_campaign"
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_SEARCHED_ROWS = 12


class Named(NamedTuple):
    """By what a person is known on a paper."""

    name: str
    phone: str


class OwnPapers(NamedTuple):
    """Files that may be papers of one store, and what is wrong with all others.

    Those that ``may_differ`` lie in a folder and were written by this program: they may be other papers than those
    sought.
    """

    files: list[Path]
    may_differ: set[Path]
    faults: list[Fault]


def own_papers(paths: Sequence[Path], runs: Collection[str], years: Collection[int]) -> OwnPapers:
    """Return the files that may be papers of this store.

    A file marked with a run that the store does not have is none if its head names other years alone.

    Parameters
    ----------
    paths : the workbooks, and folders of them
    runs : the ids of all runs of the store
    years : those in which its batches leave

    Raises
    ------
    InputRefused : a file is not there, unreadable or dangerous, or a folder is empty
    """
    files, faults = files_to_read(paths)
    named = {located(path) for path in paths}
    ours, may_differ = list[Path](), set[Path]()
    for path in files:
        marks = read_marks(path)
        run = marks.get("run")
        if (marks or path.name.startswith(RETURNED)) and path not in named:
            may_differ.add(path)
        if run is None or run in runs:
            ours.append(path)
        elif words := _of_other_years(path, years):
            faults.append(_of_another(path.name, words))
        else:
            ours.append(path)
    return OwnPapers(ours, may_differ, faults)


def _of_other_years(path: Path, years: Collection[int]) -> str:
    """Return what stands in the head of a paper that names years, and none of these; else nothing."""
    tables = chain.from_iterable(read_tables([path]))
    dated = {int(found[1]): text for text in _heads(tables) for found in _YEAR.finditer(text)}
    is_other = bool(dated and years) and dated.keys().isdisjoint(years)
    return next(iter(dated.values())) if is_other else ""


def _heads(tables: Iterable[Table]) -> Iterator[str]:
    """Yield the texts of papers above their first numbered row."""
    for table in tables:
        for line in range(min(_SEARCHED_ROWS, table.num_rows)):
            texts = table.row_texts(line)
            if texts and texts[0].isdigit():
                break
            yield from texts


def of_another_year(file: str, words: str, year: int) -> Fault | None:
    """Return what is wrong with a paper without a mark whose day says another year than its batch leaves in."""
    found = _YEAR.search(words)
    return _of_another(file, words) if found and int(found[1]) != year else None


def of_another_person(
    ref: RowRef, person: int, row: Named | None, people: Mapping[int, Named]
) -> Fault | None:
    """Return what is wrong with a row of a paper without a mark that names another person than the number stands for.

    Where the name alone differs, as when a slip of the pen was corrected, that is a warning, and the row counts.

    Parameters
    ----------
    row : by whom it is; None where the paper bears the mark of a plan, or has no names
    people : those of the plan by number
    """
    known = people.get(person)
    if row is None or known is None or not row.name or clean(row.name) == clean(known.name):
        return None
    if _is_slip(row, known):
        return Fault(
            ref.file,
            ref.sheet,
            str(ref.row),
            str(person),
            "name_differs",
            Text(
                f"编号 {person} 在方案里的姓名与这一行不同，其余相符：已登记",
                f"person {person} has another name in the plan, all else agrees: entered",
            ),
            Text("请核对姓名，改正报名表", "check the name, and correct the sign-up"),
            severity="warning",
        )
    return Fault(
        ref.file,
        ref.sheet,
        str(ref.row),
        str(person),
        "other_person",
        Text(
            f"编号 {person} 在方案里不是这一行的姓名，没有登记",
            f"person {person} of the plan has another name than this row: not entered",
        ),
        Text("请核对是不是往年的表", "is it a paper of another year?"),
    )


def _is_slip(row: Named, known: Named) -> bool:
    """Return whether two names are of one person: the phone is the same, or without one, one character differs."""
    if row.phone and known.phone:
        return clean(row.phone) == clean(known.phone)
    names = clean(row.name), clean(known.name)
    return len(names[0]) == len(names[1]) and sum(one != two for one, two in zip(*names, strict=True)) == 1


def _of_another(file: str, words: str) -> Fault:
    return Fault(
        file,
        "",
        "",
        "",
        OTHER_CAMPAIGN,
        Text(
            f"不是这次活动的表，上面写的是别的年份({words})：没有登记",
            f"a paper of another campaign, of another year ({words}): nothing was entered",
        ),
        Text("往年的表请移走", "take papers of another year out of the folder"),
    )
