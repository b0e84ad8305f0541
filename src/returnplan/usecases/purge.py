"""``purge``: the personal data of a campaign that is over leaves the store."""

from datetime import date

from returnplan.store import Purged, RunLock, Store
from returnplan.usecases.campaign import Campaign


def purge(campaign: Campaign, before: date) -> Purged:
    """Remove names, ID numbers, phones and remarks if the last departure was before a day.

    Raises
    ------
    InputRefused : there is no store
    StoreLocked : another run is at work
    """
    with RunLock(campaign.store_path), Store.open(campaign.store_path) as store:
        return store.purge(before)
