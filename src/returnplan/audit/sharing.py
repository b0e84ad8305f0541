"""Hard rules 3 and 6: which cities, counties and parties may share a vehicle."""

from collections.abc import Iterable

import pandas as pd

from returnplan.audit.promise import Promise, Violation
from returnplan.audit.tables import Tables
from returnplan.model.texts import Text

WRONG_CITY = Promise(
    "wrong_city", 3, Text("{batch} 不去 {roster_city}", "{batch} does not go to {roster_city}")
)
NOT_COMBINED = Promise(
    "cities_not_combined",
    3,
    Text("{batch} 不得合并城市 {cities}", "{batch} may not combine the cities {cities}"),
)
MIXED_COUNTIES = Promise(
    "mixed_counties",
    3,
    Text(
        "{batch} 载有 {num} 个县的人员，规定不得混装",
        "{batch} mixes people of {num} counties, which is not allowed",
    ),
)


def cities(tables: Tables) -> Iterable[Violation]:
    """Check that riders go to a city of their batch, and that the cities of a direct coach may share it."""
    batches = tables.batches
    wanted = tables.riders[["at", "batch", "roster_city"]].drop_duplicates()
    served = batches["cities"].explode().rename("roster_city").rename_axis("at").reset_index()
    both = wanted.merge(served, how="left", indicator=True)
    yield from WRONG_CITY.broken_by(both, both["_merge"] == "left_only")
    groups = [set(group) for group in tables.rules.combine_cities]
    together = batches["cities"].map(lambda c: len(c) == 1 or any(set(c) <= group for group in groups))
    together |= batches["kind"] != "direct"  # these go to a station, or from one to all who alighted there
    is_own = pd.Series([b.city in b.cities for b in tables.plan.batches], index=batches.index, dtype=bool)
    yield from NOT_COMBINED.broken_by(batches, ~(together & is_own).astype(bool))


def counties(tables: Tables) -> Iterable[Violation]:
    """Check that a batch carries people of one county, or one party, where counties may not be mixed."""
    if tables.rules.mix_counties:
        return ()
    riders = tables.riders[tables.riders["kind"] != "train"]
    county = riders.groupby(["roster_prefecture", "roster_county"]).ngroup()  # two may have one name
    alone = -1 - riders["line"]
    group = riders["roster_party"].where(riders["roster_party"] >= 0, alone)
    by_batch = riders.assign(group=group, county=county).groupby("batch")
    mixed = by_batch.agg(num=("county", "nunique"), groups=("group", "nunique"))
    return MIXED_COUNTIES.broken_by(mixed[(mixed["num"] > 1) & (mixed["groups"] > 1)].reset_index())


SPLIT = Promise(
    "party_split",
    6,
    Text(
        "{signup} 的同行组 {size} 人，有 {aboard} 人分乘 {batches} 车",
        "of the party of {size} around {signup}, {aboard} travel on {batches} batches",
    ),
)
LEFT_OUT = Promise(
    "party_split",
    6,
    Text(
        "{signup} 的同行组 {size} 人，只有 {aboard} 人在车上",
        "of the party of {size} around {signup}, only {aboard} are on board",
    ),
)
APART = Promise(
    "party_apart",
    6,
    Text(
        "{signup} 的同行组有 {pickups} 个上车点、{cities} 个城市，不能同行",
        "the party around {signup} has {pickups} pick-ups and {cities} cities and cannot travel whole",
    ),
)


def parties_whole(tables: Tables) -> Iterable[Violation]:
    """Compare the batches, pick-ups and cities of the members of each party."""
    # A party is known by a batch that may still be changed, if it is on any.
    riders = tables.riders[tables.riders["roster_party"] >= 0].sort_values("kept", kind="stable")
    rides = riders.groupby("roster_party").agg(
        batch=("batch", "first"),
        signup=("signup", "first"),
        aboard=("signup", "nunique"),
        pickups=("roster_pickup", "nunique"),
        cities=("roster_city", "nunique"),
    )
    by_ride = riders.groupby(["roster_party", "leg"])["at"].nunique()
    rides["batches"] = by_ride.groupby("roster_party").max()
    rides["size"] = tables.roster.people["party"].value_counts().reindex(rides.index)
    is_apart = rides["batches"] > 1
    yield from SPLIT.broken_by(rides, is_apart)
    yield from LEFT_OUT.broken_by(rides, ~is_apart & (rides["aboard"] < rides["size"]))
    yield from APART.broken_by(rides, (rides["pickups"] > 1) | (rides["cities"] > 1))
