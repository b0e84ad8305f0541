"""A promise, and the finding that it is broken, in both languages with figures; no names, no ID numbers."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from returnplan.model.faults import Severity
from returnplan.model.texts import Text

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pandas as pd

CONTRACT = 0
"""Stands for the number of a hard rule where the promise is about what the output states (docs/contract.md#json)."""


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken promise.

    Attributes
    ----------
    code : stable snake_case name of the promise
    rule : number of the hard rule (docs/contract.md#hard-rules), 0 (:data:`CONTRACT`) for a statement of the output
    batch : id of the batch, empty where it is not about one
    signup : row reference of the person, empty where it is not about one
    message : what is broken, with the figures
    matter, count : of a limit that is counted, what it is a limit of, and how many there are: the same matter with no
        higher count is no worse. Without a matter ``count`` is what a figure should be
    severity : *warning* if a person has to look, or if the batch is kept, and rules or sign-ups have changed since
    """

    code: str
    rule: int
    batch: str
    signup: str
    message: Text
    severity: Severity = "error"
    matter: tuple[str, ...] = ()
    count: float = 0.0


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise of the plan; ``words`` describe a violation, with columns of the violating row in braces.

    ``severity`` is that of a violation by a batch that may still change. ``counts`` is the column with the number of a
    limit that is counted, and ``matter`` are those that say what the limit is of; without one, the column with what a
    stated figure should be.
    """

    code: str
    rule: int
    words: Text
    severity: Severity = "error"
    counts: str = ""
    matter: tuple[str, ...] = ()

    def broken_by(
        self, rows: "pd.DataFrame", wrong: "pd.Series[bool] | npt.NDArray[np.bool_] | None" = None
    ) -> Iterator[Violation]:
        """Return one violation for each (``wrong``) row; ``batch`` and ``signup`` come from it if it has them."""
        if wrong is not None:
            if not wrong.any():  # the usual case: to take no row of a wide table costs more than the check
                return
            rows = rows[wrong]
        if rows.empty:
            return
        for row in rows.to_dict("records"):
            message = self.words.with_values(**{str(name): value for name, value in row.items()})
            batch, signup = row.get("batch", ""), row.get("signup", "")
            matter = tuple(str(row[name]) for name in self.matter)
            count = float(row[self.counts]) if self.counts else 0.0
            yield Violation(self.code, self.rule, batch, signup, message, self.severity, matter, count)
