"""One SQLite file that keeps every run of a campaign; a run is in it whole or not at all."""

from returnplan.store.divisions import Division
from returnplan.store.lock import RunLock
from returnplan.store.selection import Selection
from returnplan.store.store import Store

__all__ = ["Division", "RunLock", "Selection", "Store"]
