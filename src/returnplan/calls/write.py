"""Calls to workbooks, one a township."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from returnplan.calls.call import Call
from returnplan.calls.sheet import PAPER, call_page
from returnplan.outgoing import Printing, write_each
from returnplan.texts import Text


def write_calls(calls: Iterable[Call], folder: Path, printing: Printing) -> list[Path]:
    """Write the call lists, sorted by day, coach and seat.

    Returns
    -------
    The workbooks, one for each township (people without one: their county), by county and township.

    Raises
    ------
    StoreError : the folder or the disk refuses
    """
    townships: dict[str, list[Call]] = defaultdict(list)
    for call in sorted(calls, key=_by_departure):
        home = "-".join(filter(None, (call.rider.county, call.rider.township)))
        townships[home or Text("其他", "others").say(printing.lang)].append(call)
    return write_each(PAPER, townships, call_page, folder, printing)


def _by_departure(call: Call) -> tuple[object, ...]:
    return call.pickup.time, call.batch.id, call.rider.seat, call.rider.person
