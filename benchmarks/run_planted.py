"""Plans problems whose least cost is known, because a plan of full vehicles was planted in them.

    python -m benchmarks.run_planted [--seeds 3] [--write benchmarks/planted.md]

``planted/make.py`` says why nobody can do it for less.
"""

import time
from pathlib import Path

import click

from benchmarks.measuring import machine
from benchmarks.planted.make import plant
from returnplan.planning import solve
from returnplan.problem.draft import groups_planned

HEADER = "| seed | people | vehicles | planted yuan | yuan | above | left | CPU s |\n|:--|--:|--:|--:|--:|--:|--:|--:|"


def row(seed: int) -> str:
    """Return the line of one problem."""
    problem, planted_yuan, _ = plant(seed)
    persons = problem.cells.num_persons
    begin = time.process_time()
    drafts = solve(problem)
    seconds = time.process_time() - begin
    yuan = sum(draft.cost_yuan(problem) for draft in drafts)
    people = int(problem.cells.num_groups @ persons)
    left = people - int(groups_planned(problem, drafts) @ persons)
    cells = (
        f"{seed}", f"{people:,}", f"{len(drafts)}", f"{planted_yuan:,.0f}", f"{yuan:,.0f}",
        f"{yuan / planted_yuan - 1:+.2%}", f"{left}", f"{seconds:.1f}",
    )  # fmt: skip
    return f"| {' | '.join(cells)} |"


@click.command()
@click.option("--seeds", "num_seeds", type=click.IntRange(1), default=3, show_default=True)
@click.option("--write", "path", type=click.Path(path_type=Path), help="Write the page there too.")
def main(num_seeds: int, path: Path | None) -> None:
    """Compare the planner with the planted plans."""
    lines = [HEADER]
    print(HEADER)
    for seed in range(1, num_seeds + 1):
        lines.append(row(seed))
        print(lines[-1], flush=True)
    if path:
        text = "\n".join(lines)
        path.write_text(f"# Planted plans\n\nMeasured {machine()}.\n\n{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
