"""One fault about several cells of a column, which names the first of them."""

from collections.abc import Sequence

from returnplan.model.faults import Fault
from returnplan.model.texts import Text
from returnplan.reading.cells import Finding

_NAMED_CELLS = 5


def fault_of_cells(file: str, sheet: str, cells: Sequence[str], value: str, finding: Finding) -> Fault:
    """Return one fault for some cells (K2, K5) of a column; ``value`` is the first of them, for a quotation."""
    named = "、".join(cells[:_NAMED_CELLS])
    more_zh = f" 等 {len(cells)} 格" if len(cells) > _NAMED_CELLS else ""
    more_en = f" and others, {len(cells)} cells in all," if len(cells) > _NAMED_CELLS else ""
    return Fault(
        file,
        sheet,
        cells[0],
        value,
        finding.code,
        Text(f"{named}{more_zh}{finding.message.zh}", f"{named}{more_en} {finding.message.en}"),
        finding.fix,
        finding.severity,
    )
