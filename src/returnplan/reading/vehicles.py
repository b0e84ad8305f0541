"""What a cell says of a vehicle: its passenger seats (49座, 49+1, 33座（含驾驶员）) and its plate.

Cell and header may say who is counted among the seats.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from returnplan.model.records import Mode
from returnplan.model.texts import Text
from returnplan.reading.cells import CellError, Finding, Parser, text
from returnplan.reading.quantities import count
from returnplan.sheets.tables import Cell

_COACH_CREW = 1
_DRIVER = r"(?:驾驶员|驾驶人|驾驶|司机|司乘人员|司乘|驾|drivers?)(?:座位|座|位)?"
_MANY = {"一": 1, "1": 1, "两": 2, "二": 2, "双": 2, "2": 2}
_WITHOUT = re.compile(
    rf"(?:不含|不包含|不包括|不算|不计|未含|除去|除|扣除|without |excluding |excl\.? ?){_DRIVER}外?",
    re.IGNORECASE,
)
_WITH = re.compile(
    rf"(?:含|包含|包括|连|including |incl\.? ?|with )(?P<many>[{''.join(_MANY)}])?(?:名|个|位)?{_DRIVER}(?:在内)?",
    re.IGNORECASE,
)
_PLUS_CREW = re.compile(r"(\d+)\s*(?:座|人|个)?\s*\+\s*[12]\s*(?:座|人|个)?")
_EMPTY_BRACKETS = re.compile(r"[(\[]\s*[)\]]|[,、]\s*$")
_COUNT = re.compile(
    r"[^\d]?[\d,]+(?:\.0+)?\s*(?:座|座位|个座位|人|个|位|席|名|客位|seats?|people|passengers?)?", re.I
)
_IN_THE_TYPE = re.compile(r"(\d{1,3})\s*座")

_UNCLEAR = Finding(
    "seats_unclear",
    Text("看不懂座位数", "the number of seats cannot be read"),
    Text("请只写乘客座位数，如 49", "write the passenger seats alone, such as 49"),
)
_PASSENGERS = Text(
    "车辆表的座位数当作乘客座位数(不含驾驶员)", "the seats of the fleet sheet are taken as passenger seats"
)
_LICENSED = Text(
    f"车辆表的核载人数减去驾驶员 {_COACH_CREW} 人，作乘客座位数",
    f"the people a vehicle is licensed for, less {_COACH_CREW} driver, are its passenger seats",
)
_TRAIN = Text("专列的核载人数当作乘客座位数", "the people a train is licensed for are its passenger seats")
_SUM = Text(
    "车辆表中写成“49+1”的，当作 49 个乘客座位和驾驶员",
    "seats written as 49+1 are 49 passenger seats and the driver's",
)
_ALL = Text(
    "车辆表写明不含驾驶员，全部当作乘客座位数",
    "the fleet sheet says that the driver is not counted: all are passenger seats",
)


@dataclass(frozen=True, slots=True)
class SeatCount:
    """A number of seats or people, of which ``num_drivers`` are drivers (None: the cell does not say)."""

    number: int
    num_drivers: int | None = None
    is_sum: bool = False


def drivers_counted(words: str) -> int | None:
    """Return how many drivers are included by these words (含驾驶员 1, 不含驾驶员 0), None if they do not say."""
    words = unicodedata.normalize("NFKC", words)
    if _WITHOUT.search(words):
        return 0
    told = _WITH.search(words)
    return _MANY[told["many"] or "1"] if told else None


def seat_count(zh: str, en: str) -> Parser:
    """Return a parser of a number of seats with its drivers; a blank cell is None."""
    parse_count = count(zh, en)

    def parse(cell: Cell) -> SeatCount | None:
        words = text(cell)
        if told := _PLUS_CREW.fullmatch(words):
            return SeatCount(int(told[1]), is_sum=True)
        bare = _EMPTY_BRACKETS.sub("", _WITH.sub("", _WITHOUT.sub("", words))).strip()
        number = parse_count(bare)
        if number is not None and not _COUNT.fullmatch(bare):
            raise CellError(_UNCLEAR)
        return None if number is None else SeatCount(number, drivers_counted(words))

    return parse


def passenger_seats(
    seats: SeatCount | None, licensed: SeatCount | None, mode: Mode, labels: Mapping[str, str]
) -> list[tuple[int, Text]]:
    """Return the passenger seats by 座位数 and by 核载人数, as far as given, with a note on the drivers.

    By default 座位数 includes no driver and the 核载人数 of a coach one; the cell, or else its header in
    ``labels``, may say otherwise.
    """
    told = []
    if seats is not None:
        told.append(_reading(seats, labels.get("seats", ""), 0, _PASSENGERS))
    if licensed is not None:
        usual = (0, _TRAIN) if mode == "train" else (_COACH_CREW, _LICENSED)
        told.append(_reading(licensed, labels.get("licensed", ""), *usual))
    return told


def _reading(told: SeatCount, label: str, usual_drivers: int, usual_note: Text) -> tuple[int, Text]:
    if told.is_sum:
        return told.number, _SUM
    drivers = drivers_counted(label) if told.num_drivers is None else told.num_drivers
    if drivers is None:
        return told.number - usual_drivers, usual_note
    if drivers == 0:
        return told.number, _ALL
    note = Text(
        f"车辆表写明含驾驶员，减去 {drivers} 人作乘客座位数",
        f"the fleet sheet counts the driver: the passenger seats are {drivers} less",
    )
    return told.number - drivers, note


def seats_in_type(vehicle: str) -> int | None:
    """Return the seats in the name of a vehicle type (49座大巴), None if it has none."""
    told = _IN_THE_TYPE.search(unicodedata.normalize("NFKC", vehicle))
    return int(told[1]) if told else None


_NOT_KNOWN = re.compile(
    r"[x*?.…/\\—_-]+|(?:待|未)[定报填安排知]*|暂[无缺定]|没有|无|另行?通知|tbd|n/a", re.IGNORECASE
)

_PLATE = re.compile(r"[\u4e00-\u9fff][A-Z][A-Z0-9]{4,5}[A-Z0-9学警港澳挂](?![A-Z0-9])")
_DASHES = re.compile(r"(?<=[A-Z])[-—_.](?=[A-Z0-9])")


def plate(cell: Cell) -> str:
    """Return a plate in capitals without spaces and dots (桂r·12345 -> 桂R12345), "" for 待定, xx, 无, -, ?."""
    words = re.sub(r"[\s·•・]", "", text(cell))
    return "" if _NOT_KNOWN.fullmatch(words) else words.upper()


def plates_in(words: str) -> list[str]:
    """Return the whole plates among the words that :func:`plate` returned: 桂R-12345(备用) has 桂R12345."""
    return list(dict.fromkeys(_PLATE.findall(_DASHES.sub("", words))))


def is_plate(number: str) -> bool:
    """Return whether a plate that :func:`plate` returned is a whole one: 桂R12345, 桂AD12345."""
    return _PLATE.fullmatch(number) is not None
