"""The new plan of the others and the held part as one plan."""

from dataclasses import replace

import pandas as pd

from returnplan.carryover.held import Held
from returnplan.carryover.masks import HELD
from returnplan.model.plan import Match, Plan
from returnplan.model.roster import Roster


def joined(plan: Plan, held: Held, roster: Roster) -> Plan:
    """Return the plan with the held batches and their riders; totals and numbers are for the caller.

    Parameters
    ----------
    plan : made with held people masked, so that they are among its unplanned
    roster : with held people eligible
    """
    plan = _apart(plan)
    batches = sorted((*plan.batches, *held.batches), key=lambda batch: (batch.date, batch.depart, batch.id))
    return replace(
        plan,
        batches=tuple(batches),
        riders=pd.concat([plan.riders, held.riders], ignore_index=True),
        unplanned=plan.unplanned[plan.unplanned["code"] != HELD].reset_index(drop=True),
        matches=pd.concat([plan.matches, _matches(held, roster)], ignore_index=True),
    )


def _apart(plan: Plan) -> Plan:
    """Return the plan with ids that no held batch has."""
    batches = tuple(replace(batch, id=f"new {batch.id}") for batch in plan.batches)
    return replace(plan, batches=batches, riders=plan.riders.assign(batch="new " + plan.riders["batch"]))


def _matches(held: Held, roster: Roster) -> pd.DataFrame:
    people = roster.people
    seekers = people[(people["employer"] == "") & (people["vacancy"] >= 0)]
    own = held.riders[held.riders["signup"].isin(seekers["signup"])]
    vacancy = own["signup"].map(seekers.set_index("signup")["vacancy"])
    offers = [roster.vacancies[line] for line in vacancy.tolist()]
    columns = {"person": own["person"].tolist(), "signup": own["signup"].tolist()}
    columns |= {name: [getattr(line, name) for line in offers] for name in ("employer", "post")}
    return pd.DataFrame(columns, columns=list(Match.__dataclass_fields__))
