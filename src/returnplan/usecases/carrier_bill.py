"""What each carrier and the railway is owed for what has really run (车费结算), at the sum that was ordered."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from pathlib import Path

from returnplan.model.aboard import is_aboard, marked_batches
from returnplan.model.plan import Batch, Plan, RunHeader, WalkUp
from returnplan.model.texts import NO_TEXT, Text
from returnplan.papers.edition import Head, table_page
from returnplan.papers.field import Field
from returnplan.papers.outfiles import write_whole
from returnplan.papers.pages import render, style
from returnplan.papers.settings import say_seal
from returnplan.papers.wording import say_yuan
from returnplan.usecases.campaign import edition_of

BILL = Text("车费结算", "carriers")
_SUM, _TOTAL = Text("合计", "Sum"), Text("总计", "Total")
_RAILWAY = Text("铁路", "Railway")
_NOT_BACK = Text("上车名单还没有交回", "its marked list is not back")


@dataclass(frozen=True, slots=True)
class BillLine:
    """A coach or train that has run; the sum of a carrier has neither batch nor day, that of all no carrier either.

    ``num_aboard`` are heads, of which ``num_children`` are children along.
    """

    carrier: str
    batch: str = ""
    day: date | None = None
    way: str = ""
    vehicle: str = ""
    plate: str = ""
    km: float = 0.0
    num_aboard: int = 0
    num_children: int = 0
    yuan: float = 0.0
    note: Text = NO_TEXT


_FIELDS: tuple[Field[BillLine], ...] = (
    Field(
        "carrier", Text("承运单位", "Carrier"), 26, value=lambda one, lang: one.carrier or _TOTAL.say(lang)
    ),
    Field(
        "batch",
        Text("号车", "Batch"),
        11,
        value=lambda one, lang: one.batch or (_SUM.say(lang) if one.carrier else None),
    ),
    Field("day", Text("乘车日期", "Travelled"), 12, style.WRITTEN_DAY),
    Field("way", Text("起止", "From, to"), 36),
    Field("vehicle", Text("车型、车次", "Vehicle, train"), 14),
    Field("plate", Text("车牌", "Plate"), 12),
    Field("km", Text("公里", "km"), 9, value=lambda one, lang: round(one.km, 1) or None),
    Field(
        "num_aboard",
        Text("上车人数", "On board"),
        10,
        value=lambda one, lang: None if one.note.zh else one.num_aboard,  # nobody has said it yet
    ),
    Field("num_children", Text("其中儿童", "Children"), 9, value=lambda one, lang: one.num_children or None),
    Field("yuan", Text("车费(元)", "Yuan"), 12, style.MONEY),
    Field("note", Text("备注", "Remarks"), 22, value=lambda one, lang: one.note.say(lang)),
)


def write_carrier_bill(plan: Plan, walk_ups: Sequence[WalkUp], out: Path, header: RunHeader) -> Path:
    """Write a line for each batch that has departed, carrier by carrier, what each is owed, and the total."""
    aboard, edition = plan.riders[is_aboard(plan.riders)], edition_of(header)
    children: Counter[str] = Counter()
    for batch_id, seats in zip(aboard["batch"], aboard["child_seats"], strict=True):
        children[batch_id] += len(seats)
    heads = Counter(aboard["batch"].tolist()) + children + Counter(one.batch for one in walk_ups)
    back, lang = marked_batches(plan.riders), header.lang
    run = [
        _line(batch, batch.carrier or (_RAILWAY.say(lang) if batch.mode == "train" else " "))
        for batch in plan.batches
        if batch.state == "departed"
    ]
    run = [
        replace(line, num_aboard=heads[line.batch], num_children=children[line.batch])
        if line.batch in back
        else replace(line, note=_NOT_BACK)
        for line in sorted(run, key=lambda line: (line.carrier, line.day, line.batch))
    ]
    total = _sum("", run)
    head = Head(
        Text("返岗包车、列车车费结算表", "What carriers and the railway are owed"),
        Text(
            "只列已发车的；车费同派车单，另加的站点不另计价。上车人数含儿童和现场增补。",
            "What has departed, at the sum of the order; further stops cost nothing more. Children and walk-ups count.",
        ),
        (
            (Text("车次", "Batches"), len(run)),
            (Text("车费总计(元)", "Total (yuan)"), say_yuan(total.yuan)),
        ),
        (
            (Text("用车方\n(盖章、日期)", "Ordered by\n(seal, date)"), say_seal(edition.office) or None),
            (Text("承运方\n(盖章、日期)", "Carriers\n(seal, date)"), None),
        ),
    )
    lines = [*_with_sums(run), *([total] if run else [])]
    page = table_page(BILL, head, _FIELDS, lines, edition, row_height_pt=18)
    return write_whole(out / f"{BILL.say(lang)}.xlsx", render([page], {"paper": BILL.en}))


def _line(batch: Batch, carrier: str) -> BillLine:
    return BillLine(
        carrier,
        batch.id,
        batch.date,
        f"{batch.stops[0].place}→{batch.stops[-1].place}",
        batch.service or batch.vehicle,
        batch.plate,
        batch.km,
        yuan=round(batch.contract_yuan, 2),  # as the order says it
    )


def _with_sums(lines: Sequence[BillLine]) -> Iterator[BillLine]:
    for carrier, own in groupby(lines, key=lambda line: line.carrier):
        of_carrier = list(own)
        yield from of_carrier
        yield _sum(carrier, of_carrier)


def _sum(carrier: str, lines: Sequence[BillLine]) -> BillLine:
    return BillLine(
        carrier,
        km=sum(line.km for line in lines),
        num_aboard=sum(line.num_aboard for line in lines),
        num_children=sum(line.num_children for line in lines),
        yuan=round(sum(line.yuan for line in lines), 2),
    )
