"""One SQLite file that keeps every run of a campaign; a run is in it whole or not at all."""

from returnplan.store.connection import is_network_drive
from returnplan.store.database import Checkup, check_up
from returnplan.store.deeds import Amendment, Call, Entry
from returnplan.store.lock import RunLock
from returnplan.store.selection import Division, Selection
from returnplan.store.store import Purged, Store

__all__ = [
    "Amendment",
    "Call",
    "Checkup",
    "Division",
    "Entry",
    "Purged",
    "RunLock",
    "Selection",
    "Store",
    "check_up",
    "is_network_drive",
]
