"""The people of a batch as the papers have them: riders in order, where they board, children, leader, deputy."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain, islice
from types import MappingProxyType

from returnplan.model.plan import Batch, Rider
from returnplan.model.texts import Lang, Text
from returnplan.papers.wording import say_division, say_place, say_station

_LEADER_AGES = range(25, 56)

NO_LEADER_TOLD: Mapping[str, str] = MappingProxyType({})
"""By batch id the leader that its riders were told, where they were told of none."""


def in_order(riders: Iterable[Rider]) -> list[Rider]:
    """Return riders by pick-up, then seat."""
    return sorted(riders, key=lambda rider: (rider.pickup_seq, rider.seat))


def say_pickup(rider: Rider, lang: Lang) -> str:
    """Return where a rider boards: without a place of their own, at the bus station of the county."""
    return _station(rider.pickup, lang) if rider.pickup == rider.county else rider.pickup


def at_stations(batch: Batch, riders: Iterable[Rider], lang: Lang) -> Batch:
    """Return the batch as a driver must read it.

    A pick-up that is only a county is its bus station; where a train calls, the name says that it is a railway station.
    In English places and cities are in Latin letters.
    """
    bare = {rider.pickup_seq for rider in riders if rider.pickup == rider.county}
    by_rail = {"direct": (), "feeder": ("dropoff",), "train": ("pickup", "dropoff"), "shuttle": ("pickup",)}[
        batch.kind
    ]
    stops = (
        replace(stop, place=say_station(stop.place, lang))
        if stop.kind in by_rail
        else replace(stop, place=_station(stop.place, lang))
        if stop.seq in bare
        else stop
        for stop in batch.stops
    )
    if lang == "zh":
        return replace(batch, stops=tuple(stops))
    latin = (
        replace(stop, place=say_place(stop.place, lang), city=stop.city and say_division(stop.city, lang))
        for stop in stops
    )
    return replace(batch, stops=tuple(latin))


def num_heads(riders: Sequence[Rider]) -> int:
    """Return how many seats are taken, children along included."""
    return sum(1 + len(rider.child_seats) for rider in riders)


def heads_at_stops(riders: Iterable[Rider]) -> Counter[int]:
    """Return how many board or alight at each stop, by its number, children along included."""
    heads: Counter[int] = Counter()
    for rider in riders:
        for seq in (rider.pickup_seq, rider.dropoff_seq):
            heads[seq] += 1 + len(rider.child_seats)
    return heads


def contact_of(rider: Rider) -> str:
    """Return name and phone of a rider, as those who may call them are told."""
    return f"{rider.name} {rider.phone}"


def choose_leaders(riders: Sequence[Rider], day: date, told: str = "") -> list[Rider]:
    """Return up to two riders to ask whether they will be leader and deputy (车长, 副车长).

    Grown-ups of 25 to 55 with a phone, no child along and no remark about special care. Those who ride the whole
    way come first, then the front seats. The deputy is of another party, so that a family is not asked twice.
    Whom people were ``told`` to phone stays leader, whoever has come since; see :func:`contact_of`.
    """
    in_turn = sorted(riders, key=lambda rider: (rider.pickup_seq, -rider.dropoff_seq, rider.seat))

    def is_able(rider: Rider) -> bool:
        free = rider.phone and not rider.note and not rider.child_seats
        return bool(free) and _age(rider, day) in _LEADER_AGES

    known = (rider for rider in in_turn if contact_of(rider) == told)
    for first in chain(known, filter(is_able, in_turn)):
        others = (
            rider
            for rider in filter(is_able, in_turn)
            if rider != first and (not first.party or rider.party != first.party)
        )
        return [first, *islice(others, 1)]
    return []


def child_seats(riders: Iterable[Rider]) -> list[int]:
    """Return the seats of all children along."""
    return list(chain.from_iterable(rider.child_seats for rider in riders))


def _station(county: str, lang: Lang) -> str:
    return Text(f"{county}汽车站", f"{county} bus station").say(lang)


def _age(rider: Rider, day: date) -> int:
    """Return full years on ``day`` from an ID number that reading has checked."""
    born = rider.id_number[6:14]
    return day.year - int(born[:4]) - (f"{day:%m%d}" < born[4:])
