"""Hard rule 6: people who travel together are on one batch, from one place to one city, or all at home."""

from collections.abc import Iterable

from returnplan.audit.promise import Promise, Violation
from returnplan.audit.tables import Tables
from returnplan.model.texts import Text

SPLIT = Promise(
    "party_split",
    6,
    Text(
        "{signup} 的同行组 {size} 人,有 {aboard} 人分乘 {batches} 车",
        "of the party of {size} around {signup}, {aboard} travel on {batches} batches",
    ),
)
APART = Promise(
    "party_apart",
    6,
    Text(
        "{signup} 的同行组有 {pickups} 个上车点、{cities} 个城市,不能同行",
        "the party around {signup} has {pickups} pick-ups and {cities} cities and cannot travel whole",
    ),
)


def whole(tables: Tables) -> Iterable[Violation]:
    """Compare the batches, pick-ups and cities of the members of each party."""
    # A party is known by a batch that may still be changed, if it is on any.
    riders = tables.riders[tables.riders["told_party"] >= 0].sort_values("held", kind="stable")
    rides = riders.groupby("told_party").agg(
        batch=("batch", "first"),
        signup=("signup", "first"),
        aboard=("signup", "nunique"),
        batches=("at", "nunique"),
        pickups=("told_pickup", "nunique"),
        cities=("told_city", "nunique"),
    )
    rides["size"] = tables.roster.people["party"].value_counts().reindex(rides.index)
    yield from SPLIT.broken_by(rides[(rides["aboard"] < rides["size"]) | (rides["batches"] > 1)])
    yield from APART.broken_by(rides[(rides["pickups"] > 1) | (rides["cities"] > 1)])
