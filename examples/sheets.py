"""Lays out sheets as township clerks do: merged title, note line, header, rows, total, who filled it in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.worksheet import Worksheet

TEXT_FORMAT = "@"  # Excel cuts an ID number typed as a number to 15 digits
THIN_BORDER = Border(*(Side("thin"),) * 4)
CENTRED = Alignment(horizontal="center", vertical="center")
MADE_AT = datetime(2021, 2, 15, 18, 0)  # fixed, so that two runs write the same workbook


@dataclass(frozen=True)
class Sheet:
    """A table with what stands above and below it; ``title`` and ``footer`` may be empty."""

    name: str
    rows: pd.DataFrame
    title: str = ""
    note: str = ""
    footer: str = ""
    date_format: str = "yyyy-mm-dd"


def write_workbook(path: Path, sheets: Sequence[Sheet]) -> None:
    """Write the sheets into one workbook."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.created = book.properties.modified = MADE_AT
    for sheet in sheets:
        _fill(book.create_sheet(sheet.name), sheet)
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)


def _fill(worksheet: Worksheet, sheet: Sheet) -> None:
    num_columns = len(sheet.rows.columns)
    if sheet.title:
        _write_banner(worksheet, 1, sheet.title, num_columns, Font(size=16, bold=True))
        _write_banner(worksheet, 2, sheet.note, num_columns, Font(size=10))
    worksheet.append(list(sheet.rows.columns))
    for row in sheet.rows.itertuples(index=False):
        worksheet.append([None if value == "" else value for value in row])
    first_row = 3 if sheet.title else 1
    _dress_table(worksheet, first_row, sheet.date_format)
    if sheet.footer:
        worksheet.append(["合计", f"{len(sheet.rows)}人"])
        _write_banner(worksheet, worksheet.max_row + 1, sheet.footer, num_columns, Font(size=10))
    worksheet.freeze_panes = f"A{first_row + 1}"


def _write_banner(worksheet: Worksheet, row: int, text: str, num_columns: int, font: Font) -> None:
    worksheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=num_columns)
    cell = worksheet.cell(row, 1, text)
    cell.font, cell.alignment = font, CENTRED


def _dress_table(worksheet: Worksheet, first_row: int, date_format: str) -> None:
    for column in worksheet.iter_cols(min_row=first_row):
        for cell in column:
            cell.border = THIN_BORDER
            cell.number_format = date_format if isinstance(cell.value, date) else _format_of(cell.value)
        column[0].font, column[0].alignment = Font(bold=True), CENTRED
        longest = max(_display_width(cell.value) for cell in column)
        worksheet.column_dimensions[column[0].column_letter].width = min(longest, 30) + 2


def _format_of(value: object) -> str:
    return TEXT_FORMAT if isinstance(value, str) else "General"


def _display_width(value: object) -> int:
    """Return the width in columns of a Latin letter; a Chinese one takes two."""
    if isinstance(value, date):
        return 10
    return sum(2 if ord(letter) > 255 else 1 for letter in str(value or ""))
