"""What stands before a new run: the latest run, the people met so far, and who is on a batch."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field

import pandas as pd

from returnplan.pipeline.campaign import Campaign
from returnplan.plan import RunHeader
from returnplan.store import Store


@dataclass(frozen=True)
class Standing:
    """What the store holds; ``header`` None: nothing has been planned yet.

    ``people`` are those of the latest run's roster (id_number, name, phone), ``assigned`` the ID numbers on
    a batch of it.
    """

    header: RunHeader | None = None
    people: pd.DataFrame | None = None
    person_numbers: Mapping[str, int] = field(default_factory=dict)
    assigned: Set[str] = frozenset()


def look_up(campaign: Campaign) -> Standing:
    """Return what stands in the store of the campaign; there may be none yet."""
    if not campaign.store_path.exists():
        return Standing()
    with Store.open(campaign.store_path) as store:
        header = store.latest_run()
        if header is None:
            return Standing(person_numbers=store.person_numbers())
        roster = store.load_roster(header.id)
        return Standing(
            header=header,
            people=None if roster is None else roster.people,
            person_numbers=store.person_numbers(),
            assigned=store.assigned_id_numbers(header.id),
        )
