"""Free seats of a published train: who may join it, by which feeder and shuttle, and what is left after that."""

import math
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple

import pandas as pd

from returnplan.edits.itineraries import Ride, Seats, Way, journey_of, near_station, seated, stop_of, ways_of
from returnplan.edits.room import can_travel, registered_end
from returnplan.model.journeys import is_list_closed
from returnplan.model.moved_trains import service_of
from returnplan.model.plan import Batch, Plan
from returnplan.model.roster import RailService, Roster
from returnplan.model.rules import Rules
from returnplan.model.texts import Text

Journey = tuple[str, tuple[Ride, ...]]
"""Its id, and its rides in their order."""

Scarce = tuple[Hashable, ...]
"""What the seats of a train are counted by: the train, a station with a quota, a county with one; money."""


_MOST_NAMED = 20
"""So many people of a closed list are named."""


@dataclass(frozen=True)
class TrainSeats:
    """The seats of a published train, its feeders and shuttles that may still be taken.

    Attributes
    ----------
    most, taken : what there is of each scarce thing, and what is taken of it
    seats : the free seats of each vehicle
    """

    train: Batch
    service: RailService
    plan: Plan
    roster: Roster
    rules: Rules
    most: Mapping[Scarce, float]
    seats: Seats
    taken: Counter[Scarce] = field(default_factory=Counter)
    known_ways: dict[tuple[int, int, str], list[Way]] = field(default_factory=dict)

    @classmethod
    def of(cls, plan: Plan, train: Batch, roster: Roster, rules: Rules) -> "TrainSeats | None":
        """Return the seats of a train; None if the rail sheet has it no more."""
        riders = plan.riders[plan.riders["batch"] == train.id]
        service = service_of(train, roster)
        if service is None:
            return None
        found = cls(train, service, plan, roster, rules, _limits(train, service, plan, rules), Seats(plan))
        county = dict(zip(roster.people["signup"], roster.people["county"], strict=True))
        for rider in riders.to_dict("records"):
            num = 1 + len(rider["child_seats"])
            found.taken.update(_takes(num, rider["pickup_seq"], county[rider["signup"]], 0.0))
        if service.carriage_yuan:  # carriages are ordered whole, and none is ordered for newcomers
            ordered = -(-found.taken["train",] // service.carriage_seats) * service.carriage_seats
            return replace(found, most={**found.most, ("train",): min(ordered, train.usable)})
        return found

    @property
    def is_closed(self) -> bool:
        """Return whether the railway's name list takes no further names."""
        return is_list_closed(self.plan.riders[self.plan.riders["batch"] == self.train.id])

    def num_left(self, *what: Hashable, most: float = math.inf) -> int:
        """Return how many seats of the train, of a station or of a county may still be taken.

        Parameters
        ----------
        what : ``train``; ``station`` and its stop; or ``county`` and its name
        most : how many there are of what nobody has a seat of
        """
        return max(0, int(self.most.get(what, most) - self.taken[what]))

    def may_join(self, people: pd.DataFrame) -> "pd.Series[bool]":
        """Return who may travel on the day, lives and works where the rides call, and has given up none of them.

        Parameters
        ----------
        people : lines of ``Roster.people``, with ``left``, the batch whose seat they gave up or missed
        """
        ids = {self.train.id, *self.plan.riders.loc[self.plan.riders["journey"] == self.train.id, "batch"]}
        rides = [batch for batch in self.plan.batches if batch.id in ids]
        may = can_travel(people, self.train.date) & ~people["left"].isin(list(ids))
        for kind in ("pickup", "dropoff"):
            near = set[int]().union(
                *(
                    near_station(stop, self.train, self.roster)
                    for stop in self.train.stops
                    if stop.kind == kind
                )
            )
            near |= {
                line
                for line in people.loc[may, kind].unique().tolist()
                if any(stop_of(batch, kind, line, self.roster) for batch in rides)
            }
            may &= people[kind].isin(list(near)) | ((kind == "dropoff") & (people["shuttle"] == "no"))
        return may

    def for_party(self, party: pd.DataFrame) -> "Taken | None":
        """Return the journeys of a party by this train, and the seats that are left; None if not all find one."""
        seats, taken = self.seats.copy(), self.taken.copy()
        journeys: dict[str, Journey] = {}
        for row in party.to_dict("records"):
            for way in self._ways(row):
                needed = _takes(
                    1 + row["num_children"], _boards_at(way), row["county"], self.service.seat_yuan
                )
                is_over = any(
                    taken[key] + num > self.most.get(key, num + taken[key]) for key, num in needed.items()
                )
                rides = () if is_over else seated(way, 1 + row["num_children"], seats)
                if rides:
                    taken.update(needed)
                    journeys[row["signup"]] = (journey_of(way), rides)
                    break
            else:
                return None
        return Taken(journeys, replace(self, seats=seats, taken=taken))

    def _ways(self, row: dict[Any, Any]) -> list[Way]:
        """Return the ways of a person whose feeders and shuttles may carry people of that home."""
        kind = (row["pickup"], row["dropoff"], row["shuttle"])
        if kind not in self.known_ways:
            self.known_ways[kind] = list(ways_of(row, self.train, self.plan, self.roster))
        coaches = self._carries
        return [
            way
            for way in self.known_ways[kind]
            if all(batch.id == self.train.id or coaches(batch, row) for batch, _, _ in way)
        ]

    def _carries(self, coach: Batch, row: dict[Any, Any]) -> bool:
        """Return whether a feeder or shuttle may carry people of that home."""
        if not self.rules.mix_counties and self._counties.get(coach.id, {row["county"]}) != {row["county"]}:
            return False
        is_bound = (
            coach.kind == "feeder" and coach.base and registered_end(coach, self.roster.pools) == "home"
        )
        return not is_bound or bool(row["home"] == coach.base)

    @cached_property
    def _counties(self) -> Mapping[str, set[str]]:
        """The counties of the riders of each batch."""
        return {str(batch): set(own) for batch, own in self.plan.riders.groupby("batch")["county"]}


class Taken(NamedTuple):
    """Journeys by row reference, and the seats that are left beside them."""

    journeys: Mapping[str, Journey]
    seats: TrainSeats


def _limits(train: Batch, service: RailService, plan: Plan, rules: Rules) -> dict[Scarce, float]:
    """Return how many seats the railway gives to a train, a station and a county, and what the office may pay."""
    quotas = {call.departs: call.quota for call in service.calls[:-1] if call.quota is not None}
    most: dict[Scarce, float] = {("train",): float(train.usable)}
    most |= {("county", county): float(quota) for county, quota in service.county_quotas}
    for stop in train.stops:
        if stop.kind == "pickup" and stop.time in quotas:
            most["station", stop.seq] = float(quotas[stop.time])
    if rules.budget is not None:
        most["yuan",] = rules.budget - sum(batch.cost_yuan for batch in plan.batches)
    return most


def _takes(seats: int, station: int, county: str, seat_yuan: float) -> Counter[Scarce]:
    """Return what people take of each scarce thing."""
    keys: tuple[Scarce, ...] = (("train",), ("station", station), ("county", county))
    return Counter(dict.fromkeys(keys, seats)) + Counter({("yuan",): seats * seat_yuan})


def _boards_at(way: Way) -> int:
    """Return the stop at which a way boards the train."""
    return next(pickup.seq for batch, pickup, _ in way if batch.kind == "train")


def closed_list(train: Batch, persons: Sequence[int]) -> Text:
    """Return that the railway's list of a train is closed for some people who could join it, by their numbers."""
    named = persons[:_MOST_NAMED]
    zh, en = ("、".join(map(str, named)), ", ".join(map(str, named)))
    more = Text(" 等", " …") if len(persons) > len(named) else Text("", "")
    return Text(
        f"{train.service} ({train.id}) 的席位铁路已返回，名单已定，能乘的 {len(persons)} 人没有自动加上"
        f"(编号 {zh}{more.zh})；铁路同意加人的，用 returnplan change {train.id} --add 编号",
        f"the railway has given the seats of {train.service} ({train.id}), so its list is closed for {len(persons)} "
        f"people who could join it (numbers {en}{more.en}); if the railway agrees, use returnplan change {train.id} "
        "--add NUMBER",
    )
