"""HiGHS that keeps its words to itself: stdout belongs to the result alone. Programs are told it row by column."""

from collections.abc import Mapping

import highspy
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
NOTHING = np.zeros(0, dtype=np.int32)


class SilentHighs(highspy.Highs):
    """A solver that prints nothing.

    The constructor of highspy prints a banner when it enables the callbacks, before any option can be set
    from outside (HiGHS issues 1702 and 2749); so the option is set at that moment.
    """

    def enableCallbacks(self) -> None:  # noqa: N802  the library's name
        """Turn the output off, then go on as the library does."""
        self.setOptionValue("output_flag", False)
        super().enableCallbacks()  # type: ignore[no-untyped-call]

    @classmethod
    def with_rows(
        cls, least: Floats, most: Floats, options: Mapping[str, str | int | float | bool]
    ) -> "SilentHighs":
        """Return a solver that knows what all columns together must and may take of each row (R,)."""
        highs = cls()
        for option, value in options.items():
            highs.setOptionValue(option, value)
        num = len(most)
        highs.addRows(num, least, most, 0, np.zeros(num, np.int32), NOTHING, np.zeros(0))
        return highs

    def add_columns(self, cost: Floats, takes: Floats, most: Floats | None = None) -> None:
        """Add columns with their cost (B,), what each takes of each row (B, R), and how often each may run at most."""
        column, row = np.nonzero(takes)
        first = np.searchsorted(column, np.arange(len(cost)))
        self.add_entries(cost, first, row, takes[column, row], most)

    def add_entries(
        self, cost: Floats, first: Ints, row: Ints, takes: Floats, most: Floats | None = None
    ) -> None:
        """Add columns that are told by entries, those of one column after those of the other from ``first`` (B,) on."""
        num = len(cost)
        upper = np.full(num, highspy.kHighsInf) if most is None else most
        self.addCols(
            num, cost, np.zeros(num), upper, len(row), first.astype(np.int32), row.astype(np.int32),
            takes.astype(np.float64),
        )  # fmt: skip

    def make_whole(self) -> None:
        """Let each column run a whole number of times."""
        every = np.arange(self.getNumCol(), dtype=np.int32)
        self.changeColsIntegrality(len(every), every, np.ones(len(every), dtype=np.uint8))
