"""Groups that may not be split, and the cells of identical groups."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from returnplan.model.alike import alike as kinds_of
from returnplan.problem.model import NO_PREVIOUS, UNLIMITED, Cells, Floats, Ints, Travellers

CLASS_FACTOR = 64.0
"""One person of a class outweighs a coach of the next one; 64 is more than a coach holds."""

TINY = 1e-9

SHARED = ["own_transfer", "pickup", "prefecture", "goal", "county", "city_group", "previous"]


def group_travellers(people: pd.DataFrame, alike: pd.DataFrame, num_days: int) -> tuple[Cells, Travellers]:
    """Return the cells of ``people`` and who stands behind them.

    Parameters
    ----------
    people : eligible people, sorted by ID number
    alike : integer columns of what makes people interchangeable, on the index of ``people``
    num_days : the length of the campaign
    """
    if people.empty:
        return _no_cells(num_days), Travellers(*(np.zeros(1, np.int64),) * 2, np.zeros(0, np.int64))
    line = people.index.to_numpy()
    alone = (people["party"] < 0).to_numpy()
    # A single person's cell is known from its columns; a party is a cell of its own (identical parties are
    # too rare to be worth a search).
    kind = kinds_of(*(alike[name].to_numpy() for name in alike)).of_line
    party = people["party"].to_numpy(np.int64)
    key = np.where(alone, kind, kind.max(initial=0) + 1 + party)
    order = np.lexsort((line, key))
    key, alone, group_of = key[order], alone[order], _group_numbers(key[order], alone[order])
    cell_first = np.flatnonzero(np.append(True, key[1:] != key[:-1]))
    member_start = np.append(np.flatnonzero(np.diff(group_of, prepend=-1)), len(order))
    group_start = np.searchsorted(member_start[:-1], np.append(cell_first, len(order)))
    num_groups = np.diff(group_start)
    cells = _cells(alike, order, cell_first, num_groups, num_days)
    return cells, Travellers(group_start.astype(np.int64), member_start.astype(np.int64), line[order])


def _group_numbers(key: Ints, alone: npt.NDArray[np.bool_]) -> Ints:
    """Number the groups along lines sorted by key: everyone alone, parties by their key."""
    starts = np.append(True, key[1:] != key[:-1]) | alone
    return np.asarray(np.cumsum(starts) - 1, dtype=np.int64)


def _weights(alike: pd.DataFrame) -> Floats:
    """Return the weight of each person: 1 for the last class, a factor more for each class before it."""
    ranks = alike["rank"].to_numpy()
    steps = np.unique(ranks, return_inverse=True)[1]
    return np.asarray(CLASS_FACTOR ** (steps.max(initial=0) - steps), dtype=np.float64)


def persons_by_class(weight: Floats, num_persons: Ints) -> Floats:
    """Return (classes, groups) how many people of each class groups of some weight hold, the first class first."""
    num_classes = 1 + int(
        np.log(max(1.0, (weight / num_persons).max(initial=1.0))) / np.log(CLASS_FACTOR) + TINY
    )
    persons, rest = np.zeros((num_classes, len(weight))), weight.copy()
    for nth in range(num_classes):
        one = CLASS_FACTOR ** (num_classes - 1 - nth)
        persons[nth] = np.minimum(num_persons - persons.sum(axis=0), np.floor(rest / one + TINY))
        rest -= one * persons[nth]
    return persons


def _cells(alike: pd.DataFrame, order: Ints, first: Ints, num_groups: Ints, num_days: int) -> Cells:
    """Collapse people to cells; sums over a cell are divided by its groups.

    Parameters
    ----------
    order : the lines of ``alike`` sorted by cell
    first : (C,) where in them each cell begins
    """

    def column(name: str) -> Ints:
        return alike[name].to_numpy(np.int64)[order]

    shared = {name: _shared(column(name), first) for name in SHARED}
    shared["previous"] = np.maximum(shared["previous"], NO_PREVIOUS)
    county = column("county")
    apart = np.flatnonzero(np.minimum.reduceat(county, first) != np.maximum.reduceat(county, first))
    shared["county"][apart] = (
        -2 - apart
    )  # people of several counties share with no other group, whatever its counties
    num_persons = np.diff(np.append(first, len(order)))
    cell = np.repeat(np.arange(len(first)), num_persons)
    drop_cell, drop_place, drop_persons = _counted(cell, column("dropoff"))
    return Cells(
        **shared,
        earliest=np.maximum.reduceat(column("earliest"), first),
        latest=np.minimum.reduceat(column("latest"), first),
        late_days=_late_days(cell, column("due"), num_groups, num_days),
        weight=np.add.reduceat(_weights(alike)[order], first) / num_groups,
        num_persons=num_persons // num_groups,
        num_seats=np.add.reduceat(column("seats"), first) // num_groups,
        num_groups=num_groups.astype(np.int64),
        drop_start=np.searchsorted(drop_cell, np.arange(len(num_groups) + 1)).astype(np.int64),
        drop_place=drop_place,
        drop_persons=drop_persons // num_groups[drop_cell],
    )


def _shared(values: Ints, first: Ints) -> Ints:
    """Return (C,) the value that all people of a cell have, -2 where they differ."""
    least = np.minimum.reduceat(values, first)
    return np.where(least == np.maximum.reduceat(values, first), least, -2)


def _counted(cell: Ints, value: Ints) -> tuple[Ints, Ints, Ints]:
    """Return each cell and value that somebody has, in their order, and how many have them."""
    least = int(value.min())
    span = int(value.max()) - least + 1
    pairs, num = np.unique(cell * span + (value - least), return_counts=True)
    return pairs // span, pairs % span + least, num


def _late_days(cell: Ints, due: Ints, num_groups: Ints, num_days: int) -> Floats:
    """Return the (C, D) person-days after the resume date of one group, by day of departure."""
    late = np.zeros((len(num_groups), num_days))
    is_due = due < UNLIMITED
    if not is_due.any():
        return late
    cell, due, persons = _counted(cell[is_due], due[is_due])
    days = np.maximum(0, np.arange(num_days)[None, :] - due[:, None])
    np.add.at(late, cell, days * (persons / num_groups[cell])[:, None])
    return late


def _no_cells(num_days: int) -> Cells:
    none = np.zeros(0, np.int64)
    real = np.zeros(0)
    return Cells(
        none, none, none, none, none, none, none, np.zeros((0, num_days)), real, none, none, none, none, none,
        np.zeros(1, np.int64), none, none,
    )  # fmt: skip
