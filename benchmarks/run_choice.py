"""How near the best are the vehicles and dates that the planner chooses, when stops leave no choice?

    python -m benchmarks.run_choice [--people 23930] [--seconds 60] [--write benchmarks/choice.md]

The province of ``run_province``, with one pick-up a prefecture and one drop-off a city. HiGHS proves what the same
people cost at least: a prefecture with all its cities, and each city alone, as if it had the whole fleet. The planner
has the effort it always has; HiGHS has some time for each model.
"""

import os
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np

from benchmarks.dates_and_mix import best_choice, one_stop_each
from benchmarks.measuring import machine
from benchmarks.province import invent_province, write_province
from benchmarks.workbooks import read_problem
from returnplan.planning import solve
from returnplan.problem.draft import Draft, groups_planned
from returnplan.problem.model import Ints, Problem

MANY = 500
HEADER = """| prefecture | city | people | yuan | found by HiGHS | bound of HiGHS | gap |
|--:|--:|--:|--:|--:|--:|--:|"""


@dataclass(frozen=True)
class Line:
    """One city of a prefecture, or (``city`` "all") a prefecture."""

    prefecture: int
    city: str
    num_people: int
    yuan: float
    found_yuan: float
    bound_yuan: float

    @property
    def gap(self) -> float:
        """Return by which share the plan costs more than the bound."""
        return self.yuan / self.bound_yuan - 1

    def row(self) -> str:
        """Return the line of the table."""
        return (
            f"| {self.prefecture} | {self.city} | {self.num_people:,} | {self.yuan:,.0f} | "
            f"{self.found_yuan:,.0f} | {self.bound_yuan:,.0f} | {self.gap:.1%} |"
        )


def measure(problem: Problem, drafts: Iterable[Draft], planned: Ints, seconds: float) -> list[Line]:
    """Compare the plan with HiGHS, city by city and prefecture by prefecture."""
    cells, yuan = problem.cells, defaultdict[tuple[int, int], float](float)
    for draft in drafts:
        cell = draft.load[0][0]
        yuan[int(cells.prefecture[cell]), int(cells.city_group[cell])] += draft.cost_yuan(problem)
    lines: list[Line] = []
    for prefecture in sorted({prefecture for prefecture, _ in yuan}):
        here = cells.prefecture == prefecture
        cities = {
            str(city): here & (cells.city_group == city) for at, city in sorted(yuan) if at == prefecture
        }
        for city, part in ({"all": here} | cities).items():
            cost = sum(yuan[prefecture, int(one)] for one in (cities if city == "all" else [city]))
            best = best_choice(problem, planned, np.flatnonzero(part), seconds)
            people = int((planned * cells.num_persons)[part].sum())
            lines.append(Line(prefecture, city, people, cost, best.yuan, best.bound_yuan))
            print(lines[-1].row(), flush=True)
    return lines


def summed(name: str, lines: list[Line], most_gap: float) -> str:
    """Return a sentence on some lines: the gap of their sum, the worst, and how many keep to a gap."""
    gaps = np.array([line.gap for line in lines])
    yuan, bound_yuan = (sum(getattr(line, field) for line in lines) for field in ("yuan", "bound_yuan"))
    return (
        f"- {name}: {yuan / bound_yuan - 1:.2%} above the bound in sum, {gaps.max():.1%} at worst; "
        f"{(gaps <= most_gap).sum()} of {len(gaps)} within {most_gap:.0%}\n"
    )


def page(num_people: int, seconds: float) -> str:
    """Return the page of figures."""
    with tempfile.TemporaryDirectory() as folder:
        write_province(invent_province(num_people), Path(folder))
        problem = one_stop_each(read_problem(Path(folder), "报名", "资料"))
    start = time.perf_counter()
    drafts = solve(problem, processes=os.cpu_count() or 1)
    took = time.perf_counter() - start
    planned = groups_planned(problem, drafts)
    lines = measure(problem, drafts, planned, seconds)
    prefectures = [line for line in lines if line.city == "all"]
    pairs = [line for line in lines if line.city != "all"]
    return (
        f"# Choice of vehicles and dates alone\n\nMeasured {machine()}. {int(planned @ problem.cells.num_persons):,} "
        f"of {num_people:,} people, {len(drafts)} vehicles, {took:.1f} s; {seconds:.0f} s for each model of HiGHS.\n\n"
        + summed("prefectures, whose cities share a fleet", prefectures, 0.02)
        + summed(
            f"cities with {MANY} people or more", [line for line in pairs if line.num_people >= MANY], 0.02
        )
        + summed("other cities", [line for line in pairs if line.num_people < MANY], 0.08)
        + "\n".join(["", HEADER, *(line.row() for line in lines), ""])
    )


@click.command()
@click.option("--people", type=click.IntRange(1), default=23_930, show_default=True)
@click.option("--seconds", type=click.FloatRange(1), default=60, show_default=True, help="For each model.")
@click.option("--write", "path", type=click.Path(path_type=Path), help="Write the page there too.")
def main(people: int, seconds: float, path: Path | None) -> None:
    """Compare the planner with HiGHS where only vehicles and dates are to be chosen."""
    text = page(people, seconds)
    print(text)
    if path:
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
