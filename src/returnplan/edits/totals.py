"""The totals of a plan that was changed: summary and employers, counted again by assembly."""

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from returnplan.assembly.rides import Rides
from returnplan.assembly.totals import employers_of, summary_of
from returnplan.edits.railway_seats import seats_cut
from returnplan.model.changed_signups import changed_signups_of, with_changed_signups
from returnplan.model.plan import Plan
from returnplan.model.roster import Roster

ONLY_PLANNING_KNOWS = ("trains_not_run", "last_person_yuan", "last_late_day_yuan")
"""Entries of the summary that nobody can count from batches and riders: they stay as they were."""


def retotalled(plan: Plan, roster: Roster, lower_bound_yuan: float) -> Plan:
    """Return the plan with the totals of its batches and riders, all of them people of the roster.

    As in a new plan, nobody counts as boarded (:func:`~returnplan.edits.aboard.with_aboard` counts them).

    Parameters
    ----------
    lower_bound_yuan : on the cost of any plan for the people who are planned now
    """
    riders = plan.riders
    batch = pd.Index([batch.id for batch in plan.batches]).get_indexer(pd.Index(riders["batch"]))
    person = pd.Index(roster.people["signup"]).get_indexer(pd.Index(riders["signup"]))
    order = np.argsort(batch, kind="stable")
    seqs = {
        name: riders[name].to_numpy(np.int32)[order] for name in ("pickup_seq", "dropoff_seq", "seat", "leg")
    }
    nowhere = np.zeros(len(riders), dtype=np.int32)  # no total asks for groups and places
    rides = Rides(
        batch=batch[order].astype(np.int32),
        person=person[order].astype(np.int32),
        group=nowhere,
        pickup=nowhere,
        dropoff=nowhere,
        journey=nowhere,
        **seqs,
    )
    known = {name: plan.summary[name] for name in ONLY_PLANNING_KNOWS if name in plan.summary}
    counted = replace(
        plan,
        employers=employers_of(plan.batches, rides, roster),
        summary=with_bound(summary_of(plan.batches, rides, roster), lower_bound_yuan)
        | known
        | {"seats_cut": seats_cut(plan, roster)},
    )
    return with_changed_signups(counted, changed_signups_of(plan))


def with_bound(summary: Mapping[str, Any], lower_bound_yuan: float) -> dict[str, Any]:
    """Return the summary with a lower bound; ``gap`` is 0 where there is nothing to bound.

    What the office decided by hand, or before the rules changed, may break them and so be cheaper than any
    plan that keeps them: then the bound is what the plan costs.
    """
    cost = summary["cost"]
    bound = math.floor(min(lower_bound_yuan, cost) * 100) / 100  # rounded up it would be none
    return {**summary, "lower_bound": bound, "gap": round(cost / bound - 1, 6) if bound > 0 else 0.0}
