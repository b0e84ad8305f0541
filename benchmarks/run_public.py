"""Runs the whole ``returnplan plan`` on published instances, and prints what its plans cost above the best known.

    python -m benchmarks.run_public [--kind sdvrp --kind fsm --kind packing] [--seeds 3] [--write benchmarks/public.md]

Each instance is written as workbooks, and the program runs as its user runs it: it reads, plans, audits and saves.
Another seed stands for other people in other rows, and for other names of the stops, in whose order the search begins.
PyVRP stands beside where it can model the instance (nobody is split) and is there (``pip install -e '.[peers]'``).
Seventy runs: half an hour, with PyVRP an hour.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

import click

from benchmarks.measuring import cpu_seconds_of_children, machine
from benchmarks.public.instances import NUM_PARTIES, PRICE_OF_SEATS, Instance, invented_packing, published
from benchmarks.public.packing import packing_bounds
from benchmarks.public.sheets import write_instance
from benchmarks.workbooks import read_problem

KINDS = ("sdvrp", "fsm", "packing")
PYVRP_CPU_SECONDS = 30.0
COLUMNS = ("instance", "best known", "yuan", "above", "gap printed", "CPU s", "PyVRP above")
HEADER = f"| {' | '.join(COLUMNS)} |\n|:--|{'--:|' * (len(COLUMNS) - 1)}"


@dataclass(frozen=True)
class Outcome:
    """What the program says of its plan, and the CPU seconds of the whole command."""

    cost_yuan: float
    gap: float
    cpu_seconds: float


def instances_of(kind: str) -> Iterator[Instance]:
    """Yield the instances of a kind; those of packing with their least cost."""
    if kind != "packing":
        yield from published(kind)
        return
    for prices in PRICE_OF_SEATS:
        for num_parties in NUM_PARTIES:
            instance = invented_packing(prices, num_parties, num_parties)
            yield replace(instance, best_known=packing_bounds(instance)[0])


def run_command(folder: Path) -> Outcome:
    """Run ``returnplan plan`` on the workbooks of the folder; somebody without a seat is an error."""
    program = Path(sys.executable).with_name("returnplan")
    before = cpu_seconds_of_children()
    command = [str(program), "plan", "报名.xlsx", "车辆.xlsx", "地点.xlsx", "里程.xlsx", "--json"]
    answer = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, check=True)
    summary = json.loads(answer.stdout)["summary"]
    if summary["planned"] < summary["signups"]:
        raise SystemExit(f"{summary['unplanned']} people without a seat")
    return Outcome(summary["cost"], summary["gap"], cpu_seconds_of_children() - before)


def run_pyvrp(folder: Path, seed: int) -> float | None:
    """Return the cost of PyVRP's plan; None where it is not there, or finds none for everybody that keeps the rules.

    Of packing it finds none: a vehicle that costs nothing a km goes back and forth for it.
    """
    if find_spec("pyvrp") is None:
        return None
    from benchmarks.peers.checking import broken_rules
    from benchmarks.peers.model_pyvrp import plan_with_pyvrp
    from benchmarks.peers.trips import cost_yuan

    problem = read_problem(folder)
    trips = plan_with_pyvrp(problem, PYVRP_CPU_SECONDS, seed) or []
    num_riding = sum(sum(trip.load.values()) for trip in trips)
    if num_riding < problem.cells.num_groups.sum() or broken_rules(problem, trips):
        return None
    return sum(cost_yuan(problem, trip) for trip in trips)


def row(instance: Instance, num_seeds: int) -> tuple[str, list[float]]:
    """Return the line of the table, and how far each plan is above the best known."""
    outcomes, peers = [], []
    for seed in range(1, num_seeds + 1):
        with tempfile.TemporaryDirectory() as folder:
            write_instance(instance, Path(folder), seed)
            outcomes.append(run_command(Path(folder)))
            if instance.is_party and (cost := run_pyvrp(Path(folder), seed)) is not None:
                peers.append(cost)
    above = [outcome.cost_yuan / instance.best_known - 1 for outcome in outcomes]
    cells = (
        f"{instance.kind} {instance.name}",
        f"{instance.best_known:,.2f}",
        ", ".join(f"{outcome.cost_yuan:,.2f}" for outcome in outcomes),
        ", ".join(f"{share:+.2%}" for share in above),
        ", ".join(f"{outcome.gap:.1%}" for outcome in outcomes),
        f"{sum(outcome.cpu_seconds for outcome in outcomes) / num_seeds:.1f}",
        ", ".join(f"{cost / instance.best_known - 1:+.2%}" for cost in peers) or "–",
    )
    return f"| {' | '.join(cells)} |", above


@click.command()
@click.option("--kind", "kinds", type=click.Choice(KINDS), multiple=True, default=KINDS, show_default=True)
@click.option("--only", help="Instances whose name holds this text.")
@click.option("--seeds", "num_seeds", type=click.IntRange(1), default=3, show_default=True)
@click.option("--write", "path", type=click.Path(path_type=Path), help="Write the page there too.")
def main(kinds: tuple[str, ...], only: str | None, num_seeds: int, path: Path | None) -> None:
    """Plan the published instances and compare the cost with the best known."""
    lines = [HEADER]
    print(HEADER)
    for kind in kinds:
        above = list[float]()
        for instance in instances_of(kind):
            if only and only not in instance.name:
                continue
            line, of_seeds = row(instance, num_seeds)
            above += of_seeds
            lines.append(line)
            print(line, flush=True)
        if above:
            mean = sum(above) / len(above)
            lines.append(f"| **{kind}** | | | mean {mean:+.2%}, worst {max(above):+.2%} | | | |")
            print(lines[-1], flush=True)
    if path:
        text = "\n".join(lines)
        path.write_text(f"# Public instances\n\nMeasured {machine()}.\n\n{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
