"""A part of a problem: some groups of some cells, and who stands behind them."""

from dataclasses import replace

import numpy as np

from returnplan.problem.model import Cells, Ints, Problem, Travellers


def part_of(problem: Problem, cell: Ints, num_groups: Ints) -> Problem:
    """Return the problem of some groups; a cell that is named several times becomes several cells.

    Parameters
    ----------
    cell, num_groups : (N,) the cells of the part, and how many groups each of them has
    """
    cells = problem.cells
    num_drops = np.diff(cells.drop_start)[cell]
    drop_start = np.append(0, np.cumsum(num_drops)).astype(np.int64)
    drops = cells.drop_lines(cell)
    columns = {
        name: getattr(cells, name)[cell]
        for name in Cells.__dataclass_fields__
        if name not in ("num_groups", "drop_start", "drop_place", "drop_persons")
    }
    return replace(
        problem,
        cells=Cells(
            **columns,
            num_groups=num_groups.astype(np.int64),
            drop_start=drop_start,
            drop_place=cells.drop_place[drops],
            drop_persons=cells.drop_persons[drops],
        ),
        caps=replace(problem.caps, city_of_cell=problem.caps.city_of_cell[cell])
        if len(problem.caps.city_of_cell)
        else problem.caps,
        rail=problem.rail
        and replace(
            problem.rail,
            county_seats={county: seats[cell] for county, seats in problem.rail.county_seats.items()},
        ),
        regimes=problem.regimes
        and replace(
            problem.regimes,
            of_cell=problem.regimes.of_cell[cell],
            later=problem.regimes.later[cell],
        ),
    )


def at_places(problem: Problem, places: Ints) -> Problem:
    """Return the problem with some places alone, in this order; its cells use no others.

    Parameters
    ----------
    places : numbers of the problem
    """
    number = np.full(problem.km.shape[1], -1)
    number[places] = np.arange(len(places))
    cells, minutes, rail = problem.cells, problem.drive_minutes, problem.rail
    return replace(
        problem,
        cells=replace(cells, pickup=number[cells.pickup], drop_place=number[cells.drop_place]),
        km=np.ascontiguousarray(problem.km[:, places][:, :, places]),
        reception=problem.reception[places] if len(problem.reception) else problem.reception,
        drive_minutes=None if minutes is None else np.ascontiguousarray(minutes[:, places][:, :, places]),
        rail=rail and replace(rail, services=(), prefecture=rail.prefecture[places]),
    )


def travellers_of(travellers: Travellers, cell: Ints, num_groups: Ints, skipped: Ints) -> Travellers:
    """Return who stands behind the cells of a part.

    Parameters
    ----------
    skipped : (N,) how many groups of the cell come before those of the part
    """
    groups = spans(travellers.group_start[cell] + skipped, num_groups)
    num_members = np.diff(travellers.member_start)[groups]
    return Travellers(
        group_start=np.append(0, np.cumsum(num_groups)).astype(np.int64),
        member_start=np.append(0, np.cumsum(num_members)).astype(np.int64),
        member_row=travellers.member_row[spans(travellers.member_start[groups], num_members)],
    )


def spans(start: Ints, length: Ints) -> Ints:
    """Return the concatenation of the ranges that begin at ``start``."""
    before = np.cumsum(length) - length
    return np.repeat(start - before, length) + np.arange(int(length.sum()))
