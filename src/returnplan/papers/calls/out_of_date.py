"""Call lists and corrections of an evening before, on which nobody is left to be told anything."""

from collections.abc import Collection
from pathlib import Path

from returnplan.model.texts import Text
from returnplan.papers.calls import corrections, sheet
from returnplan.papers.voided import voided

_STARTS = tuple(f"{name}-" for paper in (sheet.PAPER, corrections.PAPER) for name in paper)


def put_away(folder: Path, written: Collection[Path]) -> Text | None:
    """Move the lists of a folder that were not written now into 作废, and return what is to be told."""
    if not folder.is_dir():
        return None
    others = {path.name for path in folder.glob("*.xlsx")} - {path.name for path in written}
    return voided(folder, sorted(name for name in others if name.startswith(_STARTS)))
