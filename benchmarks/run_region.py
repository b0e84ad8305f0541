"""Plans a region in which a best plan was planted, with the shipped command, and prints how each part grows.

    python -m benchmarks.run_region [--people 24000 --people 240000] [--format csv] [--write benchmarks/region.md]

``planted/region.py`` says why nobody can plan it for less. The command runs in a process of its own, and its parts
are the functions that it calls: each with the CPU seconds of that process, its threads and its ended children.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import click

from benchmarks.measuring import machine, peak_mib_of_largest
from benchmarks.planted.region import Format, Region, plant_region, write_region

PARTS = {
    "reading": "returnplan.usecases.check.read_files",
    "enrolment": "returnplan.usecases.check.enrol",
    "identity": "returnplan.usecases.plan.make.number_persons",
    "matching": "returnplan.usecases.plan.make.keep_promises",
    "problem": "returnplan.usecases.plan.solve.build_problem",
    "search": "returnplan.usecases.plan.solve._solved",
    "assembly": "returnplan.usecases.plan.solve.assemble",
    "bound": "returnplan.usecases.plan.solve.bounded",
    "audit": "returnplan.usecases.plan.solve.audit",
    "storing": "returnplan.store.store.Store.save_run",
    "papers": "returnplan.usecases.plan.make.write_plan_workbook",
}
"""Each part of ``plan`` and the function that does it."""
COLUMNS = ("people", "files", "CPU s", "s", "peak GB", "planned", "batches", "yuan", "above planted")
BY_COUNTY = range(24_001, 2_000_001)
"""So many people are in files of counties; fewer and more in files of townships: a file has its largest size, too."""
KIB_A_GIB = 1024**2


def main_of_child(seconds_file: str) -> None:
    """Run the program with this process's arguments, and write the CPU seconds of its parts into a file."""
    from returnplan.cli.main import main as program

    begun, started, measured = _cpu_seconds(), time.perf_counter(), {part: Used() for part in PARTS}
    for part, where in PARTS.items():
        _time(part, where, measured)
    try:
        program()
    finally:
        measured["whole"] = Used(_cpu_seconds() - begun, _peak_gib(), time.perf_counter() - started)
        Path(seconds_file).write_text(json.dumps(measured), encoding="utf-8")


class Used(NamedTuple):
    """What a part used: CPU seconds, the most memory that the process had held when it was over, and seconds."""

    cpu_s: float = 0.0
    peak_gib: float = 0.0
    wall_s: float = 0.0


def _time(part: str, where: str, measured: dict[str, Used]) -> None:
    owner_name, _, name = where.rpartition(".")
    module, _, cls = owner_name.partition(".Store")
    owner: Any = import_module(module)
    owner = owner.Store if cls or owner_name.endswith(".Store") else owner
    plain: Callable[..., Any] = getattr(owner, name)

    def timed(*args: Any, **options: Any) -> Any:
        begun, started, before = _cpu_seconds(), time.perf_counter(), measured[part]
        try:
            return plain(*args, **options)
        finally:
            measured[part] = Used(
                before.cpu_s + _cpu_seconds() - begun,
                _peak_gib(),
                before.wall_s + time.perf_counter() - started,
            )

    setattr(owner, name, timed)


def _cpu_seconds() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _peak_gib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB_A_GIB


def run(region: Region, fmt: Format) -> tuple[str, dict[str, Used]]:
    """Return the line of one size, and what its parts used."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_region(region, folder, fmt, by_township=region.num_people not in BY_COUNTY)
        code = "import sys; from benchmarks.run_region import main_of_child; main_of_child(sys.argv.pop(1))"
        program = [sys.executable, "-c", code, "parts.json", "plan", "报名", "资料", "--json"]
        begun = time.perf_counter()
        with (folder / "plan.json").open("wb") as answer:
            running = subprocess.Popen(
                program, cwd=folder, stdout=answer, env=os.environ | {"PYTHONPATH": str(Path.cwd())}
            )
            peak_gib = peak_mib_of_largest(running) / 1024
        wall = time.perf_counter() - begun
        if running.returncode:
            raise SystemExit(f"returnplan plan: exit {running.returncode}")
        summary = json.loads((folder / "plan.json").read_bytes())["summary"]
        parts = {part: Used(*used) for part, used in json.loads((folder / "parts.json").read_bytes()).items()}
        num_files = len(list((folder / "报名").iterdir()))
    cells = (
        f"{region.num_people:,}", f"{num_files} {fmt}", f"{parts['whole'].cpu_s:.1f}", f"{wall:.1f}", f"{peak_gib:.2f}",
        f"{summary['planned']:,}", f"{summary['batches']:,}", f"{summary['cost']:,.0f}",
        f"{summary['cost'] / region.cost_yuan - 1:+.2%}",
    )  # fmt: skip
    return f"| {' | '.join(cells)} |", parts


def growth(sizes: list[int], parts: list[dict[str, Used]]) -> str:
    """Return the table of the CPU seconds of each part: at each size, and against people at the last step.

    The last columns are of the last size: seconds, and the most memory that was held when the part was over. Workbooks
    of riders are drawn while the run is stored, so what they take is among storing, too.
    """
    header = "| part |" + "".join(f" {size:,} |" for size in sizes) + " growth against people | s | peak GB |"
    lines = [header, "|:--|" + "--:|" * (len(sizes) + 3)]
    for part in (*PARTS, "the rest", "whole"):
        seconds = [_seconds(part, of) for of in parts]
        step = seconds[-1] / max(seconds[-2], 0.01) / (sizes[-1] / sizes[-2]) if len(sizes) > 1 else 1.0
        last = parts[-1].get(part)
        of_last = f"{last.wall_s:.1f} | {last.peak_gib:.2f}" if last else "|"
        lines.append(f"| {part} |" + "".join(f" {s:.1f} |" for s in seconds) + f" {step:.2f} | {of_last} |")
    return "\n".join(lines)


def _seconds(part: str, parts: dict[str, Used]) -> float:
    if part == "the rest":
        return 2 * parts["whole"].cpu_s - sum(used.cpu_s for used in parts.values())
    return parts[part].cpu_s


@click.command()
@click.option("--people", "sizes", type=click.IntRange(1), multiple=True, default=[24_000, 240_000])
@click.option("--format", "fmt", type=click.Choice(["xlsx", "csv"]), default="xlsx", show_default=True)
@click.option("--write", "path", type=click.Path(path_type=Path), help="Write the tables there too.")
def main(sizes: tuple[int, ...], fmt: Format, path: Path | None) -> None:
    """Plan regions of the given sizes."""
    lines = [f"| {' | '.join(COLUMNS)} |", "|--:|:--|" + "--:|" * (len(COLUMNS) - 2)]
    parts, people = [], []
    for size in sizes:
        region = plant_region(size)
        line, seconds = run(region, fmt)
        lines.append(line)
        print(line, flush=True)
        people.append(region.num_people)
        parts.append(seconds)
    text = "\n".join(lines) + "\n\n" + growth(people, parts)
    print(text)
    if path:
        path.write_text(f"# Region\n\nMeasured {machine()}.\n\n{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
