"""Seats of drafts that are planned again: who was told the number of a seat keeps it while riding that batch."""

from collections.abc import Iterable, Iterator, Mapping, Set

import pandas as pd

from returnplan.model.plan import Batch


def with_told_seats(
    riders: pd.DataFrame, batches: Iterable[Batch], told: Mapping[int, tuple[str, int]], kept: Set[str]
) -> pd.DataFrame:
    """Return the riders, of whom those have their seats who were told of them; the others sit on what is left.

    A seat that the vehicle does not have is lost, and of two who were told the same one the first person has it.

    Parameters
    ----------
    told : person number -> the batch and the seat on it
    kept : ids of batches whose seats stay as they are
    """
    known = zip(riders["person"].tolist(), riders["batch"].tolist(), riders["seat"].tolist(), strict=True)
    wanted = {batch for person, batch, seat in known if _is_elsewhere(told.get(person), batch, seat)} - kept
    if not wanted:
        return riders
    seats, child_seats = riders["seat"].copy(), riders["child_seats"].tolist()
    line_of = {label: line for line, label in enumerate(riders.index)}
    for batch in batches:
        if batch.id not in wanted or batch.kind == "train":
            continue
        own = riders[riders["batch"] == batch.id].sort_values("seat", kind="stable")
        rows = zip(own.index, own["person"].tolist(), own["child_seats"].map(len).tolist(), strict=True)
        for label, (seat, *children) in _seated(batch, told, list(rows)):
            seats[label], child_seats[line_of[label]] = seat, tuple(children)
    return riders.assign(seat=seats, child_seats=pd.Series(child_seats, riders.index, dtype=object))


def _is_elsewhere(told: tuple[str, int] | None, batch: str, seat: int) -> bool:
    return told is not None and told[0] == batch and told[1] not in (0, seat)


def _seated(
    batch: Batch, told: Mapping[int, tuple[str, int]], rows: list[tuple[int, int, int]]
) -> Iterator[tuple[int, list[int]]]:
    """Yield each line of the riders of a batch with its seats: the rider's own, then those of children along.

    Parameters
    ----------
    rows : line, person number and number of children, from the front seat to the back
    """
    free = list(range(1, batch.seats + 1))
    left = []
    for line, person, num_children in sorted(rows, key=lambda row: row[1]):
        own, first = told.get(person, ("", 0))
        seats = list(range(first, first + 1 + num_children))
        if own == batch.id and set(seats) <= set(free):
            yield line, seats
            free = [seat for seat in free if seat not in seats]
        else:
            left.append(line)
    for line, _, num_children in rows:
        if line in left:
            seats = free[: 1 + num_children]
            yield line, seats
            free = [seat for seat in free if seat not in seats]
