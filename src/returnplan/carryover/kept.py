"""The part of the last plan that the new one keeps: taken out of the new problem, and put back into the new plan."""

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from returnplan.edits import recounted
from returnplan.edits.batches import with_blocks
from returnplan.model.journeys import is_list_closed, linked
from returnplan.model.plan import Batch, Match, Plan
from returnplan.model.roster import Roster, VehiclePool
from returnplan.problem import Problem
from returnplan.problem.fleet import vehicles_out
from returnplan.problem.ledger import without_vehicles

KEPT = "published"
"""Stands in ``code`` of kept people while the others are matched and planned; never reaches a plan."""


@dataclass(frozen=True)
class Kept:
    """Batches that keep vehicle, date, stops and hours, with the riders who are still on them.

    ``riders`` has the fields of :class:`~returnplan.model.plan.Rider` as columns.
    """

    batches: tuple[Batch, ...]
    riders: pd.DataFrame


def kept_part(
    plan: Plan, *, pinned: Mapping[int, str], gone: Set[int], first_day: date | None = None
) -> Kept:
    """Return the batches that are published or departed, those with somebody pinned, and trains with tickets.

    Once the railway has given seats a train is bought, whether its people were told or not. With them stay all batches
    that are linked to them by journeys: nobody keeps half a journey.

    Parameters
    ----------
    pinned : person number -> batch of people whom the office put there by hand
    gone : person numbers of people who cancelled, put off their journey or were not at the stop
    first_day : before it nobody can leave any more, so pins on earlier batches are void
    """
    riders = plan.riders
    bought = {
        batch.id
        for batch in plan.batches
        if batch.kind == "train" and is_list_closed(riders[riders["batch"] == batch.id])
    }
    by_hand = set(riders.loc[riders["person"].map(pinned) == riders["batch"], "batch"])
    own_right = [
        batch.id
        for batch in plan.batches
        if batch.state != "draft"
        or batch.id in bought
        or (batch.id in by_hand and (first_day is None or batch.date >= first_day))
    ]
    rides = plan.riders[["batch", "journey"]].drop_duplicates().itertuples(index=False, name=None)
    stay = linked(own_right, rides)
    batches = [batch for batch in plan.batches if batch.id in stay]
    own = plan.riders[plan.riders["batch"].isin(list(stay))]
    leaves = own["person"].isin(list(gone))
    rest = own[~leaves].reset_index(drop=True)
    left = set(own.loc[leaves, "batch"])
    part = recounted(replace(plan, batches=tuple(batches), riders=rest), left)
    inhabited = set(rest["batch"])
    return Kept(with_blocks(batch for batch in part.batches if batch.id in inhabited), rest)


def masked(roster: Roster, is_kept: "pd.Series[bool]") -> Roster:
    """Return the roster in which kept people are not eligible and their vacancies are taken."""
    people = roster.people
    seekers = people[is_kept & (people["employer"] == "") & (people["vacancy"] >= 0)]
    taken = Counter(seekers["vacancy"].tolist())
    vacancies = tuple(
        replace(line, headcount=max(0, line.headcount - taken[at])) if line.headcount else line
        for at, line in enumerate(roster.vacancies)
    )
    code = people["code"].where(~is_kept, KEPT)
    return replace(roster, people=people.assign(code=code), vacancies=vacancies)


def unmasked(roster: Roster, before: Roster) -> Roster:
    """Return the roster with its kept people eligible and the vacancies as they are in ``before``."""
    code = roster.people["code"]
    people = roster.people.assign(code=pd.Series(np.where(code == KEPT, "", code), index=code.index))
    return replace(roster, people=people, vacancies=before.vacancies)


def less_kept(problem: Problem, batches: Sequence[Batch], pools: Sequence[VehiclePool]) -> Problem:
    """Return the problem without the vehicles, on the days they are away, and the money of kept batches."""
    out = [
        (line, (day - problem.first_day).days, num_days)
        for line, day, num_days in vehicles_out(batches, pools)
    ]
    away = [(line, day + since) for line, day, num_days in out for since in range(num_days)]
    turn = problem.pools.turnaround_days
    taken = [
        (line, day + since)
        for line, day, num_days in out
        for since in range(num_days if turn[line] == 1 else 1)
    ]
    budget_yuan = problem.limits.budget_yuan - sum(batch.cost_yuan for batch in batches)
    limits = replace(problem.limits, budget_yuan=max(0.0, budget_yuan))
    rail = problem.rail and replace(problem.rail, kept_vehicles=Counter(away))
    return replace(problem, limits=limits, pools=without_vehicles(problem.pools, taken), rail=rail)


def may_be_joined(batch: Batch, roster: Roster) -> bool:
    """Return whether newcomers may be put on a kept batch: its riders are told, and there is time to tell more."""
    return batch.state == "published" and batch.date >= (roster.not_before or batch.date)


def joined(plan: Plan, kept: Kept, roster: Roster) -> Plan:
    """Return the plan with the kept batches and their riders; totals and numbers are for the caller.

    Parameters
    ----------
    plan : made with kept people masked, so that they are among its unplanned
    roster : with kept people eligible
    """
    # Under ids that no kept batch has.
    new = tuple(
        replace(batch, id=f"new {batch.id}", block=batch.block and f"new {batch.block}")
        for batch in plan.batches
    )
    riders = plan.riders.assign(**{name: "new " + plan.riders[name] for name in ("batch", "journey")})
    batches = sorted((*new, *kept.batches), key=lambda batch: (batch.date, batch.depart, batch.id))
    return replace(
        plan,
        batches=tuple(batches),
        riders=pd.concat([riders, kept.riders], ignore_index=True),
        unplanned=plan.unplanned[plan.unplanned["code"] != KEPT].reset_index(drop=True),
        matches=pd.concat([plan.matches, _matches(kept, roster)], ignore_index=True),
    )


def _matches(kept: Kept, roster: Roster) -> pd.DataFrame:
    people = roster.people
    seekers = people[(people["employer"] == "") & (people["vacancy"] >= 0)]
    own = kept.riders[kept.riders["signup"].isin(seekers["signup"])].drop_duplicates("person")
    vacancy = own["signup"].map(seekers.set_index("signup")["vacancy"])
    offers = [roster.vacancies[line] for line in vacancy.tolist()]
    columns = {"person": own["person"].tolist(), "signup": own["signup"].tolist()}
    columns |= {name: [getattr(line, name) for line in offers] for name in ("employer", "post")}
    return pd.DataFrame(columns, columns=list(Match.__dataclass_fields__))
