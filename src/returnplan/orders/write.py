"""Batches to order sheets, one a carrier."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from returnplan.orders.sheet import PAPER, order_page
from returnplan.outfiles import Notes, write_whole
from returnplan.pages import file_stem, render
from returnplan.plan import Batch
from returnplan.texts import Lang, Text


def write_orders(
    batches: Iterable[Batch],
    folder: Path,
    *,
    lang: Lang,
    run_id: str,
    printed_at: datetime,
    notes: Notes | None = None,
) -> list[Path]:
    """Write the order sheets; the carrier of a batch is that of its vehicle's base.

    Parameters
    ----------
    batches : what to order, trains are passed over
    folder : where
    lang : of labels
    run_id, printed_at : what stands at the foot of each page
    notes : told when a file had to take another name because a program holds the old one open

    Returns
    -------
    The workbooks, by base; vehicles without one share a sheet.

    Raises
    ------
    StoreError : the folder or the disk refuses
    """
    carriers: dict[str, list[Batch]] = defaultdict(list)
    for batch in batches:
        if batch.mode == "coach":
            carriers[batch.base or Text("各地车辆", "any base").say(lang)].append(batch)
    footer = f"&C&P / &N&R{printed_at:%Y-%m-%d %H:%M} {run_id}"
    written = []
    for carrier, own in sorted(carriers.items()):
        page = order_page(carrier, sorted(own, key=_by_departure), footer, lang)
        path = folder / f"{file_stem(f'{PAPER.say(lang)}-{carrier}')}.xlsx"
        written.append(write_whole(path, render([page], {"run": run_id}), notes))
    return written


def _by_departure(batch: Batch) -> tuple[object, ...]:
    return batch.depart, batch.number, batch.id
