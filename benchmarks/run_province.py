"""Plans a generated province with the installed program and with the clerk's rule, and prints the table.

    python -m benchmarks.run_province [--people 23930] [--thin] [--write benchmarks/province.md]

The program runs as its user runs it, in a process of its own; the clerk's rule plans the same people read
from the same files, with the same vehicles, roads and rules.
"""

import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from benchmarks.clerk import plan_like_a_clerk
from benchmarks.measuring import compiled, cpu_seconds_of_children, machine, peak_mib_of_largest
from benchmarks.province import Kind, invent_province, write_province
from benchmarks.workbooks import read_problem

COLUMNS = (
    "people", "planner", "s", "CPU s", "peak MiB", "planned", "vehicles", "riders a vehicle", "yuan",
    "yuan a rider", "bound", "gap",
)  # fmt: skip
HEADER = f"| {' | '.join(COLUMNS)} |\n|--:|:--|{'--:|' * (len(COLUMNS) - 2)}"


@dataclass(frozen=True)
class Line:
    """One planner's result; memory, bound and gap are not known of the clerk."""

    planner: str
    seconds: float
    cpu_seconds: float
    num_planned: int
    num_vehicles: int
    cost_yuan: float
    peak_mib: float | None = None
    bound_yuan: float | None = None

    def row(self, num_people: int) -> str:
        """Return the line of the table."""
        peak = f"{self.peak_mib:,.0f}" if self.peak_mib else "–"
        bound = f"{self.bound_yuan:,.0f}" if self.bound_yuan else "–"
        gap = f"{self.cost_yuan / self.bound_yuan - 1:.2%}" if self.bound_yuan else "–"
        cells = (
            f"{num_people:,}",
            self.planner,
            f"{self.seconds:.1f}",
            f"{self.cpu_seconds:.1f}",
            peak,
            f"{self.num_planned:,}",
            f"{self.num_vehicles:,}",
            f"{self.num_planned / self.num_vehicles:.1f}",
            f"{self.cost_yuan:,.0f}",
            f"{self.cost_yuan / self.num_planned:.2f}",
            bound,
            gap,
        )
        return f"| {' | '.join(cells)} |"


def run_returnplan(folder: Path) -> Line:
    """Run ``returnplan plan`` in ``folder`` and return what it says of its plan."""
    program = Path(sys.executable).with_name("returnplan")
    environment = compiled()
    start, cpu_start = time.perf_counter(), cpu_seconds_of_children()
    with (folder / "plan.json").open("wb") as answer:
        running = subprocess.Popen(
            [program, "plan", "报名", "资料", "--json"], cwd=folder, env=environment, stdout=answer
        )
        peak_mib = peak_mib_of_largest(running)
    seconds = time.perf_counter() - start
    if running.returncode:
        raise SystemExit(f"returnplan plan: exit {running.returncode}")
    summary: dict[str, Any] = json.loads((folder / "plan.json").read_bytes())["summary"]
    return Line(
        planner="returnplan",
        seconds=seconds,
        cpu_seconds=cpu_seconds_of_children() - cpu_start,
        num_planned=summary["planned"],
        num_vehicles=summary["batches"],
        cost_yuan=summary["cost"],
        peak_mib=peak_mib,
        bound_yuan=summary["lower_bound"],
    )


def run_clerk(folder: Path) -> Line:
    """Plan the same people by the clerk's rule; the seconds are those of the rule alone."""
    problem = read_problem(folder, "报名", "资料")
    start, cpu_start = time.perf_counter(), time.process_time()
    outcome = plan_like_a_clerk(problem)
    return Line(
        planner="clerk's rule",
        seconds=time.perf_counter() - start,
        cpu_seconds=time.process_time() - cpu_start,
        num_planned=outcome.num_riders,
        num_vehicles=outcome.num_vehicles,
        cost_yuan=outcome.cost_yuan,
    )


def compare(num_people: int, kind: Kind) -> str:
    """Return the rows of one size of province."""
    with tempfile.TemporaryDirectory() as folder:
        write_province(invent_province(num_people, kind=kind), Path(folder))
        lines = [run_returnplan(Path(folder)), run_clerk(Path(folder))]
    return "\n".join(line.row(num_people) for line in lines)


@click.command()
@click.option("--people", "sizes", type=click.IntRange(1), multiple=True, default=[23_930], show_default=True)
@click.option("--thin", is_flag=True, help="People board in the townships; a coach may leave with one rider.")
@click.option("--write", "path", type=click.Path(path_type=Path), help="Write the page there too.")
def main(sizes: tuple[int, ...], thin: bool, path: Path | None) -> None:
    """Compare the program with the clerk's rule on provinces of the given sizes."""
    table = "\n".join([HEADER, *(compare(num_people, Kind(thin)) for num_people in sizes)])
    print(table)
    if path:
        path.write_text(
            f"# Province\n\nMeasured {machine()}. On a busy machine trust the CPU seconds.\n\n{table}\n",
            encoding="utf-8",
        )


if __name__ == "__main__":
    main()
