"""Makes the instances of PTP-LIB, solves each, checks what was found, and writes its table.

    python -m benchmarks.run_ptp [--only TEXT] [--write ptp-lib]

``ptp-lib/README.md`` is about the library. A solution that lies there and is better stays.
"""

import csv
import gzip
import hashlib
import importlib
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import click
import numpy as np

from benchmarks.measuring import cpu_seconds_of_children, machine
from benchmarks.planted.make import SEAT_KM_YUAN, SEAT_YUAN, plant
from benchmarks.ptp.exact import exact_plan
from benchmarks.ptp.families import INSTANCES, PLANTED
from benchmarks.ptp.instances import Json, problem_of
from benchmarks.ptp.sheets import write_instance
from benchmarks.ptp.solutions import solution_of
from returnplan.planning import lower_bound_yuan, solve
from returnplan.problem.draft import groups_planned
from returnplan.problem.model import Ints, Problem

LIBRARY = Path(__file__).parents[1] / "ptp-lib"
MOST_PLAIN_BYTES = 60_000
"""A larger file is compressed."""
A_CENT = 0.01
PROGRAM = "import sys; sys.argv[0] = 'returnplan'; from returnplan.cli.main import main; main()"


class Found(NamedTuple):
    """A solution, a proved bound on what any other with as many people costs, and how both were found."""

    solution: Json
    bound_yuan: float
    method: str


def beside_checker(name: str) -> ModuleType:
    """Return a module of ptp-lib, which is no package: strangers take its files as they are."""
    sys.path.insert(0, str(LIBRARY))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(str(LIBRARY))


def solve_planted(instance: Json) -> Found:
    """Return the planted plan, whose cost nobody beats: a full seat from town to factory each."""
    nth = int(instance["name"].split("-")[1])
    drafts = plant(nth, PLANTED[nth - 1]).drafts
    bound = sum(  # a full seat from the town to the factory, for each
        group["count"]
        * group["seats"]
        * (SEAT_YUAN + SEAT_KM_YUAN * instance["km"][group["pickup"]][group["dropoff"]])
        for group in instance["groups"]
    )
    return Found(solution_of(instance, drafts), bound, "planted")


def solve_small(instance: Json) -> Found:
    """Return a plan proved to be the best."""
    drafts, bound = exact_plan(problem_of(instance))
    return Found(solution_of(instance, drafts), bound, "HiGHS, all batches")


def solve_others(instance: Json) -> Found:
    """Return the planner's plan and its bound."""
    problem = problem_of(instance)
    drafts = solve(problem)
    planned = groups_planned(problem, drafts)
    bound = lower_bound_yuan(problem, planned) + _unavoidable_yuan(problem, planned)
    return Found(solution_of(instance, drafts), bound, "returnplan")


def _unavoidable_yuan(problem: Problem, planned: Ints) -> float:
    """Return what days after the resume date cost at least: each group leaves on its best day."""
    cells, late_yuan = problem.cells, problem.limits.late_day_yuan or 0.0
    days = np.arange(problem.num_days)
    is_open = (cells.earliest[:, None] <= days) & (days <= cells.latest[:, None])
    return (
        float(planned @ np.where(is_open, cells.late_days, np.inf).min(axis=1, initial=np.inf).clip(0, 1e6))
        * late_yuan
    )


def solve_with_program(instance: Json) -> Found:
    """Return the plan and the bound of the whole program, told by workbooks: it alone plans trains."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_instance(instance, folder)
        words = [
            "plan",
            *map(str, sorted(folder.glob("*.xlsx"))),
            "--json",
            "-q",
            "--out",
            str(folder / "out" / "plan.xlsx"),
        ]
        (folder / "out").mkdir()
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, *words], cwd=folder, capture_output=True, check=False
        )
        if done.returncode:
            raise SystemExit(done.stderr.decode())
        plan = json.loads(done.stdout)
    solution = beside_checker("from_plan").solution_of(instance, plan)
    return Found(solution, plan["summary"]["lower_bound"], "returnplan")


SOLVERS: dict[str, Callable[[Json], Found]] = {
    "planted": solve_planted, "small": solve_small, "train": solve_with_program,
}  # fmt: skip


def write_json(value: Json, folder: Path, name: str) -> Path:
    """Write a JSON file, compressed if it is large; equal content is equal bytes."""
    data = _text(value).encode()
    for old in folder.glob(f"{name}.json*"):
        old.unlink()
    path = folder / f"{name}.json"
    if len(data) > MOST_PLAIN_BYTES:
        path, data = path.with_suffix(".json.gz"), gzip.compress(data, 9, mtime=0)
    folder.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def _text(value: Json) -> str:
    """Return JSON with each field on a line, and each item of a long list on one of its own."""
    fields = []
    for key, inner in value.items():
        said = json.dumps(inner, ensure_ascii=False)
        if isinstance(inner, list) and inner:
            items = (json.dumps(item, ensure_ascii=False) for item in inner)
            said = "[\n  " + ",\n  ".join(items) + "\n ]"
        fields.append(f" {json.dumps(key)}: {said}")
    return "{\n" + ",\n".join(fields) + "\n}\n"


def row(name: str, folder: Path, check: Any) -> dict[str, str] | None:
    """Make and solve an instance, write both, and return its line of the table.

    None where a better solution lies there: it stays, and so does its line, whose bound is that of its own people.
    """
    begin = time.process_time() + cpu_seconds_of_children()
    made = write_json(INSTANCES[name](name), folder / "instances", name)
    instance = json.loads(json.dumps(check.read(made), default=float))
    found = SOLVERS.get(name.split("-")[0], solve_others)(instance)
    solution = {"instance": name, "cost_yuan": None, **found.solution, "method": found.method}
    result = check.check(check.read(made), solution)
    if result.broken:
        raise SystemExit(f"{name}: {result.broken[:5]}")
    for path in (folder / "solutions").glob(f"{name}.json*"):
        known = check.check(check.read(made), check.read(path))
        if not known.broken and (known.left, known.cost_yuan) < (result.left, result.cost_yuan):
            print(name, "a better solution stays", *known.left, f"{float(known.cost_yuan):.2f}", flush=True)
            return None
    cost = float(round(result.cost_yuan, 2))
    write_json({"instance": name, **solution, "cost_yuan": cost}, folder / "solutions", name)
    if found.bound_yuan > cost + A_CENT:
        raise SystemExit(f"{name}: a plan for {cost:.2f} yuan, under its bound of {found.bound_yuan:.2f}")
    seconds = time.process_time() + cpu_seconds_of_children() - begin
    people = sum(group["count"] * sum(group["people"]) for group in instance["groups"])
    line = {
        "instance": name, "about": instance["about"], "people": str(people), "left": " ".join(map(str, result.left)),
        "best_known_yuan": f"{cost:.2f}", "bound_yuan": f"{min(found.bound_yuan, cost):.2f}",
        "method": solution["method"], "cpu_seconds": f"{seconds:.1f}", "measured": machine(),
        "sha256": hashlib.sha256(made.read_bytes()).hexdigest(),
    }  # fmt: skip
    gap = cost / found.bound_yuan - 1
    print(name, people, line["left"], line["best_known_yuan"], f"{gap:.3%}", f"{seconds:.1f} s", flush=True)
    return line


@click.command()
@click.option("--only", help="Instances whose name holds this text.")
@click.option("--write", "folder", type=click.Path(path_type=Path), default=LIBRARY, show_default=True)
def main(only: str | None, folder: Path) -> None:
    """Make, solve and check instances, and put their lines into the table."""
    check = beside_checker("check")
    for name in INSTANCES:
        if not only or only in name:
            line = row(name, folder, check)
            if line:
                put_line(line, folder)


def put_line(line: dict[str, str], folder: Path) -> None:
    """Put a line into the table in the place of the old one."""
    path = folder / "best_known.csv"
    old = list(csv.DictReader(path.open(encoding="utf-8"))) if path.exists() else []
    order = {name: i for i, name in enumerate(INSTANCES)}
    lines = [other for other in old if other["instance"] != line["instance"] and other["instance"] in order]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, line, lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted([*lines, line], key=lambda told: order[told["instance"]]))


if __name__ == "__main__":
    main()
