"""Who no longer fits: those who leave first when a vehicle has too few seats."""

import pandas as pd

from returnplan.edits.lookup import batch_named
from returnplan.model.plan import Plan
from returnplan.model.roster import Roster


def without_seat(plan: Plan, batch_id: str, usable: int, roster: Roster) -> list[int]:
    """Return the person numbers of those who cannot ride when only so many seats may be used.

    The lowest class leaves first, in it who can travel latest; parties stay together.
    """
    batch = batch_named(plan, batch_id)
    riders = plan.riders[plan.riders["batch"] == batch.id]
    told = roster.people.set_index("signup")[["rank", "latest", "party"]].reindex(riders["signup"])
    lines = riders[["person"]].assign(
        seats=1 + riders["child_seats"].map(len),
        **{name: told[name].to_numpy() for name in ("rank", "latest", "party")},
    )
    alone = -1 - lines["person"]
    lines["party"] = lines["party"].where(lines["party"] >= 0, alone)
    parties = lines.groupby("party").agg(
        rank=("rank", "min"), latest=("latest", "min"), seats=("seats", "sum"), first=("person", "min")
    )
    order = parties.sort_values(["rank", "latest", "first"], kind="stable")
    left, stays = usable, []
    for party, seats in zip(order.index, order["seats"], strict=True):
        if seats <= left:
            stays.append(party)
            left -= seats
    return sorted(lines.loc[~lines["party"].isin(stays), "person"].tolist())


def party_of(roster: Roster, signup: str) -> pd.DataFrame:
    """Return the lines of ``Roster.people`` of a person and everybody who travels with them."""
    people = roster.people
    own = people[people["signup"] == signup]
    parties = own.loc[own["party"] >= 0, "party"]
    return people[people["party"].isin(parties) | (people["signup"] == signup)]
