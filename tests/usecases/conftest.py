"""A campaign in an empty folder, with lists of workers of Rongshui for Dongguan."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from returnplan.config import Config
from returnplan.planning import Effort
from returnplan.usecases.campaign import Campaign, Inputs
from returnplan.usecases.plan.make import PlanOutcome, PlanRequest, plan
from returnplan.usecases.plan.solve import Search
from tests.specimens.sheets import lines_of, save_xlsx, signup_row

Planner = Callable[..., PlanOutcome]
Editor = Callable[..., Path]

QUICK = Search(Effort(base_work=30_000, work_per_group=100))
"""A few dozen people need no long search, and what is tried here does not depend on it."""


@pytest.fixture
def campaign(tmp_path: Path) -> Campaign:
    return Campaign(Config(), tmp_path / "returnplan.db")


@pytest.fixture
def planned(tmp_path: Path, campaign: Campaign) -> Planner:
    """Return a function that plans the given files of the folder."""
    return planner(tmp_path, campaign)


def planner(tmp_path: Path, campaign: Campaign) -> Planner:
    """Return a function that plans given files into the folder, for a campaign with rules of its own."""

    def planned(*files: Path, added: tuple[Path, ...] = (), **options: Any) -> PlanOutcome:
        request = PlanRequest(Inputs(files, added), tmp_path / "plan.xlsx", search=QUICK, **options)
        return plan(campaign, request)

    return planned


@pytest.fixture
def edit(tmp_path: Path) -> Editor:
    """Return a function that writes values into plan.xlsx: sheet, first row from 0 below the header, column."""

    def write(sheet: str, row: int, column: str, *values: Any) -> Path:
        path = tmp_path / "plan.xlsx"
        book = load_workbook(path)
        page = book[sheet]
        header = next(cell for line in page.iter_rows() for cell in line if cell.value == column)
        for below, value in enumerate(values, start=row + 1):
            page.cell(header.row + below, header.column, value)
        book.save(path)
        return path

    return write


def listed(path: Path, *serials: int, **cells: Any) -> Path:
    """Write a sign-up list of the workers with these serial numbers."""
    return save_xlsx(path, 报名=lines_of([signup_row(serial, **cells) for serial in serials]))
