"""One SQLite file that keeps every run of a campaign; a run is in it whole or not at all."""

from returnplan.store.connection import is_network_drive, lang_of_last_run
from returnplan.store.database import Checkup, check_up
from returnplan.store.deeds import (
    ABSENT,
    CANCELLED,
    DECISIVE,
    OFF,
    POSTPONED,
    TOLD,
    UNCALLED,
    Amendment,
    CallRecord,
    Deed,
    Entry,
    LastBoarding,
)
from returnplan.store.lock import RunLock
from returnplan.store.selection import Division, Level, Selection, find_division, near_divisions
from returnplan.store.store import Purged, Store

__all__ = [
    "ABSENT",
    "CANCELLED",
    "DECISIVE",
    "OFF",
    "POSTPONED",
    "TOLD",
    "UNCALLED",
    "Amendment",
    "CallRecord",
    "Checkup",
    "Deed",
    "Division",
    "Entry",
    "LastBoarding",
    "Level",
    "Purged",
    "RunLock",
    "Selection",
    "Store",
    "check_up",
    "find_division",
    "is_network_drive",
    "lang_of_last_run",
    "near_divisions",
]
