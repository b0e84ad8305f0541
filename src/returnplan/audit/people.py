"""Hard rules 1 and 9: every person in exactly one place, with a reason or with what the sign-up says."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from returnplan.audit.promise import CONTRACT, Promise, Violation
from returnplan.audit.tables import Tables
from returnplan.model.person import OWN_WORK
from returnplan.model.text_column import TextColumn, text_column, words_of
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
        "{signup} 不应乘车({roster_code})，却在 {batch}",
        "{signup} is kept back ({roster_code}) but rides on {batch}",
    ),
)


def each_person_once(tables: Tables) -> Iterable[Violation]:
    """Check that riders and unplanned people together are the sign-ups of the roster, each once."""
    riders, roster = tables.plan.riders, tables.roster
    counts = (riders["leg"] == 1).to_numpy(copy=True)
    further = riders.loc[~counts, ["signup", "journey", "leg"]]
    counts[~counts] = further.duplicated()  # who stands in a further ride twice
    once = riders.loc[counts, "signup"]
    named = pd.concat([once, tables.plan.unplanned["signup"]], ignore_index=True)
    rejected = pd.Series([row.ref for row in roster.rejected], dtype=named.dtype)
    signed_up = pd.concat([roster.people["signup"], rejected], ignore_index=True)
    yield from MISSING.broken_by(signed_up[~signed_up.isin(named)].to_frame("signup"))
    yield from UNKNOWN.broken_by(named[~named.isin(signed_up)].to_frame("signup"))
    yield from TWICE.broken_by(named[named.duplicated()].drop_duplicates().to_frame("signup"))
    yield from NO_BATCH.broken_by(riders, ~riders["batch"].isin(tables.batches["batch"]))
    people = riders.loc[~riders["signup"].duplicated(), ["signup", "batch", "id_number", "person"]]
    same = people["id_number"].duplicated() | people["person"].duplicated()
    yield from RIDES_TWICE.broken_by(people, same)


def kept_back(tables: Tables) -> Iterable[Violation]:
    """Check that no rider has a code that keeps people back (health, age, own transport, cancelled ...)."""
    return KEPT_BACK.broken_by(tables.riders, tables.riders["roster_code"] != "")


_WORDS = ("code", "reason_zh", "reason_en", "suggestion_zh", "suggestion_en")

NO_REASON = Promise(
    "no_reason", CONTRACT, Text("{signup} 未安排，却缺少 {word}", "{signup} is unplanned without {word}")
)
WRONG_CODE = Promise(
    "wrong_code",
    CONTRACT,
    Text("{signup} 的原因应为 {due}，写的是 {code}", "{signup} is unplanned for {due}, the plan says {code}"),
)


def every_reason(tables: Tables) -> Iterable[Violation]:
    """Check that no word is missing, and that each code is the one in the roster if the roster has one."""
    unplanned, roster = tables.plan.unplanned, tables.roster
    for word in _WORDS:
        yield from NO_REASON.broken_by(unplanned[unplanned[word].map(str.strip) == ""].assign(word=word))
    coded = roster.people.loc[roster.people["code"] != "", ["signup", "code"]]
    rejected = pd.DataFrame({"signup": [row.ref for row in roster.rejected], "code": "faulty_row"})
    codes = pd.concat([coded, rejected]).drop_duplicates("signup").set_index("signup")["code"]
    due = unplanned["signup"].map(codes)
    yield from WRONG_CODE.broken_by(unplanned.assign(due=due)[due.notna() & (due != unplanned["code"])])


_SAME = (
    "name", "sex", "id_number", "phone", "prefecture", "county", "township", "city", "category", "note",
)  # fmt: skip
_DAYS = ("earliest", "latest")

DIFFERS = Promise(
    "differs_from_signup",
    CONTRACT,
    Text(
        "{signup}({batch})的 {column} 与报名不符",
        "{column} of {signup} ({batch}) is not what the sign-up says",
    ),
)


def riders_as_signed_up(tables: Tables) -> Iterable[Violation]:
    """Compare the columns of the riders with the roster, row by row."""
    riders = tables.riders
    line = riders["line"].to_numpy(np.int64)
    signed_up = {name: tables.roster.people[name].take(line) for name in (*_SAME, *_DAYS)}
    differs = {name: text_column(riders[name]) != text_column(signed_up[name]) for name in _SAME}
    differs |= {name: pd.to_datetime(riders[name]).to_numpy() != signed_up[name].to_numpy() for name in _DAYS}
    differs["employer"] = text_column(riders["employer"]) != employer_names(tables)
    day = riders["date"].to_numpy()
    flexed = (day < riders["roster_flex_from"].to_numpy()) | (day > riders["roster_flex_to"].to_numpy())
    differs["flexed"] = riders["flexed"].to_numpy(bool) != flexed
    for name, wrong in differs.items():
        if wrong.any():
            yield from DIFFERS.broken_by(riders[wrong].assign(column=name))


def employer_names(tables: Tables) -> TextColumn:
    """Return the sign-up's own employer, else that of the vacancy found for it; none for who looks for work alone."""
    riders = tables.riders
    own, vacancy = text_column(riders["roster_employer"]).copy(), riders["roster_vacancy"].to_numpy(np.int64)
    found = np.flatnonzero((own == "") & (vacancy >= 0))
    own[np.flatnonzero(own == OWN_WORK)] = ""
    if len(found):
        own[found] = words_of(vacancy[found], [one.employer for one in tables.roster.vacancies])
    return own
