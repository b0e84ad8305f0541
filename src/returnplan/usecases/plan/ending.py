"""How a search may end before its effort is spent: at a time limit, or when a person presses Ctrl-C once."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from types import FrameType


@dataclass(frozen=True, slots=True)
class Ending:
    """Knows whether the end was asked for, or the time is up."""

    limit_s: float | None
    asked: threading.Event = field(default_factory=threading.Event)
    start_s: float = field(default_factory=monotonic)

    @property
    def is_early(self) -> bool:
        """Tell whether the search is (or was just now) cut short."""
        return self.asked.is_set() or (
            self.limit_s is not None and monotonic() - self.start_s >= self.limit_s
        )


@contextmanager
def early_end(limit_s: float | None) -> Iterator[Ending]:
    """Let Ctrl-C ask for the best plan so far; pressed twice it interrupts as it does everywhere else."""
    ending = Ending(limit_s)
    if threading.current_thread() is not threading.main_thread():  # signals are the main thread's
        yield ending
        return

    def ask(number: int, frame: FrameType | None) -> None:
        if ending.asked.is_set():
            raise KeyboardInterrupt
        ending.asked.set()

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield ending
    finally:
        signal.signal(signal.SIGINT, before)
