"""Values for changes by hand to the latest run, and for phone calls."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

from returnplan.model.plan import Batch, BatchState, EmployerLine, Rider, Unplanned, WalkUp

if TYPE_CHECKING:
    from returnplan.model.roster import Roster

TOLD, OFF = "told", "off"
"""Results of calls: the person knows of the coach; the person knows that there is none."""
UNCALLED = "uncalled"
"""No call yet: the seat was published or given by hand, so the person may know of it, and has to be called."""
CANCELLED, POSTPONED, ABSENT = "cancelled", "postponed", "absent"
DECISIVE = (CANCELLED, POSTPONED, ABSENT)
"""Results of calls, and of the roll at the stop, after which a person's old seat is free."""

BY_HAND = ("changed", "adopted")
"""Deeds by which a batch is another one than the planner made."""
Deed = Literal["published", "recalled", "departed", "changed", "ordered", "boarded", "unboarded", "adopted"]


@dataclass(frozen=True)
class Amendment:
    """A change by hand to the latest run; empty fields change nothing.

    Attributes
    ----------
    deed : what was done
    batches : new batches, or the replacements of batches with the same id, stops included
    riders : by batch id, all riders of each batch whose riders change
    gone : ids of the batches that no longer run
    off : lines of the people who lose their batch
    on : sign-up references of the people who get a batch
    summary, employers : the totals afterwards
    roster : replaces the roster of the run
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
    """A line of the journal of a run: what was done to which batch, and the version of the batch since then.

    ``source`` is the digest of the workbook or the command that asked for it; a repeated request is recognised.
    """

    at: datetime
    deed: Deed
    batch: str
    version: int
    source: str = ""


@dataclass(frozen=True, slots=True)
class CallRecord:
    """The last call to a person, or that there was none yet: what the person was told, and the result.

    ``postponed_to`` is the new day if the person asked for another one (改期至), later or earlier; ``batch`` is empty
    once such a person was told that there is no seat on it. ``vehicle`` is type
    and plate, ``leader`` name and phone; these, ``dropoff`` and ``seat`` are empty (0) where it is not known.
    """

    person: int
    batch: str
    day: date
    pickup: str
    time: datetime
    result: str
    postponed_to: date | None
    at: datetime
    vehicle: str = ""
    seat: int = 0
    dropoff: str = ""
    leader: str = ""
    employer: str = ""

    @property
    def is_told(self) -> bool:
        """Whether the person may know of the seat: was told, or agreed to its very day, or it was published."""
        return self.result in (TOLD, UNCALLED) or (self.result == POSTPONED and self.postponed_to == self.day)

    @property
    def waits_for_day(self) -> bool:
        """Whether the person asked for another day, and nobody has said what became of it."""
        return self.result == POSTPONED and self.batch != "" and not self.is_told

    @property
    def had_no_seat(self) -> bool:
        """Whether the call was about no seat at all, as the person never had one."""
        return self.batch == "" and self.pickup == ""

    def asks_for(self, day: date) -> bool:
        """Return whether the person asked for this day in place of the one that the call was about."""
        return self.result == POSTPONED and self.postponed_to == day != self.day

    @property
    def last_day(self) -> date | None:
        """The day before the day of the seat if the person wants to leave earlier, else None."""
        is_earlier = self.postponed_to is not None and self.postponed_to < self.day
        return self.day - timedelta(days=1) if is_earlier else None

    def frees(self, batch: str, day: date) -> bool:
        """Return whether the person gives up the seat on a batch that leaves on ``day``."""
        suits = self.postponed_to is not None and self.postponed_to <= day <= (self.last_day or day)
        return self.result in DECISIVE and self.batch == batch and not suits


@dataclass(frozen=True, slots=True)
class LastBoarding:
    """What a batch was before its marked papers were entered last, so that this can be taken back.

    ``statuses`` are those that were changed, by person number, ``walk_ups`` all of the batch and those of other batches
    whom the papers took over. ``entered`` are the calls that the papers stand for (who was absent, or rode elsewhere,
    gives up a seat), ``calls`` those in whose place they came.
    """

    batch: str
    state: BatchState
    statuses: Mapping[int, str]
    walk_ups: tuple[WalkUp, ...] = ()
    entered: tuple[CallRecord, ...] = ()
    calls: tuple[CallRecord, ...] = ()
