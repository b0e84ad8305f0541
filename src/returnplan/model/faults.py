"""Bad data as a value: which cell, what stands there, what is wrong, how to mend it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from returnplan.model.texts import NO_TEXT, Text

Severity = Literal["error", "warning"]

NOT_READ = (
    "file_locked",
    "file_not_read",
    "hidden_sheet",
    "unknown_sheet",
    "ambiguous_sheet",
    "drivers_list",
)
"""Codes of findings about a file or sheet that was given and not read."""
OTHER_YEAR = "other_year"
"""The code of the warning about a file or sheet that seems to be of another year than the campaign."""


@dataclass(frozen=True, slots=True)
class RowRef:
    """Where a row stands: ``file!sheet!row``, the row number that Excel shows."""

    file: str
    sheet: str
    row: int

    def __str__(self) -> str:
        return f"{self.file}!{self.sheet}!{self.row}"


@dataclass(frozen=True, slots=True)
class Fault:
    """One finding about one cell (or a row, sheet or file, when ``cell`` is empty).

    ``value`` is the raw text of the cell, ``code`` a stable snake_case name, ``signup`` the reference of
    the sign-up row that the finding is about. An *error* keeps its row out of the plan, a *warning* does not.
    """

    file: str
    sheet: str
    cell: str
    value: str
    code: str
    message: Text
    fix: Text = NO_TEXT
    severity: Severity = "error"
    signup: str | None = None

    @property
    def is_unread(self) -> bool:
        """Whether it is about a file or sheet that was given and not read, and should have been."""
        return self.severity == "error" and self.code in NOT_READ


def unread(faults: Iterable[Fault]) -> list[str]:
    """Return the files and sheets (``file!sheet``) that were given and not read, each once."""
    return list(
        dict.fromkeys(
            "!".join(filter(None, (fault.file, fault.sheet))) for fault in faults if fault.is_unread
        )
    )
