"""Runs PyVRP, OR-Tools and returnplan on the same corridors and prints the tables.

    python -m benchmarks.run_peers [FOLDER] [--cpu-seconds 30] [--seeds 3] [--write benchmarks/peers.md]

FOLDER holds a corridor's workbooks and ``returnplan.toml``; the other corridors are invented. How each peer is
modelled stands in benchmarks/peers/model_pyvrp.py and model_ortools.py; both come with ``pip install -e
'.[peers]'``. Sixteen corridors need 2 × 30 s each and some for returnplan: 20 minutes.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from functools import partial
from importlib.metadata import version
from pathlib import Path

import click

from benchmarks.measuring import cpu_seconds_of_children, machine
from benchmarks.peers.contest import Contest, Planner, Result, hold_contest
from benchmarks.peers.corridors import KINDS, invent_corridor
from benchmarks.peers.model_ortools import plan_with_ortools
from benchmarks.peers.model_pyvrp import plan_with_pyvrp
from benchmarks.peers.tables import PLANNERS_HEADER, kind_line, kinds_header, planner_lines
from benchmarks.workbooks import read_problem

PEERS = ("PyVRP", "OR-Tools")
PYVRP_SEED = 1


def run_command(folder: Path) -> Result:
    """Run the whole ``returnplan plan`` on a folder, which is left as it is."""
    program = Path(sys.executable).with_name("returnplan")
    start, cpu_start = time.perf_counter(), cpu_seconds_of_children()
    with tempfile.TemporaryDirectory() as desk:
        answer = subprocess.run(
            [program, "plan", folder.resolve(), "--config", folder.resolve() / "returnplan.toml", "--json"],
            cwd=desk,
            stdout=subprocess.PIPE,
            check=True,
        )
    seconds, cpu_seconds = time.perf_counter() - start, cpu_seconds_of_children() - cpu_start
    summary = json.loads(answer.stdout)["summary"]
    return Result(
        "returnplan, the whole command",
        seconds,
        cpu_seconds,
        summary["planned"],
        summary["batches"],
        summary["cost"],
    )


def hold_all(folder: Path | None, num_seeds: int, cpu_seconds: float) -> dict[str, list[Contest]]:
    """Return the contests by kind of corridor."""
    planners = (
        partial(plan_with_pyvrp, cpu_seconds=cpu_seconds, seed=PYVRP_SEED),
        partial(plan_with_ortools, cpu_seconds=cpu_seconds),
    )
    peers: dict[str, Planner] = dict(zip(PEERS, planners, strict=True))
    contests = {}
    if folder:
        given = hold_contest("given", read_problem(folder), peers)
        contests["given"] = [replace(given, command=run_command(folder))]
    for kind in KINDS:
        contests[kind.name] = [
            hold_contest(f"{kind.name} {seed}", invent_corridor(kind, seed), peers)
            for seed in range(1, num_seeds + 1)
        ]
    return contests


def tables(contests: dict[str, list[Contest]]) -> str:
    """Return both tables."""
    kinds = [kind_line(kind, of_kind) for kind, of_kind in contests.items()]
    planners = [line for of_kind in contests.values() for each in of_kind for line in planner_lines(each)]
    return "\n".join([kinds_header(PEERS), *kinds, "", PLANNERS_HEADER, *planners])


def page(table: str, cpu_seconds: float, load: str) -> str:
    """Return the page for the file."""
    versions = ", ".join(f"{name} {version(name)}" for name in ("pyvrp", "ortools"))
    return (
        f"# Peers\n\nMeasured {machine()}, {versions}; load {load}. Peers stop after {cpu_seconds:g} CPU seconds.\n"
        "A search of returnplan was tried with 1/64, 1/16, 1/4, once and four times the default work; the default "
        "is two.\nHow the peers are told the problem: peers/model_pyvrp.py and peers/model_ortools.py.\n\n"
        f"{table}\n"
    )


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False), required=False)
@click.option("--cpu-seconds", type=click.FloatRange(0, min_open=True), default=30.0, show_default=True)
@click.option("--seeds", "num_seeds", type=click.IntRange(1), default=3, show_default=True)
@click.option("--write", "path", type=click.Path(path_type=Path), help="Write the page there too.")
def main(folder: Path | None, cpu_seconds: float, num_seeds: int, path: Path | None) -> None:
    """Compare the planners on the corridor of FOLDER, if given, and on invented ones."""
    load_before = os.getloadavg()[0]
    table = tables(hold_all(folder, num_seeds, cpu_seconds))
    print(table)
    if path:
        load = f"{load_before:.1f} at the start, {os.getloadavg()[0]:.1f} at the end"
        path.write_text(page(table, cpu_seconds, load), encoding="utf-8")


if __name__ == "__main__":
    main()
