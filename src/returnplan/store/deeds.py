"""What is done by hand to the latest run, and what was said on the phone; values only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

from returnplan.model.plan import Batch, EmployerLine, Rider, Unplanned

if TYPE_CHECKING:
    from returnplan.model.roster import Roster

TOLD, OFF = "told", "off"
"""Results of calls: the person knows of the coach; the person knows that there is none."""
CANCELLED, POSTPONED, ABSENT = "cancelled", "postponed", "absent"
DECISIVE = (CANCELLED, POSTPONED, ABSENT)
"""Results of calls, and of the roll at the stop, after which a person's old seat is free."""

Deed = Literal["published", "recalled", "departed", "changed", "ordered", "boarded", "adopted"]


@dataclass(frozen=True)
class Amendment:
    """A change made by hand to the latest run; what is left empty stays as it is.

    Attributes
    ----------
    deed : what was done
    batches : they take the place of those of the same id (or are new), stops and all
    riders : by batch id, all riders of the batches whose riders change
    gone : ids of batches that do not run any more
    off : lines of the people who are on no batch any more
    on : sign-up references of the unplanned people who are on a batch now
    summary, employers : the totals afterwards
    roster : takes the place of the run's
    source : digest of the workbook, or of the command, that asked for it
    """

    deed: Deed
    batches: Sequence[Batch] = ()
    riders: Mapping[str, Sequence[Rider]] = field(default_factory=dict)
    gone: Sequence[str] = ()
    off: Sequence[Unplanned] = ()
    on: Sequence[str] = ()
    summary: Mapping[str, Any] | None = None
    employers: Sequence[EmployerLine] | None = None
    roster: "Roster | None" = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the journal of a run: what was done to which batch, which is of that version since.

    ``source`` is the digest of the workbook, or of the command, that asked for it, so that it is known again.
    """

    at: datetime
    deed: Deed
    batch: str
    version: int
    source: str = ""


@dataclass(frozen=True, slots=True)
class CallRecord:
    """The last call to a person: what the person was told, and the result in the words of the call list.

    ``postponed_to`` is the day to which they moved their journey (改期至), if they did: later, or earlier.
    """

    person: int
    batch: str
    day: date
    pickup: str
    time: datetime
    result: str
    postponed_to: date | None
    at: datetime

    @property
    def last_day(self) -> date | None:
        """The day before that of their seat if they want to leave earlier (改期至 an earlier day), else None."""
        is_earlier = self.postponed_to is not None and self.postponed_to < self.day
        return self.day - timedelta(days=1) if is_earlier else None

    def frees(self, batch: str, day: date) -> bool:
        """Tell whether it gives up the seat on the batch, which leaves on that day; not so if it suits them."""
        suits = self.postponed_to is not None and self.postponed_to <= day <= (self.last_day or day)
        return self.result in DECISIVE and self.batch == batch and not suits
