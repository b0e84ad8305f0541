"""What stands before a new run: the latest run, the people met so far, and who is on a batch."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field

from returnplan.pipeline.campaign import Campaign
from returnplan.plan import RunHeader
from returnplan.store import Store


@dataclass(frozen=True)
class Standing:
    """``header`` None: nothing has been planned yet. ID number -> person number; ID numbers on a batch."""

    header: RunHeader | None = None
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
        return Standing(header, store.person_numbers(), store.assigned_id_numbers(header.id))
