"""``purge``: the personal data of a campaign that is over leaves the store, and a note beside it says so."""

from datetime import date

from returnplan.model.folder import PURGED_FILE
from returnplan.papers.outfiles import write_whole
from returnplan.store import Purged, RunLock, Store
from returnplan.usecases.campaign import Campaign

WHAT_IT_IS = """\
这个文件夹的返岗运输已经结束，最后一趟车 {last_day} 出发。
{store} 里的姓名、身份证号码、电话和备注已用 returnplan purge 清除，车次、站点、人数和费用还在(returnplan show)。
新的活动请另建文件夹：returnplan init。

This campaign is over; its last batch left on {last_day}. Names, ID numbers, phones and remarks were removed from
{store} by returnplan purge; batches, stops, counts and costs are still there (returnplan show, report). Take another
folder for another campaign: returnplan init.
"""


def purgeable(campaign: Campaign, before: date) -> Purged:
    """Return what :func:`purge` would remove now. Nothing is changed.

    Raises
    ------
    InputRefused : there is no store
    """
    with Store.snapshot(campaign.store_path) as store:
        return store.purgeable(before)


def purge(campaign: Campaign, before: date) -> Purged:
    """Remove names, ID numbers, phones and remarks if the last departure was before a day.

    Raises
    ------
    InputRefused : there is no store
    StoreLocked : another run is at work
    StoreError : the folder or the disk refuses
    """
    with RunLock(campaign.store_path), Store.open(campaign.store_path) as store:
        purged = store.purge(before)
        if purged.last_day and purged.last_day < before:
            words = WHAT_IT_IS.format(store=campaign.store_path.name, last_day=purged.last_day)
            write_whole(campaign.store_path.with_name(PURGED_FILE), words.encode("utf-8-sig"))
        return purged
