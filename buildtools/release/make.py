"""Makes the release in ``dist/``: both wheels, an offline bundle for each system, and the bill of materials.

python -m buildtools.release.make [linux|windows]      (make dist)
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from buildtools.release.bundle import write_bundle
from buildtools.release.windows import windows_wheel

DIST = Path("dist")
SCRATCH = Path("build/release")
GLIBC = "2.28"
PLATFORM = f"manylinux_{GLIBC.replace('.', '_')}_x86_64"
PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
WHEELS_OF = {
    "linux": [
        PLATFORM,
        *(f"manylinux_2_{minor}_x86_64" for minor in range(27, 16, -1)),
        "manylinux2014_x86_64",
    ],
    "windows": ["win_amd64"],
}
"""Platforms whose wheels run on a system."""


def run(*words: str | Path) -> None:
    """Run a module of this Python, which finds the programs installed beside it."""
    programs = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    subprocess.run([sys.executable, "-m", *words], check=True, env=os.environ | {"PATH": programs})


def linux_wheel() -> Path:
    """Build the wheel for an old glibc, let auditwheel check that and name it, and return it."""
    built = SCRATCH / "built"
    shutil.rmtree(built, ignore_errors=True)
    old = ["-C", "cmake.define.RETURNPLAN_OLD_GLIBC=ON"]
    run("pip", "wheel", ".", "--quiet", "--no-deps", *old, "--wheel-dir", built)
    (wheel,) = built.glob("*.whl")
    run("auditwheel", "repair", "--only-plat", "--plat", PLATFORM, "--wheel-dir", DIST, wheel)
    (named,) = DIST.glob(f"*{PLATFORM}.whl")
    return named


def wheels_of(system: str) -> list[Path]:
    """Fetch what is locked for a system, build the wheels of what has none, and return all wheels."""
    folder, lock = SCRATCH / system, Path("requirements") / f"{system}.txt"
    shutil.rmtree(folder, ignore_errors=True)
    platforms = [word for platform in WHEELS_OF[system] for word in ("--platform", platform)]
    fetch = [
        "pip",
        "download",
        "--quiet",
        "--no-deps",
        "--require-hashes",
        "-r",
        str(lock),
        "--dest",
        str(folder),
    ]
    run(*fetch, "--python-version", PYTHON, *platforms)
    for source in folder.glob("*.tar.gz"):
        run("pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder / "built", source)
    built = list((folder / "built").glob("*.whl"))
    if odd := [wheel.name for wheel in built if not wheel.name.endswith("-none-any.whl")]:
        raise SystemExit(f"{odd} would run on this machine's system alone")
    return [*folder.glob("*.whl"), *built]


def bill_of_materials(system: str) -> None:
    """Write what the release for a system consists of, as CycloneDX."""
    lock, bill = Path("requirements") / f"{system}.txt", DIST / f"returnplan-{system}.cdx.json"
    run("cyclonedx_py", "requirements", lock, "--pyproject", "pyproject.toml", "--output-file", bill)


def main(systems: Sequence[str]) -> None:
    """Make the release for some systems."""
    DIST.mkdir(exist_ok=True)
    SCRATCH.mkdir(parents=True, exist_ok=True)
    own = {"linux": linux_wheel()}
    if "windows" in systems:
        own["windows"] = windows_wheel(own["linux"], DIST, SCRATCH)
    for system in systems:
        version = own[system].stem.split("-")[1]
        folder = DIST / f"returnplan-{version}-{system}"
        made = write_bundle([own[system], *wheels_of(system)], folder, python=PYTHON)
        bill_of_materials(system)
        print(f"{made}: {made.stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main(sys.argv[1:] or ["linux", "windows"])
