"""A plan to plan.xlsx: sheets in their order, the mark of what it shows inside, moved into place whole."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from returnplan.assembly.payments import bill_of
from returnplan.model.division_names import short_name
from returnplan.model.plan import Plan, RunHeader
from returnplan.model.texts import Lang, Text
from returnplan.papers.outfiles import Notes, write_whole
from returnplan.papers.pages import file_stems, is_as_written, read_marks, render
from returnplan.papers.settings import Packs
from returnplan.papers.voided import set_aside
from returnplan.papers.workbook import summary, tables
from returnplan.papers.workbook.rider_books import RiderBook, RiderBooks

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

    Ints = npt.NDArray[np.int64]

MOST_RIDERS = 200_000
"""Above this the riders stand in one workbook a city, and of a city with more in one a county and city: a spreadsheet
program would not open them together."""


def write_plan_workbook(
    plan: Plan,
    header: RunHeader,
    path: Path,
    *,
    lang: Lang,
    notes: Notes | None = None,
    riders: RiderBooks | None = None,
) -> Path:
    """Write the plan's workbook; above 200,000 riders also one a city, or a county and city, beside it.

    Parameters
    ----------
    plan, header : what the run decided and which run it is
    path : where
    lang : of labels, reasons and faults
    notes : told when the file had to take another name because a program holds the old one open
    riders : those workbooks, where they are drawn already (:func:`rider_books`)

    Returns
    -------
    Where it stands: ``path``, or ``plan(2).xlsx`` beside it.

    Raises
    ------
    StoreError : the folder or the disk refuses
    """
    if riders is None:
        with rider_books(plan, header, path, lang) as riders:
            return write_plan_workbook(plan, header, path, lang=lang, notes=notes, riders=riders)
    packs = header.config.get("packs", Packs().root)
    pages = [  # for a director, for whoever sends the batches off, for a finance clerk, for whoever corrects sheets
        summary.summary_page(plan, header, lang),
        summary.cities_page(plan, lang),
        summary.origins_page(plan, lang),
        tables.batches_page(plan, lang),
        tables.stops_page(plan, lang),
        summary.supplies_page(plan, packs, lang),
        tables.unplanned_page(plan.unplanned, lang),
        tables.employers_page(plan.employers, lang),
        summary.flows_page(plan, lang),
        tables.faults_page(plan.faults, lang),
    ]
    bill = bill_of(header, plan)
    if bill.is_shared:
        pages.insert(3, summary.payers_page(bill, lang))
    if len(plan.riders) <= MOST_RIDERS:
        pages.insert(4 + bill.is_shared, tables.riders_page(_in_order(plan), lang))
    content = render(pages, _marks(plan, header, lang))
    riders.put_in_place(notes)
    return write_whole(path, content, notes)


def rider_books(plan: Plan, header: RunHeader, path: Path, lang: Lang) -> RiderBooks:
    """Return the workbooks of the riders beside that of the plan; none up to 200,000 riders, who are in that one."""
    if len(plan.riders) <= MOST_RIDERS:
        return RiderBooks((), {})
    riders = _in_order(plan)
    parts = list(_parts(riders))
    stems = file_stems("-".join((path.stem, *map(short_name, names))) for names, _ in parts)

    def book(stem: str, lines: "Ints") -> RiderBook:
        return RiderBook(
            path.with_name(f"{stem}{path.suffix}"), lambda: tables.riders_page(riders.take(lines), lang)
        )

    books = [book(stem, lines) for (_, lines), stem in zip(parts, stems, strict=True)]
    return RiderBooks(books, _marks(plan, header, lang), len(riders))


def _parts(riders: "pd.DataFrame") -> "Iterator[tuple[tuple[str, ...], Ints]]":
    """Yield the names of each workbook, a city or a county and city, and the lines of its riders."""
    for city, own in riders.groupby("city").indices.items():
        lines = np.asarray(own)
        if len(lines) <= MOST_RIDERS:
            yield (str(city),), lines
            continue
        for county, some in riders[["county"]].take(lines).groupby("county").indices.items():
            yield (str(county), str(city)), lines[np.asarray(some)]


def is_up_to_date(path: Path, plan: Plan, header: RunHeader, lang: Lang) -> bool:
    """Return whether a plan workbook shows this run as it stands, with all that was done to it by hand."""
    return _shows(path, _marks(plan, header, lang)) and is_as_written(path)


def put_aside(path: Path, plan: Plan, header: RunHeader, lang: Lang) -> Text | None:
    """Move a plan workbook that was edited since it was written into 作废, and return what is to be told.

    Its edits were not taken in: adopting them writes the workbook again. None where there is none, or where a program
    holds it: then the new one goes beside it.
    """
    if not path.exists() or is_as_written(path) or (aside := set_aside(path)) is None:
        return None
    marks = _marks(plan, header, lang)
    del marks["lang"]
    how = (
        Text(f"；要采用：returnplan adopt {aside}", f"; to take them in: returnplan adopt {aside}")
        if _shows(aside, marks)
        else Text("；那是以前的方案，不能再采用", "; they are of an earlier plan and cannot be taken in")
    )
    return Text(
        f"{path} 里有没有采用的改动，已移到 {aside}{how.zh}",
        f"{path} had edits that were not taken in, and was moved to {aside}{how.en}",
    )


def _shows(path: Path, marks: dict[str, str]) -> bool:
    return marks.items() <= read_marks(path).items()


def _marks(plan: Plan, header: RunHeader, lang: Lang) -> dict[str, str]:
    state = [(batch.id, batch.version, batch.state) for batch in plan.batches]
    statuses = sorted(plan.riders["status"].value_counts().items())
    shown = repr((state, statuses, plan.summary.get("origins")))
    return {"run": header.id, "state": hashlib.sha256(shown.encode()).hexdigest()[:12], "lang": lang}


def _in_order(plan: Plan) -> "pd.DataFrame":
    """Return the riders batch by batch and seat by seat; changes by hand leave them in any order."""
    order = plan.riders["batch"].map({batch.id: at for at, batch in enumerate(plan.batches)})
    if order.is_monotonic_increasing and _has_rising_seats(order, plan.riders["seat"]):
        return plan.riders
    return plan.riders.assign(at=order).sort_values(["at", "seat"], kind="stable", ignore_index=True)


def _has_rising_seats(batch: "pd.Series[int]", seat: "pd.Series[int]") -> bool:
    return bool(((seat.diff() >= 0) | (batch.diff() != 0)).all())
