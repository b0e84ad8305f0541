"""Hard rule 5: at most so many stops of a kind, their loops within the limits; km along the stops."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from returnplan.audit.pools import CENT
from returnplan.audit.promise import CONTRACT, Promise, Violation
from returnplan.audit.tables import KINDS, Tables
from returnplan.model.texts import Text

Floats = npt.NDArray[np.float64]

SLACK_KM = 1e-6
"""What adding the legs in another order may change."""

TOO_MANY = {
    "pickup": Promise(
        "too_many_pickups",
        5,
        Text("{batch} 有 {num} 个上车站,最多 {most} 个", "{batch} has {num} pick-ups of at most {most}"),
    ),
    "dropoff": Promise(
        "too_many_dropoffs",
        5,
        Text("{batch} 有 {num} 个下车站,最多 {most} 个", "{batch} has {num} drop-offs of at most {most}"),
    ),
}
LOOP = {
    "pickup": Promise(
        "pickup_loop",
        5,
        Text(
            "{batch} 上车各站之间 {loop:.1f} 公里,最多 {most:g} 公里",
            "{batch} drives {loop:.1f} km between its pick-ups, at most {most:g} km are allowed",
        ),
    ),
    "dropoff": Promise(
        "dropoff_loop",
        5,
        Text(
            "{batch} 下车各站之间 {loop:.1f} 公里,最多 {most:g} 公里",
            "{batch} drives {loop:.1f} km between its drop-offs, at most {most:g} km are allowed",
        ),
    ),
}
WRONG_KM = Promise(
    "wrong_km",
    CONTRACT,
    Text(
        "{batch} 写的是 {km:.2f} 公里,沿途为 {driven:.2f} 公里",
        "{batch} says {km:.2f} km, the road along its stops has {driven:.2f} km",
    ),
)


def stop_limits(tables: Tables) -> Iterable[Violation]:
    """Count the stops of each kind."""
    for kind in KINDS:
        of_kind = tables.stops[tables.stops["kind"] == kind]
        rows = of_kind.groupby("batch", sort=False).size().rename("num").reset_index()
        rows["most"] = getattr(tables.rules, f"max_{kind}s")
        yield from TOO_MANY[kind].broken_by(rows[rows["num"] > rows["most"]])


def loop_limits(tables: Tables) -> Iterable[Violation]:
    """Measure the road between the first and the last stop of each kind."""
    for kind in KINDS:
        most = getattr(tables.rules, f"max_{kind}_km")
        rows = tables.batches.assign(loop=_loop_km(tables, kind), most=most)
        yield from LOOP[kind].broken_by(rows[rows["loop"] > most + SLACK_KM])


def kilometres(tables: Tables) -> Iterable[Violation]:
    """Compare the stated km with the road along the stops."""
    rows = tables.batches.assign(driven=driven_km(tables))
    return WRONG_KM.broken_by(rows[~(abs(rows["km"] - rows["driven"]) <= CENT)])


def driven_km(tables: Tables) -> Floats:
    """Return the km of each batch from the first to the last stop."""
    return _sum_by_batch(tables, leg_km(tables))


def leg_km(tables: Tables) -> Floats:
    """Return the road km from each stop to the next one of its batch, 0 after the last stop."""
    stops, roster = tables.stops, tables.roster
    networks = [roster.network_of.get(day.date(), 0) for day in tables.batches["date"]]
    at, where = stops["at"].to_numpy(np.int64), stops["where"].to_numpy(np.int64)
    ahead, next_at = np.append(where[1:], -1), np.append(at[1:], -1)
    km = roster.km[np.array(networks, dtype=np.int64)[at], where, ahead]
    return np.where((at == next_at) & (where >= 0) & (ahead >= 0), km, 0.0)


def _loop_km(tables: Tables, kind: str) -> Floats:
    """Return the km of the legs of each batch that lie between two stops of one kind."""
    is_kind = (tables.stops["kind"] == kind).to_numpy()
    inside = is_kind & np.append(is_kind[1:], False)
    return _sum_by_batch(tables, np.where(inside, leg_km(tables), 0.0))


def _sum_by_batch(tables: Tables, km: Floats) -> Floats:
    total = np.bincount(tables.stops["at"], weights=km, minlength=len(tables.batches))
    return np.asarray(total, dtype=np.float64)  # of no stops at all, numpy returns integers
