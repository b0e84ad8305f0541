"""How many cases a sweep tries: a few with the other tests, all of them with ``make check-long``."""

import os

IS_LONG = bool(os.environ.get("RETURNPLAN_LONG"))


def cases(few: int, *, of: int) -> int:
    """Return how many cases are tried now: ``few``, or all ``of`` them in a long run."""
    return of if IS_LONG else few
