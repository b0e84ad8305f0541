"""What stands before a new run: the latest run, the people met so far, and what they said."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

import pandas as pd

from returnplan.edits import SEAT_LOST
from returnplan.model.plan import Plan, RunHeader, WalkUp
from returnplan.model.roster import Roster
from returnplan.store import CallRecord, Entry, Store
from returnplan.usecases.campaign import Campaign


@dataclass(frozen=True)
class Standing:
    """What the store holds; ``header`` None: nothing has been planned yet.

    ``plan`` and ``roster`` are those of the latest run (a store of an old version kept no roster), ``calls``
    the last call to each person, ``pins`` the batches of those whom the office seated by hand, ``walk_ups``
    who got on without a seat, ``journal`` what was done by hand to the latest run, ``revision`` tells whether the
    store is still so.
    """

    header: RunHeader | None = None
    plan: Plan | None = None
    roster: Roster | None = None
    person_numbers: Mapping[str, int] = field(default_factory=dict)
    calls: Mapping[int, CallRecord] = field(default_factory=dict)
    pins: Mapping[int, str] = field(default_factory=dict)
    walk_ups: Sequence[WalkUp] = ()
    journal: Sequence[Entry] = ()
    revision: int = 0

    @property
    def is_open(self) -> bool:
        """Tell whether the same lists may give another plan now: batches were recalled, or people lost seats."""
        if self.plan is not None and SEAT_LOST in set(self.plan.unplanned["code"]):
            return True
        return any(entry.deed == "recalled" for entry in self.journal)

    @property
    def people(self) -> "pd.DataFrame | None":
        """The people of the latest run (id_number, name, phone)."""
        return None if self.roster is None else self.roster.people

    @property
    def assigned(self) -> Set[str]:
        """The ID numbers of everybody on a batch of the latest run."""
        return frozenset() if self.plan is None else set(self.plan.riders["id_number"])


def look_up(campaign: Campaign) -> Standing:
    """Return what stands in the store of the campaign; there may be none yet."""
    if not campaign.store_path.exists():
        return Standing()
    with Store.snapshot(campaign.store_path) as store:
        header = store.latest_run()
        if header is None:
            return Standing(person_numbers=store.person_numbers(), revision=store.revision())
        return Standing(
            header=header,
            plan=store.load_plan(header.id),
            roster=store.load_roster(header.id),
            person_numbers=store.person_numbers(),
            calls=store.calls(),
            pins=store.pins(),
            walk_ups=store.walk_ups(),
            journal=store.journal(header.id),
            revision=store.revision(),
        )
