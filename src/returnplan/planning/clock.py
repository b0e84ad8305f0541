"""The time limit of a plan, and the slots of it that searches get, which are more than there are cores."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import NamedTuple


class Slot(NamedTuple):
    """From and to which share of the time limit a search may run."""

    begin: float
    end: float


@dataclass(frozen=True, slots=True)
class Clock:
    """What share of the time is over; all of it once the user asks for an end."""

    limit_s: float | None
    should_stop: Callable[[], bool]
    start_s: float = field(default_factory=monotonic)

    def share(self) -> float:
        """Return the share that is over, 0 without a limit."""
        if self.should_stop() or self.limit_s == 0:
            return 1.0
        return 0.0 if self.limit_s is None else (monotonic() - self.start_s) / self.limit_s

    def share_of(self, slot: Slot) -> float:
        """Return the share of the slot that is over; a search that begins too early has so much more time."""
        share = self.share()
        return 1.0 if share >= 1.0 else max(0.0, (share - slot.begin) / (slot.end - slot.begin))


def time_slots(work: Sequence[int], processes: int, begin: float) -> list[Slot]:
    """Return when each search is to run if they start in this order as cores are free, and all end at the limit.

    Parameters
    ----------
    begin : share of the limit that is over already
    """
    busy = [0.0] * processes
    spans: list[tuple[float, float]] = []
    for units in work:
        core = busy.index(min(busy))
        spans.append((busy[core], busy[core] + max(1, units)))
        busy[core] = spans[-1][1]
    unit = max(0.0, 1.0 - begin) / max(1.0, *busy)
    return [Slot(begin + unit * first, begin + unit * last) for first, last in spans]
