"""The long sheets of plan.xlsx, each a list of columns, for the writer and for the reader of what was edited."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from returnplan.assembly.views import by_row
from returnplan.model.faults import Fault
from returnplan.model.masking import mask_text
from returnplan.model.person import GOAL, HOME, IDENTITY, JOURNEY, WINDOW, WORK, Kind, PersonField
from returnplan.model.plan import Batch, EmployerLine, Plan, Stop
from returnplan.model.texts import Lang, Text
from returnplan.papers.field import Field, frame_columns, item_columns
from returnplan.papers.pages import Column, Page, Printing, Style
from returnplan.papers.pages.style import DAY, INTEGER, KM, MINUTE, NARROW, TEXT, WORD, WORDS, YUAN
from returnplan.papers.wording import (
    STATES,
    STATUSES,
    say_code,
    say_place,
    say_post,
    say_sex,
    say_whole_division,
)
from returnplan.reading.cells import clean, required
from returnplan.reading.quantities import amount, count
from returnplan.sheets.tables import Cell

if TYPE_CHECKING:
    import pandas as pd

BATCHES = Text("批次", "Batches")
RIDERS = Text("乘车人员", "Riders")
STOPS = Text("站点", "Stops")
UNPLANNED = Text("未安排", "Unplanned")
EMPLOYERS = Text("企业", "Employers")
FAULTS = Text("数据问题", "Faults")

_SAID: dict[str, Callable[[str, Lang], str]] = {
    "sex": say_sex,
    "post": say_post,
    **dict.fromkeys(("prefecture", "county", "city"), say_whole_division),
    **dict.fromkeys(("township", "pickup", "dropoff"), say_place),
}
"""What a sheet for people has in their language; the rest stays as it was written."""


def _said(people: "pd.DataFrame", lang: Lang) -> "pd.DataFrame":
    """Return a table of people whose columns are in a language; each distinct value is said once."""
    if lang == "zh":
        return people
    words = {
        name: {value: say(str(value), lang) for value in people[name].unique()}
        for name, say in _SAID.items()
        if name in people
    }
    return people.assign(**{name: people[name].map(said) for name, said in words.items()})


_LONGER = 6
"""Characters that names in Latin letters take more than in Chinese ones."""
_LOOKS: dict[Kind, Style] = {"text": TEXT, "word": NARROW, "number": INTEGER, "day": DAY}
_batch = required(clean, "missing_batch", "批次编号", "the batch")
_person = required(count("编号", "the person number"), "missing_person", "编号", "the person number")
_seq = required(count("站序", "the order"), "missing_order", "站序", "the order of the stop")
_degrees = amount("经纬度", "the coordinate")


def drivers(cell: Cell) -> tuple[str, ...]:
    """Return the drivers of a cell; spaces stand between a name and its phone, not between drivers."""
    return tuple(part.strip() for part in re.split("[、,;/]", clean(cell)) if part.strip())


def _of_person(*groups: Iterable[PersonField]) -> tuple[Field[Any], ...]:
    """Return the columns of all facts that have one in plan.xlsx."""
    return tuple(
        Field(
            fact.name,
            fact.label,
            fact.width,
            _LOOKS[fact.kind],
            width_en=fact.width + _LONGER if fact.name in _SAID else None,
        )
        for facts in groups
        for fact in facts
        if fact.width is not None
    )


_PERSON: Field[Any] = Field("person", Text("编号", "Person"), 9, INTEGER, parse=_person)
_SIGNUP: Field[Any] = Field("signup", Text("报名来源", "Sign-up row"), 34, TEXT)

BATCH_FIELDS: tuple[Field["_BatchRow"], ...] = (
    Field("batch.id", Text("批次编号", "Batch"), 12, NARROW, parse=_batch),
    Field("batch.wave", Text("批", "Wave"), 6, INTEGER),
    Field("batch.number", Text("号车", "Coach"), 6, INTEGER),
    Field("batch.date", Text("出发日期", "Date"), 11, DAY),
    Field(
        "batch.cities",
        Text("目的城市", "City"),
        14,
        NARROW,
        lambda row, lang: (
            Text("、", ", ").say(lang).join(say_whole_division(city, lang) for city in row.batch.cities)
        ),
    ),
    Field("batch.vehicle", Text("车型", "Vehicle"), 14, NARROW, is_editable=True),
    Field("batch.plate", Text("车牌号", "Plate"), 11, TEXT, is_editable=True),
    Field("batch.drivers", Text("驾驶员", "Drivers"), 16, TEXT, parse=drivers, is_editable=True),
    Field("batch.depart", Text("出发时间", "Departs"), 16, MINUTE),
    Field("batch.arrive", Text("到达时间", "Arrives"), 16, MINUTE),
    Field("batch.usable", Text("可用座位", "Usable"), 9, INTEGER),
    Field("batch.load", Text("人数", "Riders"), 6, INTEGER),
    Field("batch.km", Text("里程(公里)", "km"), 11, KM),
    Field("batch.contract_yuan", Text("费用(元)", "Cost (yuan)"), 12, YUAN),
    Field("state", Text("状态", "State"), 9, WORD),
    Field("batch.num_drivers", Text("需驾驶员", "Drivers needed"), 9, INTEGER),
    Field("batch.notices", Text("适用通知", "Notices"), 40, TEXT),
    Field("kind", Text("类型", "Kind"), 10, NARROW),
    Field("batch.service", Text("车次", "Train"), 9, TEXT),
    Field(
        "batch.base",
        Text("车辆所在市", "Base"),
        12,
        NARROW,
        lambda row, lang: say_whole_division(row.batch.base, lang),
    ),
    Field("batch.carrier", Text("承运单位", "Carrier"), 18, TEXT),
    Field("batch.seats", Text("座位", "Seats"), 7, INTEGER),
    Field(
        "batch.version",
        Text("改动号", "Revision"),
        8,
        INTEGER,
        parse=count("改动号", "the revision"),
        also=("版本", "Version"),
    ),
)
MOST_WHOLE = 5_000
"""So many rows of reasons or faults are as high as their words."""
NUM_PRINTED_OF_BATCH = 15
"""Columns that go onto paper."""

_FACTS = {
    field.key: field for field in _of_person(IDENTITY, HOME, GOAL, WORK, WINDOW, JOURNEY)
}  # each in one place: on paper, or on the screen alone
_ON_PAPER = ("name", "sex", "phone", "township")
RIDER_FIELDS: tuple[Field[Any], ...] = (
    Field("batch", Text("批次编号", "Batch"), 12, NARROW, parse=_batch, is_editable=True),
    Field("seat", Text("座位", "Seat"), 6, INTEGER, parse=count("座位", "the seat"), is_editable=True),
    *(_FACTS[key] for key in _ON_PAPER),
    Field("pickup", Text("上车点", "Pick-up"), 22, TEXT, width_en=28),
    Field("dropoff", Text("下车点", "Drop-off"), 26, TEXT, width_en=38),
    _FACTS["employer"],
    _FACTS["note"],
    _PERSON,
    Field("leg", Text("段", "Leg"), 5, INTEGER, parse=count("段", "the leg")),
    Field("journey", Text("行程", "Journey"), 12, NARROW),
    Field("carriage", Text("车厢", "Carriage"), 8, TEXT),
    Field("seat_no", Text("席位", "Train seat"), 8, TEXT),
    Field("order_no", Text("订单号", "Ticket order"), 13, TEXT),
    *(field for key, field in _FACTS.items() if key not in (*_ON_PAPER, "employer", "note")),
    Field("flexed", Text("非原报日期", "Other day"), 10, NARROW),
    Field("child_seats", Text("儿童座位", "Child seats"), 10, TEXT),
    Field("status", Text("状态", "Status"), 11, NARROW),
    _SIGNUP,
)
NUM_PRINTED_OF_RIDER = 10
"""Columns that go onto paper."""

STOP_FIELDS: tuple[Field["_StopRow"], ...] = (
    Field("batch", Text("批次编号", "Batch"), 14, NARROW, parse=_batch),
    Field("stop.seq", Text("站序", "Order"), 7, INTEGER, parse=_seq, is_editable=True),
    Field("kind", Text("上/下客", "Kind"), 10, NARROW),
    Field("stop.place", Text("站点", "Place"), 32, TEXT, lambda row, lang: say_place(row.stop.place, lang)),
    Field(
        "stop.city",
        Text("所在市", "City"),
        12,
        NARROW,
        lambda row, lang: say_whole_division(row.stop.city, lang),
    ),
    Field("stop.time", Text("时间", "Time"), 17, MINUTE),
    Field("stop.num_on", Text("上车", "On"), 7, INTEGER),
    Field("stop.num_off", Text("下车", "Off"), 7, INTEGER),
    Field("stop.lat", Text("纬度", "Latitude"), 11, NARROW, parse=_degrees),
    Field("stop.lon", Text("经度", "Longitude"), 11, NARROW, parse=_degrees),
)
EMPLOYER_FIELDS: tuple[Field[EmployerLine], ...] = (
    Field("employer", Text("企业", "Employer"), 34, TEXT),
    Field("city", Text("所在市", "City"), 12, NARROW, lambda line, lang: say_whole_division(line.city, lang)),
    Field("place", Text("下车点", "Drop-off"), 30, TEXT, lambda line, lang: say_place(line.place, lang)),
    Field("headcount", Text("需求人数", "Vacancies"), 10, INTEGER),
    Field("matched", Text("新招匹配", "Matched"), 10, INTEGER),
    Field("planned", Text("安排人数", "Planned"), 10, INTEGER),
    Field("resume", Text("复工日期", "Resumes"), 12, DAY),
    Field("first_arrival", Text("最早到达", "First arrival"), 12, DAY),
    Field("last_arrival", Text("最晚到达", "Last arrival"), 12, DAY),
)
FAULT_FIELDS: tuple[Field["_FaultRow"], ...] = (
    Field("severity", Text("级别", "Severity"), 9, NARROW),
    Field("file", Text("文件", "File"), 24, TEXT),
    Field("sheet", Text("工作表", "Sheet"), 14, TEXT),
    Field("cell", Text("单元格", "Cell"), 9, TEXT),
    Field("value", Text("内容", "Value"), 22, TEXT),
    Field("message", Text("问题", "What is wrong"), 50, WORDS),
    Field("fix", Text("改法", "How to mend it"), 44, WORDS),
    Field("code", Text("代码", "Code"), 20, NARROW),
)
_KIND = {
    "direct": Text("直达", "direct"),
    "feeder": Text("接驳到站", "feeder"),
    "train": Text("列车", "train"),
    "shuttle": Text("到站接送", "shuttle"),
}
_SEVERITY = {"error": Text("错误", "error"), "warning": Text("提醒", "warning")}
STOP_KINDS = {"pickup": Text("上客", "pick-up"), "dropoff": Text("下客", "drop-off")}


def batches_page(plan: Plan, lang: Lang) -> Page:
    """Return one row a batch."""
    rows = (
        _BatchRow(batch, STATES[batch.state].say(lang), _KIND[batch.kind].say(lang)) for batch in plan.batches
    )
    columns = item_columns(BATCH_FIELDS, rows, lang)
    return _page(BATCHES, columns, lang, 16, NUM_PRINTED_OF_BATCH)


def riders_page(riders: "pd.DataFrame", lang: Lang) -> Page:
    """Return one row a rider; no ID numbers: the person number is the key, and the file travels."""
    words = {status: text.say(lang) for status, text in STATUSES.items()}
    marks = {1: Text("是", "yes").say(lang), 0: ""}
    shown = riders.assign(
        status=riders["status"].map(lambda status: words.get(status, status)),
        flexed=riders["flexed"].astype(int).map(marks),
    )
    columns = frame_columns(RIDER_FIELDS, _said(shown, lang), lang)
    return _page(RIDERS, columns, lang, num_printed=NUM_PRINTED_OF_RIDER)


def stops_page(plan: Plan, lang: Lang) -> Page:
    """Return one row a stop."""
    rows = (
        _StopRow(batch.id, stop, STOP_KINDS[stop.kind].say(lang))
        for batch in plan.batches
        for stop in batch.stops
    )
    return _page(STOPS, item_columns(STOP_FIELDS, rows, lang), lang, 16)


def unplanned_page(unplanned: "pd.DataFrame", lang: Lang) -> Page:
    """Return one row a person without a batch, with the reason and what would help."""
    of_person = _of_person(IDENTITY, HOME, GOAL, WINDOW)
    known = {field.key: field for field in of_person if field.key in unplanned}
    on_paper = ("name", "phone", "township", "city")
    reason: tuple[Field[Any], ...] = (
        Field(f"reason_{lang}", Text("原因", "Reason"), 40, WORDS),
        Field(f"suggestion_{lang}", Text("建议", "Suggestion"), 56, WORDS),
    )
    fields: tuple[Field[Any], ...] = (
        *(known[key] for key in on_paper),
        *reason,
        _PERSON,
        *(field for key, field in known.items() if key not in on_paper),
        Field("group", Text("能同车的组", "Group"), 11, INTEGER),
        Field("code", Text("原因类别", "Code"), 16, NARROW),
        _SIGNUP,
    )
    shown = by_row(unplanned)
    number = shown["person"].astype(object).where(shown["person"] > 0, None)  # a faulty row has none yet
    group = shown["group"].astype(object).where(shown["group"] > 0, None)
    code = [say_code(code, lang) for code in shown["code"]]
    shown = _said(shown, lang).assign(person=number, group=group, code=code)
    columns = frame_columns(fields, shown, lang)
    return _page(UNPLANNED, columns, lang, _height(len(shown)), len(on_paper) + len(reason))


def employers_page(employers: tuple[EmployerLine, ...], lang: Lang) -> Page:
    """Return one row an employer."""
    return _page(EMPLOYERS, item_columns(EMPLOYER_FIELDS, employers, lang), lang, 16)


def faults_page(faults: tuple[Fault, ...], lang: Lang) -> Page:
    """Return one row a finding of the input; ID numbers and phones in it are masked."""
    rows = (_FaultRow.of(fault, lang) for fault in faults)
    return _page(FAULTS, item_columns(FAULT_FIELDS, rows, lang), lang, _height(len(faults)), 7)


def _height(num_rows: int) -> float | None:
    """Return the least height of rows whose words are whole on paper; where rows are very many they run on."""
    return 16 if num_rows <= MOST_WHOLE else None


def _page(
    name: Text,
    columns: tuple[Column, ...],
    lang: Lang,
    row_height_pt: float | None = None,
    num_printed: int | None = None,
) -> Page:
    """Return the sheet; columns beyond ``num_printed`` are for the screen alone."""
    printing = Printing(lang=lang, title=name.say(lang), num_columns=num_printed)
    return Page(name.say(lang), columns, row_height_pt=row_height_pt, printing=printing, filterable=True)


@dataclass(frozen=True, slots=True)
class _BatchRow:
    batch: Batch
    state: str
    kind: str


@dataclass(frozen=True, slots=True)
class _StopRow:
    batch: str
    stop: Stop
    kind: str


@dataclass(frozen=True, slots=True)
class _FaultRow:
    severity: str
    file: str
    sheet: str
    cell: str
    value: str
    message: str
    fix: str
    code: str

    @classmethod
    def of(cls, fault: Fault, lang: Lang) -> "_FaultRow":
        """Return the row of a fault in one language."""
        return cls(
            _SEVERITY[fault.severity].say(lang),
            fault.file,
            fault.sheet,
            fault.cell,
            mask_text(fault.value),
            mask_text(fault.message.say(lang)),
            fault.fix.say(lang),
            fault.code,
        )
