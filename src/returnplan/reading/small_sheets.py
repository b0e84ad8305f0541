"""The sheets with few rows to records: demand, fleet, places, distances, pick-ups, named lists."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from pydantic import ValidationError

from returnplan.faults import Fault
from returnplan.foreign import pydantic_words
from returnplan.reading.cells import Finding
from returnplan.reading.parsed import ParsedSheet, invalid
from returnplan.records import Demand, DistanceRow, FleetRow, NamedRow, PickupRow, PlaceRow, Record, SheetKind
from returnplan.texts import Text

Values = dict[str, Any]

_COACH_CREW = 1
_NO_SEATS = Finding(
    "missing_seats",
    Text("没有填写座位数", "the seats are missing"),
    Text("请补填乘客座位数或核载人数", "fill in the passenger seats or the licensed number of people"),
)
_PASSENGER_NOTE = Text(
    "车辆表的座位数当作乘客座位数(不含驾驶员)", "the seats of the fleet sheet are taken as passenger seats"
)
_LICENSED_NOTE = Text(
    f"车辆表的核载人数减去驾驶员 {_COACH_CREW} 人,作乘客座位数",
    f"the people a vehicle is licensed for, less {_COACH_CREW} driver, are its passenger seats",
)
_TRAIN_NOTE = Text(
    "专列的核载人数当作乘客座位数", "the people a train is licensed for are its passenger seats"
)


@dataclass(frozen=True)
class Records:
    """What a sheet said: its records, and the faults of its rows."""

    records: tuple[Record, ...]
    faults: tuple[Fault, ...]
    num_rows: int

    @property
    def num_accepted(self) -> int:
        """How many rows became records."""
        return len(self.records)


def read_records(sheet: ParsedSheet) -> Records:
    """Return the records of a sheet; a row with an error is left out."""
    faults = list(sheet.faults())
    records = []
    for index, values in _rows(sheet):
        try:
            records.append(_MAKERS[sheet.header.layout.kind](values))
        except ValidationError as error:
            faults.extend(_row_faults(sheet, index, error))
    return Records(tuple(records), tuple(faults), len(sheet.lines))


def _rows(sheet: ParsedSheet) -> Iterator[tuple[int, Values]]:
    """Yield the data lines without an error, with their values by field."""
    columns = {field: column.by_line() for field, column in sheet.columns.items()}
    for index in np.flatnonzero(~sheet.has_error()).tolist():
        yield index, {"ref": sheet.ref(index), **{field: values[index] for field, values in columns.items()}}


def _row_faults(sheet: ParsedSheet, index: int, error: ValidationError) -> Iterator[Fault]:
    for detail in error.errors(include_url=False):
        field = str(detail["loc"][0])
        finding = (
            _NO_SEATS if field == "seats" and detail["input"] is None else invalid(pydantic_words(detail))
        )
        column = "licensed" if field == "seats" and not sheet.has("seats") else field
        yield sheet.fault(index, column, finding)


def _demand(values: Values) -> Demand:
    youngest, oldest = values.pop("ages")
    _fill_in(values, min_age=youngest, max_age=oldest)
    return Demand(**values)


def _fleet(values: Values) -> FleetRow:
    licensed = values.pop("licensed")
    first, last = values.pop("dates") or (None, None)
    _fill_in(values, first_date=first, last_date=last, per_km_yuan=0.0, turnaround_days=0)
    if values["seats"] is not None:
        return FleetRow(**values, seats_note=_PASSENGER_NOTE)
    if licensed is None or values["mode"] == "train":
        return FleetRow(**{**values, "seats": licensed}, seats_note=_TRAIN_NOTE)
    return FleetRow(**{**values, "seats": licensed - _COACH_CREW}, seats_note=_LICENSED_NOTE)


def _place(values: Values) -> PlaceRow:
    owner = values.pop("owner_prefecture") + values.pop("owner_county")
    return PlaceRow(**{**values, "owner": values["owner"] or owner})


def _distance(values: Values) -> DistanceRow:
    first, last = values.pop("closed_dates") or (None, None)
    _fill_in(values, closed_from=first, closed_to=last)
    has_dates = values["closed_from"] is not None or values["closed_to"] is not None
    return DistanceRow(**{**values, "closed": values["closed"] or has_dates})


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
    "places": _place,
    "distances": _distance,
    "pickups": _pickup,
    "named": _named,
}
