"""One person to phone, why, and the words to say or send."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from returnplan.passengers import choose_leaders
from returnplan.plan import Batch, Rider, Stop
from returnplan.texts import Lang, Text
from returnplan.wording import say_batch, say_day, say_hour

CallKind = Literal["new", "moved", "retimed", "off"]

KINDS: Mapping[CallKind, Text] = {
    "new": Text("新安排", "new"),
    "moved": Text("改乘", "moved"),
    "retimed": Text("改时间", "new hour"),
    "off": Text("暂不安排", "off"),
}


@dataclass(frozen=True, slots=True)
class Call:
    """A person to tell something: ``batch`` is the coach they ride now (kind off: the one they were told)."""

    kind: CallKind
    rider: Rider
    batch: Batch
    leader: Rider | None = None

    @property
    def pickup(self) -> Stop:
        """Where the person boards."""
        return next(stop for stop in self.batch.stops if stop.seq == self.rider.pickup_seq)

    @property
    def dropoff(self) -> Stop:
        """Where the person alights."""
        return next(stop for stop in self.batch.stops if stop.seq == self.rider.dropoff_seq)


def first_calls(batches: Iterable[Batch], riders: Mapping[str, Sequence[Rider]]) -> list[Call]:
    """Return a call to everybody on the batches, with the coach's leader to give as contact."""
    calls = []
    for batch in batches:
        leader = next(iter(choose_leaders(riders[batch.id], batch.date)), None)
        calls += [Call("new", rider, batch, leader) for rider in riders[batch.id]]
    return calls


def message(call: Call, lang: Lang) -> str:
    """Return what to say, or to send as a text message."""
    return (_off(call) if call.kind == "off" else _ride(call)).say(lang)


def _ride(call: Call) -> Text:
    rider, batch, hour = call.rider, call.batch, f"{call.pickup.time:%H:%M}"
    opening = {
        "new": Text("您报名的返岗专车已安排", "your coach is arranged"),
        "moved": Text("您的返岗专车有调整,以这次为准", "your coach has changed; this is what counts"),
        "retimed": Text("您的发车时间有调整,以这次为准", "your hour has changed; this is what counts"),
        "off": Text("", ""),
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
        f"在{rider.pickup}上车,请提前15分钟到。车型{coach},{rider.seat}座。{contact.zh}"
        f"下车点{rider.dropoff},预计{arrival.zh}到。请带好身份证;不能乘车请马上告知。",
        f"{rider.name}: {opening.en}. {say_batch(batch, 'en')}: board at {hour} on"
        f" {say_day(call.pickup.time.date(), 'en')} at {rider.pickup}, 15 minutes early. {coach}, seat {rider.seat}."
        f"{contact.en} To {rider.dropoff}, about {arrival.en}. Bring your ID card; tell us at once if you cannot come.",
    )


def _off(call: Call) -> Text:
    rider, batch = call.rider, call.batch
    return Text(
        f"{rider.name}您好:原定{say_batch(batch, 'zh')}暂不能安排您乘坐,请不要前往上车点,有新安排会马上通知您。",
        f"{rider.name}: {say_batch(batch, 'en')} cannot take you for now; do not go to the pick-up. We will call"
        " as soon as there is another.",
    )
