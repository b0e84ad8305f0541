"""How long do small commands take on the store of a province? CPU seconds: the median, and from least to most.

    python -m benchmarks.run_commands [--people 23930] [--times 5] [--beside PROGRAM] [--write benchmarks/commands.md]

The province is planned once by the installed program. Then each command runs several times, every time on the store as
it was planned, and in turns with PROGRAM, another returnplan, where one is named. An installed program has its modules
compiled, so Python may keep them compiled here, too.
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from benchmarks.measuring import compiled, cpu_seconds_of_children, machine
from benchmarks.province import invent_province, write_province
from returnplan.store import Store

TIME_LIMIT_S = 5
PROGRAM = Path(sys.executable).with_name("returnplan")


def commands(batch: str, day: date) -> dict[str, tuple[str, ...]]:
    """Return the words of each measured command, by the name in the table.

    Parameters
    ----------
    batch, day : the id of a batch, and the day on which it leaves
    """
    return {
        "--help": ("--help",),
        "show batches": ("show", "batches"),
        "show days": ("show", "days"),
        "show riders": ("show", "riders"),
        "show --json": ("show", "--json"),
        "diff": ("diff",),
        "publish --batch": ("publish", batch),
        "publish --until": ("publish", "--until", day.isoformat()),
        "manifest --batch": ("manifest", "--batch", batch),
        "manifest": ("manifest",),
        "dispatch": ("dispatch",),
        "dispatch --until": ("dispatch", "--until", day.isoformat()),
        "notify --until": ("notify", "--until", day.isoformat()),
        "change --plate": ("change", batch, "--plate", "桂B12345"),
        "change --depart": ("change", batch, "--depart", "06:00"),
        "change --breakdown": ("change", batch, "--breakdown"),
        "change --breakdown --yes": ("change", batch, "--breakdown", "--yes"),
        "change --cancel": ("change", batch, "--cancel", "--yes"),
        "verify": ("verify", "plan.xlsx"),
    }


def province(folder: Path, num_people: int) -> None:
    """Plan a province twice, so that there are two runs: once without its first workbook, once whole."""
    write_province(invent_province(num_people), folder)
    books = sorted(str(path.relative_to(folder)) for path in (folder / "报名").iterdir())
    for files in (books[1:], books):
        words = ("plan", *files, "资料", "--time-limit", str(TIME_LIMIT_S))
        subprocess.run([PROGRAM, *words], cwd=folder, env=compiled(), check=True, capture_output=True)


def cpu_seconds(program: Path, words: Sequence[str], planned: Path) -> float:
    """Return the CPU seconds of one call in a copy of a folder that is planned."""
    with tempfile.TemporaryDirectory() as copy:
        for name in ("returnplan.db", "returnplan.toml", "plan.xlsx"):
            shutil.copy(planned / name, copy)
        before = cpu_seconds_of_children()
        subprocess.run([program, *words], cwd=copy, env=compiled(), check=True, capture_output=True)
        return cpu_seconds_of_children() - before


def measured(planned: Path, programs: Sequence[Path], times: int) -> list[str]:
    """Return the lines of the table: of each command the seconds of each program."""
    with Store.open(planned / "returnplan.db") as store:
        batch = store.load_batches(store.runs()[0].id)[0]
    rows = []
    for name, words in commands(batch.id, batch.date).items():
        rounds = [[cpu_seconds(program, words, planned) for program in programs] for _ in range(times)]
        cells = (
            f"{statistics.median(own):.2f} | {min(own):.2f}–{max(own):.2f}"
            for own in zip(*rounds, strict=True)
        )
        rows.append(f"| `{name}` | {' | '.join(cells)} |")
        click.echo(rows[-1], err=True)
    return rows


@click.command()
@click.option("--people", type=click.IntRange(1), default=23_930, show_default=True)
@click.option("--times", type=click.IntRange(1), default=5, show_default=True)
@click.option(
    "--planned", type=click.Path(path_type=Path), help="A folder of the province, made where it is not."
)
@click.option("--beside", type=click.Path(path_type=Path), help="Another returnplan, measured in turns.")
@click.option("--write", "path", type=click.Path(path_type=Path), help="Write the page there too.")
def main(people: int, times: int, planned: Path | None, beside: Path | None, path: Path | None) -> None:
    """Measure the small commands on a province of PEOPLE."""
    programs = [*([beside] if beside else []), PROGRAM]
    heads = ["before", "now"][-len(programs) :]
    header = "| command | " + " | ".join(f"{head} | from–to" for head in heads) + " |\n|--|"
    header += "--:|--:|" * len(programs)
    with tempfile.TemporaryDirectory() as made:
        folder = planned or Path(made)
        if not (folder / "returnplan.db").exists():
            province(folder, people)
        table = "\n".join([header, *measured(folder, programs, times)])
    click.echo(table)
    if path:
        page = (
            f"# The small commands on a province\n\n{people:,} people; CPU seconds: the median of {times} calls, and "
            f"from the least to the most; measured {machine()}.\n\n{table}\n"
        )
        path.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
