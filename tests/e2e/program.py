"""Runs the installed program as a person does: in a folder, by its name, in a process of its own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

PROGRAM = shutil.which("returnplan", path=Path(sys.executable).parent) or "returnplan"


def run(
    folder: Path, *arguments: str | Path, exit_code: int | None = 0, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run ``returnplan`` in ``folder`` and expect its exit code; None lets any pass."""
    done = subprocess.run(
        [PROGRAM, *map(str, arguments)],
        cwd=folder,
        env=os.environ | environment,
        capture_output=True,
        encoding="utf-8",
        errors="surrogateescape",
        check=False,
    )
    assert exit_code in (None, done.returncode), f"exit {done.returncode}: {done.stdout}{done.stderr}"
    return done
