"""The entry of assembly: vehicles in order, people aboard, batches, and a reason for everybody else."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from returnplan.assembly.batches import batches_of
from returnplan.assembly.people import matches_frame, riders_frame, unplanned_frame
from returnplan.assembly.rides import Aboard, rides_of
from returnplan.assembly.totals import employers_of, summary_of
from returnplan.model import changed_signups
from returnplan.model.plan import BatchKind, Plan
from returnplan.model.roster import Roster
from returnplan.planning.rail import RailPlan
from returnplan.problem.draft import Draft, Leg
from returnplan.problem.model import Ints, Problem, Travellers
from returnplan.reasons.answers import Answer, answers_to_left
from returnplan.reasons.left_over import left_over_by
from returnplan.reasons.trains import MissedTrain, with_missed_trains
from returnplan.reasons.why_left import Verdict, verdicts_on_left

RIDES: tuple[BatchKind, ...] = ("feeder", "train", "shuttle")
"""The rides of a journey by train, in their order."""


class Passengers(NamedTuple):
    """Those who take a train: how, who stands behind its portions, and the trains that do not run."""

    plan: RailPlan
    travellers: Travellers
    missed: tuple[MissedTrain, ...] = ()


class Vehicle(NamedTuple):
    """One vehicle, in the numbers of its problem."""

    leg: Leg
    problem: Problem
    travellers: Travellers


def assemble(
    roster: Roster,
    problem: Problem,
    travellers: Travellers,
    drafts: Sequence[Draft],
    person_numbers: Mapping[str, int],
    passengers: Passengers | None = None,
    *,
    says_why: bool = True,
) -> Plan:
    """Return the plan that the drafts stand for; ``sheets`` and the lower bound are for the caller to add.

    Parameters
    ----------
    roster : everyone who signed up, after matching
    problem, travellers : what was planned for direct coaches, and who stands behind it
    drafts : the planner's answer
    person_numbers : ID number -> person number (编号) of everybody in the roster
    passengers : those who take a train, who are not in the problem
    says_why : False leaves it to :func:`returnplan.reasons.standing.with_reasons` to say why people have no seat,
        once batches have the numbers that people know
    """
    vehicles = [Vehicle(draft.leg, problem, travellers) for draft in drafts]
    if passengers:
        vehicles += [
            Vehicle(leg, passengers.plan.problem, passengers.travellers) for leg in passengers.plan.legs
        ]
    vehicles = in_reading_order(vehicles, roster)
    rides = rides_of(list(_aboard(vehicles, travellers, passengers)), roster)
    legs, problems = [vehicle.leg for vehicle in vehicles], [vehicle.problem for vehicle in vehicles]
    batches = batches_of(legs, problems, rides, roster)
    number = roster.people["id_number"].map(person_numbers).astype(np.int64)
    missed = passengers.missed if passengers else ()
    left: Mapping[int, Verdict] = {}
    answers: Mapping[int, Answer] = {}
    if says_why:
        own = {draft.leg: draft for draft in drafts}
        by_id = {
            batch.id: own[vehicle.leg]
            for batch, vehicle in zip(batches, vehicles, strict=True)
            if vehicle.leg.kind == "direct"
        }
        left_over = left_over_by(by_id, problem, travellers, roster)
        left = with_missed_trains(verdicts_on_left(travellers, left_over), missed)
        answers = answers_to_left(left_over, travellers, roster)
    return Plan(
        batches=batches,
        riders=riders_frame(rides, batches, roster, number),
        unplanned=unplanned_frame(rides, roster, number, left, answers),
        matches=matches_frame(roster, number),
        faults=roster.faults,
        sheets=(),
        employers=employers_of(batches, rides, roster),
        summary=summary_of(batches, rides, roster)
        | {"trains_not_run": [train.to_json() for train in missed], changed_signups.KEY: []},
    )


def _aboard(
    vehicles: Sequence[Vehicle], travellers: Travellers, passengers: Passengers | None
) -> Iterator[Aboard]:
    """Yield the vehicles of each kind, with the stations at which people change."""
    lines: dict[BatchKind, Ints] = {
        kind: np.array([i for i, vehicle in enumerate(vehicles) if vehicle.leg.kind == kind], dtype=np.int64)
        for kind in ("direct", *RIDES)
    }
    legs = {kind: [vehicles[i].leg for i in own.tolist()] for kind, own in lines.items()}
    yield Aboard("direct", lines["direct"], legs["direct"], travellers)
    if passengers is None:
        return
    plan = passengers.plan
    journey = np.zeros(len(plan.cell), dtype=np.int64)
    for line, leg in zip(lines["train"].tolist(), legs["train"], strict=True):
        journey[[portion for portion, _ in leg.load]] = line
    by_train = 1 + plan.has_feeder.astype(np.int64)
    number = {"feeder": np.ones_like(journey), "train": by_train, "shuttle": by_train + 1}
    pickup = {"feeder": None, "train": plan.board, "shuttle": plan.alight}
    dropoff = {"feeder": plan.board, "train": plan.alight, "shuttle": None}
    for kind in RIDES:
        yield Aboard(
            kind,
            lines[kind],
            legs[kind],
            passengers.travellers,
            pickup[kind],
            dropoff[kind],
            number[kind],
            journey,
        )


def in_reading_order(vehicles: Sequence[Vehicle], roster: Roster) -> list[Vehicle]:
    """Return the vehicles by date, destination city, prefecture and county of departure, stops, vehicle.

    Names decide, not the numbers behind them, so that the order of input rows does not matter.
    """
    city = roster.people["city"]
    travellers = {id(vehicle.travellers): vehicle.travellers for vehicle in vehicles}
    cities = {key: city.iloc[some.first_member].tolist() for key, some in travellers.items()}

    def key(vehicle: Vehicle) -> tuple[object, ...]:
        leg, city_of = vehicle.leg, cities[id(vehicle.travellers)]
        stops = [roster.places[place] for place in leg.stops]
        heads: Counter[str] = Counter()
        for cell, num_groups in leg.load:
            heads[city_of[cell]] += num_groups * int(vehicle.problem.cells.num_persons[cell])
        main_city = min(heads, key=lambda name: (-heads[name], name))
        names = [(stop.city, stop.county, stop.name) for stop in stops]
        name = roster.rail[leg.service].name if leg.kind == "train" else roster.pools[leg.pool].vehicle
        return leg.day, main_city, names, name, leg.start_minute or 0.0, leg.load

    return sorted(vehicles, key=key)
