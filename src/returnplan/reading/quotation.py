"""A carrier's quotation in plain words (49座 5800元/趟 8台): it is no list of people, and belongs on a fleet sheet."""

import re

from returnplan.reading.not_read import id_number_in
from returnplan.sheets.tables import Table, cell_text

_PRICE_OF_A_TYPE = re.compile(r"\d{2}\s*座.*(?<!\d)\d{3,5}\s*(?:元|块|/趟|一趟|每趟)")


def is_quotation(table: Table) -> bool:
    """Return whether lines of a sheet offer vehicles at a price, and nobody's ID number stands there."""
    cells = [cell for column in table.columns for cell in column.cells]
    offers = any(_PRICE_OF_A_TYPE.search(line) for cell in cells for line in cell_text(cell).splitlines())
    return offers and not any(map(id_number_in, cells))
