"""One person to phone, why, and the words to say or send."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from returnplan.model.plan import Batch, Rider, Stop, Unplanned
from returnplan.model.texts import Lang, Text
from returnplan.papers.passengers import choose_leaders, say_pickup
from returnplan.papers.wording import say_batch, say_day, say_hour

CallKind = Literal["off", "withdrawn", "moved", "retimed", "corrected", "new"]

KINDS: Mapping[CallKind, Text] = {
    "off": Text("暂不安排", "off"),
    "withdrawn": Text("已取消", "cancelled"),
    "moved": Text("改乘", "moved"),
    "retimed": Text("改时间", "new hour"),
    "corrected": Text("更正", "corrected"),
    "new": Text("新安排", "new"),
}
"""Whom to phone first: who would wait for a coach that does not come, then who would look for another one."""


SEAT, LEADER = Text("座位", "seat"), Text("车长", "leader")


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


@dataclass(frozen=True, slots=True)
class Correction:
    """One thing that is no longer as a person was told."""

    what: Text
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Call:
    """A rider to tell something: ``batch`` is the coach they ride now, ``was`` what they were told before."""

    kind: Literal["new", "moved", "retimed", "corrected"]
    rider: Rider
    batch: Batch
    leader: Rider | None = None
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
    def pickup(self) -> Stop:
        """The stop at which the person boards."""
        return next(stop for stop in self.batch.stops if stop.seq == self.rider.pickup_seq)

    @property
    def dropoff(self) -> Stop:
        """The stop at which the person alights."""
        return next(stop for stop in self.batch.stops if stop.seq == self.rider.dropoff_seq)

    @property
    def told(self) -> Told:
        """What the person is told by this call."""
        return Told(
            batch_id=self.batch_id,
            place=self.place,
            time=self.time,
            vehicle=" ".join(filter(None, (self.batch.vehicle, self.batch.plate))),
            seat=self.rider.seat,
            dropoff=self.rider.dropoff,
            leader=f"{self.leader.name} {self.leader.phone}" if self.leader else "",
        )

    @property
    def corrections(self) -> list[Correction]:
        """What is no longer as the person was told; a plate that was not known then is no correction."""
        was, now = self.was, self.told
        if was is None:
            return []
        found = [
            (Text("批次", "batch"), was.batch_id, now.batch_id),
            (Text("上车时间", "boards at"), f"{was.time:%m-%d %H:%M}", f"{now.time:%m-%d %H:%M}"),
            (Text("上车点", "pick-up"), was.place, now.place),
            (Text("车辆", "vehicle"), was.vehicle, now.vehicle),
            (SEAT, str(was.seat or ""), str(now.seat)),
            (Text("下车点", "drop-off"), was.dropoff, now.dropoff),
            (LEADER, was.leader, now.leader),
        ]
        is_plate_new = now.vehicle.startswith(f"{was.vehicle} ")
        return [
            Correction(what, before, after)
            for what, before, after in found
            if before not in ("", after) and not (before == was.vehicle and is_plate_new)
        ]


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
    employer: str = ""


def first_calls(batches: Iterable[Batch], riders: Mapping[str, Sequence[Rider]]) -> list[Call]:
    """Return a call to everybody on the batches, with the coach's leader to give as contact."""
    calls = []
    for batch in batches:
        leader = next(iter(choose_leaders(riders[batch.id], batch.date)), None)
        calls += [Call("new", rider, batch, leader) for rider in riders[batch.id]]
    return calls


def message(call: Call | OffCall, lang: Lang) -> str:
    """Return what to say, or to send as a text message."""
    return (_off(call) if isinstance(call, OffCall) else _ride(call)).say(lang)


def _ride(call: Call) -> Text:
    rider, batch, hour = call.rider, call.batch, f"{call.pickup.time:%H:%M}"
    opening = {
        "new": Text("您报名的返岗专车已安排", "your coach is arranged"),
        "moved": Text("您的返岗专车有调整,以这次为准", "your coach has changed; this is what counts"),
        "retimed": Text("您的发车时间有调整,以这次为准", "your hour has changed; this is what counts"),
        "corrected": Text("您的返岗专车有更正,以这次为准", "your coach is corrected; this is what counts"),
    }[call.kind]
    was = say_corrections(call.corrections)
    opening = Text(f"{opening.zh}{was.zh and f'({was.zh})'}", f"{opening.en}{was.en and f' ({was.en})'}")
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
        f"下车点{rider.dropoff},预计{arrival.zh}到。请带好身份证;不能乘车请马上告知。",
        f"{rider.name}: {opening.en}. {say_batch(batch, 'en')}: board at {hour} on"
        f" {say_day(call.pickup.time.date(), 'en')} at {say_pickup(rider, 'en')}, 15 minutes early. {coach}, seat"
        f" {rider.seat}.{contact.en} To {rider.dropoff}, about {arrival.en}. Bring your ID card;"
        " tell us at once if you cannot come.",
    )


def say_corrections(corrections: Sequence[Correction]) -> Text:
    """Return what was and what is now."""
    return Text(
        ";".join(f"{one.what.zh}原{one.was},现{one.now or '待定'}" for one in corrections),
        "; ".join(f"{one.what.en} was {one.was}, is {one.now or 'not known yet'}" for one in corrections),
    )


def _off(call: OffCall) -> Text:
    name, zh, en = call.who.name, say_day(call.time.date(), "zh"), say_day(call.time.date(), "en")
    told = Text(
        f"{name}您好:原定{zh}{call.time:%H:%M}在{call.place}上车的返岗专车",
        f"{name}: the coach at {call.time:%H:%M} on {en} from {call.place}",
    )
    if call.kind == "withdrawn":
        return Text(
            f"{told.zh},已按取消登记,座位不再保留。如仍要乘坐,请马上告知。",
            f"{told.en}: your seat was given up, for your sign-up was cancelled. Tell us at once if you still go.",
        )
    return Text(
        f"{told.zh}暂不能安排您乘坐,请不要前往上车点,有新安排会马上通知您。",
        f"{told.en} cannot take you for now; do not go to the pick-up. We will call as soon as there is another.",
    )
