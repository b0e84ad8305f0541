"""All rides of a person in the order of travel, and how a train and its stations are called on paper."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from returnplan.model.plan import NO_SEAT, Batch, Rider, Stop
from returnplan.model.texts import Lang, Text
from returnplan.papers.wording import say_hour


class Ride(NamedTuple):
    """One ride of a person: the line of the rider, and the batch."""

    rider: Rider
    batch: Batch

    @property
    def pickup(self) -> Stop:
        """The stop at which the person boards."""
        return next(stop for stop in self.batch.stops if stop.seq == self.rider.pickup_seq)

    @property
    def dropoff(self) -> Stop:
        """The stop at which the person alights."""
        return next(stop for stop in self.batch.stops if stop.seq == self.rider.dropoff_seq)


Itineraries = Mapping[int, tuple[Ride, ...]]
"""Person number -> the rides of that person, in their order."""
ALL_DIRECT: Itineraries = {}
"""Where nobody has several rides."""


def itineraries(batches: Iterable[Batch], riders: Mapping[str, Sequence[Rider]]) -> Itineraries:
    """Return the rides of everybody on the batches; ``riders`` by batch id."""
    rides: dict[int, list[Ride]] = defaultdict(list)
    for batch in batches:
        for rider in riders[batch.id]:
            rides[rider.person].append(Ride(rider, batch))
    return {person: tuple(sorted(own, key=lambda ride: ride.rider.leg)) for person, own in rides.items()}


def next_ride(rider: Rider, journeys: Itineraries) -> Ride | None:
    """Return the ride that a rider takes after this one, None where the journey ends with it."""
    later = (ride for ride in journeys.get(rider.person, ()) if ride.rider.leg > rider.leg)
    return next(later, None)


def last_ride(rider: Rider, journeys: Itineraries) -> Ride | None:
    """Return the ride by which a rider comes to this one, None where the journey begins with it."""
    earlier = [ride for ride in journeys.get(rider.person, ()) if ride.rider.leg < rider.leg]
    return earlier[-1] if earlier else None


def say_train_seat(rider: Rider, lang: Lang) -> str:
    """Return where a rider sits on the train: 3车12F号; until the railway has said it, that it has not."""
    if not rider.carriage:
        return Text("待定", "not known yet").say(lang)
    if not rider.seat_no:
        return Text(
            f"{rider.carriage}车，座位见车票", f"carriage {rider.carriage}, seat as on the ticket"
        ).say(lang)
    if rider.seat_no == NO_SEAT:
        return Text(f"{rider.carriage}车无座", f"carriage {rider.carriage}, standing").say(lang)
    return Text(
        f"{rider.carriage}车{rider.seat_no}号", f"carriage {rider.carriage}, seat {rider.seat_no}"
    ).say(lang)


def say_seat_no(seat_no: str, lang: Lang) -> str:
    """Return the seat of a train in its carriage as a cell has it; empty until the railway has said it."""
    return Text(seat_no, "standing").say(lang) if seat_no == NO_SEAT else seat_no


def say_onward(rider: Rider, journeys: Itineraries, lang: Lang) -> str:
    """Return what a rider takes next, as the papers of this ride say it: 转乘 D4508 10:30开; empty where nothing."""
    ride = next_ride(rider, journeys)
    if ride is None:
        return ""
    hour = say_hour(ride.pickup.time, ride.batch.date, lang)
    if ride.batch.mode == "train":
        return Text(f"转乘 {ride.batch.service} {hour}开", f"then {ride.batch.service} at {hour}").say(lang)
    return Text(f"转乘 {ride.batch.number}号车 {hour}开", f"then coach {ride.batch.number} at {hour}").say(
        lang
    )
