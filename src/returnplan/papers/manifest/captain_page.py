"""The leader's page (车长页): one sheet for the passenger who is asked to lead, with the counts at every stop.

It names the riders by seat, and no ID number or phone but those of whom the leader may have to call.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from returnplan.model.person import label
from returnplan.model.plan import Rider
from returnplan.model.texts import Text
from returnplan.papers.field import Field, blank, item_columns
from returnplan.papers.manifest.edition import BatchEdition
from returnplan.papers.manifest.ride_fields import ARRIVES, DEPARTS
from returnplan.papers.pages import Line, Page, Part, Value, labelled, spread, style
from returnplan.papers.passengers import heads_at_stops, in_order, num_heads
from returnplan.papers.settings import say_office
from returnplan.papers.wording import driver_and_licence, say_hour, say_rest, say_weekday


@dataclass(frozen=True, slots=True)
class _Seat:
    """A seat that is taken, by a rider or a child."""

    seat: int
    name: str
    pickup: str
    dropoff: str
    care: str


def _to_tick(key: str, head: Text) -> Field[_Seat]:
    return Field(key, head, 6, style.SMALL, blank)


_FIELDS: tuple[Field[_Seat], ...] = (
    Field("seat", Text("座位", "Seat"), 6, style.SHRINK),
    Field("name", label("name"), 11),
    Field("pickup", Text("上车点", "Pick-up"), 20, style.SMALL, width_en=24),
    Field("dropoff", Text("下车点", "Drop-off"), 24, style.SMALL, width_en=37),
    Field("care", Text("特别照顾", "Special care"), 18, style.CARE),
    _to_tick("boarded", Text("上车√", "On √")),
    *(_to_tick(f"rest_{n}", Text(f"点名{n}", f"Count {n}")) for n in (1, 2)),
    _to_tick("left", Text("下车√", "Off √")),
)

_TASKS = (
    Text(
        "每站按座位点名，人齐再走；没到的人先打电话，再报联系人。",
        "At each stop count by seat before leaving; report who is missing.",
    ),
    Text(
        "服务区每次停车后点名，写在“点名”栏，差人不开车。",
        "After every rest count again; nobody is left behind.",
    ),
    Text(
        "有人不舒服、车有故障或改线路，马上打联系人电话。",
        "Sickness, a breakdown, another way: call the office at once.",
    ),
    Text(
        "提醒系好安全带；车上不吸烟；照看好老人和小孩。",
        "Seat belts on, no smoking, an eye on children and the old.",
    ),
    Text(
        "到站陪人下车，交给接站的人；签收单由随车工作人员带回。",
        "At the end hand people over to who meets them.",
    ),
)


def captain_page(edition: BatchEdition, riders: Sequence[Rider], name: str) -> Page:
    """Return the page, made to fit one sheet of paper."""
    columns = item_columns(_FIELDS, _seats(edition, riders), edition.lang)
    widths = [column.width for column in columns]
    return Page(
        name,
        columns,
        top=(
            *edition.heading(edition.say("车长页", "Leader's page"), widths),
            *_facts(edition, riders, widths),
            *(
                spread([Part(f"{number}. {words.say(edition.lang)}", style.SENTENCE)], widths)
                for number, words in enumerate(_TASKS, 1)
            ),
            *_stops(edition, riders, widths),
        ),
        row_height_pt=17,
        printing=edition.printing(landscape=False, fits_one_sheet=True),
    )


def _seats(edition: BatchEdition, riders: Sequence[Rider]) -> list[_Seat]:
    seats = []
    for rider in in_order(riders):
        pickup, dropoff = edition.pickup(rider), edition.dropoff(rider)
        seats.append(_Seat(rider.seat, rider.name, pickup, dropoff, rider.note))
        with_whom = edition.with_whom(rider)
        seats += [_Seat(seat, edition.child, pickup, dropoff, with_whom) for seat in rider.child_seats]
    return seats


def _facts(edition: BatchEdition, riders: Sequence[Rider], widths: Sequence[float]) -> list[Line]:
    batch, say, lang = edition.batch, edition.say, edition.lang
    leaders = edition.leaders(riders)
    drivers = say("、", ", ").join(driver_and_licence(driver)[0] for driver in batch.drivers)
    meets = dict.fromkeys(f"{one.employer} {edition.contact(one)}" for one in riders if edition.contact(one))
    contacts: list[tuple[str, Value]] = [(say("接站联系人", "Who meets us"), say("；", "; ").join(meets))]
    pairs: list[list[tuple[str, Value]]] = [
        [(say("车长", "Leader"), leaders[0]), (say("副车长", "Deputy"), leaders[1])],
        [
            (say(*DEPARTS), f"{say_weekday(batch.date, lang)} {batch.depart:%H:%M}"),
            (say(*ARRIVES), say_hour(batch.arrive, batch.date, lang)),
        ],
        [
            (say("车型/车牌", "Vehicle, plate"), edition.vehicle),
            (say("驾驶员", "Drivers"), drivers),
        ],
        [(say("随车工作人员", "Escort"), None), (say("全车人数", "People"), num_heads(riders))],
        [(say("有事打电话", "Whom to call"), say_office(edition.edition.office, lang))],
        *([contacts] if meets else []),
    ]
    return [
        spread(labelled(line, label_share=1.0, shares=[3.0 * 2 / len(line)] * len(line)), widths, 20)
        for line in pairs
    ]


def _stops(edition: BatchEdition, riders: Sequence[Rider], widths: Sequence[float]) -> list[Line]:
    """Return a line a stop or rest: hour, place, who boards or alights, heads aboard afterwards, room for the count."""
    lang, aboard = edition.lang, 0
    shares = (2, 6, 2, 2, 2)
    heads = (
        ("计划时间", "Planned"),
        ("站点", "Stop"),
        ("上/下", "On, off"),
        ("应在车", "Aboard"),
        ("实点", "Counted"),
    )
    lines = [
        spread(
            [
                Part(Text(*head).say(lang), style.LABEL, share)
                for head, share in zip(heads, shares, strict=True)
            ],
            widths,
        )
    ]
    heads_at = heads_at_stops(riders)
    for stop in edition.batch.stops:
        boards, num = stop.kind == "pickup", heads_at[stop.seq]
        aboard += num if boards else -num
        values = (
            say_hour(stop.time, edition.batch.date, lang),
            stop.place,
            Text(f"{'上' if boards else '下'}{num}", f"{num} {'on' if boards else 'off'}").say(lang),
            aboard,
            None,
        )
        rests = (
            (say_hour(rest.time, edition.batch.date, lang), say_rest(rest, lang), None, aboard, None)
            for rest in edition.batch.rests
            if rest.after == stop.seq
        )
        for line in (values, *rests):
            parts = [Part(value, style.CENTER, share) for value, share in zip(line, shares, strict=True)]
            lines.append(spread(parts, widths))
    return [*lines, Line((), 6)]
