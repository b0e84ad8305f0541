"""The entry of assembly: drafts in order, people aboard, batches, and a reason for everybody else."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from returnplan.assembly.batches import batches_of
from returnplan.assembly.people import matches_frame, riders_frame, unplanned_frame
from returnplan.assembly.rides import rides_of
from returnplan.assembly.totals import employers_of, summary_of
from returnplan.model.plan import Plan
from returnplan.model.roster import Roster
from returnplan.problem.draft import Draft
from returnplan.problem.model import Problem, Travellers
from returnplan.reasons.answers import answers_to_left
from returnplan.reasons.left_over import left_over_by
from returnplan.reasons.why_left import verdicts_on_left


def assemble(
    roster: Roster,
    problem: Problem,
    travellers: Travellers,
    drafts: Sequence[Draft],
    person_numbers: Mapping[str, int],
) -> Plan:
    """Return the plan that the drafts stand for; ``sheets`` and the lower bound are for the caller to add.

    Parameters
    ----------
    roster : everyone who signed up, after matching
    problem, travellers : what was planned, and who stands behind it
    drafts : the planner's answer
    person_numbers : ID number -> person number (编号) of everybody in the roster
    """
    drafts = in_reading_order(drafts, problem, travellers, roster)
    rides = rides_of(drafts, travellers, roster)
    batches = batches_of(drafts, rides, problem, roster)
    number = roster.people["id_number"].map(person_numbers).astype(np.int64)
    by_id = {batch.id: draft for batch, draft in zip(batches, drafts, strict=True)}
    left_over = left_over_by(by_id, problem, travellers, roster)
    left = verdicts_on_left(travellers, left_over)
    answers = answers_to_left(left_over, travellers, roster)
    return Plan(
        batches=batches,
        riders=riders_frame(rides, batches, roster, number),
        unplanned=unplanned_frame(rides, roster, number, left, answers),
        matches=matches_frame(roster, number),
        faults=roster.faults,
        sheets=(),
        employers=employers_of(batches, rides, roster),
        summary=summary_of(batches, rides, roster),
    )


def in_reading_order(
    drafts: Sequence[Draft], problem: Problem, travellers: Travellers, roster: Roster
) -> tuple[Draft, ...]:
    """Return the drafts by date, destination city, prefecture and county of departure, stops, vehicle.

    Names decide, not the numbers behind them, so that the order of input rows does not matter.
    """
    city_of = roster.people["city"].to_numpy(dtype=object)[travellers.first_member].tolist()

    def key(draft: Draft) -> tuple[object, ...]:
        stops = [roster.places[place] for place in draft.leg.stops]
        heads: Counter[str] = Counter()
        for cell, num_groups in draft.load:
            heads[city_of[cell]] += num_groups * int(problem.cells.num_persons[cell])
        main_city = min(heads, key=lambda name: (-heads[name], name))
        names = [(stop.city, stop.county, stop.name) for stop in stops]
        return draft.day, main_city, names, roster.pools[draft.leg.pool].vehicle, draft.load

    return tuple(sorted(drafts, key=key))
