"""The name list of a train for the railway (乘车人员名单): written, and read back with carriages and seats.

The railway decides the seats. No official form was found (2013 notices of the railway ask for one handler of each group
with name and phone), so the list is known by its columns, also under other usual names. Decides nothing: whose seat it
is, the caller finds out.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from returnplan.model.faults import RowRef
from returnplan.model.person import label
from returnplan.model.plan import NO_SEAT, Batch, Rider, Stop
from returnplan.model.texts import Lang, Text
from returnplan.papers.edition import Edition, Head, names_of, table_page, write_each
from returnplan.papers.field import Field
from returnplan.papers.filled_in import Answer, AnswerReport, read_answers
from returnplan.papers.itinerary import Ride
from returnplan.papers.pages import Page, style
from returnplan.papers.settings import NO_OFFICE, Office, say_seal
from returnplan.papers.wording import say_station
from returnplan.reading.cells import CellError, Finding, clean, required
from returnplan.reading.dates import day
from returnplan.reading.ids import id_number
from returnplan.reading.quantities import amount
from returnplan.sheets.tables import Cell

PAPER = Text("乘车人员名单", "train name list")
NEEDED = ("name", "id_number", "carriage")
"""The columns by which a list is known."""

_ADULT, _CHILD = Text("成人", "adult"), Text("儿童", "child")
_CARRIAGE = re.compile(r"(加?)0*(\d{1,2})(?:号?车厢?)?")
_NUMBERED = re.compile(r"0*(\d{1,3})([上中下]铺?)?号?(?:座位?|席)?")
_LETTERED = re.compile(r"0*(\d{1,2})([A-Za-z])号?(?:座位?|席)?")
_STANDING = (NO_SEAT, "站票", "standing")
_EMU = tuple("GDC")
"""How the numbers of electric trains begin."""
_LETTERS = "ABCDF"
"""The seats of a row of an electric train: three by one window, two by the other; there is no E."""


@dataclass(frozen=True, slots=True)
class Passenger:
    """A line of the list: a rider, or a child along, of whom no name is known (``number`` counts the lines)."""

    number: int
    rider: Rider
    batch: Batch
    is_child: bool = False

    @property
    def pickup(self) -> Stop:
        """The station at which they board."""
        return Ride(self.rider, self.batch).pickup

    @property
    def dropoff(self) -> Stop:
        """The station at which they alight."""
        return Ride(self.rider, self.batch).dropoff


@dataclass(frozen=True, slots=True)
class TrainSeat:
    """What the railway says of a person: ``service`` and ``day`` as the list has them (empty, None: it does not).

    ``carriage`` is empty where only the order is known, ``seat_no`` where it is not said;
    ``fare_yuan`` is None where none is given.
    """

    row: Answer
    name: str
    id_number: str
    is_child: bool
    service: str
    day: date | None
    carriage: str
    seat_no: str
    order_no: str
    fare_yuan: float | None

    @property
    def ref(self) -> RowRef:
        """The row."""
        return self.row.ref


def carriage(cell: Cell) -> str:
    """Return a carriage by its number: 3 of 03, 3车 or 3号车厢, and 加1; empty where nothing is written.

    Raises
    ------
    CellError : it is no carriage
    """
    words = clean(cell).replace(" ", "")
    if not words or words in ("待定", "open"):
        return ""
    if found := _CARRIAGE.fullmatch(words):
        return found[1] + found[2]
    raise CellError(
        Finding(
            "unknown_carriage",
            Text("看不懂这个车厢号", "this carriage cannot be read"),
            Text("请写数字，如 3 或 03", "write its number, such as 3 or 03"),
        )
    )


def seat_no(cell: Cell, service: str) -> str:
    """Return a seat: 12F on an electric train, 57 or 8中 on another, NO_SEAT for who has to stand; empty for nothing.

    Raises
    ------
    CellError : the train has no such seat
    """
    words = clean(cell).replace(" ", "")
    if not words or words in ("待定", "open"):
        return ""
    if words in _STANDING:
        return NO_SEAT
    if (found := _LETTERED.fullmatch(words)) and found[2].upper() in _LETTERS:
        return found[1] + found[2].upper()
    is_emu = service.upper().startswith(_EMU)
    if (found := _NUMBERED.fullmatch(words)) and not is_emu:
        return found[1] + (found[2] or "").rstrip("铺")
    raise CellError(
        Finding(
            "unknown_seat",
            Text("没有这样的席位", "there is no such seat"),
            Text(
                "动车组席位是排号加 A、B、C、D、F(没有 E)，如 12F；普速列车是座号，如 57",
                "on electric trains a row and A, B, C, D or F (there is no E), such as 12F; else a number, such as 57",
            ),
        )
    )


def _text(key: str, header: Text, width: float, also: tuple[str, ...] = ()) -> Field[Passenger]:
    return Field(key, header, width, style.ANSWER, lambda one, lang: None, also=also)


def _fields(office: Office = NO_OFFICE, year: int | None = None) -> tuple[Field[Passenger], ...]:
    """Return the columns; ``office`` handles the list, ``year`` completes dates when it is read."""
    handler = " ".join(filter(None, (office.contact, office.phone))) or None
    return (
        Field("number", Text("序号", "No."), 6),
        Field(
            "name",
            label("name"),
            11,
            style.WRITTEN,
            lambda one, lang: None if one.is_child else one.rider.name,
            parse=required(clean, "missing_name", "姓名", "the name"),
            also=("乘车人", "乘车人姓名", "旅客姓名"),
        ),
        Field(
            "id_type",
            Text("证件类型", "ID type"),
            13,
            value=lambda one, lang: None if one.is_child else "居民身份证",
        ),
        Field(
            "id_number",
            Text("证件号码", "ID number"),
            21,
            style.WRITTEN,
            lambda one, lang: None if one.is_child else one.rider.id_number,
            parse=required(id_number, "missing_id_number", "证件号码", "the ID number"),
            also=("身份证号码", "身份证号", "证件号"),
        ),
        Field(
            "ticket",
            Text("票种", "Ticket"),
            8,
            value=lambda one, lang: (_CHILD if one.is_child else _ADULT).say(lang),
        ),
        Field(
            "seat_class",
            Text("席别", "Class"),
            9,
            value=lambda one, lang: "二等座" if one.batch.service.startswith(_EMU) else "硬座",
        ),
        Field("phone", Text("手机号", "Phone"), 13, style.WRITTEN, lambda one, lang: one.rider.phone),
        Field(
            "day",
            Text("乘车日期", "Date"),
            12,
            style.WRITTEN_DAY,
            lambda one, lang: one.pickup.time.date(),
            parse=day(year),
        ),
        Field("service", Text("车次", "Train"), 9, value=lambda one, lang: one.batch.service),
        Field("from", Text("发站", "From"), 11, value=lambda one, lang: _bare(one.pickup.place)),
        Field("to", Text("到站", "To"), 11, value=lambda one, lang: _bare(one.dropoff.place)),
        Field("handler", Text("经办人", "Handled by"), 16, style.SMALL, lambda one, lang: handler),
        replace(_text("carriage", Text("车厢号", "Carriage"), 9, ("车厢", "车厢号码")), parse=carriage),
        _text("seat_no", Text("席位号", "Seat"), 9, ("席位", "座位号", "座位", "座号", "席位号码")),
        _text("order_no", Text("订单号", "Order"), 13, ("订单号码",)),
        Field(
            "fare",
            Text("票价", "Fare"),
            9,
            style.ANSWER,
            lambda one, lang: None,
            parse=amount("票价", "the fare"),
            also=("票价(元)", "票款"),
        ),
        Field(
            "note",
            label("note"),
            14,
            style.SMALL,
            lambda one, lang: (
                Text(f"随{one.rider.name}，请补姓名、证件", f"with {one.rider.name}: name, ID?").say(lang)
                if one.is_child
                else None
            ),
        ),
    )


def _bare(station: str) -> str:
    """Return a station as tickets call it: without 站."""
    return station.removesuffix("站")


def write_name_lists(
    trains: Sequence[Batch], riders: Mapping[str, Sequence[Rider]], folder: Path, edition: Edition
) -> list[Path]:
    """Write the name list of each train: riders by station and line, a child along behind its rider.

    Returns
    -------
    The workbooks, by day and train.

    Raises
    ------
    StoreError : the folder or the disk refuses
    """
    lists = {_called(train): list(_passengers(train, riders[train.id])) for train in trains}
    return write_each(PAPER, lists, _pages, folder, edition)


def list_names(trains: Iterable[Batch], lang: Lang) -> list[str]:
    """Return the names of the workbooks that :func:`write_name_lists` writes for these trains."""
    return names_of(PAPER, map(_called, trains), lang)


def _called(train: Batch) -> str:
    return f"{train.date:%m%d}-{train.service}-{train.number}"


def _passengers(train: Batch, riders: Sequence[Rider]) -> Iterator[Passenger]:
    ordered = sorted(riders, key=lambda rider: (rider.pickup_seq, rider.seat))
    lines = [(rider, is_child) for rider in ordered for is_child in (False, *[True] * len(rider.child_seats))]
    for number, (rider, is_child) in enumerate(lines, 1):
        yield Passenger(number, rider, train, is_child)


def _pages(name: str, people: Sequence[Passenger], edition: Edition) -> list[Page]:
    train = people[0].batch
    first, last = train.stops[0], train.stops[-1]
    way = [f"{say_station(stop.place, edition.lang)} {stop.time:%H:%M}" for stop in (first, last)]
    title = Text(
        f"务工人员乘车名单  {train.service}次  {train.date:%Y-%m-%d}",
        f"Passengers of train {train.service}, {train.date:%Y-%m-%d}",
    )
    hint = Text(
        "姓名须与证件完全一致。请在黄色栏填写车厢号、席位号、订单号和票价后发回；随行儿童请补姓名和证件号码。",
        "Names must be those of the ID. Please fill in carriage, seat, order and fare and send the list back; "
        "names and IDs of children are to be added.",
    )
    facts = (
        (Text("区间", "Way"), " → ".join(way)),
        (Text("人数", "People"), len(people)),
        (Text("组织单位盖章", "Seal"), say_seal(edition.office) or None),
    )
    return [table_page(PAPER, Head(title, hint, facts), _fields(edition.office), people, edition)]


def read_name_lists(paths: Sequence[Path], year: int | None) -> AnswerReport[TrainSeat]:
    """Read name lists that came back from the railway; rows without carriage, seat and order say nothing.

    Parameters
    ----------
    year : of dates without one

    Raises
    ------
    InputRefused : a file is unreadable or dangerous, or is no name list
    """
    return read_answers(paths, _fields(year=year), NEEDED, _seat, PAPER)


def _seat(row: Answer) -> TrainSeat | None:
    if not any(map(row.has, ("carriage", "seat_no", "order_no"))):
        return None
    is_child = row.value("ticket") in (*_CHILD, "孩")
    service = row.value("service").removesuffix("次").upper()
    return TrainSeat(
        row,
        "" if is_child and not row.has("name") else row.value("name"),
        "" if is_child else row.value("id_number"),
        is_child,
        service,
        row.value("day"),
        row.value("carriage"),
        row.read("seat_no", lambda cell: seat_no(cell, service)),
        row.value("order_no"),
        row.value("fare"),
    )


COLUMNS = (_fields(), NEEDED)
"""The columns of a list, and those by which it is known."""
