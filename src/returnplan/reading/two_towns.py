"""Whose 镇街 a column means: the township where people live, or the town where they work; the columns around say it."""

import re
from collections.abc import Sequence

from returnplan.reading.questions import bare, normal

_EITHER = frozenset(("镇街", "镇街道"))
_AT_HOME, _AT_WORK = (
    re.compile(r"户籍|籍贯|家庭|居住|住址"),
    re.compile(r"务工|返岗|就业|目的|前往|工作|企业|单位"),
)
_VILLAGE = re.compile(r"村|社区|屯|组$")
_HOME, _WORK = ("prefecture", "county", "address"), ("city", "acceptable_cities", "employer", "dropoff")


def with_home_townships(fields: Sequence[str | None], columns: Sequence[Sequence[str]]) -> list[str | None]:
    """Return the fields of a line of sign-ups, with the township for a 镇街 of the home.

    It is of the home beside a column of villages, behind the home county, or before the city. A sheet with a column
    of townships has its 镇街 at the work place.

    Parameters
    ----------
    fields : the field of each column on its own
    columns : the labels of each column, the most specific first
    """
    if "township" in fields:
        return list(fields)
    settled = list(fields)
    for i, field in enumerate(fields):
        is_either = field == "town" and bool(columns[i]) and _says_neither(columns[i])
        if is_either and _is_at_home(i, fields, columns):
            settled[i] = "township"
    return settled


def _says_neither(labels: Sequence[str]) -> bool:
    """Return whether a header is 镇街 and no more, with or without the group above it."""
    return not _EITHER.isdisjoint({normal(labels[-1]), bare(labels[-1])}) and not _AT_WORK.search(labels[0])


def _is_at_home(i: int, fields: Sequence[str | None], columns: Sequence[Sequence[str]]) -> bool:
    behind = columns[i + 1] if i + 1 < len(columns) else ()
    if _AT_HOME.search(columns[i][0]) or any(map(_VILLAGE.search, behind)):
        return True
    before = (field for field in reversed(fields[:i]) if field in (*_HOME, *_WORK))
    return next(before, "county" if "city" in fields[i:] else "city") in _HOME
