"""What each carrier is owed for the coaches that have really run (车费结算), at the sum that was ordered."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

from returnplan.model.aboard import is_aboard, marked_batches
from returnplan.model.plan import Batch, Plan, WalkUp
from returnplan.model.texts import NO_TEXT, Lang, Text
from returnplan.papers.field import Field, item_columns
from returnplan.papers.outfiles import write_whole
from returnplan.papers.pages import Page, render, style

BILL = Text("车费结算", "carriers")
_SUM = Text("合计", "Sum")
_NOT_BACK = Text("上车名单还没有交回", "its marked list is not back")


@dataclass(frozen=True, slots=True)
class BillLine:
    """A coach that has run; the sum of a carrier has neither batch nor day."""

    carrier: str
    batch: str = ""
    day: date | None = None
    way: str = ""
    vehicle: str = ""
    plate: str = ""
    km: float = 0.0
    num_aboard: int = 0
    yuan: int = 0
    note: Text = NO_TEXT


_FIELDS: tuple[Field[BillLine], ...] = (
    Field("carrier", Text("承运单位", "Carrier"), 26),
    Field("batch", Text("号车", "Batch"), 11, value=lambda one, lang: one.batch or _SUM.say(lang)),
    Field("day", Text("乘车日期", "Travelled"), 12, style.WRITTEN_DAY),
    Field("way", Text("起止", "From, to"), 36),
    Field("vehicle", Text("车型", "Vehicle"), 14),
    Field("plate", Text("车牌", "Plate"), 12),
    Field("km", Text("公里", "km"), 9, value=lambda one, lang: round(one.km)),
    Field(
        "num_aboard",
        Text("上车人数", "On board"),
        10,
        value=lambda one, lang: None if one.note.zh else one.num_aboard,  # nobody has said it yet
    ),
    Field("yuan", Text("车费(元)", "Yuan"), 12, style.MONEY),
    Field("note", Text("备注", "Remarks"), 22, value=lambda one, lang: one.note.say(lang)),
)


def write_carrier_bill(plan: Plan, walk_ups: Sequence[WalkUp], out: Path, lang: Lang) -> Path:
    """Write a line for each coach that has departed, carrier by carrier, and below them what each is owed."""
    riders = plan.riders
    heads = Counter(riders.loc[is_aboard(riders), "batch"].tolist()) + Counter(one.batch for one in walk_ups)
    back = marked_batches(riders)
    coaches = [batch for batch in plan.batches if batch.state == "departed" and batch.mode == "coach"]
    coaches.sort(key=lambda batch: (batch.carrier, batch.date, batch.id))
    lines = list(_with_sums([_line(batch, heads[batch.id], is_back=batch.id in back) for batch in coaches]))
    page = Page(BILL.say(lang), item_columns(_FIELDS, lines, lang), row_height_pt=18)
    return write_whole(out / f"{BILL.say(lang)}.xlsx", render([page], {"paper": BILL.en}))


def _line(batch: Batch, num_aboard: int, *, is_back: bool) -> BillLine:
    return BillLine(
        batch.carrier,
        batch.id,
        batch.date,
        f"{batch.stops[0].place}→{batch.stops[-1].place}",
        batch.vehicle,
        batch.plate,
        batch.km,
        num_aboard,
        round(batch.contract_yuan),  # as the order says it
        NO_TEXT if is_back else _NOT_BACK,
    )


def _with_sums(lines: Sequence[BillLine]) -> Iterator[BillLine]:
    for carrier, own in groupby(lines, key=lambda line: line.carrier):
        of_carrier = list(own)
        yield from of_carrier
        yield BillLine(
            carrier,
            km=sum(line.km for line in of_carrier),
            num_aboard=sum(line.num_aboard for line in of_carrier),
            yuan=sum(line.yuan for line in of_carrier),
        )
