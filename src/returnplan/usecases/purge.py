"""``purge``: the personal data of a campaign that is over leaves the store, and a note beside it says so."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from returnplan.model.folder import PURGED_FILE
from returnplan.model.texts import NO_TEXT, Text
from returnplan.papers.outfiles import write_whole
from returnplan.store import Purged, RunLock, Store
from returnplan.usecases.campaign import Campaign

WHAT_IT_IS = """\
这个文件夹的返岗运输已经结束，最后一趟车 {last_day} 出发。
{store} 里的姓名、身份证号码、电话和备注已用 returnplan purge 清除，车次、站点、人数和费用还在(returnplan show)。
{left_zh}新的活动请另建文件夹：returnplan init。

This campaign is over; its last batch left on {last_day}. Names, ID numbers, phones and remarks were removed from
{store} by returnplan purge; batches, stops, counts and costs are still there (returnplan show, report).
{left_en}Take another folder for another campaign: returnplan init.
"""
_LEFT = Text(
    "表格没有清除：这个文件夹里还有 {num} 个({places})，里面可能有姓名、身份证号码和电话，请自行删除。\n",
    "Sheets were not removed: {num} are still in this folder ({places}) and may hold names, ID numbers and phones; "
    "delete them yourself.\n",
)
_SHEETS = frozenset(
    {".xlsx", ".xls", ".xlsm", ".et", ".ods", ".csv", ".tsv", ".docx", ".doc", ".wps", ".pdf", ".html"}
)
"""The endings of files that may hold a table of people."""


def sheets_left(folder: Path) -> Counter[str]:
    """Return how many tables lie in a campaign's folder, by the folder in it; those beside the store are under ".".

    ``purge`` changes the store alone, and what is in these files nobody knows.
    """
    return Counter(_places(folder))


def _places(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        if path.suffix.lower() in _SHEETS and not path.name.startswith(("~$", ".")):
            yield path.relative_to(folder).parts[0] if path.parent != folder else "."


def say_left(left: Counter[str]) -> Text:
    """Return where tables are left and how many, with a line's end; no text where there are none."""
    if not left:
        return NO_TEXT
    places = ", ".join(f"{place} {num}" for place, num in left.most_common())
    return _LEFT.with_values(num=left.total(), places=places)


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
            left = say_left(sheets_left(campaign.store_path.resolve().parent))
            words = WHAT_IT_IS.format(
                store=campaign.store_path.name, last_day=purged.last_day, left_zh=left.zh, left_en=left.en
            )
            write_whole(campaign.store_path.with_name(PURGED_FILE), words.encode("utf-8-sig"))
        return purged
