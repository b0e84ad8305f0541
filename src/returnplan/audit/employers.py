"""The employers' lines add up to the people planned for, and matched to, an employer."""

from collections.abc import Iterable

import pandas as pd

from returnplan.audit.copies import employer_names
from returnplan.audit.promise import CONTRACT, Promise, Violation
from returnplan.audit.tables import Tables
from returnplan.model.texts import Text

WRONG_EMPLOYERS = Promise(
    "wrong_employers",
    CONTRACT,
    Text(
        "各企业合计 {what} {stated} 人,应为 {due} 人",
        "the employers' lines add up to {stated} people {what}, there are {due}",
    ),
)


def employers(tables: Tables) -> Iterable[Violation]:
    """Compare the sums over all employers (one may stand under two spellings of its name)."""
    lines, people = tables.plan.employers, tables.roster.people
    is_matched = (people["employer"] == "") & (people["vacancy"] >= 0) & (people["code"] == "")
    rows = pd.DataFrame(
        {
            "what": ["planned", "matched"],
            "stated": [sum(line.planned for line in lines), sum(line.matched for line in lines)],
            "due": [int((employer_names(tables) != "").sum()), int(is_matched.sum())],
        }
    )
    return WRONG_EMPLOYERS.broken_by(rows[rows["stated"] != rows["due"]])
