"""One person to phone, why, and the words to say or send."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from returnplan.model.plan import Batch, Rider, Stop, Unplanned
from returnplan.model.texts import Lang, Text
from returnplan.papers.passengers import choose_leaders, say_pickup
from returnplan.papers.settings import Office
from returnplan.papers.wording import say_batch, say_day, say_hour

CallKind = Literal["new", "moved", "retimed", "off", "withdrawn"]

KINDS: Mapping[CallKind, Text] = {
    "new": Text("新安排", "new"),
    "moved": Text("改乘", "moved"),
    "retimed": Text("改时间", "new hour"),
    "off": Text("暂不安排", "off"),
    "withdrawn": Text("已取消", "cancelled"),
}


@dataclass(frozen=True, slots=True)
class Call:
    """A rider to tell something: ``batch`` is the coach they ride now."""

    kind: Literal["new", "moved", "retimed"]
    rider: Rider
    batch: Batch
    leader: Rider | None = None

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
    def pickup(self) -> Stop:
        """The stop at which the person boards."""
        return next(stop for stop in self.batch.stops if stop.seq == self.rider.pickup_seq)

    @property
    def dropoff(self) -> Stop:
        """The stop at which the person alights."""
        return next(stop for stop in self.batch.stops if stop.seq == self.rider.dropoff_seq)


@dataclass(frozen=True, slots=True)
class OffCall:
    """Somebody who was told of a coach and rides on none now; batch, place and time are what they were told.

    ``withdrawn`` are those whose sign-up was cancelled, ``off`` all others.
    """

    kind: Literal["off", "withdrawn"]
    who: Unplanned | Rider
    batch_id: str
    place: str
    time: datetime


def first_calls(batches: Iterable[Batch], riders: Mapping[str, Sequence[Rider]]) -> list[Call]:
    """Return a call to everybody on the batches, with the coach's leader to give as contact."""
    calls = []
    for batch in batches:
        leader = next(iter(choose_leaders(riders[batch.id], batch.date)), None)
        calls += [Call("new", rider, batch, leader) for rider in riders[batch.id]]
    return calls


def message(call: Call | OffCall, lang: Lang, office: Office) -> str:
    """Return what to say, or to send as a text message; the people call ``office`` back."""
    whom = " ".join(filter(None, (office.name, office.contact, office.phone)))
    back = Text(f"告知{whom}" if whom else "告知", f"tell {whom} at once" if whom else "tell us at once")
    return (_off(call, back) if isinstance(call, OffCall) else _ride(call, back)).say(lang)


def _ride(call: Call, back: Text) -> Text:
    rider, batch, hour = call.rider, call.batch, f"{call.pickup.time:%H:%M}"
    opening = {
        "new": Text("您报名的返岗专车已安排", "your coach is arranged"),
        "moved": Text("您的返岗专车有调整,以这次为准", "your coach has changed; this is what counts"),
        "retimed": Text("您的发车时间有调整,以这次为准", "your hour has changed; this is what counts"),
    }[call.kind]
    arrival = Text(*(say_hour(call.dropoff.time, batch.date, lang) for lang in ("zh", "en")))
    coach = " ".join(filter(None, (batch.vehicle, batch.plate)))
    leader = call.leader
    contact = Text(
        f"车长{leader.name},电话{leader.phone}。" if leader else "",
        f" Leader: {leader.name}, {leader.phone}." if leader else "",
    )
    return Text(
        f"{rider.name}您好:{opening.zh}。{say_batch(batch, 'zh')},{say_day(call.pickup.time.date(), 'zh')}{hour}"
        f"在{say_pickup(rider, 'zh')}上车,请提前15分钟到。车型{coach},{rider.seat}座。{contact.zh}"
        f"下车点{rider.dropoff},预计{arrival.zh}到。请带好身份证;不能乘车请马上{back.zh}。",
        f"{rider.name}: {opening.en}. {say_batch(batch, 'en')}: board at {hour} on"
        f" {say_day(call.pickup.time.date(), 'en')} at {say_pickup(rider, 'en')}, 15 minutes early. {coach}, seat"
        f" {rider.seat}.{contact.en} To {rider.dropoff}, about {arrival.en}. Bring your ID card;"
        f" {back.en} if you cannot come.",
    )


def _off(call: OffCall, back: Text) -> Text:
    name, zh, en = call.who.name, say_day(call.time.date(), "zh"), say_day(call.time.date(), "en")
    told = Text(
        f"{name}您好:原定{zh}{call.time:%H:%M}在{call.place}上车的返岗专车",
        f"{name}: the coach at {call.time:%H:%M} on {en} from {call.place}",
    )
    if call.kind == "withdrawn":
        return Text(
            f"{told.zh},已按取消登记,座位不再保留。如仍要乘坐,请马上{back.zh}。",
            f"{told.en}: your seat was given up, for your sign-up was cancelled. If you still go, {back.en}.",
        )
    return Text(
        f"{told.zh}暂不能安排您乘坐,请不要前往上车点,有新安排会马上通知您。",
        f"{told.en} cannot take you for now; do not go to the pick-up. We will call as soon as there is another.",
    )
