"""Hard rules 1 and 9: every person in exactly one place, and nobody planned who is kept back."""

from collections.abc import Iterable

import pandas as pd

from returnplan.audit.promise import Promise, Violation
from returnplan.audit.tables import Tables
from returnplan.model.texts import Text

MISSING = Promise(
    "missing_person",
    1,
    Text("{signup} 既没有排车也没有列入未安排", "{signup} is neither planned nor among the unplanned"),
)
UNKNOWN = Promise("unknown_person", 1, Text("{signup} 不在报名名单中", "{signup} did not sign up"))
TWICE = Promise("listed_twice", 1, Text("{signup} 出现了两次", "{signup} is listed twice"))
NO_BATCH = Promise(
    "unknown_batch",
    1,
    Text("{signup} 所在的车次 {batch} 不存在", "{signup} is on batch {batch}, which does not exist"),
)
RIDES_TWICE = Promise(
    "rides_twice",
    1,
    Text("{signup} 与另一乘车人是同一人({batch})", "{signup} is the same person as another rider ({batch})"),
)
KEPT_BACK = Promise(
    "kept_back",
    9,
    Text(
        "{signup} 不应乘车({told_code}),却在 {batch}",
        "{signup} is kept back ({told_code}) but rides on {batch}",
    ),
)


def each_person_once(tables: Tables) -> Iterable[Violation]:
    """Check that riders and unplanned people together are the sign-ups of the roster, each once."""
    riders, roster = tables.plan.riders, tables.roster
    named = pd.concat([riders["signup"], tables.plan.unplanned["signup"]], ignore_index=True)
    rejected = pd.Series([row.ref for row in roster.rejected], dtype=named.dtype)
    told = pd.concat([roster.people["signup"], rejected], ignore_index=True)
    yield from MISSING.broken_by(told[~told.isin(named)].to_frame("signup"))
    yield from UNKNOWN.broken_by(named[~named.isin(told)].to_frame("signup"))
    yield from TWICE.broken_by(named[named.duplicated()].drop_duplicates().to_frame("signup"))
    yield from NO_BATCH.broken_by(riders[~riders["batch"].isin(tables.batches["batch"])])
    same = riders["id_number"].duplicated() | riders["person"].duplicated()
    yield from RIDES_TWICE.broken_by(riders[same & ~riders["signup"].duplicated()])


def kept_back(tables: Tables) -> Iterable[Violation]:
    """Check that no rider has a code that keeps people back (health, age, own transport, cancelled ...)."""
    return KEPT_BACK.broken_by(tables.riders[tables.riders["told_code"] != ""])
