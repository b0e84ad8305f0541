"""Read the small sheets into records: demand, fleet, rail, places, distances, pick-ups, named lists."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

import numpy as np
from pydantic import ValidationError

from returnplan.model.faults import Fault
from returnplan.model.foreign import pydantic_words
from returnplan.model.intake import RejectedVehicle
from returnplan.model.personal_numbers import MOBILE_IN_GROUPS
from returnplan.model.records import (
    Demand,
    DistanceRow,
    FleetRow,
    NamedRow,
    PickupRow,
    PlaceRow,
    RailRow,
    Record,
    SheetKind,
)
from returnplan.model.texts import NO_TEXT, Text
from returnplan.reading.cells import Finding, missing
from returnplan.reading.parsed import ParsedSheet, invalid
from returnplan.reading.vehicles import passenger_seats, seats_in_type

Values = dict[str, Any]

_NO_SEATS = Finding(
    "missing_seats",
    Text("没有填写座位数", "the seats are missing"),
    Text("请补填乘客座位数或核载人数", "fill in the passenger seats or the licensed number of people"),
)
_SEATS_TWICE = Finding(
    "seats_differ",
    Text(
        "座位数与核载人数对不上，按较少的安排", "seats and licensed people do not agree; the fewer are used"
    ),
    Text("请核对行驶证上的核定载客人数", "check the people it is licensed for"),
    "warning",
)
_OTHER_SEATS_IN_TYPE = Finding(
    "seats_differ",
    Text(
        "车型写的座位数与座位数一栏不同，以座位数一栏为准",
        "the vehicle type says other seats; the seats column counts",
    ),
    Text("请核对车型和座位数", "check type and seats"),
    "warning",
)

_PHONE_IN = re.compile(rf"(?:{MOBILE_IN_GROUPS}|(?:0\d{{2,3}}[\s-]?)?\d{{7,8}})(?:[/、,;\s]+\d[\d-]{{6,}})*")
"""The numbers in 林女士13958212345; what is left is a name."""

_SLOWEST_KMH, _FASTEST_KMH = 5.0, 200.0
_PACE = Finding(
    "pace_impossible",
    Text(
        "公里数和行车用时对不上，时速不在 5 到 200 公里之间；用时没有用，按平常车速",
        "km and driving time make no speed between 5 and 200 km/h; the usual speed counts",
    ),
    Text("请核对；只填数字时单位是分钟", "check both; a plain number means minutes"),
    "warning",
)

_UNTOLD_ROAD = {
    "origin": missing("missing_origin", "起点", "the origin"),
    "destination": missing("missing_destination", "终点", "the destination"),
    "km": missing("missing_km", "公里数", "the km"),
}

_INCOMPLETE_TRAIN = Finding(
    "service_incomplete",
    Text("这趟车有一行有错误，整趟没有用", "a row of this train has an error, so the train is not used"),
    Text("改正那一行后再运行", "correct that row and run again"),
)


@dataclass(frozen=True)
class Records:
    """The content of a sheet: its records, the faults of its rows, and the rows of vehicles that are none by them."""

    records: tuple[Record, ...]
    faults: tuple[Fault, ...]
    num_rows: int
    faulty_fleet: tuple[RejectedVehicle, ...] = ()

    @property
    def num_accepted(self) -> int:
        """How many rows became records."""
        return len(self.records)


def read_records(sheet: ParsedSheet) -> Records:
    """Return the records of a sheet; a row with an error is left out."""
    faults = list(sheet.faults())
    records = []
    kind = sheet.header.layout.kind
    rows = list(_rows(sheet))
    if kind == "rail":
        rows, broken = _whole_trains(sheet, rows)
        faults += [sheet.fault(index, "service", _INCOMPLETE_TRAIN) for index in broken]
    for index, values in rows:
        doubt = _settle_seats(values, sheet.labels) if kind == "fleet" else None
        if doubt is not None:
            faults.append(sheet.fault(index, "seats" if sheet.has("seats") else "licensed", doubt))
        if kind == "distances" and (untold := _untold_of_road(values)):
            faults += [sheet.fault(index, field, _UNTOLD_ROAD[field]) for field in untold]
            continue
        if kind == "distances" and _is_pace_impossible(values):
            faults.append(sheet.fault(index, "minutes", _PACE))
            values["minutes"] = None
        try:
            records.append(_MAKERS[kind](values))
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                field = str(detail["loc"][0])
                is_blank = field == "seats" and detail["input"] is None
                finding = _NO_SEATS if is_blank else invalid(pydantic_words(detail))
                column = "licensed" if field == "seats" and not sheet.has("seats") else field
                faults.append(sheet.fault(index, column, finding))
    accepted = {record.ref for record in records}
    faulty = tuple(one for one in _vehicles(sheet) if one.ref not in accepted) if kind == "fleet" else ()
    return Records(tuple(records), tuple(faults), len(sheet.lines), faulty)


def _vehicles(sheet: ParsedSheet) -> Iterator[RejectedVehicle]:
    """Yield what each data line of a fleet sheet says of whose vehicles it is about."""
    told = zip(*(sheet.columns[name].by_line() for name in ("vehicle", "carrier", "plate")), strict=True)
    for index, words in enumerate(told):
        yield RejectedVehicle(sheet.ref(index), *(word or "" for word in words))


def _rows(sheet: ParsedSheet) -> Iterator[tuple[int, Values]]:
    """Yield the data lines without an error, with their values by field."""
    columns = {field: column.by_line() for field, column in sheet.columns.items()}
    for index in np.flatnonzero(~sheet.has_error()).tolist():
        yield index, {"ref": sheet.ref(index), **{field: values[index] for field, values in columns.items()}}


def _whole_trains(
    sheet: ParsedSheet, rows: list[tuple[int, Values]]
) -> tuple[list[tuple[int, Values]], list[int]]:
    """Return the rows of trains of which no row has an error, and the first good row of each other train."""
    service, day = (sheet.columns[field].by_line() for field in ("service", "day"))
    errors = np.flatnonzero(sheet.has_error())
    incomplete = {(service[index], day[index]) for index in errors}
    whole: list[tuple[int, Values]] = []
    first: dict[tuple[Any, Any], int] = {}
    for index, values in rows:
        train = values["service"], values["day"]
        if train in incomplete or (train[0], None) in incomplete:
            first.setdefault(train, index)
        else:
            whole.append((index, values))
    return whole, list(first.values())


def _demand(values: Values) -> Demand:
    youngest, oldest = values.pop("ages")
    _fill_in(values, min_age=youngest, max_age=oldest)
    both = values.pop("contact_and_phone")
    number = _PHONE_IN.search(both)
    contact = both.replace(number[0], "").strip(" ,;:/()") if number else both
    values["contact"] = values["contact"] or contact
    values["phone"] = values["phone"] or (number[0] if number else "")
    return Demand(**values)


def _settle_seats(values: Values, labels: Mapping[str, str]) -> Finding | None:
    """Replace the counts of the sheet by the passenger seats and a note; return a doubt if there is one."""
    told = passenger_seats(values.pop("seats"), values.pop("licensed"), values["mode"], labels)
    seats, note = min(told, key=itemgetter(0), default=(None, NO_TEXT))
    values |= {"seats": seats, "seats_note": note}
    if len({number for number, _ in told}) > 1:
        return _SEATS_TWICE
    in_type = seats_in_type(values["vehicle"])
    # The type says 49座 with its driver or without.
    is_other = seats is not None and in_type not in (None, seats, seats + 1)
    return _OTHER_SEATS_IN_TYPE if is_other else None


def _fleet(values: Values) -> FleetRow:
    first, last = values.pop("dates") or (None, None)
    _fill_in(values, first_date=first, last_date=last, per_km_yuan=0.0, turnaround_days=0)
    return FleetRow(**values)


def _rail(values: Values) -> RailRow:
    return RailRow(**values)


def _place(values: Values) -> PlaceRow:
    owner = values.pop("owner_prefecture") + values.pop("owner_county")
    return PlaceRow(**{**values, "owner": values["owner"] or owner})


def _untold_of_road(values: Values) -> list[str]:
    """Return the fields that a row lacks; one that closes a place names this alone, at either end and without km."""
    first, last = values["closed_dates"] or (None, None)
    days = (first, last, values["closed_from"], values["closed_to"])
    is_closed = values["closed"] or any(day is not None for day in days)
    ends = [end for end in (values["origin"], values["destination"]) if end]
    is_alone = len(ends) == 1 and values["km"] is None
    if is_closed and (is_alone or (len(ends) > 1 and len(set(ends)) == 1)):
        return []
    return [field for field in _UNTOLD_ROAD if values[field] in (None, "")]


def _distance(values: Values) -> DistanceRow:
    first, last = values.pop("closed_dates") or (None, None)
    _fill_in(values, closed_from=first, closed_to=last)
    has_dates = values["closed_from"] is not None or values["closed_to"] is not None
    ends = {
        "origin": values["origin"] or values["destination"],
        "destination": values["destination"] or values["origin"],
    }
    km = 0.0 if ends["origin"] == ends["destination"] else values["km"]
    return DistanceRow(**{**values, **ends, "km": km, "closed": values["closed"] or has_dates})


def _is_pace_impossible(values: Values) -> bool:
    km, minutes = values["km"], values["minutes"]
    if minutes is None or km is None:
        return False
    return not _SLOWEST_KMH * minutes <= 60 * km <= _FASTEST_KMH * minutes


def _pickup(values: Values) -> PickupRow:
    return PickupRow(**values)


def _named(values: Values) -> NamedRow:
    told = {field: values[field] or "" for field in ("employer", "name", "id_number", "phone")}
    return NamedRow(ref=values["ref"], **told)


def _fill_in(values: Values, **otherwise: Any) -> None:
    """Put a value where the sheet has none."""
    for field, value in otherwise.items():
        if values[field] is None:
            values[field] = value


_MAKERS: Mapping[SheetKind, Callable[[Values], Record]] = {
    "demand": _demand,
    "fleet": _fleet,
    "rail": _rail,
    "places": _place,
    "distances": _distance,
    "pickups": _pickup,
    "named": _named,
}
