"""Runs the program as a person does, in a folder: in a process of its own, or, where only words matter, in ours."""

import io
import os
import shutil
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

from returnplan.cli.main import main

PROGRAM = shutil.which("returnplan", path=Path(sys.executable).parent) or "returnplan"

Done = subprocess.CompletedProcess[str]


def run(folder: Path, *arguments: str | Path, exit_code: int | None = 0, **environment: str) -> Done:
    """Run the installed ``returnplan`` in ``folder`` and expect its exit code; None lets any pass."""
    done = subprocess.run(
        [PROGRAM, *map(str, arguments)],
        cwd=folder,
        env=os.environ | environment,
        capture_output=True,
        encoding="utf-8",
        errors="surrogateescape",
        check=False,
    )
    return _expect(done, exit_code)


def call(folder: Path, *arguments: str | Path, exit_code: int | None = 0, **environment: str) -> Done:
    """Do what ``run`` does in this process, without the second that a new one needs to load its libraries."""
    words = ["returnplan", *map(str, arguments)]
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    with chdir(folder), patch.object(sys, "argv", words), patch.dict(os.environ, environment):
        try:
            with redirect_stdout(out), redirect_stderr(err):
                main()
        except SystemExit as left:
            code = int(left.code or 0)
    done = subprocess.CompletedProcess(words, code, *(_text(stream) for stream in (out, err)))
    return _expect(done, exit_code)


def _text(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()


def _expect(done: Done, exit_code: int | None) -> Done:
    assert exit_code in (None, done.returncode), f"exit {done.returncode}: {done.stdout}{done.stderr}"
    return done
