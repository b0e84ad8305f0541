"""The README's commands are the ones that CI and the end-to-end tests run."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def command(name: str) -> str:
    """Return the one line of the code block under ``<!-- NAME command -->``."""
    (found,) = re.findall(rf"<!-- {name} command -->\n```sh\n(.+)\n```", README)
    return str(found)


@pytest.mark.skipif(shutil.which("awk") is None, reason="awk is not installed")
def test_ci_runs_the_test_command_of_the_readme() -> None:
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    (program,) = re.findall(r"test_command=\$\(awk '(.+)' README.md\)", ci)
    found = subprocess.check_output(["awk", program, "README.md"], cwd=ROOT, encoding="utf-8").strip()
    assert found == command("test")
    assert "pytest" in found


def test_links_and_pictures_of_the_readme_exist() -> None:
    targets = re.findall(r"\]\(([^)#:]+)\)", README)
    assert [target for target in targets if not (ROOT / target).exists()] == []
