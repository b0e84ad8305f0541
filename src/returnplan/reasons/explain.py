"""The entry: what is to be said of one person of a plan."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from returnplan.model.plan import Plan
from returnplan.model.roster import Roster
from returnplan.model.texts import Text
from returnplan.problem.model import Problem, Travellers
from returnplan.reasons.changes import changes_for
from returnplan.reasons.drafts import drafts_of, lookup_of
from returnplan.reasons.labels import labels_of
from returnplan.reasons.planned import why_these_stops, why_this_batch
from returnplan.reasons.standing import Standing, standing_of
from returnplan.reasons.wording import change_text, price_text, refund_text


@dataclass(frozen=True, slots=True)
class PricedChange:
    """A change that would place the person, and what the plan would cost more."""

    text: Text
    more_yuan: float

    @property
    def price(self) -> Text:
        """The money in words."""
        return price_text(self.more_yuan)


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is said of one person: ``batch`` None for those on none, ``code`` why not.

    ``lines`` give the reasons, the deciding one first; ``changes`` what would place the person, those within
    the rules first, then the cheapest.
    """

    person: int
    signup: str
    batch: str | None
    code: str
    lines: tuple[Text, ...]
    changes: tuple[PricedChange, ...]


def explain(
    signup: str,
    plan: Plan,
    roster: Roster,
    problem: Problem,
    travellers: Travellers,
) -> Explanation:
    """Return why the person of a sign-up row is on their batch, or on none.

    Parameters
    ----------
    signup : a row reference, of the roster or of a row with an error
    plan : the plan that stands
    roster, problem, travellers : those that it was made from

    Raises
    ------
    KeyError : the plan does not know the row
    """
    lookup = lookup_of(roster, travellers)
    standing = standing_of(drafts_of(plan, roster, problem, lookup), problem, labels_of(roster, travellers))
    rows = np.flatnonzero((roster.people["signup"] == signup).to_numpy(dtype=bool))
    cell = int(lookup.cell[rows[0]]) if len(rows) else -1
    riding = plan.riders[plan.riders["signup"] == signup]
    if len(riding):
        return _of_rider(riding.iloc[0], plan, standing, cell)
    left = plan.unplanned[plan.unplanned["signup"] == signup]
    if not len(left):
        raise KeyError(signup)
    return _of_unplanned(left.iloc[0], standing, cell, roster)


def _of_rider(rider: "pd.Series[Any]", plan: Plan, standing: Standing, cell: int) -> Explanation:
    batch = next(batch for batch in plan.batches if batch.id == rider["batch"])
    lines = [why_these_stops(batch, int(rider["pickup_seq"]), int(rider["dropoff_seq"]))]
    if cell >= 0:
        lines += why_this_batch(standing, batch, cell)
    return Explanation(int(rider["person"]), rider["signup"], batch.id, "", tuple(lines), ())


def _of_unplanned(left: "pd.Series[Any]", standing: Standing, cell: int, roster: Roster) -> Explanation:
    """Return the reason, and where nothing keeps the person back the changes that would help."""
    lines = [Text(left[f"{what}_zh"], left[f"{what}_en"]) for what in ("reason", "suggestion")]
    changes = changes_for(standing, cell) if cell >= 0 else []
    if changes:
        persons = int(standing.problem.cells.num_persons[cell])
        lines.append(refund_text(min(change.more_yuan for change in changes), persons))
    first_day = standing.problem.first_day
    priced = (
        PricedChange(
            change_text(change, first_day, roster.pools[change.draft.leg.pool].vehicle), change.more_yuan
        )
        for change in changes
    )
    return Explanation(int(left["person"]), left["signup"], None, left["code"], tuple(lines), tuple(priced))
