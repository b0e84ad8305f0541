"""What is ordered from a carrier (派车单): its coaches, written, and what it sends back (回填), read.

A workbook a carrier, so that none reads the price of another. Decides nothing: what a plate or a driver changes in the
plan is the caller's.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from returnplan.model.faults import Fault
from returnplan.model.personal_numbers import MOBILE
from returnplan.model.plan import Batch, Handout, Rider
from returnplan.model.texts import NO_TEXT, Lang, Text
from returnplan.papers.charter_sign import kind_of_sign, say_ends, say_route, say_via
from returnplan.papers.edition import Edition, Head, names_of, table_page, write_each
from returnplan.papers.field import Field, blank
from returnplan.papers.filled_in import Answer, AnswerReport, UnclearAnswer, read_answers
from returnplan.papers.pages import Page, Value, style
from returnplan.papers.passengers import at_stations, child_seats, heads_at_stops
from returnplan.papers.settings import say_seal
from returnplan.papers.since_last import SINCE, Facts, Issue, next_issue, say_issue
from returnplan.papers.wording import (
    driver_and_licence,
    driver_key,
    is_licence,
    say_hour,
    say_rest,
    say_vehicle,
    say_weekday,
    say_whole_division,
    say_yuan,
)
from returnplan.reading.cells import CellError, Finding, clean, required, text
from returnplan.reading.quantities import amount
from returnplan.reading.vehicles import plate, plates_in
from returnplan.sheets.tables import Cell

PAPER = Text("派车单", "order sheet")
_ANSWERS = Text("回填", "to fill in")
_ANY_BASE = Text("各地车辆", "any base")
_MOST_DRIVERS = 3

_TITLE = Text("派车单回填表", "Charter order, to fill in")
"""Above what comes back; behind it stands who received the order."""

_NEW_ORDER = Text("请按新的派车单填写", "fill in the new order sheet")
_OUTDATED = {
    "receiver": Finding(
        "order_of_another_carrier",
        Text(
            "这个号车现在不是向这家承运单位订的，车牌和驾驶员没有登记",
            "this batch is not ordered from this carrier now; nothing was entered",
        ),
        Text("请告诉这家单位不用派车", "tell the carrier that no coach of theirs is needed"),
    ),
    "day": Finding(
        "outdated_order",
        Text(
            "这个号车的日期已变，车牌和驾驶员没有登记",
            "this batch leaves on another day now; nothing was entered",
        ),
        _NEW_ORDER,
    ),
    "route": Finding(
        "outdated_order",
        Text(
            "这个号车的线路已变，车牌和驾驶员没有登记", "this batch goes another way now; nothing was entered"
        ),
        _NEW_ORDER,
    ),
    "vehicle": Finding(
        "outdated_order",
        Text(
            "这个号车的车型已变，车牌和驾驶员没有登记",
            "this batch has another vehicle now; nothing was entered",
        ),
        Text(
            "请按新的派车单填写；承运单位换了车型的，用 returnplan change --vehicle",
            "fill in the new order sheet; where the carrier sends another type: returnplan change --vehicle",
        ),
    ),
}
"""What is wrong with an answer to an order that is no longer so, by what has changed."""

_REPLACED = Finding(
    "outdated_order",
    Text(
        "这个号车的车已经换过，这张派车单是换车以前的，车牌和驾驶员没有登记",
        "this batch has had its vehicle replaced since this sheet was printed; nothing was entered",
    ),
    _NEW_ORDER,
)
_OLDER = Finding(
    "older_order",
    Text(
        "后来的派车单里这个号车写的不一样，按后来的登记",
        "a later order sheet says otherwise of this batch; that one counts",
    ),
    Text("旧的派车单可以移走", "take the old sheet out of the folder"),
    "warning",
)
_CONTRADICTION = Finding(
    "orders_contradict",
    Text(
        "另一份派车单里这个号车写的不一样，两份都没有登记",
        "another order sheet says otherwise of this batch; neither was entered",
    ),
    Text("请核对，只留对的那一份再读", "keep the one that is right, and read it again"),
)


_NO_LICENCE = Finding(
    "not_a_licence",
    Text("不像从业资格证号，这一格没有登记", "this is no licence number and was not entered"),
    Text("请只填证号(字母和数字)，驾驶员姓名和电话填在左边一栏", "write its letters and digits alone"),
)
_NOT_A_PLATE = Finding(
    "not_a_plate",
    Text("不像完整的车牌，这一格没有登记", "this is no whole plate and was not entered"),
    Text("请只写一个完整的车牌，如 桂R12345", "write one whole plate, such as 桂R12345"),
)
_NO_VEHICLE = Finding(
    "no_vehicle",
    Text(
        "承运单位说车来不了，没有登记，这趟车仍在方案里",
        "the carrier says that no vehicle comes; nothing was entered, and the plan still has the coach",
    ),
    Text(
        "向承运单位核实；确实来不了：returnplan change 批次编号 --breakdown",
        "ask the carrier; if none comes: returnplan change BATCH --breakdown",
    ),
)
_WORDS_BESIDE = Finding(
    "words_left_over",
    Text("车牌 {plate} 已登记，旁边的字没有登记", "{plate} was entered, the words beside it were not"),
    Text("如要紧，请转告跟车人员", "tell the escort if they matter"),
    "warning",
)
_NOT_A_DRIVER = Finding(
    "not_a_driver",
    Text("没有写驾驶员姓名，这一格没有登记", "this names no driver and was not entered"),
    Text("请写姓名和电话(同上的也写全)", "write name and phone, in full where they are as above"),
)
_SAME_DRIVER = Finding(
    "same_driver",
    Text("与前面的驾驶员是同一个人，只登记一次", "the same driver as before; entered once"),
    Text("请写另一名驾驶员的姓名和电话", "write name and phone of the other driver"),
    "warning",
)
_ODD_PHONE = Finding(
    "unclear_phone",
    Text("电话位数不对，已照写的登记", "this phone has not as many digits as it should; entered as it is"),
    Text("请核对，手机号是 11 位", "check it; a mobile number has 11 digits"),
    "warning",
)
_MOBILE_LIKE = re.compile(r"(?<!\d)1[3-9](?:\d{5,8}|\d{10,11})(?!\d)")
"""A mobile number that lacks digits, or has some too many."""
_NO_WORDS = re.compile(r"^车牌(?:号码?)?[:：]?|[-—_.]")
"""What stands with a plate and says nothing beside it: 车牌：桂R-12345."""
_COMES_NOT = re.compile(r"来不了|不能?来|去不了|(?:无|没|没有|派不出|缺)车|取消|不派|停运|故障|坏了?")
_NAMES_NOBODY = re.compile(
    r"同[上前左]|〃|\bditto\b|\bsame\b|临时|安排|[调另]派|调配|(?:没有?|无|缺)(?:司机|驾驶员|人)", re.I
)
_MOBILE = re.compile(MOBILE)


def _plate(cell: Cell) -> str:
    """Return the one whole plate of a cell, "" for none."""
    words = plate(cell)
    found = plates_in(words)
    if _COMES_NOT.search(words):
        raise CellError(_NO_VEHICLE)
    if words and len(found) != 1:
        raise CellError(_NOT_A_PLATE)
    return "".join(found)


def _driver_named(cell: Cell) -> str:
    """Return name and phone of a driver, "" for none."""
    words = clean(cell)
    if not plate(cell):
        return ""
    if (_COMES_NOT.search(words) or _NAMES_NOBODY.search(words)) and not _MOBILE.search(words):
        raise CellError(_NOT_A_DRIVER)
    return words


def _licence(cell: Cell) -> str:
    """Return the number of a driver's licence, "" for none."""
    number = re.sub(r"\s", "", text(cell))
    if number and not is_licence(number):
        raise CellError(_NO_LICENCE)
    return number


@dataclass(frozen=True, slots=True)
class Trial:
    """What a carrier found when it drove the way (试跑): km, minutes under way, stops where no coach can stand."""

    km: float | None
    minutes: float | None
    access: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """What a carrier sends for a batch; ``drivers`` with phones and licences, ``plate`` empty when not yet known.

    ``trial`` None: nothing was corrected. ``row`` is where it stands, which says what was ordered.
    """

    batch: str
    plate: str
    drivers: tuple[str, ...]
    trial: Trial | None
    row: Answer


class _Order(NamedTuple):
    """A coach as its driver must read it, who rides, and the way as the charter sign has it, by which it is known.

    ``rates`` are those of the price, ``news`` is what is new since the last order.
    """

    batch: Batch
    riders: Sequence[Rider]
    route: str
    sign: Text
    payer: str
    rates: str = ""
    news: Text = NO_TEXT

    @property
    def yuan(self) -> float:
        """The price of the contract, to the cent as in the plan: orders add up to what the report says."""
        return round(self.batch.contract_yuan, 2)


def _of_batch(say: Callable[[Batch, Lang], Value]) -> Callable[[_Order, Lang], Value]:
    return lambda order, lang: say(order.batch, lang)


def _heads(order: _Order, lang: Lang) -> str:
    """Return the people, and how many of them are children in a seat of their own."""
    children = len(child_seats(order.riders))
    heads = order.batch.load + children
    return (
        Text(f"{heads}人(含儿童{children})", f"{heads} ({children} children)").say(lang)
        if children
        else str(heads)
    )


def _vehicle(batch: Batch, lang: Lang) -> str:
    """Return the vehicle type, and its seats unless the type says them."""
    vehicle = say_vehicle(batch.vehicle, lang)
    if re.search(rf"(?<!\d){batch.seats}(?!\d)", vehicle):
        return vehicle
    return vehicle + Text(f"\n{batch.seats}座", f"\n{batch.seats} seats").say(lang)


def _named(batch: Batch) -> str | None:
    """Return plate and drivers as far as they are known, a line each; their licences are on the sheet to fill in."""
    return (
        "\n".join(filter(None, (batch.plate, *(driver_and_licence(one)[0] for one in batch.drivers)))) or None
    )


def _hours(batch: Batch, lang: Lang) -> str:
    return f"{batch.depart:%H:%M}—{say_hour(batch.arrive, batch.date, lang)}"


def _stops(order: _Order, lang: Lang) -> str:
    """Return a line a stop or rest: hour, place, heads on or off."""
    heads_at, lines = heads_at_stops(order.riders), []
    for stop in order.batch.stops:
        hour = say_hour(stop.time, order.batch.date, lang)
        num = heads_at[stop.seq]
        heads = (
            Text(f"上{num}人", f"{num} board")
            if stop.kind == "pickup"
            else Text(f"下{num}人", f"{num} alight")
        )
        lines.append(f"{hour} {stop.place} {heads.say(lang)}")
        lines += [
            f"{say_hour(rest.time, order.batch.date, lang)} {say_rest(rest, lang)}"
            for rest in order.batch.rests
            if rest.after == stop.seq
        ]
    return "\n".join(lines)


def _driver(position: int, part: int) -> Callable[[_Order, Lang], Value]:
    """Return name and phone (part 0) or the licence (part 1) of a driver."""

    def value(order: _Order, lang: Lang) -> Value:
        drivers = order.batch.drivers
        return driver_and_licence(drivers[position])[part] or None if position < len(drivers) else None

    return value


def _drivers(position: int) -> tuple[Field[_Order], Field[_Order]]:
    """Return the two columns of a driver."""
    number = "一二三"[position]
    return (
        Field(
            f"driver_{position + 1}",
            Text(f"驾驶员{number}(姓名 电话)", f"Driver {position + 1} (name, phone)"),
            16,
            style.ANSWER,
            _driver(position, 0),
            parse=_driver_named,
        ),
        Field(
            f"licence_{position + 1}",
            Text(f"驾驶员{number}从业资格证号", f"Driver {position + 1}, licence"),
            18,
            style.ANSWER,
            _driver(position, 1),
            parse=_licence,
        ),
    )


_ID: Field[_Order] = Field(
    "id",
    Text("批次编号", "Batch"),
    10,
    style.SHRINK,
    _of_batch(lambda batch, lang: batch.id),
    parse=required(clean, "missing_batch", "批次编号", "the batch"),
)
_COACH: Field[_Order] = Field(
    "coach",
    Text("号车", "Coach"),
    6,
    style.SMALL,
    _of_batch(lambda batch, lang: Text(f"{batch.number}号车", f"no. {batch.number}").say(lang)),
)
_DAY: Field[_Order] = Field(
    "day", Text("日期", "Date"), 9, style.SMALL, _of_batch(lambda batch, lang: say_weekday(batch.date, lang))
)
_VEHICLE: Field[_Order] = Field(
    "vehicle",
    Text("车型", "Vehicle"),
    10,
    style.SMALL,
    _of_batch(_vehicle),
)
ORDER_FIELDS: tuple[Field[_Order], ...] = (
    _ID,
    _COACH,
    _DAY,
    Field("hours", Text("发车—到达", "Leaves, arrives"), 11, style.SMALL, _of_batch(_hours)),
    _VEHICLE,
    Field(
        "named",
        Text("车牌、驾驶员", "Plate, drivers"),
        15,
        style.SMALL,
        _of_batch(lambda batch, lang: _named(batch)),
    ),
    Field("heads", Text("人数", "People"), 8, style.SMALL, _heads),
    Field(
        "stops",
        Text("停靠站点、休息和时间", "Stops, rests and hours"),
        36,
        style.SMALL_LEFT,
        _stops,
        width_en=50,
    ),
    Field(
        "sign",
        Text("标志牌类别", "Charter sign"),
        8,
        style.SMALL,
        lambda order, lang: order.sign.say(lang) or None,
    ),
    Field("ends", Text("起讫地", "Start, end"), 17, style.SMALL, _of_batch(say_ends), width_en=28),
    Field("via", Text("途经(停靠地)", "Via (stops)"), 17, style.SMALL, _of_batch(say_via), width_en=32),
    Field("km", Text("里程(公里)", "km"), 9, value=_of_batch(lambda batch, lang: round(batch.km, 3))),
    Field(
        "rates",
        Text("车价", "Rates"),
        11,
        style.SMALL,
        lambda order, lang: order.rates or None,
    ),
    Field("yuan", Text("包车费(元)", "Price (yuan)"), 10, style.MONEY, lambda order, lang: order.yuan),
    Field("payer", Text("付款单位", "Payer"), 8, style.SMALL, lambda order, lang: order.payer or None),
    Field("news", SINCE, 14, style.SMALL_LEFT, lambda order, lang: order.news.say(lang) or None),
)
"""What is ordered: the page that both sides sign."""

ANSWER_FIELDS: tuple[Field[_Order], ...] = (
    _ID,
    _COACH,
    _DAY,
    Field(
        "route",
        Text("线路(包车牌)", "Route (charter sign)"),
        13,
        style.SMALL,
        lambda order, lang: order.route,
    ),
    _VEHICLE,
    Field(
        "drivers_needed",
        Text("需驾驶员", "Drivers needed"),
        7,
        value=_of_batch(lambda batch, lang: batch.num_drivers),
    ),
    Field(
        "plate",
        Text("车牌号", "Plate"),
        10,
        style.ANSWER,
        _of_batch(lambda batch, lang: batch.plate or None),
        parse=_plate,
    ),
    *(field for position in range(_MOST_DRIVERS) for field in _drivers(position)),
    Field(
        "trial_km", Text("试跑公里", "Trial: km"), 8, style.ANSWER, blank, parse=amount("试跑公里", "the km")
    ),
    Field(
        "trial_minutes",
        Text("试跑分钟", "Trial: minutes"),
        8,
        style.ANSWER,
        blank,
        parse=amount("试跑分钟", "the minutes", not_per=("小时", "时", "h")),
    ),
    Field(
        "access", Text("停不了车的站点、原因", "Stops where no coach can stand, why"), 18, style.ANSWER, blank
    ),
)
"""What the carrier fills in."""

COLUMNS = (ANSWER_FIELDS, ("id", "plate", "driver_1"))
"""The columns of what comes back, and those by which it is known."""


_MARKED = {
    "day": Text("日期", "date"),
    "hours": Text("发车", "departure"),
    "vehicle": Text("车型", "vehicle"),
    "plate": Text("车牌", "plate"),
    "heads": Text("人数", "people"),
    "yuan": Text("包车费", "price"),
}
"""What is named with what it was when it changes; of stops it is said that they are others."""
_OTHER_STOPS = Text("停靠站点有改动", "other stops")


def _facts(batch: Batch, riders: Sequence[Rider]) -> Facts:
    """Return what a carrier is told of a coach, as it is kept."""
    there = at_stations(batch, riders, "zh")
    return {
        "batch": batch.id,
        "day": f"{batch.date}",
        "hours": f"{batch.depart:%H:%M}",
        "vehicle": batch.vehicle,
        "plate": batch.plate,
        "drivers": "、".join(driver_and_licence(one)[0] for one in batch.drivers),
        "heads": str(batch.load + len(child_seats(riders))),
        "yuan": say_yuan(batch.contract_yuan).replace(",", ""),
        "stops": "；".join(f"{stop.time:%m-%d %H:%M} {stop.place}" for stop in there.stops),
    }


def with_named(facts: Facts, batch: Batch) -> Facts:
    """Return what a carrier knows of a coach after it has named plate and drivers."""
    drivers = "、".join(driver_and_licence(one)[0] for one in batch.drivers)
    return {**facts, "plate": batch.plate, "drivers": drivers}


def next_orders(
    last: Mapping[str, Handout],
    batches: Iterable[Batch],
    ordered: AbstractSet[str],
    riders: Mapping[str, Sequence[Rider]],
    at: datetime,
) -> dict[str, Issue]:
    """Return for each carrier, or base, the order sheet that is about to be written.

    Parameters
    ----------
    last : the sheets that were written last, by receiver
    batches : all of the plan: a coach that was ordered and is none of them is needed no more
    ordered : ids of those that are ordered now
    riders : theirs, by batch id
    at : when the sheets are written
    """
    coaches = _by_carrier(batches)
    issues = {}
    for receiver in sorted(coaches.keys() | last.keys()):
        now = {
            one.id: _facts(one, riders[one.id]) if one.id in ordered else {"batch": one.id}
            for one in coaches.get(receiver, ())
        }
        issues[receiver] = next_issue(last.get(receiver), now, at, lambda facts: facts["batch"] in ordered)
    return issues


def needed_no_more(issue: Issue, today: date | None) -> list[Facts]:
    """Return the coaches of the order before that are not needed, but those of days past."""
    gone = sorted(issue.gone.values(), key=lambda facts: (facts["day"], facts["batch"]))
    return [facts for facts in gone if today is None or date.fromisoformat(facts["day"]) >= today]


def write_orders(
    batches: Iterable[Batch],
    riders: Mapping[str, Sequence[Rider]],
    folder: Path,
    edition: Edition,
    payers: Mapping[str, str],
    *,
    issues: Mapping[str, Issue] | None = None,
    not_needed: Mapping[str, Sequence[Facts]] | None = None,
    rates: Mapping[str, str] | None = None,
) -> list[Path]:
    """Write a workbook a carrier: what is ordered, and a page to fill in. Trains are passed over.

    Parameters
    ----------
    batches, riders : the coaches and who rides; ``riders`` by batch id
    payers : by batch id, who signs its contract; where nobody is named, that is left to the pen
    issues : by receiver which sheet it is; None: the office looks at them, and no carrier gets them
    not_needed : by receiver the coaches of its last order that are needed no more; such a receiver gets a sheet, too
    rates : by batch id, how its price is reckoned

    Returns
    -------
    The workbooks, by carrier; where none is known, by base of the vehicles.

    Raises
    ------
    StoreError : the folder or the disk refuses
    """
    carriers, gone = _by_carrier(batches), not_needed or {}
    carriers |= {receiver: [] for receiver in gone if receiver not in carriers}

    def pages(receiver: str, coaches: Sequence[Batch], edition: Edition) -> list[Page]:
        issue = (issues or {}).get(receiver)
        orders = [
            _Order(
                at_stations(batch, riders[batch.id], edition.lang),
                riders[batch.id],
                say_route(batch),
                kind_of_sign(batch, riders[batch.id]),
                payers.get(batch.id, ""),
                (rates or {}).get(batch.id, ""),
                _news(issue, batch.id) if issue else NO_TEXT,
            )
            for batch in coaches
        ]
        notes = [
            *([say_issue(issue, len(coaches))] if issue else []),
            *map(_not_needed, gone.get(receiver, ())),
        ]
        return _pages(_say_receiver(receiver, coaches, edition.lang), orders, notes, edition)

    return write_each(
        PAPER,
        carriers,
        pages,
        folder,
        edition,
        is_internal=False,
        called=lambda receiver, lang: _say_receiver(receiver, carriers[receiver], lang),
    )


def _news(issue: Issue, batch: str) -> Text:
    news = issue.news(batch, _MARKED)
    was, now = (issue.before or {}).get(batch), issue.lines[batch]
    if was is None or was["stops"] == now["stops"]:
        return news
    return Text(
        "；".join(filter(None, (news.zh, _OTHER_STOPS.zh))),
        "; ".join(filter(None, (news.en, _OTHER_STOPS.en))),
    )


def _not_needed(facts: Facts) -> Text:
    """Return that a coach of the order before is not needed."""
    day, kind = date.fromisoformat(facts["day"]), facts["vehicle"]
    zh = " ".join(filter(None, (say_weekday(day, "zh"), kind, facts["plate"])))
    en = " ".join(filter(None, (say_weekday(day, "en"), say_vehicle(kind, "en"), facts["plate"])))
    return Text(
        f"取消，不用派车：{facts['batch']}({zh})", f"Cancelled, no coach needed: {facts['batch']} ({en})"
    )


def order_names(batches: Iterable[Batch], lang: Lang, gone: Iterable[str] = ()) -> list[str]:
    """Return the names of the workbooks that :func:`write_orders` writes for these batches, and those who lost all."""
    carriers = {receiver: list[Batch]() for receiver in gone} | _by_carrier(batches)
    return names_of(
        PAPER,
        carriers,
        lang,
        is_internal=False,
        called=lambda receiver, lang: _say_receiver(receiver, carriers[receiver], lang),
    )


def receiver_of(batch: Batch) -> str:
    """Return who gets the order of a coach: its carrier; where none is known, the base of the vehicle stands for it."""
    return batch.carrier or batch.base or _ANY_BASE.zh


def _by_carrier(batches: Iterable[Batch]) -> dict[str, list[Batch]]:
    """Return the coaches in the order of departure, by receiver."""
    carriers: dict[str, list[Batch]] = defaultdict(list)
    for batch in sorted(batches, key=lambda batch: (batch.depart, batch.number, batch.id)):
        if batch.mode == "coach":
            carriers[receiver_of(batch)].append(batch)
    return dict(carriers)


def _say_receiver(receiver: str, coaches: Sequence[Batch], lang: Lang) -> str:
    """Return a carrier by its own name, a prefecture as the language calls it."""
    if receiver == _ANY_BASE.zh:
        return _ANY_BASE.say(lang)
    is_base = bool(coaches) and receiver == coaches[0].base
    return say_whole_division(receiver, lang) if is_base else receiver


def _pages(carrier: str, orders: Sequence[_Order], notes: Sequence[Text], edition: Edition) -> list[Page]:
    """Return what is ordered from one carrier, and what it fills in; without an order the first page alone."""
    facts: list[tuple[Text, Value]] = []
    if orders:
        first, last = orders[0].batch.date, orders[-1].batch.date
        days = (
            Text(f"{first}", f"{first}")
            if first == last
            else Text(f"{first} 至 {last}", f"{first} to {last}")
        )
        facts = [
            (Text("出发日期", "Departures"), days.say(edition.lang)),
            (Text("车辆", "Coaches"), len(orders)),
            (Text("人数", "People"), sum(one.batch.load + len(child_seats(one.riders)) for one in orders)),
            (Text("包车费合计(元)", "Total (yuan)"), say_yuan(sum(one.yuan for one in orders))),
        ]
    order = Head(
        Text(f"返岗包车派车单  {carrier}", f"Charter order  {carrier}"),
        Text(
            "包车客运标志牌须写明起讫地和途经的停靠地，合同以外的人不得上车。车牌号、驾驶员和试跑情况填在“回填”表发回。"
            "包车费=定价+每公里价×里程，四舍五入到分。",
            "The charter sign names start, end and stops on the way; nobody outside the contract boards. Plates, "
            "drivers and what a trial drive showed go into the sheet to fill in. Price = fixed + per km × km, "
            "to the cent.",
        ),
        facts,
        (
            (Text("用车方\n(盖章、日期)", "Ordered by\n(seal, date)"), say_seal(edition.office) or None),
            (Text("承运方\n(盖章、日期)", "Carrier\n(seal, date)"), carrier),
        ),
        notes,
    )
    if not orders:
        return [table_page(PAPER, order, ORDER_FIELDS, orders, edition)]
    answers = Head(
        Text(f"{_TITLE.zh}  {carrier}", f"{_TITLE.en}  {carrier}"),
        Text(
            "请填黄色栏后发回；长途按“需驾驶员”配齐。试跑与派车单不同的，填实际公里、分钟和停不了车的站点。",
            "Please fill in the yellow cells and send the workbook back, with as many drivers as are needed. Where a "
            "trial drive differed from the order, write km, minutes, and the stops where no coach can stand.",
        ),
    )
    num_drivers = max(max(one.batch.num_drivers, len(one.batch.drivers)) for one in orders)
    spare = {
        f"{key}_{number}" for key in ("driver", "licence") for number in range(max(2, num_drivers) + 1, 4)
    }
    shown = [field for field in ANSWER_FIELDS if field.key not in spare]
    return [
        table_page(PAPER, order, ORDER_FIELDS, orders, edition),
        table_page(_ANSWERS, answers, shown, orders, edition, row_height_pt=30),
    ]


def read_orders(paths: Sequence[Path], runs: Sequence[str] = ()) -> AnswerReport[Assignment]:
    """Read order sheets that came back; rows without plate, drivers and corrections say nothing.

    A cell that cannot be read is a fault; the rest of its row counts. ``runs`` are the ids of the runs of the store.

    Raises
    ------
    InputRefused : a file is unreadable or dangerous, or is no order sheet
    """
    unclear: list[Fault] = []
    report = read_answers(paths, *COLUMNS, partial(_assignment, faults=unclear), PAPER, runs)
    return AnswerReport(report.answers, (*report.faults, *unclear))


def _assignment(row: Answer, faults: list[Fault]) -> Assignment | None:
    """Return what a row says; its unclear cells count as blank and go into ``faults``."""

    def said(key: str) -> Any:
        try:
            return row.value(key)
        except UnclearAnswer as unclear:
            faults.append(unclear.fault)
            return row.fields[key].parse("")

    number = said("plate")
    if number and number != _NO_WORDS.sub("", plate(row.cells["plate"])):
        row.warn("plate", replace(_WORDS_BESIDE, message=_WORDS_BESIDE.message.with_values(plate=number)))
    drivers: list[str] = []
    for nth in range(1, _MOST_DRIVERS + 1):
        name, licence = said(f"driver_{nth}"), said(f"licence_{nth}")
        if not name:
            continue
        if _MOBILE_LIKE.search(re.sub(r"[\s-]", "", name)):
            row.warn(f"driver_{nth}", _ODD_PHONE)
        if driver_key(name) in map(driver_key, drivers):
            row.warn(f"driver_{nth}", _SAME_DRIVER)
        else:
            drivers.append(f"{name} 证{licence}" if licence else name)
    trial = Trial(said("trial_km"), said("trial_minutes"), said("access"))
    assignment = Assignment(
        row.value("id"),
        number,
        tuple(drivers),
        trial if trial != Trial(None, None, "") else None,
        row,
    )
    return assignment if assignment.plate or drivers or assignment.trial else None


def replaced(answer: Assignment, since: str) -> Fault | None:
    """Return what is wrong with an answer to an order that was printed before its batch had its vehicle replaced.

    Parameters
    ----------
    since : when the vehicle was replaced (ISO); empty where none was
    """
    if "" < answer.row.printed < since:
        return answer.row.fault("plate" if answer.plate else "id", _REPLACED)
    return None


def outdated(answer: Assignment, batch: Batch) -> Fault | None:
    """Return what is wrong with an answer when it is to an order of before; None: the batch is as it was ordered.

    A later plan may have given its number to another coach, or the coach to another carrier. What the sheet no longer
    says is not compared.
    """
    langs: tuple[Lang, Lang] = ("zh", "en")
    receivers = {batch.carrier, *(say_whole_division(batch.base, lang) for lang in langs), *_ANY_BASE}
    now = {
        "receiver": {_bare(receiver) for receiver in receivers} if batch.carrier else set(),
        "day": {_bare(say_weekday(batch.date, lang)) for lang in langs},
        "route": {_bare(say_route(batch))} if all(stop.city for stop in batch.stops) else set(),
        "vehicle": {_bare(_vehicle(batch, lang)) for lang in langs},
    }
    ordered = {key: _bare(answer.row.value(key)) for key in now if key != "receiver"}
    ordered["receiver"] = _bare(_receiver(answer.row))
    for key, known in now.items():
        if ordered[key] and known and ordered[key] not in known:
            return answer.row.fault("id" if key == "receiver" else key, _OUTDATED[key])
    return None


def _receiver(row: Answer) -> str:
    """Return who received the order, by the title above the row; empty where there is none."""
    titles = (text.partition(title) for text in row.above for title in _TITLE)
    return next((receiver for before, title, receiver in titles if title and not before.strip()), "")


def _bare(words: str) -> str:
    """Return words without spaces, which a program that saves a sheet again may change."""
    return re.sub(r"\s", "", words)


def agreed(answers: Sequence[Assignment], runs: Sequence[str] = ()) -> tuple[list[Assignment], list[Fault]]:
    """Return one answer a batch, and the cells in which several sheets name different vehicles or drivers for one.

    A sheet that says less (no plate yet, one of two drivers) agrees. Where they disagree, those of the latest run
    count, and where these do, none.

    Parameters
    ----------
    runs : the ids of the runs of the store, the latest first
    """
    age = {run: number for number, run in enumerate(runs)}
    of_batch: dict[str, list[Assignment]] = defaultdict(list)
    for answer in answers:
        of_batch[answer.batch].append(answer)
    one_each, faults = [], []
    for own in of_batch.values():
        plated, older_plates = _newest([one for one in own if one.plate], _is_one_plate, age)
        named, older_drivers = _newest([one for one in own if one.drivers], _are_same_drivers, age)
        if not _is_one_plate(plated):
            faults += [answer.row.fault("plate", _CONTRADICTION) for answer in plated]
        elif not _are_same_drivers(named):
            faults += [answer.row.fault("driver_1", _CONTRADICTION) for answer in named]
        else:
            number = plated[0].plate if plated else ""
            drivers = max((one.drivers for one in named), key=len, default=())
            one_each.append(replace(own[0], plate=number, drivers=drivers))
            faults += [answer.row.fault("plate", _OLDER) for answer in older_plates]
            faults += [
                answer.row.fault("driver_1", _OLDER) for answer in older_drivers if answer not in older_plates
            ]
    return one_each, faults


def _newest(
    answers: list[Assignment], agree: Callable[[Sequence[Assignment]], bool], age: Mapping[str, int]
) -> tuple[list[Assignment], list[Assignment]]:
    """Return the answers that count, and the older ones: none where all agree; an unknown run is no older one."""
    latest = min((age[one.row.run] for one in answers if one.row.run in age), default=0)
    older = [] if agree(answers) else [one for one in answers if age.get(one.row.run, latest) > latest]
    return [one for one in answers if one not in older], older


def _is_one_plate(answers: Sequence[Assignment]) -> bool:
    return len({one.plate for one in answers}) <= 1


def _are_same_drivers(answers: Sequence[Assignment]) -> bool:
    most = max((one.drivers for one in answers), key=len, default=())
    return all(set(most).issuperset(one.drivers) for one in answers)
