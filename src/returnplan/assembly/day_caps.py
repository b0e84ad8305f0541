"""The day caps of the rules: people who leave a prefecture, or arrive in a city, on one day."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from returnplan.assembly.labels import Labels
from returnplan.assembly.trial import Breach, route_km
from returnplan.planning.drafts import Draft
from returnplan.problem.model import Problem
from returnplan.roster import Roster
from returnplan.rules import PeoplePerDay, Rules, Timetable

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
        for cell, num_groups in draft.load:
            for key, _ in self._caps_on(draft, cell):
                self.heads[key] += num_groups * int(self.problem.cells.num_persons[cell])

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
