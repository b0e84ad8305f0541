"""The papers of a train: a list for each boarding station, the queue at it by carriage, and seat cards to cut out.

The railway decides the seats. Until it has said them, papers show that they are not known and leave room to write.
"""

import math
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from returnplan.model.masking import mask_name
from returnplan.model.person import label
from returnplan.model.plan import Rider, Stop
from returnplan.model.texts import Lang, Text
from returnplan.papers.field import Field, item_columns
from returnplan.papers.itinerary import last_ride, next_ride, say_seat_no
from returnplan.papers.manifest.edition import BatchEdition
from returnplan.papers.manifest.ride_fields import BATCH, RIDE_FIELDS, TRAIN_DEPARTS, Entry
from returnplan.papers.pages import Line, Page, Part, labelled, spread, style
from returnplan.papers.passengers import choose_leaders, num_heads
from returnplan.papers.settings import say_office
from returnplan.papers.wording import say_date, say_day, say_hour, say_place, say_station

RIDERS_AN_ESCORT = 110
"""About so many riders have one escort: Tongzi 2020, 1,200 people of 25 townships."""

UNKNOWN = Text("待定", "open")
_CARD_PT = 136
_CARDS_A_LINE = 2


def stations(edition: BatchEdition, riders: Sequence[Rider]) -> list[tuple[Stop, list[Rider]]]:
    """Return the boarding stations with their riders, by carriage and seat; without a seat as in the list."""
    boarding = [stop for stop in edition.batch.stops if stop.kind == "pickup"]
    ordered = sorted(riders, key=lambda rider: (_place(rider.carriage), _place(rider.seat_no), rider.seat))
    return [(stop, [rider for rider in ordered if rider.pickup_seq == stop.seq]) for stop in boarding]


def _place(text: str) -> tuple[bool, int, bool, str]:
    """Return what carriages and seats are sorted by, 2 before 12A; who stands, then unknown ones, come last."""
    number = re.match(r"\d+", text)
    return (number is None, int(number[0]) if number else 0, not text, text)


_BY_KEY = {field.key: field for field in RIDE_FIELDS}
_LIST_FIELDS: tuple[Field[Entry], ...] = (
    _BY_KEY["number"],
    _BY_KEY["person"],
    Field(
        "carriage",
        Text("车厢", "Carriage"),
        7,
        style.SHRINK,
        lambda entry, lang: _seat(entry, "carriage", lang),
    ),
    Field(
        "seat_no", Text("席位", "Seat"), 7, style.SHRINK, lambda entry, lang: _seat(entry, "seat_no", lang)
    ),
    *(_BY_KEY[key] for key in ("name", "sex", "id_number", "phone")),
    Field(
        "order_no",
        Text("订单号", "Ticket order"),
        12,
        style.SHRINK,
        lambda entry, lang: entry.rider.order_no if entry.rider else "",
        hidden_from=("carrier", "employer"),
    ),
    replace(
        _BY_KEY["pickup"],
        key="comes_by",
        header=Text("到站方式", "Comes by"),
        value=lambda entry, lang: entry.pickup,
    ),
    *(_BY_KEY[key] for key in ("dropoff", "employer", "care", "boarded", "temperature", "signature")),
)


def _seat(entry: Entry, part: str, lang: Lang) -> str:
    said = say_seat_no(str(getattr(entry.rider, part)), lang) if entry.rider else ""
    return said if said or entry.rider is None else UNKNOWN.say(lang)


def train_list(edition: BatchEdition, stop: Stop, riders: Sequence[Rider], name: str) -> Page:
    """Return the list of those who board at a station, for the escorts; nobody is added to it: tickets bear names."""
    wanted = edition.settings.columns
    fields = [
        field
        for field in _LIST_FIELDS
        if wanted.audience not in field.hidden_from and (field.key != "temperature" or wanted.temperature)
    ]
    columns = item_columns(fields, _entries(edition, riders), edition.lang)
    widths = [column.width for column in columns]
    title = edition.say(f"务工列车 {stop.place} 乘车名单", f"Train passengers from {stop.place}")
    return Page(
        name,
        columns,
        top=(*edition.heading(title, widths), *_facts(edition, stop, riders, widths), Line((), 6)),
        bottom=_closing(edition, riders, widths),
        row_height_pt=20,
        printing=edition.printing(),
    )


def _entries(edition: BatchEdition, riders: Sequence[Rider]) -> list[Entry]:
    entries: list[Entry] = []
    for rider in riders:
        ways = {"pickup": _comes_by(edition, rider), "dropoff": edition.dropoff(rider)}
        entries.append(Entry(len(entries) + 1, rider, None, rider.name, rider.phone, care=rider.note, **ways))
        entries += [
            Entry(
                len(entries) + child,
                None,
                None,
                edition.child,
                rider.phone,
                care=edition.with_whom(rider),
                **ways,
            )
            for child, _ in enumerate(rider.child_seats, 1)
        ]
    return entries


def _comes_by(edition: BatchEdition, rider: Rider) -> str:
    """Return by which feeder a rider comes to the station."""
    ride = last_ride(rider, edition.journeys)
    if ride is None:
        return edition.say("自行到站", "by themselves")
    number, hour = ride.batch.number, f"{ride.dropoff.time:%H:%M}"
    return edition.say(f"{number}号车 {hour}到", f"coach {number}, {hour}")


def _facts(edition: BatchEdition, stop: Stop, riders: Sequence[Rider], widths: Sequence[float]) -> list[Line]:
    batch, say = edition.batch, edition.say
    num_escorts = math.ceil(num_heads(riders) / RIDERS_AN_ESCORT)
    escorts = "          ".join(f"{number + 1}." for number in range(num_escorts))  # by hand
    return [
        spread(labelled(pairs), widths, 22)
        for pairs in (
            [
                (say("车次", "Train"), batch.service),
                (say(*TRAIN_DEPARTS), f"{say_date(stop.time.date(), edition.lang)} {stop.time:%H:%M}"),
                (
                    say("终到", "Arrives"),
                    f"{batch.stops[-1].place} {say_hour(batch.arrive, batch.date, edition.lang)}",
                ),
                (BATCH.say(edition.lang), batch.id),
            ],
            [
                (say("本站人数", "Boarding here"), say(f"{num_heads(riders)} 人", str(num_heads(riders)))),
                (say("各车厢", "Carriages"), _heads(edition, riders)),
            ],
            [
                (say("车厢长", "Leaders"), _leaders(edition, riders)),
                (say("随车工作人员", "Escorts"), escorts),
            ],
        )
    ]


def _carriages(riders: Sequence[Rider]) -> dict[str, list[Rider]]:
    own: dict[str, list[Rider]] = defaultdict(list)
    for rider in riders:
        own[rider.carriage].append(rider)
    return own


def _heads(edition: BatchEdition, riders: Sequence[Rider]) -> str:
    """Return how many stand in each queue: 3车12人 5车8人 待定2人."""
    parts = (
        edition.say(f"{carriage}车{num_heads(own)}人", f"{carriage}: {num_heads(own)}")
        if carriage
        else edition.say(f"待定{num_heads(own)}人", f"open: {num_heads(own)}")
        for carriage, own in _carriages(riders).items()
    )
    return "  ".join(parts)


def _leaders(edition: BatchEdition, riders: Sequence[Rider]) -> str:
    """Return a rider of each carriage to ask whether they will lead it; while it is not known, one of all."""
    chosen = (
        (
            edition.say(f"{carriage}车", f"{carriage}:") if carriage else "",
            choose_leaders(own, edition.batch.date, edition.leader_told),
        )
        for carriage, own in _carriages(riders).items()
    )
    return "  ".join(
        f"{carriage} {leaders[0].name} {leaders[0].phone}".strip() for carriage, leaders in chosen if leaders
    )


def _closing(edition: BatchEdition, riders: Sequence[Rider], widths: Sequence[float]) -> tuple[Line, ...]:
    say = edition.say
    totals = [
        (say("计划人数", "Planned"), num_heads(riders)),
        (say("实际上车", "Boarded"), None),
        (say("未乘车", "Absent"), None),
        (say("随车工作人员签字", "Escort"), None),
    ]
    note = say(
        "按车厢排队，每个车厢由车厢长带队。上车的在“上车”栏打√,未到的打×。车票实名，名单以外的人不能上车。"
        "本名单含个人信息，不得张贴或转发，到达后连同签收单交回。",
        "Queue by carriage, each behind its leader. Tick those on board, cross those who did not come. Tickets bear "
        "names: nobody else may board. This list holds personal data: never post it or pass it on; it comes back "
        "with the receipts.",
    )
    return spread(labelled(totals), widths, 30), spread([Part(note, style.REMARK)], widths)


class _Waiting(NamedTuple):
    """A line of the queue."""

    carriage: str
    seat_no: str
    name: str
    phone_end: str
    comes_by: str
    dropoff: str


_LARGE = replace(style.CENTER, size=12)
_QUEUE_FIELDS: tuple[Field[_Waiting], ...] = (
    Field("carriage", Text("车厢", "Carriage"), 9, replace(_LARGE, bold=True)),
    Field("seat_no", Text("席位", "Seat"), 9, _LARGE),
    Field("name", label("name"), 12, _LARGE),
    Field("phone_end", Text("手机尾号", "Phone ends"), 13, _LARGE),
    Field("comes_by", Text("到站方式", "Comes by"), 20),
    Field("dropoff", Text("下车站", "To"), 34),
)


def queue(edition: BatchEdition, stop: Stop, riders: Sequence[Rider], name: str) -> Page:
    """Return what hangs at the station: by carriage, surname and star, last digits of the phone."""
    open_seat = UNKNOWN.say(edition.lang)
    waiting = [
        _Waiting(
            rider.carriage or open_seat,
            say_seat_no(rider.seat_no, edition.lang) or open_seat,
            mask_name(rider.name),
            rider.phone[-4:],
            _comes_by(edition, rider),
            edition.dropoff(rider),
        )
        for rider in riders
    ]
    columns = item_columns(_QUEUE_FIELDS, waiting, edition.lang)
    widths = [column.width for column in columns]
    facts = [
        (edition.say("车次", "Train"), edition.batch.service),
        (edition.say(*TRAIN_DEPARTS), f"{stop.time:%Y-%m-%d %H:%M}"),
        (edition.say("各车厢", "Carriages"), _heads(edition, riders)),
    ]
    title = edition.say(f"{stop.place} 候车排队表", f"Queue at {stop.place}")
    return Page(
        name,
        columns,
        top=(*edition.heading(title, widths), spread(labelled(facts, shares=(1.2, 2.2, 3)), widths, 24)),
        row_height_pt=17,
        printing=edition.printing(landscape=False),
    )


_CARD = replace(style.PLAIN, size=11)
_SEAT = replace(style.CENTER, size=20, bold=True)
_GAP = replace(style.PLAIN, border=False)
_Card = tuple[str, str]


class _CardLine(NamedTuple):
    """Two cards side by side: the seat and what else stands on each."""

    left: _Card
    right: _Card = ("", "")


def seat_cards(edition: BatchEdition, riders: Sequence[Rider], name: str) -> Page:
    """Return the seat cards (乘车席位卡), ten a sheet, to be cut out and handed to riders before the station."""
    cards = [(_card_seat(edition, rider), _card_text(edition, rider)) for rider in riders]
    lines = [
        _CardLine(*cards[first : first + _CARDS_A_LINE]) for first in range(0, len(cards), _CARDS_A_LINE)
    ]
    card, cut = Text("乘车席位卡", "Seat card"), Text("✂", "✂")
    fields: tuple[Field[_CardLine], ...] = (
        Field("left_seat", Text("车厢席位", "Seat"), 11, _SEAT, lambda line, lang: line.left[0]),
        Field("left", card, 32, _CARD, lambda line, lang: line.left[1]),
        Field("cut", cut, 3, _GAP, lambda line, lang: None),
        Field("right_seat", Text("车厢席位", "Seat"), 11, _SEAT, lambda line, lang: line.right[0] or None),
        Field("right", card, 32, _CARD, lambda line, lang: line.right[1] or None),
    )
    return Page(
        name,
        item_columns(fields, lines, edition.lang),
        row_height_pt=_CARD_PT,
        printing=edition.printing(landscape=False),
    )


def _card_seat(edition: BatchEdition, rider: Rider) -> str:
    if not rider.carriage:
        return edition.say("待定\n__车\n__号", "open\ncar __\n____")
    seat = say_seat_no(rider.seat_no, edition.lang) or "____"
    return edition.say(f"{rider.carriage}车\n{seat}", f"car {rider.carriage}\n{seat}")


def _card_text(edition: BatchEdition, rider: Rider) -> str:
    batch, say = edition.batch, edition.say
    boards = next(stop for stop in batch.stops if stop.seq == rider.pickup_seq)
    day = say_day(boards.time.date(), edition.lang)
    ends = say_place(say_station(rider.dropoff, edition.lang), edition.lang)
    onward = next_ride(rider, edition.journeys)
    if onward:
        hour = say_hour(onward.pickup.time, batch.date, edition.lang)
        then = say(
            f"出站后乘{onward.batch.number}号车({hour})到{onward.rider.dropoff}",
            f"then coach {onward.batch.number} ({hour}) to {say_place(onward.rider.dropoff, 'en')}",
        )
    else:
        then = say("到站后自行前往", "the journey ends there")
    children = len(rider.child_seats)
    lines = (
        rider.name
        + (
            say(f"(带儿童{children}人)", f" (with {children} {'child' if children == 1 else 'children'})")
            if children
            else ""
        ),
        f"{batch.service}  {day} {boards.time:%H:%M}{say('开', '')}",
        f"{boards.place} → {ends}",
        then,
        say_office(edition.edition.office, edition.lang),
    )
    return "\n".join(filter(None, lines))
