"""Calls to workbooks, one a township."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from returnplan.model.texts import Text
from returnplan.papers.calls.call import Call, OffCall
from returnplan.papers.calls.sheet import PAPER, call_page
from returnplan.papers.edition import Edition, write_each


def write_calls(calls: Iterable[Call | OffCall], folder: Path, edition: Edition) -> list[Path]:
    """Write the call lists, sorted by day, coach and seat.

    Returns
    -------
    The workbooks, one for each township (people without one: their county), by county and township.

    Raises
    ------
    StoreError : the folder or the disk refuses
    """
    townships: dict[str, list[Call | OffCall]] = defaultdict(list)
    for call in sorted(calls, key=_by_departure):
        home = "-".join(filter(None, (call.who.county, call.who.township)))
        townships[home or Text("其他", "others").say(edition.lang)].append(call)
    return write_each(PAPER, townships, call_page, folder, edition)


def _by_departure(call: Call | OffCall) -> tuple[object, ...]:
    seat = call.rider.seat if isinstance(call, Call) else 0
    return call.time, call.batch_id, seat, call.who.person
