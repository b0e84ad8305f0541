"""Plans a generated province with the installed program, without trains and with seven, and prints what trains cost.

    python -m benchmarks.run_trains [--people 23930] [--write benchmarks/trains.md]

Both are the same people, roads and coaches; with trains there are a rail sheet and coaches for shuttles besides.
"""

import json
import tempfile
from pathlib import Path

import click

from benchmarks.measuring import machine
from benchmarks.province import Kind, invent_province, write_province
from benchmarks.run_province import Line, run_returnplan

HEADER = """| people | trains | CPU s | planned | by train | trains run | yuan | bound |
|--:|--:|--:|--:|--:|--:|--:|--:|"""


def plan(num_people: int, *, has_trains: bool) -> tuple[Line, int, int]:
    """Return what the program says of a province, the people who go by train, and the trains that run."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_province(invent_province(num_people, kind=Kind(has_trains=has_trains)), folder)
        line = run_returnplan(folder)
        batches = json.loads((folder / "plan.json").read_bytes())["batches"]
    trains = [batch for batch in batches if batch["kind"] == "train"]
    return line, sum(batch["load"] for batch in trains), len(trains)


@click.command()
@click.option("--people", "num_people", type=click.IntRange(1), default=23_930, show_default=True)
@click.option("--write", "path", type=click.Path(path_type=Path), help="Write the page there too.")
def main(num_people: int, path: Path | None) -> None:
    """Compare a province without trains and with seven."""
    rows, seconds = [HEADER], []
    for has_trains in (False, True):
        line, on_trains, num_trains = plan(num_people, has_trains=has_trains)
        seconds.append(line.cpu_seconds)
        rows.append(
            f"| {num_people:,} | {7 * has_trains} offered | {line.cpu_seconds:.1f} | {line.num_planned:,} | "
            f"{on_trains:,} | {num_trains} | {line.cost_yuan:,.0f} | {line.bound_yuan or 0:,.0f} |"
        )
        print(rows[-1], flush=True)
    said = f"With trains {seconds[1] / seconds[0]:.2f} times the CPU seconds."
    table = "\n".join(rows)
    print(f"{table}\n\n{said}")
    if path:
        path.write_text(f"# Trains\n\nMeasured {machine()}.\n\n{table}\n\n{said}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
