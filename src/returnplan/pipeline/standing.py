"""What stands before a new run: the latest run, the people met so far, and what they said."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field

import pandas as pd

from returnplan.pipeline.campaign import Campaign
from returnplan.plan import Plan, RunHeader
from returnplan.roster import Roster
from returnplan.store import Call, Store


@dataclass(frozen=True)
class Standing:
    """What the store holds; ``header`` None: nothing has been planned yet.

    ``plan`` and ``roster`` are those of the latest run (a store of an old version kept no roster), ``calls``
    the last call to each person and ``pins`` the batches of those whom the office seated by hand.
    """

    header: RunHeader | None = None
    plan: Plan | None = None
    roster: Roster | None = None
    person_numbers: Mapping[str, int] = field(default_factory=dict)
    calls: Mapping[int, Call] = field(default_factory=dict)
    pins: Mapping[int, str] = field(default_factory=dict)

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
    with Store.open(campaign.store_path) as store:
        header = store.latest_run()
        if header is None:
            return Standing(person_numbers=store.person_numbers())
        return Standing(
            header=header,
            plan=store.load_plan(header.id),
            roster=store.load_roster(header.id),
            person_numbers=store.person_numbers(),
            calls=store.calls(),
            pins=store.pins(),
        )
