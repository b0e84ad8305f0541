"""People on no batch in the order of their sheets; loads no pandas, for a paper or a screen asks at its edge."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def by_row(unplanned: "pd.DataFrame") -> "pd.DataFrame":
    """Return the people file by file and sheet by sheet, rows in their order: as whoever mends them reads."""
    where = unplanned["signup"].str.extract(r"(?P<sheet>.*)!(?P<row>\d+)")
    order = where.astype({"row": float}).sort_values(["sheet", "row"])
    return unplanned.loc[order.index]
