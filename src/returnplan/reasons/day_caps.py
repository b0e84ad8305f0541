"""The day caps of the rules: people who leave a prefecture, or arrive in a city, on one day."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import inf

from returnplan.model.roster import Roster
from returnplan.model.rules import PeoplePerDay, Rules, Timetable
from returnplan.planning.drafts import Draft
from returnplan.problem.model import Ints, Problem
from returnplan.reasons.labels import Labels
from returnplan.reasons.trial import Breach, route_km

MINUTES_A_DAY = 24 * 60

Key = tuple[str, str, int]
"""The rule, the prefecture or city, the day of the problem."""


@dataclass(frozen=True, slots=True)
class DayCaps:
    """The caps, and the people that count against them so far."""

    problem: Problem
    labels: Labels
    rules: Rules
    timetable: Timetable
    heads: Counter[Key] = field(default_factory=Counter)

    def breaches(self, draft: Draft, cell: int) -> tuple[Breach, ...]:
        """Return the caps that one more group of the cell on the draft would break."""
        persons = int(self.problem.cells.num_persons[cell])
        counted = ((key, most, self.heads[key] + persons) for key, most in self._caps_on(draft, cell))
        return tuple(Breach(rule, heads, most) for (rule, _, _), most, heads in counted if heads > most)

    def count(self, draft: Draft) -> None:
        """Count everybody on the draft."""
        for (key, _), num in self._heads_on(draft).items():
            self.heads[key] += num

    def allow(self, draft: Draft) -> bool:
        """Return whether everybody on a further draft may leave and arrive."""
        return all(self.heads[key] + num <= most for (key, most), num in self._heads_on(draft).items())

    def room(self, draft: Draft, cells: Ints) -> float:
        """Return how many people of the cells the caps let go on vehicles like the draft."""
        departures, arrivals = self.rules.max_departures_per_day, self.rules.max_arrivals_per_day
        day, arrives = draft.day, self._arrival_day(draft)
        bases, cities = set(self.labels.base[cells]), set(self.labels.city[cells])
        return min(
            sum(self._left("max_departures", departures, base, day) for base in bases),
            sum(self._left("max_arrivals", arrivals, city, arrives) for city in cities),
        )

    def _left(self, rule: str, cap: PeoplePerDay, name: str, day: int) -> float:
        most = _most(cap, name)
        return inf if most is None else most - self.heads[rule, name, day]

    def _heads_on(self, draft: Draft) -> "Counter[tuple[Key, int]]":
        """Return the people on the draft whom each cap counts; a cap comes with its limit."""
        heads: Counter[tuple[Key, int]] = Counter()
        for cell, num_groups in draft.load:
            for cap in self._caps_on(draft, cell):
                heads[cap] += num_groups * int(self.problem.cells.num_persons[cell])
        return heads

    def _caps_on(self, draft: Draft, cell: int) -> Iterator[tuple[Key, int]]:
        """Yield the caps that count the cell's people on the draft."""
        base, city = self.labels.base[cell], self.labels.city[cell]
        if (most := _most(self.rules.max_departures_per_day, base)) is not None:
            yield ("max_departures", base, draft.day), most
        if (most := _most(self.rules.max_arrivals_per_day, city)) is not None:
            yield ("max_arrivals", city, self._arrival_day(draft)), most

    def _arrival_day(self, draft: Draft) -> int:
        """Return the day on which the last drop-off is reached."""
        hour, minute = map(int, self.timetable.start.split(":"))
        num_legs = len(draft.pickups) + len(draft.dropoffs) - 1
        driving = route_km(self.problem, draft) / self.timetable.speed_kmh * 60
        minutes = 60 * hour + minute + driving + self.timetable.dwell_minutes * num_legs
        return draft.day + int(minutes // MINUTES_A_DAY)


def _most(cap: PeoplePerDay, name: str) -> int | None:
    return cap.get(name) if isinstance(cap, dict) else cap


def heads_aboard(roster: Roster, problem: Problem) -> "Counter[Key]":
    """Return the people of held batches, who count before anybody else."""
    first_day = problem.first_day
    return Counter(
        {(rule, name, (day - first_day).days): num for (rule, name, day), num in roster.aboard.items()}
    )


def counted(caps: DayCaps, drafts: Iterable[Draft]) -> DayCaps:
    """Return the caps with everybody on the drafts counted."""
    for draft in drafts:
        caps.count(draft)
    return caps
