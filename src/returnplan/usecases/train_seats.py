"""Seats that the railway sent back: whose they are, and what is wrong with a list before anything is entered."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from returnplan.model.faults import Fault
from returnplan.model.plan import NO_SEAT, Batch, Rider
from returnplan.model.texts import Text
from returnplan.papers.name_list import TrainSeat
from returnplan.reading.cells import Finding, clean

_LOOK = Text("请核对后改正，再读一次", "check and correct it, then read the list again")
_UNKNOWN = Finding(
    "not_on_the_train",
    Text("方案里没有这个人的列车行程，没有登记", "nobody of this ID number rides a train of the plan"),
    _LOOK,
)
_OTHER_NAME = Finding(
    "name_differs",
    Text("姓名与报名时的不一致", "the name is not the one of this ID number in the sign-ups"),
    Text(
        "姓名必须与身份证一致：与本人核对，铁路写错的把这一格改成报名时的姓名再读，报名写错的改报名表",
        "it must be that of the ID card: ask the person; write the name of the sign-up into this cell, or correct the "
        "sign-up, and read the list again",
    ),
)
_OTHER_TRAIN = Finding(
    "wrong_train",
    Text("车次与方案不同", "the plan has this person on another train"),
    _LOOK,
)
_OTHER_DAY = Finding(
    "wrong_day", Text("乘车日期与方案不同", "the plan has this person on another day"), _LOOK
)
_NO_CARRIAGE = Finding("missing_carriage", Text("有席位号，没有车厢号", "a seat without a carriage"), _LOOK)
_TAKEN = Finding("seat_taken", Text("这个席位给了两个人", "this seat is given to two people"), _LOOK)


@dataclass(frozen=True, slots=True)
class SeatsFound:
    """The trains whose riders have new seats, all riders of each with their seats, and what is wrong.

    With any fault there are no seats: nothing is half done, and ``num_held`` new ones wait. ``fares_yuan`` adds up what
    the railway wants by train.
    """

    riders: Mapping[str, list[Rider]]
    faults: tuple[Fault, ...]
    fares_yuan: Mapping[str, float]
    num_held: int = 0


def seats_found(
    answers: Sequence[TrainSeat], trains: Sequence[Batch], riders: Mapping[str, Sequence[Rider]]
) -> SeatsFound:
    """Return whose the seats are.

    Parameters
    ----------
    riders : of the trains, by batch id
    """
    batch_of = {train.id: train for train in trains}
    by_id = {rider.id_number: rider for train in trains for rider in riders[train.id]}
    faults = [fault for answer in answers for fault in _wrong(answer, by_id, batch_of)]
    new = {answer.id_number: answer for answer in answers if not answer.is_child}
    faults += _taken_twice(answers, by_id, new)
    if faults:
        return SeatsFound({}, tuple(faults), {}, num_new(new, by_id))
    fares_yuan: dict[str, float] = defaultdict(float)
    for id_number, answer in new.items():
        fares_yuan[by_id[id_number].batch] += answer.fare_yuan or 0.0
    seated = {train.id: [_seated(rider, new) for rider in riders[train.id]] for train in trains}
    return SeatsFound(
        {batch: own for batch, own in seated.items() if own != list(riders[batch])}, (), dict(fares_yuan)
    )


def num_new(answers: Mapping[str, TrainSeat], by_id: Mapping[str, Rider]) -> int:
    """Return how many answers, by ID number, tell a seat that is not entered yet."""
    return sum(
        bool(answer.carriage)
        and (known is None or (known.carriage, known.seat_no) != (answer.carriage, answer.seat_no))
        for answer, known in ((answer, by_id.get(number)) for number, answer in answers.items())
    )


def _wrong(answer: TrainSeat, by_id: Mapping[str, Rider], batch_of: Mapping[str, Batch]) -> Iterator[Fault]:
    if answer.seat_no not in ("", NO_SEAT) and not answer.carriage:
        yield answer.row.fault("seat_no", _NO_CARRIAGE)
    if answer.is_child:
        return
    rider = by_id.get(answer.id_number)
    if rider is None:
        yield answer.row.fault("id_number", _UNKNOWN)
        return
    train = batch_of[rider.batch]
    boards = next(stop for stop in train.stops if stop.seq == rider.pickup_seq)
    if answer.name != clean(rider.name):
        yield answer.row.fault("name", _OTHER_NAME)
    if answer.service and answer.service != train.service.upper():
        yield answer.row.fault("service", _OTHER_TRAIN)
    if answer.day and answer.day not in (train.date, boards.time.date()):
        yield answer.row.fault("day", _OTHER_DAY)


def _taken_twice(
    answers: Sequence[TrainSeat], by_id: Mapping[str, Rider], new: Mapping[str, TrainSeat]
) -> Iterator[Fault]:
    """Yield a fault for each answer that gives a seat which another answer, or a rider of before, has."""
    owners: dict[tuple[str, str, str], str] = {
        (rider.batch, rider.carriage, rider.seat_no): id_number
        for id_number, rider in by_id.items()
        if rider.seat_no not in ("", NO_SEAT) and id_number not in new
    }
    for answer in answers:
        rider = by_id.get(answer.id_number)
        batch = rider.batch if rider else answer.service
        seat = (batch, answer.carriage, answer.seat_no)
        owner = answer.id_number or str(answer.ref)
        if answer.seat_no not in ("", NO_SEAT) and owners.setdefault(seat, owner) != owner:
            yield answer.row.fault("seat_no", _TAKEN)


def _seated(rider: Rider, new: Mapping[str, TrainSeat]) -> Rider:
    """Return the rider with what the railway says of the ticket; what it leaves blank stays as it was."""
    answer = new.get(rider.id_number)
    if answer is None:
        return rider
    ordered = replace(rider, order_no=answer.order_no or rider.order_no)
    if not answer.carriage:
        return ordered
    return replace(ordered, carriage=answer.carriage, seat_no=answer.seat_no)
