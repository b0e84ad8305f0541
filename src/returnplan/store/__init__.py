"""One SQLite file that keeps every run of a campaign; a run is in it whole or not at all."""

from returnplan.store.checkup import Checkup, check_up
from returnplan.store.deeds import Amendment, Call, Entry
from returnplan.store.divisions import Division
from returnplan.store.drives import is_network_drive
from returnplan.store.lock import RunLock
from returnplan.store.purge import Purged
from returnplan.store.selection import Selection
from returnplan.store.store import Store

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
