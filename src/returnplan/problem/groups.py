"""Groups that may not be split, and the cells of identical groups."""

import numpy as np
import numpy.typing as npt
import pandas as pd

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
    columns = list(alike.columns)
    line = people.index.to_numpy()
    alone = (people["party"] < 0).to_numpy()
    # A single person's cell is known from its columns; a party is a cell of its own (identical parties are
    # too rare to be worth a search).
    kind = alike.groupby(columns, sort=True).ngroup().to_numpy()
    party = people["party"].to_numpy()
    key = np.where(alone, kind, kind.max(initial=0) + 1 + party)
    order = np.lexsort((line, key))
    key, alone, group_of = key[order], alone[order], _group_numbers(key[order], alone[order])
    _, cell_first, cell_of = np.unique(key, return_index=True, return_inverse=True)
    table = alike.iloc[order].reset_index(drop=True).assign(cell=cell_of, weight=_weights(alike)[order])
    member_start = np.append(np.flatnonzero(np.diff(group_of, prepend=-1)), len(order))
    cell_of_group = cell_of[member_start[:-1]]
    group_start = np.searchsorted(cell_of_group, np.arange(len(cell_first) + 1))
    num_groups = np.diff(group_start)
    cells = _cells(table, num_groups, num_days)
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


def _cells(table: pd.DataFrame, num_groups: Ints, num_days: int) -> Cells:
    """Collapse people (sorted by cell) to cells; sums over a cell are divided by its groups."""
    by_cell = table.groupby("cell")
    first = by_cell.first()
    same = by_cell[SHARED].nunique() == 1
    shared = {name: np.where(same[name], first[name], -2).astype(np.int64) for name in SHARED}
    shared["previous"] = np.maximum(shared["previous"], NO_PREVIOUS)
    apart = np.flatnonzero(~same["county"])
    shared["county"][apart] = (
        -2 - apart
    )  # people of several counties share with no other group, whatever its counties
    drops = table.groupby(["cell", "dropoff"]).size().reset_index(name="persons")
    return Cells(
        **shared,
        earliest=by_cell["earliest"].max().to_numpy(np.int64),
        latest=by_cell["latest"].min().to_numpy(np.int64),
        late_days=_late_days(table, num_groups, num_days),
        weight=by_cell["weight"].sum().to_numpy(np.float64) / num_groups,
        num_persons=by_cell.size().to_numpy(np.int64) // num_groups,
        num_seats=by_cell["seats"].sum().to_numpy(np.int64) // num_groups,
        num_groups=num_groups.astype(np.int64),
        drop_start=np.searchsorted(drops["cell"], np.arange(len(num_groups) + 1)).astype(np.int64),
        drop_place=drops["dropoff"].to_numpy(np.int64),
        drop_persons=drops["persons"].to_numpy(np.int64) // num_groups[drops["cell"]],
    )


def _late_days(table: pd.DataFrame, num_groups: Ints, num_days: int) -> Floats:
    """Return the (C, D) person-days after the resume date of one group, by day of departure."""
    dues = table.groupby(["cell", "due"]).size().reset_index(name="persons")
    dues = dues[dues["due"] < UNLIMITED]
    late = np.zeros((len(num_groups), num_days))
    cell = dues["cell"].to_numpy()
    days = np.maximum(0, np.arange(num_days)[None, :] - dues["due"].to_numpy()[:, None])
    np.add.at(late, cell, days * (dues["persons"].to_numpy() / num_groups[cell])[:, None])
    return late


def _no_cells(num_days: int) -> Cells:
    none = np.zeros(0, np.int64)
    real = np.zeros(0)
    return Cells(
        none, none, none, none, none, none, none, np.zeros((0, num_days)), real, none, none, none, none, none,
        np.zeros(1, np.int64), none, none,
    )  # fmt: skip
