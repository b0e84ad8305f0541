"""docs/reading.md names every fault that reading can find."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
CODE_ARGUMENT = {"Finding": 0, "missing": 0, "required": 1, "Fault": 4}


def codes_in(source: Path) -> Iterator[str]:
    """Yield the codes that are written out where a finding is made."""
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CODE_ARGUMENT:
            arguments = node.args[CODE_ARGUMENT[node.func.id] :]
            if arguments and isinstance(arguments[0], ast.Constant):
                yield str(arguments[0].value)


def test_every_code_is_on_the_page() -> None:
    made = {code for path in (ROOT / "src/returnplan/reading").glob("*.py") for code in codes_in(path)}
    table = (
        (ROOT / "docs/reading.md").read_text(encoding="utf-8").split("## Faults")[1].split("## Dangerous")[0]
    )
    named = set(re.findall(r"`([a-z0-9]+_[a-z0-9_]+|nobody)`", table))
    assert made - named == set()
    names = (
        *("rail.py", "fleet.py", "fleet_lists.py", "boarding_hours.py", "demand_lists.py", "duplicates.py"),
        *("left_blank.py", "windows.py"),
    )
    of_sheets = [ROOT / "src/returnplan/enrolment" / name for name in names] + [
        ROOT / "src/returnplan/model/faults.py"
    ]
    said = "".join(path.read_text(encoding="utf-8") for path in of_sheets)
    elsewhere = {"unknown_sheet", "ambiguous_sheet", "hidden_sheet", "faulty_row"}
    assert {code for code in named - made - elsewhere if f'"{code}"' not in said} == set()
