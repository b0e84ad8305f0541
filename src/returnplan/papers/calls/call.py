"""One person to phone, why, and the words to say or send."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Literal

from returnplan.model.journeys import EARLY_MINUTES
from returnplan.model.person import label
from returnplan.model.plan import NO_NEWS_MINUTES, Batch, Rider, Stop, Unplanned
from returnplan.model.texts import NO_TEXT, Lang, Text
from returnplan.papers.itinerary import ALL_DIRECT, Itineraries, Ride, say_train_seat
from returnplan.papers.passengers import NO_LEADER_TOLD, choose_leaders, contact_of, say_pickup
from returnplan.papers.settings import Office
from returnplan.papers.wording import (
    say_batch,
    say_day,
    say_division,
    say_hour,
    say_place,
    say_station,
    say_vehicle,
)

_THEN = " → "
"""Between the rides of a journey, and before the drop-off."""

CallKind = Literal["off", "withdrawn", "moved", "retimed", "corrected", "none", "new", "held"]

KINDS: Mapping[CallKind, Text] = {
    "off": Text("暂不安排", "off"),
    "withdrawn": Text("已取消", "cancelled"),
    "moved": Text("改乘", "moved"),
    "retimed": Text("改时间", "new hour"),
    "corrected": Text("更正", "corrected"),
    "none": Text("没有座位", "no seat"),
    "new": Text("新安排", "new"),
    "held": Text("草案，先别打", "draft, not yet"),
}
"""Whom to phone first: who would wait for a coach that does not come, then who would look for another one, who has
never had a seat and whose last day comes; last who is on a draft that waits for later sign-ups, and may yet ride
another day."""


_ARRANGED = Text("您报名的返岗专车已安排", "your coach is arranged")
VEHICLE, SEAT, LEADER = Text("车辆", "vehicle"), Text("座位", "seat"), Text("车长", "leader")
EMPLOYER = label("employer")
_PLATE_TO_COME = Text("车牌待定", "plate to come")
"""In place of the plate where people were told of another one, so that the new one is news to them."""
_HOUR = Text("上车时间", "boards at")
_DROPOFF, _RIDE = Text("下车点", "drop-off"), Text("行程", "ride")
_FACTS = (
    Text("批次", "batch"),
    _HOUR,
    Text("上车点", "pick-up"),
    VEHICLE,
    SEAT,
    _DROPOFF,
    LEADER,
    EMPLOYER,
)


@dataclass(frozen=True, slots=True)
class Told:
    """What a person is told of a seat; empty (0) what is not known: nothing is corrected in it.

    ``vehicle`` is type and plate, ``leader`` name and phone.
    """

    batch_id: str
    place: str
    time: datetime
    vehicle: str = ""
    seat: int = 0
    dropoff: str = ""
    leader: str = ""
    employer: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """One thing that is no longer as a person was told."""

    what: Text
    was: Text
    now: Text


@dataclass(frozen=True)  # a property that is asked for by many columns is worked out once
class Call:
    """A rider to tell something: ``batch`` is the coach they ride now, the first one if they have several rides.

    ``onward`` are the rides after it, ``was`` is what they were told before.
    """

    kind: Literal["new", "held", "moved", "retimed", "corrected"]
    rider: Rider
    batch: Batch
    leader: Rider | None = None
    onward: tuple[Ride, ...] = ()
    was: Told | None = None

    @property
    def who(self) -> Rider:
        """The person."""
        return self.rider

    @property
    def batch_id(self) -> str:
        """The batch they are told of."""
        return self.batch.id

    @property
    def place(self) -> str:
        """Where the person boards."""
        return self.rider.pickup

    @property
    def time(self) -> datetime:
        """When the person boards."""
        return self.pickup.time

    @property
    def ride(self) -> Ride:
        """The first ride."""
        return Ride(self.rider, self.batch)

    @cached_property
    def pickup(self) -> Stop:
        """The stop at which the person boards."""
        return self.ride.pickup

    @property
    def dropoff(self) -> Stop:
        """The stop at which the person's journey ends."""
        return (self.onward[-1] if self.onward else self.ride).dropoff

    @property
    def way(self) -> str:
        """Where the person alights; before it, all rides after the first, and the seat on a train once it is published.

        So a seat that the railway has given counts as a correction, once, for whoever was told without it.
        """
        parts = [_ride_told(ride, is_first=at == 0) for at, ride in enumerate((self.ride, *self.onward))]
        last = self.onward[-1].rider if self.onward else self.rider
        return _THEN.join([*filter(None, parts), last.dropoff])

    @cached_property
    def told(self) -> Told:
        """What the person is told by this call."""
        return Told(
            batch_id=self.batch_id,
            place=self.place,
            time=self.time,
            vehicle=" ".join(filter(None, (self.batch.vehicle, self._plate))),
            seat=0 if self.batch.mode == "train" else self.rider.seat,
            dropoff=self.way,
            leader=contact_of(self.leader) if self.leader else "",
            employer=self.rider.employer,
        )

    @property
    def _plate(self) -> str:
        is_known = self.was is not None and self.was.batch_id == self.batch_id and " " in self.was.vehicle
        return self.batch.plate or (_PLATE_TO_COME.zh if is_known else "")

    @property
    def is_at_another_hour(self) -> bool:
        """Whether the person boards at another hour than they were told; of a coach some minutes do not count."""
        most_min = 0 if self.batch.mode == "train" else NO_NEWS_MINUTES
        return self.was is not None and abs(self.time - self.was.time) > timedelta(minutes=most_min)

    @property
    def corrections(self) -> list[Correction]:
        """What is no longer as the person was told.

        A plate that was not known then is no correction, nor is an employer that is not known now.
        """
        if self.was is None:
            return []
        was = map(Text, _facts(self.was), _facts(say_told(self.was, "en")))
        now = map(Text, _facts(self.told), _facts(say_told(self.told, "en")))
        found = (one for fact in map(Correction, _FACTS, was, now) for one in _each_ride(fact))
        # a list that came back may be of either language
        changed = (one for one in found if one.was.zh not in ("", *one.now))
        return [
            one
            for one in changed
            if not (one.what == VEHICLE and _is_plate_new(one))
            and (one.what != _HOUR or self.is_at_another_hour)
            and (one.what != EMPLOYER or one.now.zh)
        ]


def _facts(told: Told) -> tuple[str, ...]:
    """Return what is told, in the order of ``_FACTS``."""
    seat = str(told.seat or "")
    return (
        told.batch_id,
        f"{told.time:%m-%d %H:%M}",
        told.place,
        told.vehicle,
        seat,
        told.dropoff,
        told.leader,
        told.employer,
    )


def _each_ride(fact: Correction) -> list[Correction]:
    """Return the way ride by ride, then the drop-off, if there are as many rides as before; any other fact as it is."""
    was, now = ([words.split(_THEN) for words in text] for text in (fact.was, fact.now))
    num_places = {len(places) for places in (*was, *now)}
    if fact.what != _DROPOFF or len(num_places) > 1:
        return [fact]
    whats = [*[_RIDE] * (num_places.pop() - 1), _DROPOFF]
    return list(map(Correction, whats, map(Text, *was), map(Text, *now)))


def _is_plate_new(vehicle: Correction) -> bool:
    return any(now.startswith(f"{vehicle.was.zh} ") for now in vehicle.now)


def say_told(told: Told, lang: Lang) -> Told:
    """Return what is told in the words of a language; what was told in English stays so."""
    if lang == "zh":
        return told
    kind, _, plate = told.vehicle.partition(" ")
    plate = _PLATE_TO_COME.say(lang) if plate == _PLATE_TO_COME.zh else plate
    return replace(
        told,
        place=say_place(told.place, lang),
        vehicle=f"{say_vehicle(kind, lang)} {plate}".strip(),
        dropoff=say_place(told.dropoff, lang),
    )


@dataclass(frozen=True, slots=True)
class OffCall:
    """Somebody who was told of a coach and rides on none now; batch, place and time are what they were told.

    ``withdrawn`` are those who want no seat by their sign-up, ``none`` those who never had one (``time`` is their last
    day), ``off`` all others. ``asked`` is the day for which they gave the seat up.
    """

    kind: Literal["off", "withdrawn", "none"]
    who: Unplanned | Rider
    batch_id: str
    place: str
    time: datetime
    employer: str = ""
    asked: date | None = None


def _ride_told(ride: Ride, *, is_first: bool) -> str:
    """Return a ride in a few signs of any language: D4508 10:30 3/12F; nothing of a coach that is the first ride."""
    if ride.batch.mode == "train":
        is_said = ride.rider.carriage and ride.batch.state == "published"
        seat = "/".join(filter(None, (ride.rider.carriage, ride.rider.seat_no))) if is_said else ""
        hour = "" if is_first else f"{ride.pickup.time:%H:%M}"
        return " ".join(filter(None, (ride.batch.service, hour, seat)))
    return "" if is_first else f"{ride.batch.id} {ride.pickup.time:%H:%M}"


def first_calls(
    batches: Iterable[Batch],
    riders: Mapping[str, Sequence[Rider]],
    journeys: Itineraries = ALL_DIRECT,
    leaders_told: Mapping[str, str] = NO_LEADER_TOLD,
) -> list[Call]:
    """Return a call to everybody on the batches, with the coach's leader to give as contact.

    Who has several rides is called once, about all of them; ``journeys`` are those rides. ``leaders_told`` is by batch
    id the leader that others were told before.
    """
    calls = []
    called: set[int] = set()
    for batch in batches:
        leaders: dict[str, Rider | None] = {}
        for rider in riders[batch.id]:
            first, *onward = journeys.get(rider.person, (Ride(rider, batch),))
            if onward and rider.person in called:
                continue
            called.add(rider.person)
            own = first.batch
            if own.id not in leaders:
                leaders[own.id] = next(
                    iter(choose_leaders(riders[own.id], own.date, leaders_told.get(own.id, ""))), None
                )
            calls.append(Call("new", first.rider, own, leaders[own.id], tuple(onward)))
    return calls


def message(call: Call | OffCall, lang: Lang, office: Office) -> str:
    """Return what to say, or to send as a text message; the people call ``office`` back."""
    whom = " ".join(filter(None, (office.name, office.contact, office.phone)))
    back = Text(f"告知{whom}" if whom else "告知", f"tell {whom} at once" if whom else "tell us at once")
    return _off(call, back, lang) if isinstance(call, OffCall) else _ride(call, back, lang)


def _leader(rider: Rider, leader: Rider | None) -> Text:
    """Return whom to phone on the way; to the leader, that it is they."""
    if leader is None:
        return Text("", "")
    if leader.person == rider.person:
        return Text(
            f"请您当本车车长，到时协助清点人数，同车的人会打您的电话{leader.phone}；当不了请说。",
            f" You are asked to lead this vehicle: help to count the people; they will phone you at {leader.phone}."
            " Say so if you cannot.",
        )
    return Text(f"车长{leader.name}，电话{leader.phone}。", f" Leader: {leader.name}, {leader.phone}.")


def _ride(call: Call, back: Text, lang: Lang) -> str:
    rider, batch, leader = call.rider, call.batch, call.leader
    opening = {
        "new": _ARRANGED,
        "held": _ARRANGED,
        "moved": Text("您的返岗专车有调整，以这次为准", "your coach has changed; this is what counts"),
        "retimed": Text("您的发车时间有调整，以这次为准", "your hour has changed; this is what counts"),
        "corrected": Text("您的返岗专车有更正，以这次为准", "your coach is corrected; this is what counts"),
    }[call.kind]
    was = say_corrections(call.corrections)
    opening = Text(f"{opening.zh}{was.zh and f'({was.zh})'}", f"{opening.en}{was.en and f' ({was.en})'}")
    contact = _leader(rider, leader)
    firm = rider.employer
    employer = Text(f"企业：{firm}。" if firm else "", f" Employer: {firm}." if firm else "")
    other_day = Text(
        "这一天不是您原报的日期，走不了请说哪天可以。" if rider.flexed else "",
        " This is not the day you signed up for; say which day suits you if you cannot."
        if rider.flexed
        else "",
    )
    papers = Text("和儿童的户口簿或身份证", " and the children's papers") if rider.child_seats else NO_TEXT
    first, coach, way = _boarding(call, lang), _vehicle(call, lang), _way(call, lang)
    name, day = say_batch(batch, lang), say_day(call.time.date(), lang)
    return Text(
        f"{rider.name}您好：{opening.zh}。{name}，{day}{call.time:%H:%M}"
        f"在{first}上车，请提前{EARLY_MINUTES}分钟到。{coach}。{contact.zh}"
        f"{way}到。{employer.zh}{other_day.zh}请带好身份证{papers.zh}；不能乘车请马上{back.zh}。",
        f"{rider.name}: {opening.en}. {name}: board at {call.time:%H:%M} on"
        f" {day} at {first}, {EARLY_MINUTES} minutes early. {coach}."
        f"{contact.en} {way}.{employer.en}{other_day.en} Bring your ID card{papers.en}; {back.en} if you cannot come.",
    ).say(lang)


def _boarding(call: Call, lang: Lang) -> str:
    """Return where the person boards first."""
    if call.batch.mode == "train":
        return _station(call.place, lang)
    return say_place(say_pickup(call.rider, lang), lang)


def _vehicle(call: Call, lang: Lang) -> str:
    """Return the vehicle and the seat of the first ride."""
    rider, batch = call.rider, call.batch
    if batch.mode == "train":
        seat = say_train_seat(rider, lang)
        return Text(f"席位{seat}", f"Seat: {seat}").say(lang)
    coach = f"{say_vehicle(batch.vehicle, lang)} {batch.plate}".strip()
    seats = _children(
        rider, Text("、".join(map(str, rider.child_seats)), ", ".join(map(str, rider.child_seats)))
    )
    return Text(f"车型{coach}，{rider.seat}座{seats.zh}", f"{coach}, seat {rider.seat}{seats.en}").say(lang)


def _children(rider: Rider, seats: Text) -> Text:
    """Return the seats of the children along; no text for who travels without."""
    num = len(rider.child_seats)
    return Text(f"，随行儿童{num}人坐{seats.zh}座", f", children: {seats.en}") if num else NO_TEXT


def _way(call: Call, lang: Lang) -> str:
    """Return where the person alights, with all further rides: 到柳州站转乘…, and when the journey ends."""
    way, place = "", call.rider.dropoff
    for ride in call.onward:
        at, hour = _station(place, lang), say_hour(ride.pickup.time, call.batch.date, lang)
        if ride.batch.mode == "train":
            train, seat = ride.batch.service, say_train_seat(ride.rider, lang)
            change = Text(
                f"到{at}后转乘{hour}的{train}次(席位{seat})，",
                f"At {at} change to train {train} at {hour} (seat: {seat}). ",
            )
        else:
            coach, seat = ride.batch.number, str(ride.rider.seat)
            change = Text(
                f"到{at}后转乘{hour}的{coach}号车({seat}座)，",
                f"At {at} change to coach {coach} at {hour}, seat {seat}. ",
            )
        way += change.say(lang)
        place = ride.rider.dropoff
    last = (call.onward or (call.ride,))[-1]
    end = _station(place, lang) if last.batch.kind in ("feeder", "train") else say_place(place, lang)
    hour = say_hour(last.dropoff.time, call.batch.date, lang)
    return way + Text(f"下车点{end}，预计{hour}", f"To {end}, about {hour}").say(lang)


def _station(place: str, lang: Lang) -> str:
    return say_place(say_station(place, lang), lang)


def say_corrections(corrections: Sequence[Correction]) -> Text:
    """Return what was and what is now."""
    return Text(
        "；".join(f"{one.what.zh}原{one.was.zh}，现{one.now.zh or '待定'}" for one in corrections),
        "; ".join(
            f"{one.what.en} was {one.was.en}, is {one.now.en or 'not known yet'}" for one in corrections
        ),
    )


def _off(call: OffCall, back: Text, lang: Lang) -> str:
    if call.kind == "none":
        return _no_seat(call, back, lang)
    name, day, place = call.who.name, say_day(call.time.date(), lang), say_place(call.place, lang)
    told = Text(
        f"{name}您好：原定{day}{call.time:%H:%M}在{place}上车的返岗专车",
        f"{name}: the coach at {call.time:%H:%M} on {day} from {place}",
    )
    if call.kind == "withdrawn":
        return Text(
            f"{told.zh}，已按取消登记，座位不再保留。如仍要乘坐，请马上{back.zh}。",
            f"{told.en}: your seat was given up, for your sign-up was cancelled. If you still go, {back.en}.",
        ).say(lang)
    if call.asked:
        asked = Text(say_day(call.asked, "zh"), say_day(call.asked, "en"))
        return Text(
            f"{told.zh}，您要改到{asked.zh}走，目前还没有合适的座位，有新安排会马上通知您。",
            f"{told.en}: you asked for {asked.en}, and there is no seat yet. We will call as soon as there is one.",
        ).say(lang)
    return Text(
        f"{told.zh}暂不能安排您乘坐，请不要前往上车点，有新安排会马上通知您。",
        f"{told.en} cannot take you for now; do not go to the pick-up. We will call as soon as there is another.",
    ).say(lang)


def _no_seat(call: OffCall, back: Text, lang: Lang) -> str:
    """Return that a sign-up was not planned in time: the person has to find another day, or another way."""
    name, day, city = call.who.name, say_day(call.time.date(), lang), say_division(call.who.city, lang)
    return Text(
        f"{name}您好：您报名的到{city}的返岗专车，{day}以前没有能安排的座位，请不要等车。能改到以后哪天走，请{back.zh}；"
        "也可以自行前往。",
        f"{name}: there is no seat on a coach to {city} by {day}, so do not wait for one. If you can go on a later "
        f"day, {back.en}; or go by your own means.",
    ).say(lang)
