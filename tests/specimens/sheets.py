"""Small spreadsheets, readable where they are used: rows as dictionaries, headers in the words of the field."""

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from openpyxl import Workbook

from returnplan.sheets.tables import Column, MergedRange, Table
from returnplan.sheets.wire import encode
from tests.specimens.coach import id_number

Row = Mapping[str, Any]
Line = Sequence[Any]


def signup_row(serial: int = 1, **cells: Any) -> dict[str, Any]:
    """Return the cells of one invented worker of Rongshui who goes to Dongguan, but for the cells given."""
    usual = {
        "姓名": f"韦{chr(0x4E00 + serial)}",
        "身份证号码": id_number("450225", date(1985, 6, 7), serial),
        "联系电话": f"1380000{serial:04d}",
        "户籍市": "柳州市",
        "户籍县(市、区)": "融水县",
        "上车地点": "融水汽车站",
        "务工城市": "东莞市",
        "最早出发日期": date(2021, 2, 18),
        "最晚出发日期": date(2021, 2, 20),
    }
    return {**usual, **cells}


def lines_of(rows: Sequence[Row]) -> list[list[Any]]:
    """Return a header line with every header that a row has, and the rows below it."""
    headers = list(dict.fromkeys(header for row in rows for header in row))
    return [headers, *([row.get(header) for header in headers] for row in rows)]


def save_xlsx(path: Path, *, merged: Sequence[str] = (), **sheets: Sequence[Line]) -> Path:
    """Write a workbook of the sheets given by name; ``merged`` are ranges of the first one (A2:A4)."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, lines in sheets.items():
        worksheet = book.create_sheet(name)
        for line in lines:
            worksheet.append(["" if cell is None else cell for cell in line])
        for cell in (cell for line in worksheet.iter_rows() for cell in line if cell.data_type == "f"):
            cell.data_type = "s"  # a text that looks like a formula is a text
    for cells in merged:
        book.worksheets[0].merge_cells(cells)
    book.save(path)
    return path


def save_csv(path: Path, lines: Sequence[Line], encoding: str = "utf-8") -> Path:
    """Write the lines as a CSV file."""
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(lines)
    return path


def table_of(lines: Sequence[Line], *, merged: Sequence[MergedRange] = ()) -> Table:
    """Return the table that reading these lines from a workbook gives."""
    num_rows, columns = encode([["" if cell is None else cell for cell in line] for line in lines])
    return Table(
        file="报名.xlsx",
        sheet="报名",
        is_hidden=False,
        first_column=1,
        num_rows=num_rows,
        columns=tuple(Column(cells, np.frombuffer(codes, dtype=np.int32)) for cells, codes in columns),
        merged=tuple(merged),
    )
