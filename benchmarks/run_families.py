"""Plans some of every family of problems, so that a change of the planner is judged on all of them in one table.

    python -m benchmarks.run_families [--only TEXT] [--bound] [--write benchmarks/families.md]

The planner alone, without reading and writing. ``run_stability.py`` is the table of the nights. Seven minutes with the
bounds.
"""

import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

import click

from benchmarks.measuring import machine
from benchmarks.peers.corridors import KINDS, invent_corridor
from benchmarks.people.towns import TOWNS, write_town
from benchmarks.planted.make import plant
from benchmarks.province import DENSE, Kind, invent_province, write_province
from benchmarks.public.instances import NUM_PARTIES, PRICE_OF_SEATS, invented_packing, published
from benchmarks.public.packing import packing_bounds
from benchmarks.public.sheets import write_instance
from benchmarks.workbooks import read_problem
from returnplan.planning import lower_bound_yuan, solve
from returnplan.problem.draft import groups_planned
from returnplan.problem.model import Problem

SEED = 1
SPLIT = ("S51D2", "S51D4", "S51D6", "eilA76", "p01_1050")
MIXED = ("vfmpf06", "vfmpf14", "vfmpfv03")
THIN_PREFECTURES = ("崇左市", "来宾市", "贺州市")
EXAMPLE = Path(__file__).parents[1] / "examples" / "gangnan"
HEADER = "| problem | people | left | vehicles | yuan | above best | gap | CPU s |\n|:--|--:|--:|--:|--:|--:|--:|--:|"


class Case(NamedTuple):
    """A problem by name; ``best_known`` yuan, where somebody knows them."""

    name: str
    problem: Callable[[], Problem]
    best_known: float | None = None


def cases() -> Iterator[Case]:
    """Yield the problems, family by family."""
    yield Case("gangnan", partial(read_problem, EXAMPLE, "报名", "资料"))
    for kind in KINDS:
        yield Case(f"corridor, {kind.name}", partial(invent_corridor, kind, SEED))
    yield Case("dense province", _province)
    yield Case("thin prefectures", partial(_province, THIN_PREFECTURES))
    for name, known in ((SPLIT, "sdvrp"), (MIXED, "fsm")):
        for instance in published(known):
            if instance.name in name:
                yield Case(
                    f"{known} {instance.name}",
                    partial(_written, write_instance, instance),
                    instance.best_known,
                )
    for prices in PRICE_OF_SEATS:
        instance = invented_packing(prices, NUM_PARTIES[0], NUM_PARTIES[0])
        least = packing_bounds(instance)[0]
        yield Case(f"packing {prices}", partial(_written, write_instance, instance), least)
    for seed in range(1, 4):
        planted = plant(seed)
        yield Case(f"planted {seed}", partial(getattr, planted, "problem"), planted.cost_yuan)
    for town in TOWNS:
        yield Case(f"most people, town {town.name}", partial(_written, write_town, town))


def _province(prefectures: tuple[str, ...] = ()) -> Problem:
    """Return the whole dense province, or some prefectures of the thin one."""
    province = invent_province(23_930, kind=Kind(is_thin=True) if prefectures else DENSE)
    if prefectures:
        is_there = province.signups["户籍市"].isin(prefectures)
        province = replace(province, signups=province.signups[is_there].reset_index(drop=True))
    return _written(write_province, province)


def _written(write: Callable[..., object], what: object) -> Problem:
    """Return the problem of workbooks that are written for it."""
    with tempfile.TemporaryDirectory() as folder:
        write(what, Path(folder), *([SEED] if write is write_instance else []))
        return read_problem(Path(folder))


def row(case: Case, with_bound: bool) -> str:
    """Plan the problem; return its line of the table."""
    problem = case.problem()
    begin = time.process_time()
    drafts = solve(problem)
    seconds = time.process_time() - begin
    planned, persons = groups_planned(problem, drafts), problem.cells.num_persons
    yuan, people = sum(draft.cost_yuan(problem) for draft in drafts), int(problem.cells.num_groups @ persons)
    above = "–" if case.best_known is None else f"{yuan / case.best_known - 1:+.2%}"
    gap = f"{yuan / lower_bound_yuan(problem, planned) - 1:.1%}" if with_bound else "–"
    left = people - int(planned @ persons)
    cells = (
        case.name, f"{people:,}", f"{left:,}", f"{len(drafts):,}", f"{yuan:,.0f}", above, gap, f"{seconds:.1f}",
    )  # fmt: skip
    return f"| {' | '.join(cells)} |"


@click.command()
@click.option("--only", help="Problems whose name holds this text.")
@click.option("--bound", "with_bound", is_flag=True, help="Prove the lower bounds, too.")
@click.option("--write", "path", type=click.Path(path_type=Path), help="Write the page there too.")
def main(only: str | None, with_bound: bool, path: Path | None) -> None:
    """Plan some problems of each family."""
    lines = [HEADER]
    print(HEADER)
    for case in cases():
        if not only or only in case.name:
            lines.append(row(case, with_bound))
            print(lines[-1], flush=True)
    if path:
        text = "\n".join(lines)
        path.write_text(f"# All families\n\nMeasured {machine()}.\n\n{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
