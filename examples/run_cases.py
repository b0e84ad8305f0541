"""Plans the real cases of ``examples.cases`` and prints how many vehicles each took beside what was sent.

    python -m examples.run_cases [NAME...]      (make cases)

A vehicle is a coach to the goal or a train; feeders and shuttles stand in a column of their own. Below the table stands
which rule the usual coach would have broken; a plan that breaks one is not saved. The 517 coaches and seven trains of
Guangxi are in benchmarks/guangxi.md.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from examples.cases import CASES, Case, write_case

PROGRAM = str(Path(sys.executable).with_name("returnplan"))
HEADER = (
    "| case | people | planned | coaches sent | coaches | trains sent | trains | feeders, shuttles | yuan | gap |\n"
    "|:--|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
)


def plan_case(case: Case, folder: Path) -> dict[str, Any]:
    """Return the plan of a case as JSON, made by the installed program in ``folder``."""
    write_case(case, folder)
    done = subprocess.run(
        [PROGRAM, "plan", "报名.xlsx", "资料.xlsx", "--json"],
        cwd=folder, capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    plan: dict[str, Any] = json.loads(done.stdout)
    return plan


def count_kinds(plan: dict[str, Any]) -> dict[str, int]:
    """Return how many batches there are of each kind: direct, feeder, train, shuttle."""
    kinds = dict.fromkeys(("direct", "feeder", "train", "shuttle"), 0)
    for batch in plan["batches"]:
        kinds[batch["kind"]] += 1
    return kinds


def row(case: Case, plan: dict[str, Any]) -> str:
    """Return the line of a case."""
    kinds, summary = count_kinds(plan), plan["summary"]
    cells = (
        case.name, case.num_people, summary["planned"], "?" if case.coaches_sent is None else case.coaches_sent,
        kinds["direct"], case.trains_sent,
        kinds["train"], kinds["feeder"] + kinds["shuttle"], f"{summary['cost']:,.0f}", f"{summary['gap']:.1%}",
    )  # fmt: skip
    return f"| {' | '.join(map(str, cells))} |"


def main() -> None:
    """Print the table of all cases, or of those named."""
    print(HEADER)
    found: list[str] = []
    for case in CASES:
        if sys.argv[1:] and not any(name in case.name for name in sys.argv[1:]):
            continue
        with tempfile.TemporaryDirectory() as folder:
            plan = plan_case(case, Path(folder))
        print(row(case, plan), flush=True)
        if case.breach:
            found.append(f"{case.name}: {case.breach}")
    print("", *found, sep="\n")


if __name__ == "__main__":
    main()
