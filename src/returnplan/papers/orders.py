"""What is ordered from a carrier (派车单): the coaches of a base, written, and plates and drivers read back.

Decides nothing: what a plate or driver changes in the plan is the caller's.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from returnplan.model.faults import Fault, RowRef
from returnplan.model.plan import Batch, Stop
from returnplan.model.texts import Lang, Text
from returnplan.papers.edition import Edition, Head, table_page, write_each
from returnplan.papers.field import Field
from returnplan.papers.filled_in import Answer, AnswerReport, read_answers
from returnplan.papers.pages import Page, Value, style
from returnplan.papers.settings import say_seal
from returnplan.papers.wording import say_batch, say_hour, short_name
from returnplan.reading.cells import Finding, clean, required
from returnplan.reading.vehicles import plate

PAPER = Text("派车单", "order sheet")

_OUTDATED = Finding(
    "outdated_order",
    Text("这个号车的线路已变,车牌和驾驶员没有登记", "this batch goes another way now; nothing was entered"),
    Text("请按新的派车单填写", "fill in the new order sheet"),
)


@dataclass(frozen=True, slots=True)
class Assignment:
    """What a carrier sends for a batch; ``drivers`` with their phones, ``plate`` empty when not yet known.

    ``route`` is that of the order, empty where the sheet no longer says it; ``outdated`` is what is wrong with it
    when the batch goes another way now.
    """

    ref: RowRef
    batch: str
    plate: str
    drivers: tuple[str, ...]
    route: str
    outdated: Fault


def _driver(position: int) -> Callable[[Batch, Lang], Value]:
    return lambda batch, lang: batch.drivers[position] if position < len(batch.drivers) else None


def _stops(batch: Batch, lang: Lang) -> str:
    """Return a line a stop: hour, place, heads on or off."""
    return "\n".join(
        f"{say_hour(stop.time, batch.date, lang)} {stop.place} {_heads(stop, lang)}" for stop in batch.stops
    )


def _heads(stop: Stop, lang: Lang) -> str:
    if stop.num_on:
        return Text(f"上{stop.num_on}人", f"{stop.num_on} board").say(lang)
    return Text(f"下{stop.num_off}人", f"{stop.num_off} alight").say(lang)


def say_route(batch: Batch, lang: Lang) -> str:
    """Return start, places on the way and end, as a charter sign has them."""
    cities = dict.fromkeys(short_name(stop.city) or stop.place for stop in batch.stops)
    return "—".join(cities)


_batch = required(clean, "missing_batch", "批次编号", "the batch")

_FIELDS: tuple[Field[Batch], ...] = (
    Field("id", Text("批次编号", "Batch"), 11, style.SHRINK, parse=_batch),
    Field("coach", Text("车次", "Coach"), 16, style.SMALL, say_batch),
    Field("vehicle", Text("车型", "Vehicle"), 12),
    Field("seats", Text("座位", "Seats"), 6),
    Field("load", Text("人数", "Riders"), 6),
    Field("stops", Text("停靠站点和时间", "Stops and hours"), 44, style.SMALL_LEFT, _stops),
    Field("route", Text("线路(包车牌)", "Route (charter sign)"), 20, style.SMALL, say_route),
    Field("km", Text("里程(公里)", "km"), 9, value=lambda batch, lang: round(batch.km)),
    Field(
        "cost",
        Text("包车费(元)", "Price (yuan)"),
        11,
        style.MONEY,
        lambda batch, lang: round(batch.contract_yuan, 2),
    ),
    Field(
        "plate",
        Text("车牌号", "Plate"),
        12,
        style.ANSWER,
        lambda batch, lang: batch.plate or None,
        parse=plate,
    ),
    Field("driver_1", Text("驾驶员一(姓名 电话)", "Driver 1 (name, phone)"), 20, style.ANSWER, _driver(0)),
    Field("driver_2", Text("驾驶员二(姓名 电话)", "Driver 2 (name, phone)"), 20, style.ANSWER, _driver(1)),
)


COLUMNS = (_FIELDS, ("id", "plate"))
"""The columns of a sheet, and those by which it is known."""


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
    for batch in sorted(batches, key=lambda batch: (batch.depart, batch.number, batch.id)):
        if batch.mode == "coach":
            carriers[batch.base or Text("各地车辆", "any base").say(edition.lang)].append(batch)
    return write_each(PAPER, carriers, _page, folder, edition)


def _page(carrier: str, batches: Sequence[Batch], edition: Edition) -> Page:
    """Return the sheet of one carrier."""
    head = Head(
        Text(f"返岗包车派车单  {carrier}", f"Charter order  {carrier}"),
        Text(
            "请在黄色栏填写车牌号和驾驶员(长途须两名)后发回。包车牌须写明起讫点和停靠点;名单以外的人不得上车。",
            "Please fill in plates and drivers in the yellow cells and send it back. The charter sign names start, "
            "end and stops; nobody outside the list boards.",
        ),
        (
            (Text("车辆", "Coaches"), len(batches)),
            (Text("人数", "Riders"), sum(batch.load for batch in batches)),
            (Text("包车费合计(元)", "Total (yuan)"), f"{sum(batch.contract_yuan for batch in batches):,.2f}"),
            (Text("用车方签章", "Ordered by"), say_seal(edition.office) or None),
            (Text("承运方签章", "Carrier"), None),
        ),
    )
    return table_page(PAPER, head, _FIELDS, batches, edition)


def read_orders(paths: Sequence[Path]) -> AnswerReport[Assignment]:
    """Read order sheets that came back; rows without plate and drivers say nothing.

    Raises
    ------
    InputRefused : a file is unreadable or dangerous, or is no order sheet
    """
    return read_answers(paths, *COLUMNS, _assignment, PAPER)


def _assignment(row: Answer) -> Assignment | None:
    drivers = tuple(name for key in ("driver_1", "driver_2") if (name := row.value(key)) and plate(name))
    assignment = Assignment(
        row.ref,
        row.value("id"),
        row.value("plate"),
        drivers,
        row.value("route"),
        row.fault("route", _OUTDATED),
    )
    return assignment if assignment.plate or drivers else None
