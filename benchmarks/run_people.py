"""Plans towns in which least loads bind, and prints how many people go beside an exact model.

    python -m benchmarks.run_people [--write benchmarks/people.md]

The model finds all batches that a linear program asks for, and an integer program chooses among them, class by
class; no plan has more heads than the linear program of heads.
"""

import tempfile
import time
from pathlib import Path

import click

from benchmarks.measuring import machine
from benchmarks.people.exact import exact_plan
from benchmarks.people.towns import TOWNS, Town, write_town
from benchmarks.workbooks import read_problem
from returnplan.planning import solve
from returnplan.problem.draft import groups_planned
from returnplan.problem.groups import persons_by_class
from returnplan.problem.model import Floats

HEADER = (
    "| town | people | least load | planned | by class | CPU s | model | by class | CPU s | at most |\n"
    "|:--|--:|--:|--:|:--|--:|--:|:--|--:|--:|"
)


def row(town: Town) -> str:
    """Return the line of one town."""
    with tempfile.TemporaryDirectory() as folder:
        write_town(town, Path(folder))
        problem = read_problem(Path(folder))
    persons = persons_by_class(problem.cells.weight, problem.cells.num_persons)
    begin = time.process_time()
    people = persons @ groups_planned(problem, solve(problem))
    between = time.process_time()
    models, most = exact_plan(problem)
    end = time.process_time()
    cells = (
        town.name, f"{town.num_people}", f"{town.min_load}", f"{people.sum():.0f}", _counts(people),
        f"{between - begin:.1f}", f"{models.sum():.0f}", _counts(models), f"{end - between:.1f}", f"{most:.1f}",
    )  # fmt: skip
    return f"| {' | '.join(cells)} |"


def _counts(people: Floats) -> str:
    return ", ".join(f"{num:.0f}" for num in people)


@click.command()
@click.option("--write", "path", type=click.Path(path_type=Path), help="Write the page there too.")
def main(path: Path | None) -> None:
    """Compare the planner with the exact model on each town."""
    table = "\n".join([HEADER, *map(row, TOWNS)])
    print(table)
    if path:
        text = f"# Most people\n\nMeasured {machine()}; towns in `people/towns.py`.\n\n{table}\n"
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
