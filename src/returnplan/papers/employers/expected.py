"""Who comes to which employer, as it is told: by person, with the facts by which it knows them and meets them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime

from returnplan.model.division_names import short_name
from returnplan.model.plan import NO_NEWS_MINUTES, Batch, Rider
from returnplan.model.texts import Text
from returnplan.papers.itinerary import ALL_DIRECT, Itineraries, next_ride
from returnplan.papers.since_last import Facts, Issue, Lines

PAPER = Text("到岗名单", "arrivals")
_AT = "%Y-%m-%d %H:%M"
_MARKED = {
    "batch": Text("批次", "batch"),
    "arrives": Text("到达", "arrival"),
    "dropoff": Text("下车点", "drop-off"),
    "plate": Text("车牌", "plate"),
    "children": Text("随行儿童", "children"),
}
"""The facts of which a receiver must hear when they change."""
_NOT_PLACED = Text("暂无安排", "nothing is arranged")


@dataclass(frozen=True, slots=True)
class Expected:
    """A person on the way to an employer, who gets off at ``time``."""

    rider: Rider
    batch: Batch
    time: datetime

    @property
    def facts(self) -> Facts:
        """What the employer is told, but for who the person is."""
        return {
            "name": self.rider.name,
            "sex": self.rider.sex,
            "batch": self.batch.id,
            "arrives": f"{self.time:{_AT}}",
            "dropoff": self.rider.dropoff,
            "plate": self.batch.plate,
            "children": str(len(self.rider.child_seats) or ""),
            "state": self.batch.state,
            "status": self.rider.status,
            "phone": self.rider.phone,
            "post": self.rider.post,
        }


def expected(
    batches: Sequence[Batch],
    riders: Mapping[str, Sequence[Rider]],
    journeys: Itineraries = ALL_DIRECT,
    not_coming: Set[int] = frozenset(),
) -> dict[str, list[Expected]]:
    """Return who comes to each employer, by employer and city, hour by hour.

    People without an employer come to none, and they come with the last of their rides.

    Parameters
    ----------
    batches, riders : who is on the way; ``riders`` by batch id
    journeys : the rides of those who have several
    not_coming : by number who has a seat and does not come with it
    """
    hours = {(batch.id, stop.seq): stop.time for batch in batches for stop in batch.stops}
    found = [
        Expected(rider, batch, hours[batch.id, rider.dropoff_seq])
        for batch in batches
        for rider in riders[batch.id]
        if rider.employer and rider.person not in not_coming and next_ride(rider, journeys) is None
    ]
    lists: dict[str, list[Expected]] = defaultdict(list)
    for one in sorted(found, key=lambda one: (one.time, one.batch.id, one.rider.seat)):
        lists[receiver(one.rider.employer, one.rider.city)].append(one)
    return dict(lists)


def receiver(employer: str, city: str) -> str:
    """Return what a list calls its receiver: 立讯精密-苏州."""
    return f"{employer}-{short_name(city)}"


def lines_of(people: Iterable[Expected]) -> Lines:
    """Return the list of an employer as it is kept."""
    return {str(one.rider.person): one.facts for one in people}


def news_of(issue: Issue, person: str) -> Text:
    """Return what is new of somebody who comes; some minutes are none."""
    was = (issue.before or {}).get(person)
    is_on_time = was is not None and _minutes_apart(was, issue.lines[person]) <= NO_NEWS_MINUTES
    return issue.news(
        person, {key: label for key, label in _MARKED.items() if key != "arrives" or not is_on_time}
    )


def is_chosen(chosen: Set[str] | None, *told: Facts | None) -> bool:
    """Return whether people are asked for who were told this, by the batches that are chosen; None: all are."""
    return chosen is None or any(facts["batch"] in chosen for facts in told if facts)


def _minutes_apart(was: Facts, now: Facts) -> float:
    first, second = (datetime.strptime(facts["arrives"], _AT) for facts in (was, now))
    return abs((second - first).total_seconds()) / 60


def say_gone(person: str, was: Facts, why: Mapping[int, Text]) -> Text:
    """Return why somebody does not come who was expected, and with what."""
    reason = why.get(int(person), _NOT_PLACED)
    told = f"{was['batch']} {day_of(was):%m-%d} {was['arrives'][-5:]}"
    return Text(f"不来：{reason.zh}(原{told})", f"does not come: {reason.en} (was {told})")


def day_of(facts: Facts) -> date:
    """Return the day on which somebody arrives."""
    return datetime.strptime(facts["arrives"], _AT).date()


def num_children(people: Iterable[Facts]) -> int:
    """Return how many children come along."""
    return sum(int(one["children"] or 0) for one in people)
