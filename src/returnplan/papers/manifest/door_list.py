"""The list at the coach door (车门名单): seat, surname and a star, last digits of the phone; may be seen by all."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from returnplan.model.masking import mask_name
from returnplan.model.person import label
from returnplan.model.plan import Rider
from returnplan.model.texts import Text
from returnplan.papers.field import Field, item_columns
from returnplan.papers.manifest.edition import BatchEdition
from returnplan.papers.manifest.ride_fields import DEPARTS
from returnplan.papers.pages import Page, labelled, spread, style
from returnplan.papers.wording import say_hour

_LARGE = replace(style.CENTER, size=12)


class _Seat(NamedTuple):
    """A line, in the order in which people board: by stop, then by seat."""

    pickup_seq: int
    seat: int
    name: str
    phone_end: str
    pickup: str
    dropoff: str


_FIELDS: tuple[Field[_Seat], ...] = (
    Field("pickup", Text("上车点", "Pick-up"), 30, width_en=34),
    Field("seat", Text("座位", "Seat"), 7, replace(_LARGE, bold=True)),
    Field("name", label("name"), 12, _LARGE),
    Field("phone_end", Text("手机尾号", "Phone ends"), 14, _LARGE),
    Field("dropoff", Text("下车点", "Drop-off"), 36, width_en=42),
)


def door_list(edition: BatchEdition, riders: Sequence[Rider], name: str) -> Page:
    """Return the page, made to fit one sheet of paper."""
    batch = edition.batch
    seats = sorted(seat for rider in riders for seat in _seats(rider, edition))
    columns = item_columns(_FIELDS, seats, edition.lang)
    widths = [column.width for column in columns]
    facts = [
        (edition.say("车型/车牌", "Vehicle, plate"), edition.vehicle),
        (edition.say(*DEPARTS), f"{batch.depart:%Y-%m-%d %H:%M}"),
    ]
    return Page(
        name,
        columns,
        top=(
            *edition.heading(edition.say("车门名单", "Door list"), widths),
            spread(labelled(facts, label_share=1.4), widths, 24),
        ),
        row_height_pt=17,
        printing=edition.printing(landscape=False, fits_one_sheet=True),
    )


def _seats(rider: Rider, edition: BatchEdition) -> list[_Seat]:
    phone_end = rider.phone[-4:]
    stop = edition.batch.stops[rider.pickup_seq - 1]
    hour = say_hour(stop.time, edition.batch.date, edition.lang)
    pickup, dropoff = f"{hour} {edition.pickup(rider)}", edition.dropoff(rider)
    own = _Seat(stop.seq, rider.seat, mask_name(rider.name), phone_end, pickup, dropoff)
    children = (own._replace(seat=seat, name=edition.child) for seat in rider.child_seats)
    return [own, *children]
