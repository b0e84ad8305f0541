"""Who is new, moved or off between two plans: a pure function of their riders."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from returnplan.model.plan import Plan

RIDE = ["batch", "date", "pickup", "time"]
"""What a rider is told of a ride: which coach, on which day, from where, at what hour."""
PROMISE = [*RIDE, "onward"]
"""What a rider is told: the first ride, and the same of all further ones."""


@dataclass(frozen=True)
class Diff:
    """The riders between whose plans there is a difference, each once, sorted by person number.

    Whoever has several rides stands there with the first one; ``onward`` has the others as tuples (batch, date,
    pick-up, time), and a difference in any of them counts.

    ``new`` and ``off`` have the columns of :class:`~returnplan.model.plan.Rider` and ``date`` and ``time`` of the
    pick-up, of the plan in which they ride; ``off`` also ``code``, why the new plan leaves them behind
    (empty: they are no longer in the lists). ``moved`` and ``retimed`` (only hours differ) have the columns
    of the new plan and, as ``from_batch``, ``from_date``, ``from_pickup``, ``from_time``, ``from_onward``, what they
    were told.
    """

    new: pd.DataFrame
    moved: pd.DataFrame
    retimed: pd.DataFrame
    off: pd.DataFrame

    @property
    def is_empty(self) -> bool:
        """Whether nobody has to be told anything."""
        return all(part.empty for part in (self.new, self.moved, self.retimed, self.off))


def diff(old: Plan, new: Plan) -> Diff:
    """Return what changes for whom when ``new`` takes the place of ``old``."""
    before, after = _promises(old), _promises(new)
    stayed = after.index.intersection(before.index)
    codes = new.unplanned.drop_duplicates("person").set_index("person")["code"]
    off = before.loc[before.index.difference(after.index)].reset_index()
    now, then = after.loc[stayed], before.loc[stayed, PROMISE].add_prefix("from_")
    both = now.join(then).reset_index()
    is_moved = pd.Series(False, index=both.index)
    for name in ("batch", "date", "pickup"):
        is_moved |= both[name] != both[f"from_{name}"]
    is_retimed = both["time"] != both["from_time"]
    is_moved |= both["onward"].map(_untimed) != both["from_onward"].map(_untimed)
    is_retimed |= both["onward"] != both["from_onward"]
    is_retimed &= ~is_moved
    return Diff(
        new=after.loc[after.index.difference(before.index)].reset_index(),
        moved=both[is_moved].reset_index(drop=True),
        retimed=both[is_retimed].reset_index(drop=True),
        off=off.assign(code=off["person"].map(codes).astype(object).fillna("")),
    )


def diff_json(change: Diff) -> dict[str, list[dict[str, Any]]]:
    """Return the object that ``diff --json`` prints."""
    return {
        "new": [_who(row) | {"to": _told(row)} for row in change.new.to_dict("records")],
        "moved": [
            _who(row) | {"from": _told(row, "from_"), "to": _told(row)}
            for row in change.moved.to_dict("records")
        ],
        "off": [
            _who(row) | {"from": _told(row), "code": row["code"]} for row in change.off.to_dict("records")
        ],
    }


def _promises(plan: Plan) -> pd.DataFrame:
    """Return each rider once, with date and hour of the first pick-up, and the further rides; by person."""
    stops = [(b.id, stop.seq, b.date, stop.time) for b in plan.batches for stop in b.stops]
    hours = pd.DataFrame.from_records(stops, columns=["batch", "pickup_seq", "date", "time"])
    hours = hours.astype({"date": "datetime64[s]", "time": "datetime64[s]"})
    riders = plan.riders.merge(hours, how="left", on=["batch", "pickup_seq"])
    riders = riders.sort_values(["person", "leg"], kind="stable")
    is_first = ~riders["person"].duplicated()
    first = riders[is_first].set_index("person")
    later: dict[Any, tuple[Any, ...]] = {}
    rows = riders.loc[~is_first, ["person", *RIDE]].itertuples(index=False, name=None)
    for person, *ride in rows:
        later[person] = (*later.get(person, ()), tuple(ride))
    onward = [later.get(person, ()) for person in first.index]
    return first.assign(onward=pd.Series(onward, index=first.index, dtype=object))


def _untimed(onward: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return rides without their hours."""
    return tuple(ride[:-1] for ride in onward)


def _who(row: dict[Any, Any]) -> dict[str, Any]:
    return {"person": row["person"], "signup": row["signup"]}


def _told(row: dict[Any, Any], prefix: str = "") -> dict[str, Any]:
    first = tuple(row[prefix + name] for name in RIDE)
    return _ride_json(first) | {"onward": [_ride_json(ride) for ride in row[prefix + "onward"]]}


def _ride_json(ride: tuple[Any, ...]) -> dict[str, Any]:
    batch, day, pickup, time = ride
    return {"batch": batch, "date": day.date().isoformat(), "pickup": pickup, "time": time.isoformat()}
