"""Batches to order sheets, one a carrier."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from returnplan.model.plan import Batch
from returnplan.model.texts import Text
from returnplan.papers.edition import Edition, write_each
from returnplan.papers.orders.sheet import PAPER, order_page


def write_orders(batches: Iterable[Batch], folder: Path, edition: Edition) -> list[Path]:
    """Write the order sheets; the carrier of a batch is that of its vehicle's base. Trains are passed over.

    Returns
    -------
    The workbooks, by base; vehicles without one share a sheet.

    Raises
    ------
    StoreError : the folder or the disk refuses
    """
    carriers: dict[str, list[Batch]] = defaultdict(list)
    for batch in sorted(batches, key=_by_departure):
        if batch.mode == "coach":
            carriers[batch.base or Text("各地车辆", "any base").say(edition.lang)].append(batch)
    return write_each(PAPER, carriers, order_page, folder, edition)


def _by_departure(batch: Batch) -> tuple[object, ...]:
    return batch.depart, batch.number, batch.id
