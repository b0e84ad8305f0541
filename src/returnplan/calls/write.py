"""Calls to workbooks, one a township."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from returnplan.calls.call import Call
from returnplan.calls.sheet import PAPER, call_page
from returnplan.outfiles import Notes, write_whole
from returnplan.pages import file_stem, render
from returnplan.texts import Lang, Text


def write_calls(
    calls: Iterable[Call],
    folder: Path,
    *,
    lang: Lang,
    run_id: str,
    printed_at: datetime,
    notes: Notes | None = None,
) -> list[Path]:
    """Write the call lists, sorted by day, coach and seat.

    Parameters
    ----------
    calls : who is to be told what
    folder : where
    lang : of labels and messages
    run_id, printed_at : what stands at the foot of each page
    notes : told when a file had to take another name because a program holds the old one open

    Returns
    -------
    The workbooks, one for each township (people without one: their county), by county and township.

    Raises
    ------
    StoreError : the folder or the disk refuses
    """
    footer = Text(
        f"&C第 &P 页,共 &N 页&R{printed_at:%Y-%m-%d %H:%M} {run_id}",
        f"&Cpage &P of &N&R{printed_at:%Y-%m-%d %H:%M} {run_id}",
    ).say(lang)
    townships: dict[tuple[str, str], list[Call]] = defaultdict(list)
    for call in calls:
        townships[call.rider.county, call.rider.township].append(call)
    written = []
    for (county, township), own in sorted(townships.items()):
        name = "-".join(filter(None, (county, township))) or Text("其他", "others").say(lang)
        page = call_page(name, sorted(own, key=_by_departure), footer, lang)
        path = folder / f"{file_stem(f'{PAPER.say(lang)}-{name}')}.xlsx"
        written.append(write_whole(path, render([page], {"run": run_id}), notes))
    return written


def _by_departure(call: Call) -> tuple[object, ...]:
    return call.pickup.time, call.batch.id, call.rider.seat, call.rider.person
