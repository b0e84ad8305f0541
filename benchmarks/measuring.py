"""On what machine a benchmark ran, and what the processes of a program took: CPU seconds, memory (Linux only)."""

import os
import platform
import subprocess
import time
from compileall import compile_dir
from datetime import date
from functools import cache
from pathlib import Path

import returnplan

SECONDS_BETWEEN_LOOKS = 0.1


def machine() -> str:
    """Return the date, and what the figures were measured on."""
    return f"{date.today()}, {os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"


def peak_mib_of_largest(running: subprocess.Popen[bytes]) -> float:
    """Wait until the program ends and return the most memory (MiB) that one of its processes took.

    The kernel itself keeps each process's high-water mark; a look now and then only has to meet each process
    once near its end.
    """
    peak_kib = 0
    while running.poll() is None:
        peak_kib = max([peak_kib, *(_high_water_kib(pid) for pid in _family(running.pid))])
        time.sleep(SECONDS_BETWEEN_LOOKS)
    return peak_kib / 1024


def cpu_seconds_of_children() -> float:
    """Return what the processes that this one started, and that have ended, took in all."""
    times = os.times()
    return times.children_user + times.children_system


@cache
def compiled() -> dict[str, str]:
    """Compile the modules, as pip does when it installs them, and return the environment of a program."""
    compile_dir(Path(returnplan.__file__).parent, quiet=1)
    return dict(os.environ)


def _family(pid: int) -> list[int]:
    """Return the process and all its descendants."""
    family = [pid]
    for member in family:
        for children in Path(f"/proc/{member}/task").glob("*/children"):
            family += [int(child) for child in _text(children).split()]
    return family


def _high_water_kib(pid: int) -> int:
    lines = _text(Path(f"/proc/{pid}/status")).splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0)


def _text(path: Path) -> str:
    """Return what /proc says; nothing when the process has just ended."""
    try:
        return path.read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""
