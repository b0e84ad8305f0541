"""Everyone who is on no batch has a code, a reason and a suggestion in both languages (docs/contract.md#json)."""

from collections.abc import Iterable

import pandas as pd

from returnplan.audit.promise import CONTRACT, Promise, Violation
from returnplan.audit.tables import Tables
from returnplan.model.texts import Text

_WORDS = ("code", "reason_zh", "reason_en", "suggestion_zh", "suggestion_en")

NO_REASON = Promise(
    "no_reason", CONTRACT, Text("{signup} 未安排,却缺少 {word}", "{signup} is unplanned without {word}")
)
WRONG_CODE = Promise(
    "wrong_code",
    CONTRACT,
    Text(
        "{signup} 的原因应为 {told},写的是 {code}", "{signup} is unplanned for {told}, the plan says {code}"
    ),
)


def every_reason(tables: Tables) -> Iterable[Violation]:
    """Check that no word is missing and that the codes are those of the roster where it has one."""
    unplanned, roster = tables.plan.unplanned, tables.roster
    for word in _WORDS:
        yield from NO_REASON.broken_by(unplanned[unplanned[word].str.strip() == ""].assign(word=word))
    kept = roster.people.loc[roster.people["code"] != "", ["signup", "code"]]
    rejected = pd.DataFrame({"signup": [row.ref for row in roster.rejected], "code": "faulty_row"})
    codes = pd.concat([kept, rejected]).drop_duplicates("signup").set_index("signup")["code"]
    told = unplanned["signup"].map(codes)
    yield from WRONG_CODE.broken_by(unplanned.assign(told=told)[told.notna() & (told != unplanned["code"])])
