"""One SQLite file that keeps every run of a campaign; a run is in it whole or not at all."""

from returnplan.store.deeds import Amendment, Call, Entry
from returnplan.store.divisions import Division
from returnplan.store.lock import RunLock
from returnplan.store.purge import Purged
from returnplan.store.selection import Selection
from returnplan.store.store import Store

__all__ = ["Amendment", "Call", "Division", "Entry", "Purged", "RunLock", "Selection", "Store"]
