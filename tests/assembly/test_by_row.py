"""Who mends the sheets reads them from the top: row 3 before row 10."""

import pandas as pd

from returnplan.assembly.by_row import by_row


def test_rows_come_in_their_order_sheet_by_sheet() -> None:
    rows = ["乙.xlsx!表!2", "甲!1.xlsx!表!10", "甲!1.xlsx!表!3"]
    found = by_row(pd.DataFrame({"signup": rows}))["signup"].tolist()
    assert found == ["乙.xlsx!表!2", "甲!1.xlsx!表!3", "甲!1.xlsx!表!10"]


def test_nobody_left_is_no_row() -> None:
    assert by_row(pd.DataFrame({"signup": []}, dtype=object)).empty
