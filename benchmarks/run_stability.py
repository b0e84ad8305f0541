"""Plans a generated province, lets 2 % more people sign up and 1 % cancel, and plans again: who has to be told anew?

    python -m benchmarks.run_stability [--people 23930] [--thin] [--write benchmarks/stability.md]

The second run is compared with a plan made afresh of the same lists in an empty folder.
"""

import json
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import numpy as np

from benchmarks.measuring import machine
from benchmarks.province import Kind, Province, invent_province, write_province
from benchmarks.run_province import Line, run_returnplan

SHARE_OF_NEWCOMERS, SHARE_OF_CANCELLATIONS = 0.02, 0.01
SEED = 2021
HEADER = """| run | s | CPU s | planned | vehicles | yuan | yuan a rider | others who move | % | others off |
|:--|--:|--:|--:|--:|--:|--:|--:|--:|--:|"""


def first_and_second(province: Province) -> tuple[Province, Province]:
    """Return the province before the newcomers, and after they came and others cancelled; parties stay as they are."""
    signups = province.signups
    alone = np.flatnonzero((signups["同行组号"] == "").to_numpy())
    drawn = np.random.default_rng(SEED).permutation(alone)
    num_new, num_off = (int(len(signups) * share) for share in (SHARE_OF_NEWCOMERS, SHARE_OF_CANCELLATIONS))
    cancelled = np.full(len(signups), "", dtype=object)
    cancelled[drawn[num_new : num_new + num_off]] = "取消"
    return (
        replace(province, signups=signups.drop(index=signups.index[drawn[:num_new]])),
        replace(province, signups=signups.assign(取消=cancelled)),
    )


def differences(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Return what ``returnplan diff`` says of the last two runs in the folder."""
    program = Path(sys.executable).with_name("returnplan")
    answer = subprocess.run([program, "diff", "--json"], cwd=folder, stdout=subprocess.PIPE, check=True)
    changes: dict[str, list[dict[str, Any]]] = json.loads(answer.stdout)
    return changes


def row(name: str, line: Line, changes: str = "– | – | –") -> str:
    """Return a line of the table."""
    return (
        f"| {name} | {line.seconds:.1f} | {line.cpu_seconds:.1f} | {line.num_planned:,} | {line.num_vehicles:,} | "
        f"{line.cost_yuan:,.0f} | {line.cost_yuan / line.num_planned:.2f} | {changes} |"
    )


def measure(num_people: int, kind: Kind) -> list[str]:
    """Return the lines of the first run, the second, and the second made afresh."""
    first, second = first_and_second(invent_province(num_people, kind=kind))
    with tempfile.TemporaryDirectory() as night, tempfile.TemporaryDirectory() as empty:
        write_province(first, Path(night))
        before = run_returnplan(Path(night))
        write_province(second, Path(night))
        after = run_returnplan(Path(night))
        changes = differences(Path(night))
        write_province(second, Path(empty))
        afresh = run_returnplan(Path(empty))
    moved, off = len(changes["moved"]), sum(change["code"] != "cancelled" for change in changes["off"])
    others = before.num_planned - len(changes["off"]) + off
    return [
        row("first lists", before),
        row("2 % more, 1 % cancelled", after, f"{moved:,} | {moved / others:.2%} | {off:,}"),
        row("the same afresh", afresh),
    ]


@click.command()
@click.option("--people", type=click.IntRange(1), default=23_930, show_default=True)
@click.option("--thin", is_flag=True, help="People board in the townships; a coach may leave with one rider.")
@click.option("--write", "path", type=click.Path(path_type=Path), help="Write the page there too.")
def main(people: int, thin: bool, path: Path | None) -> None:
    """Measure how many people of the last plan a new run of a province of PEOPLE moves."""
    table = "\n".join([HEADER, *measure(people, Kind(thin))])
    print(table)
    if path:
        path.write_text(
            f"# Night after night\n\nMeasured {machine()}. On a busy machine trust the CPU seconds.\n\n{table}\n",
            encoding="utf-8",
        )


if __name__ == "__main__":
    main()
