"""The hours at which one can board (上车点表的时间), kept with the place: coaches at other hours are warned of."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from returnplan.enrolment.findings import Findings
from returnplan.model.law import Span
from returnplan.model.records import PickupRow
from returnplan.model.roster import Place
from returnplan.model.texts import Text
from returnplan.places import Gazetteer, tidy

_HOUR = r"(\d{1,2})(?:[:点时](?:(\d{2})分?)?)?"
_SPAN = re.compile(rf"{_HOUR}(?:-+|–|—+|~|至|到){_HOUR}")
_ANY_HOUR = frozenset({"", "全天", "24小时", "不限", "any", "allday"})
_LAST_HOUR, _LAST_MINUTE = 24, 59


def with_boarding_hours(
    places: Sequence[Place], rows: Sequence[PickupRow], gazetteer: Gazetteer, findings: Findings
) -> tuple[Place, ...]:
    """Return the places with the hours that the first row of the pick-up table names for each.

    Hours that cannot be read are a warning; the place may be boarded at any hour then.
    """
    hours: dict[tuple[str, str], Span] = {}
    for row in rows:
        text = "".join(unicodedata.normalize("NFKC", row.hours).lower().split())
        span = _span(text)
        if span is None and text not in _ANY_HOUR:
            findings.add(
                row.ref,
                "hours",
                row.hours,
                "unclear_hours",
                Text(f"看不懂可上车的时段“{row.hours}”", f"{row.hours!r} are no hours of boarding"),
                Text("写成 07:00-10:00", "write 07:00-10:00"),
                "warning",
                signup=False,
            )
        if span is not None:
            owner = gazetteer.read(row.prefecture + row.county).only
            hours.setdefault((tidy(row.pickup), owner.name if owner else ""), span)

    def of(place: Place) -> Span | None:
        keys = ((tidy(place.name), owner) for owner in (place.county, place.city, ""))
        return next((hours[key] for key in keys if key in hours), None)

    return tuple(replace(place, hours=of(place)) for place in places) if hours else tuple(places)


def _span(text: str) -> Span | None:
    """Return the hours of a cell such as 07:00-10:00, 7点至10点 or 5:30—22:00; None for none."""
    found = _SPAN.fullmatch(text)
    if found is None:
        return None
    first, first_minute, last, last_minute = (int(part or 0) for part in found.groups())
    if max(first, last) > _LAST_HOUR or max(first_minute, last_minute) > _LAST_MINUTE:
        return None
    ends = (_hour(first, first_minute), _hour(last, last_minute))
    return None if ends[0] == ends[1] else ends


def _hour(hour: int, minute: int) -> str:
    return "23:59" if hour == _LAST_HOUR else f"{hour:02d}:{minute:02d}"
