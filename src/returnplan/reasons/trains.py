"""Why somebody takes no train: it does not run, and what it would need; or it has no seat for them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from returnplan.model.journeys import is_list_closed
from returnplan.model.plan import Plan
from returnplan.model.records import PRODUCT_NAMES
from returnplan.model.roster import RailService, Roster
from returnplan.model.texts import Text
from returnplan.problem.model import Problem
from returnplan.reasons.why_left import Verdict

NO_COACH = ("no_vehicle", "driving_hours")
"""Codes of people whom no coach can take."""


@dataclass(frozen=True)
class MissedTrain:
    """A train that does not run.

    Attributes
    ----------
    rows : lines of ``Roster.people`` of those who could have taken it by day, window and roads
    more_yuan : by how much the best plan with it is dearer than the plan; None: no plan with it takes as many people
    """

    service: RailService
    rows: frozenset[int]
    more_yuan: float | None

    @property
    def num_missing(self) -> int:
        """Return how many more people it would need."""
        return max(0, self.service.min_load - len(self.rows))

    def say(self) -> Text:
        """Return what it would have needed."""
        service, num = self.service, len(self.rows)
        name = f"{service.name} ({service.day:%m-%d}, {PRODUCT_NAMES[service.product].zh})"
        if self.num_missing:
            return Text(
                f"{name} 没有开：能乘的只有 {num} 人，最低 {service.min_load} 人；"
                "要日期合适，两端都有接驳车(目的地一端的在车辆表里，所在端写“目的地”，所在市写那里的地级市)或走得到车站",
                f"{name} does not run: {num} people could take it, its least load is {service.min_load}; their days "
                "have to fit, and at both ends it takes a shuttle vehicle (in the fleet sheet that of the "
                "other end has 目的地 as its side and its prefecture as its base) or a walk",
            )
        if self.more_yuan is None:
            return Text(
                f"{name} 没有开：能乘的有 {num} 人，用它排不出更好的方案",
                f"{name} does not run: {num} people could take it, but no better plan with it was found",
            )
        yuan = f"{max(0.0, self.more_yuan):,.0f}"
        return Text(
            f"{name} 没有开：能乘的有 {num} 人，开行要多花 {yuan} 元",
            f"{name} does not run: {num} people could take it, and it would cost {yuan} yuan more",
        )

    def help(self) -> Text:
        """Return what would make it run."""
        if self.num_missing:
            return Text(
                f"再组织 {self.num_missing} 人同乘，或改订包车厢、团体票，或安排汽车",
                f"find {self.num_missing} more people for it, order carriages or a group ticket, or add coaches",
            )
        return Text(
            "核对铁路表的票额、时间和接驳车辆，或安排汽车",
            "check quotas, hours and feeders of it, or add coaches",
        )

    def to_json(self) -> dict[str, Any]:
        """Return the entry of ``trains_not_run`` in the summary."""
        service = self.service
        return {
            "service": service.name,
            "product": service.product,
            "date": service.day.isoformat(),
            "people": len(self.rows),
            "min_load": service.min_load,
            "missing": self.num_missing,
            "more_yuan": None if self.more_yuan is None else round(max(0.0, self.more_yuan), 2),
        }


def with_missed_trains(left: Mapping[int, Verdict], trains: Iterable[MissedTrain]) -> dict[int, Verdict]:
    """Return the verdicts; people whom no coach can take get the reason of the trains they could have taken."""
    verdicts = dict(left)
    for train in trains:
        said = train.say()
        for row in train.rows & left.keys():
            if left[row].code in NO_COACH:
                before = verdicts[row].reason
                reason = Text(f"{before.zh}；{said.zh}", f"{before.en}; {said.en}")
                verdicts[row] = Verdict("train_not_run", reason, train.help())
    return verdicts


def seats_refused(cell: int, plan: Plan, roster: Roster, problem: Problem) -> Iterator[Text]:
    """Yield the trains of the plan that a cell could take, but whose list is closed or has too few for its county."""
    if problem.rail is None:
        return
    from returnplan.planning.rail import find_ways  # loads the planner, which few changes need

    ways = find_ways(problem)
    for line in sorted({*ways.service[ways.cell == cell].tolist()}):
        service = problem.rail.services[line]
        name = f"{service.name} ({service.day:%m-%d})"
        riders = _riders_of(service, plan)
        if is_list_closed(riders):
            yield Text(
                f"{name} 的席位铁路已返回，名单已定，不再自动加人",
                f"the railway has given the seats of {name}: its list is closed",
            )
            continue
        for county, quota in service.county_quotas:
            needed = int(problem.rail.county_seats[county][cell])
            taken = _seats_taken(riders, county, roster)
            if needed and len(riders) and taken + needed > quota:
                yield Text(
                    f"{name} 给{county}的名额是 {quota} 座，已用 {taken} 座，还需 {needed} 座",
                    f"{name} has {quota} seats for people of {county}: {taken} are taken, and {needed} more would be "
                    "needed",
                )


def _riders_of(service: RailService, plan: Plan) -> pd.DataFrame:
    """Return the riders of a train, nobody if it does not run."""
    named = (service.name, service.product, service.day)
    trains = [batch.id for batch in plan.batches if (batch.service, batch.product, batch.date) == named]
    return plan.riders[plan.riders["batch"].isin(trains)]


def _seats_taken(riders: pd.DataFrame, county: str, roster: Roster) -> int:
    """Return the seats that people of a county have on a train."""
    people = roster.people[
        roster.people["signup"].isin(riders["signup"]) & (roster.people["county"] == county)
    ]
    return int((1 + people["num_children"]).sum())
