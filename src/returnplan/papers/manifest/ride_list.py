"""The manifest that rides along (随车名单): everything the escort needs, never posted."""

from collections.abc import Sequence

from returnplan.model.plan import BatchKind, Rest, Rider
from returnplan.model.texts import Text
from returnplan.papers.field import item_columns
from returnplan.papers.manifest.edition import BatchEdition
from returnplan.papers.manifest.ride_fields import ADDED, ARRIVES, BATCH, DEPARTS, RIDE_FIELDS, Entry
from returnplan.papers.pages import Line, Page, Part, Value, labelled, spread, style
from returnplan.papers.passengers import (
    child_seats,
    heads_at_stops,
    in_order,
    num_heads,
)
from returnplan.papers.settings import count_packs
from returnplan.papers.wording import driver_and_licence, say_date, say_hour, say_rest, say_vehicle

_TITLES: dict[BatchKind, Text] = {
    "direct": Text("点对点返岗专车 随车名单", "Passenger manifest"),
    "feeder": Text("返岗接驳车(送站) 随车名单", "Passenger manifest, coach to the train"),
    "shuttle": Text("返岗接驳车(到站接送) 随车名单", "Passenger manifest, coach from the train"),
}


_SIGNED_PT = 21
"""The least height of a row in which a grown-up signs; pages are drawn smaller by up to a fifth."""
_MOST_ADDED = 5
"""Blank rows for people added on the spot: nobody outside the contract boards, so they are few."""


def ride_list(edition: BatchEdition, riders: Sequence[Rider], name: str) -> Page:
    """Return the page, named ``name``."""
    entries = _entries(riders, edition)
    wanted = edition.settings.columns
    batch = edition.batch
    takes_temperature = wanted.temperature or batch.takes_temperature
    fields = [
        field
        for field in RIDE_FIELDS
        if wanted.audience not in field.hidden_from and (field.key != "temperature" or takes_temperature)
    ]
    columns = item_columns(fields, entries, edition.lang)
    widths = [column.width for column in columns]
    return Page(
        name,
        columns,
        top=(
            *edition.heading(_TITLES[edition.batch.kind].say(edition.lang), widths),
            *_facts(edition, riders, widths),
            *(spread([Part(words, style.REMARK)], widths) for words in batch.notices),
            *_contacts(edition, riders, widths),
            *_stops(edition, riders, widths),
        ),
        bottom=_closing(riders, edition, widths),
        row_height_pt=_SIGNED_PT,
        printing=edition.printing(),
    )


def _entries(riders: Sequence[Rider], edition: BatchEdition) -> list[Entry]:
    """Return the rows: each rider, then the children along, at last a few blank rows where seats are free."""
    entries: list[Entry] = []
    for rider in in_order(riders):
        pickup, dropoff = edition.pickup(rider), edition.dropoff(rider)
        entries.append(
            Entry(
                number=len(entries) + 1,
                rider=rider,
                seat=rider.seat,
                name=rider.name,
                phone=rider.phone,
                pickup=pickup,
                dropoff=dropoff,
                care=rider.note,
            )
        )
        for seat in rider.child_seats:
            entries.append(
                Entry(
                    number=len(entries) + 1,
                    seat=seat,
                    name=edition.child,
                    phone=rider.phone,
                    pickup=pickup,
                    dropoff=dropoff,
                    care=edition.with_whom(rider),
                )
            )
    num_free = max(0, edition.batch.usable - num_heads(riders))
    num_added = min(num_free, _MOST_ADDED)
    return entries + [Entry(f"{ADDED.say(edition.lang)}{index + 1}") for index in range(num_added)]


def _facts(edition: BatchEdition, riders: Sequence[Rider], widths: Sequence[float]) -> list[Line]:
    batch, say = edition.batch, edition.say
    vehicle = say_vehicle(batch.vehicle, edition.lang)
    seats = say(f"{vehicle}(可用{batch.usable}座)", f"{vehicle} ({batch.usable} usable)")
    leaders = edition.leaders(riders)
    to_write = "          ".join(f"{number + 1}." for number in range(batch.num_drivers))  # by hand
    drivers = [driver_and_licence(driver)[0] for driver in batch.drivers]
    at_first = [rider for rider in riders if rider.leg == 1]  # packs are handed out on the first ride
    packs = count_packs(edition.settings.packs.root, num_heads(at_first), edition.lang)
    lines = (
        [
            (say("车型", "Vehicle"), seats),
            (say("车牌号", "Plate"), batch.plate),
            (say("驾驶员", "Drivers"), say("、", ", ").join(drivers) if drivers else to_write),
            (say("随车工作人员", "Escort"), None),
        ],
        [
            (say(*DEPARTS), f"{say_date(batch.date, edition.lang)} {batch.depart:%H:%M}"),
            (say(*ARRIVES), say_hour(batch.arrive, batch.date, edition.lang)),
            (say("里程", "Distance"), say(f"约{batch.km:.0f}公里", f"about {batch.km:.0f} km")),
            (BATCH.say(edition.lang), batch.id),
        ],
        [
            (say("车长", "Leader"), leaders[0]),
            (say("副车长", "Deputy"), leaders[1]),
            (say("随车物资", "Supplies"), "  ".join(f"{item}{say('', ' ')}{n}" for item, n in packs.items())),
            (say("计划/实到", "Planned/present"), f"{num_heads(riders)} /"),
        ],
    )
    return [spread(labelled(pairs), widths, 22) for pairs in lines]


def _contacts(edition: BatchEdition, riders: Sequence[Rider], widths: Sequence[float]) -> list[Line]:
    """Return a line with who meets the people at each employer; none where nobody is known."""
    known = dict.fromkeys(
        f"{rider.employer} {contact}" for rider in in_order(riders) if (contact := edition.contact(rider))
    )
    label = edition.say("接站联系人", "Who meets them")
    return (
        [spread(labelled([(label, edition.say("；", "; ").join(known))], shares=(12,)), widths, 22)]
        if known
        else []
    )


def _stops(edition: BatchEdition, riders: Sequence[Rider], widths: Sequence[float]) -> list[Line]:
    """Return a line a stop: who boards or alights and how many are aboard then, children along included."""
    say = edition.say
    shares = (1, 1.5, 6, 3, 2.5, 2.5, 1.2, 1.2, 1.5)
    titles = (
        say("站序", "Stop"),
        say("上/下客", "Kind"),
        say("站点", "Place"),
        say("所在市", "City"),
        say("计划时间", "Planned"),
        say("实际时间", "Actual"),
        say("上车", "On"),
        say("下车", "Off"),
        say("在车", "Aboard"),
    )
    header = [Part(title, style.LABEL, share) for title, share in zip(titles, shares, strict=True)]
    lines = [spread(header, widths, 18)]
    heads_at, aboard = heads_at_stops(riders), 0
    for stop in edition.batch.stops:
        heads = heads_at[stop.seq]
        on, off = (heads, None) if stop.kind == "pickup" else (None, heads)
        aboard += (on or 0) - (off or 0)
        kind = say("上客", "pick-up") if stop.kind == "pickup" else say("下客", "drop-off")
        hour = say_hour(stop.time, edition.batch.date, edition.lang)
        values = (stop.seq, kind, stop.place, stop.city, hour, None, on, off, aboard)
        rests = [
            _rest_values(rest, edition, aboard) for rest in edition.batch.rests if rest.after == stop.seq
        ]
        for line in (values, *rests):
            parts = [Part(value, style.CENTER, share) for value, share in zip(line, shares, strict=True)]
            lines.append(spread(parts, widths))
    return [*lines, Line((), 6)]


def _rest_values(rest: Rest, edition: BatchEdition, aboard: int) -> tuple[Value, ...]:
    """Return the line of a rest, which is no stop: nobody boards or alights."""
    hour = say_hour(rest.time, edition.batch.date, edition.lang)
    return (
        None,
        edition.say("休息", "rest"),
        say_rest(rest, edition.lang),
        None,
        hour,
        None,
        None,
        None,
        aboard,
    )


def _closing(riders: Sequence[Rider], edition: BatchEdition, widths: Sequence[float]) -> tuple[Line, ...]:
    say = edition.say
    heads, num_children = num_heads(riders), len(child_seats(riders))
    totals = [
        (
            say("计划人数", "Planned"),
            say(f"{heads} 人(儿童 {num_children})", f"{heads} ({num_children} children)"),
        ),
        (say("实际上车", "Boarded"), None),
        (say("未乘车", "Absent"), None),
        (say("现场增补", "Added"), None),
    ]
    signatures = [
        (say("驾驶员签字", "Driver"), None),
        (say("随车工作人员签字", "Escort"), None),
        (say("车长签字", "Leader"), None),
        (say("接收方签字", "Received by"), None),
    ]
    rules_of_use = say(
        "上车的在“上车”栏打√,未到的打×;现场增补的人写在“增”字行，须填姓名、身份证号码和电话。服务区每次停车后清点人数。"
        "本名单含个人信息，只限随车使用，不得张贴或转发，到达后连同签收单交回。",
        "Tick those on board, cross those who did not come; people added on the spot go into the rows marked +, "
        "with name, ID number and phone. Count heads after every rest stop. This list holds personal data: it "
        "rides along, is never posted or passed on, and comes back with the receipts.",
    )
    return (
        spread(labelled(totals), widths, 24),
        spread(labelled(signatures), widths, 34),
        spread([Part(rules_of_use, style.REMARK)], widths),
    )
