"""Plans corridors of 1,000 to 100,000 people, and the first one's people many times over: how do time and cost grow?

    python -m benchmarks.run_scaling [--write benchmarks/scaling.md]

Thirty pick-ups, twelve drop-offs, four days, at most four stops of each kind. The planner alone is measured: from
the problem to its batches, and the bound.
"""

import os
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import click

from benchmarks.measuring import machine
from benchmarks.peers.corridors import Kind, invent_corridor
from returnplan.planning import lower_bound_yuan, solve
from returnplan.problem.draft import groups_planned
from returnplan.problem.model import Problem

KIND = Kind("scaling", max_pickups=4, max_dropoffs=4, stop_cost_yuan=50.0, num_days=4, longest_window=3)
SEED = 1
FEW_PEOPLE = 1_000
HEADER = """| people | cells | s | CPU s | planned | vehicles | yuan a rider | above the bound | CPU s of the bound |
|--:|--:|--:|--:|--:|--:|--:|--:|--:|"""


@dataclass(frozen=True, slots=True)
class Timed:
    """Wall and CPU seconds of what was done since it was made."""

    start_s: float
    cpu_start_s: float

    @classmethod
    def now(cls) -> "Timed":
        """Start the clocks."""
        return cls(time.perf_counter(), time.process_time())

    @property
    def seconds(self) -> float:
        """Return the wall time."""
        return time.perf_counter() - self.start_s

    @property
    def cpu_seconds(self) -> float:
        """Return the CPU time."""
        return time.process_time() - self.cpu_start_s


def corridor(num_people: int, times: int = 1) -> Problem:
    """Return the corridor of so many people, each of them so many times."""
    problem = invent_corridor(replace(KIND, num_people=num_people), SEED)
    return replace(problem, cells=replace(problem.cells, num_groups=times * problem.cells.num_groups))


def measure(problem: Problem) -> str:
    """Plan the problem, bound the plan, and return a line of the table."""
    clock = Timed.now()
    drafts = solve(problem, processes=os.cpu_count() or 1)
    seconds, cpu_seconds = clock.seconds, clock.cpu_seconds
    clock = Timed.now()
    planned = groups_planned(problem, drafts)
    bound_yuan = lower_bound_yuan(problem, planned)
    yuan = sum(draft.cost_yuan(problem) for draft in drafts)
    return (
        f"| {problem.cells.num_groups.sum():,} | {len(problem.cells):,} | {seconds:.1f} | {cpu_seconds:.1f} | "
        f"{planned.sum():,} | {len(drafts):,} | {yuan / planned.sum():.2f} | {yuan / bound_yuan - 1:.1%} | "
        f"{clock.cpu_seconds:.1f} |"
    )


def table(problems: Iterable[Problem]) -> str:
    """Return a table, a problem a line."""
    return "\n".join([HEADER, *map(measure, problems)])


@click.command()
@click.option("--write", "path", type=click.Path(path_type=Path), help="Write the page there too.")
def main(path: Path | None) -> None:
    """Measure growing corridors, then one whose cells hold ever more people."""
    growing = table(corridor(num_people) for num_people in (1_000, 3_000, 10_000, 30_000, 100_000))
    alike = table(corridor(FEW_PEOPLE, times) for times in (1, 10, 100, 1_000))
    page = (
        f"# Growth\n\nMeasured {machine()}, load {os.getloadavg()[0]:.1f} at the end.\n\n"
        f"## More people\n\n{growing}\n\n## The same cells, more people in each\n\n{alike}\n"
    )
    print(page)
    if path:
        path.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
