"""What the labour office of a destination city is told (接站通知): which vehicle comes when, where, with how many.

No names and numbers of riders; the employers have those (:mod:`returnplan.papers.manifest.arrivals`).
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from returnplan.model.plan import Batch, Rider, Stop
from returnplan.model.texts import Lang, Text
from returnplan.papers.edition import Edition, Head, table_page, write_each
from returnplan.papers.field import Field
from returnplan.papers.itinerary import ALL_DIRECT, Itineraries, next_ride
from returnplan.papers.pages import Page, style
from returnplan.papers.passengers import num_heads
from returnplan.papers.wording import (
    HOW_SURE,
    driver_and_licence,
    say_day,
    say_heads_a_day,
    say_place,
    say_vehicle,
    say_whole_division,
)

PAPER = Text("接站通知", "reception")
_ROW_PT = 36
"""Three drivers have room one below the other."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A vehicle at a stop of the city where ``riders`` alight; ``num_onward`` of them take a shuttle from there."""

    batch: Batch
    stop: Stop
    riders: Sequence[Rider]
    num_onward: int

    @property
    def employers(self) -> Text:
        """To whom people go, with children, the most first: 华强电子12人、兴达制衣3人; who names none is left out."""
        heads: Counter[str] = Counter()
        for rider in self.riders:
            if rider.employer:
                heads[rider.employer] += num_heads([rider])
        in_order = sorted(heads.items(), key=lambda one: (-one[1], one[0]))
        return Text(
            "、".join(f"{name}{num}人" for name, num in in_order),
            ", ".join(f"{name}: {num}" for name, num in in_order),
        )

    @property
    def drivers(self) -> str:
        """Name and phone of each driver: the licence, which is the ID number, concerns no other city."""
        return "\n".join(driver_and_licence(driver)[0] for driver in self.batch.drivers)

    @property
    def origins(self) -> str:
        """The home counties of the people."""
        return "、".join(sorted({rider.county for rider in self.riders if rider.county}))


def _vehicle(one: Arrival, lang: Lang) -> str:
    return one.batch.service or say_vehicle(one.batch.vehicle, lang)


_FIELDS: tuple[Field[Arrival], ...] = (
    Field("day", Text("到达日期", "Day"), 9, value=lambda one, lang: say_day(one.stop.time.date(), lang)),
    Field("hour", Text("到达时间", "Hour"), 8, value=lambda one, lang: f"{one.stop.time:%H:%M}"),
    Field(
        "stop.place",
        Text("下车点", "Drop-off"),
        22,
        style.SMALL,
        lambda one, lang: say_place(one.stop.place, lang),
    ),
    Field("batch.id", Text("批次编号", "Batch"), 10, style.SHRINK),
    Field("vehicle", Text("车型、车次", "Vehicle"), 12, style.SMALL, _vehicle),
    Field("batch.plate", Text("车牌号", "Plate"), 11),
    Field("drivers", Text("驾驶员", "Drivers"), 18, style.SMALL, lambda one, lang: one.drivers),
    Field("batch.carrier", Text("承运单位", "Carrier"), 13, style.SMALL),
    Field("heads", Text("人数", "People"), 6, value=lambda one, lang: num_heads(one.riders)),
    Field("onward", Text("其中转乘", "Onward"), 7, value=lambda one, lang: one.num_onward or None),
    Field(
        "employers", Text("去往企业", "Employers"), 28, style.SMALL, lambda one, lang: one.employers.say(lang)
    ),
    Field("origins", Text("来自", "From"), 10, style.SMALL, lambda one, lang: one.origins),
    Field("state", Text("状态", "State"), 7, value=lambda one, lang: HOW_SURE[one.batch.state].say(lang)),
)


def write_cities(
    batches: Sequence[Batch],
    riders: Mapping[str, Sequence[Rider]],
    folder: Path,
    edition: Edition,
    journeys: Itineraries = ALL_DIRECT,
) -> list[Path]:
    """Write a list for each destination city of the vehicles that come there, hour by hour.

    Parameters
    ----------
    batches, riders : who is on the way; ``riders`` by batch id
    journeys : the rides of those who have several: a train brings them to the city, a shuttle to its drop-offs

    Returns
    -------
    The workbooks, by city.

    Raises
    ------
    StoreError : the folder or the disk refuses
    """
    cities: dict[str, list[Arrival]] = defaultdict(list)
    for batch in batches:
        if batch.kind == "feeder":
            continue
        for stop in batch.stops:
            own = [rider for rider in riders[batch.id] if rider.dropoff_seq == stop.seq]
            if own:
                num_onward = num_heads([one for one in own if next_ride(one, journeys) is not None])
                cities[_city_of(stop, own)].append(Arrival(batch, stop, own, num_onward))
    in_order = {
        city: sorted(own, key=lambda one: (one.stop.time, one.batch.id))
        for city, own in sorted(cities.items())
    }
    return write_each(PAPER, in_order, _pages, folder, edition, is_internal=False, called=say_whole_division)


def _city_of(stop: Stop, alighting: Sequence[Rider]) -> str:
    """Return the city in which a stop lies; of a station that the places sheet puts nowhere, where most people go."""
    return stop.city or Counter(rider.city for rider in alighting).most_common(1)[0][0]


def _pages(city: str, arrivals: Sequence[Arrival], edition: Edition) -> list[Page]:
    ending: Counter[date] = Counter()  # without those who go on by shuttle
    for one in arrivals:
        ending[one.stop.time.date()] += num_heads(one.riders) - one.num_onward
    head = Head(
        Text(f"接站通知  {city}", f"Reception  {say_whole_division(city, 'en')}"),
        Text(
            "以下返岗专车、专列到达贵市，请安排接站，通知企业接人。",
            "These coaches and trains come to your city; please have them met, and tell the employers.",
        ),
        ((Text("到达人数", "Arriving"), say_heads_a_day(+ending, edition.lang)),)
        if any(ending.values())
        else (),
    )
    return [table_page(PAPER, head, _FIELDS, arrivals, edition, row_height_pt=_ROW_PT)]
