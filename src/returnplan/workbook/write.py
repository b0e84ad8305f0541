"""A plan to plan.xlsx: sheets in their order, the run's mark inside, moved into place whole."""

from pathlib import Path
from typing import TYPE_CHECKING

from returnplan.outfiles import Notes, write_whole
from returnplan.pages import Page, file_stem, read_marks, render
from returnplan.plan import Plan, RunHeader
from returnplan.texts import Lang
from returnplan.wording import short_name
from returnplan.workbook import summary, tables

if TYPE_CHECKING:
    import pandas as pd

MOST_RIDERS = 200_000
"""Above this the riders stand in one workbook a city: a spreadsheet program would not open them together."""


def write_plan_workbook(
    plan: Plan, header: RunHeader, path: Path, *, lang: Lang, notes: Notes | None = None
) -> Path:
    """Write the plan's workbook; above 200,000 riders also one a city, beside it.

    Parameters
    ----------
    plan, header : what the run decided and which run it is
    path : where
    lang : of labels, reasons and faults
    notes : told when the file had to take another name because a program holds the old one open

    Returns
    -------
    Where it stands: ``path``, or ``plan(2).xlsx`` beside it.

    Raises
    ------
    StoreError : the folder or the disk refuses
    """
    pages = [
        summary.summary_page(plan, header, lang),
        summary.cities_page(plan, lang),
        tables.batches_page(plan, lang),
        tables.stops_page(plan, lang),
        tables.unplanned_page(plan.unplanned, lang),
        tables.employers_page(plan.employers, lang),
        summary.origins_page(plan, lang),
        summary.supplies_page(plan, header.config.get("packs", {}), lang),
        tables.faults_page(plan.faults, lang),
    ]
    if len(plan.riders) <= MOST_RIDERS:
        pages.insert(3, tables.riders_page(plan.riders, lang))
    else:
        _write_cities(plan.riders, header, path, lang, notes)
    return _write(pages, header, path, notes)


def run_id_of(path: Path) -> str | None:
    """Return which run a plan workbook is of; None where there is none, or none of ours."""
    return read_marks(path).get("run")


def _write_cities(
    riders: "pd.DataFrame", header: RunHeader, path: Path, lang: Lang, notes: Notes | None
) -> None:
    for city, people in riders.groupby("city"):
        beside = path.with_name(f"{path.stem}-{file_stem(short_name(str(city)))}{path.suffix}")
        _write([tables.riders_page(people, lang)], header, beside, notes)


def _write(pages: list[Page], header: RunHeader, path: Path, notes: Notes | None) -> Path:
    return write_whole(path, render(pages, {"run": header.id}), notes)
