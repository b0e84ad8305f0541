"""The offline bundle: a zip with every wheel of the release, and a script that installs them without an index.

What is installed is checked against the hashes in ``requirements.txt`` of the bundle, so that a file that was damaged
or exchanged on its way is refused. The tests of libraries, a tenth of what is installed, are not compiled, and pip goes
when it has done its work (``python -m ensurepip`` brings it back).
"""

import hashlib
import shutil
import stat
from collections.abc import Iterable
from pathlib import Path

INSTALL_SH = """\
#!/bin/sh
# Installs returnplan into DIR (by default ./returnplan-env) without a network: sh install.sh [DIR]
set -eu
wheels=$(cd "$(dirname "$0")" && pwd)
env=${1:-returnplan-env}
${PYTHON:-python3} -m venv "$env"
"$env/bin/python" -m pip install --quiet --disable-pip-version-check --no-compile --no-index \\
    --find-links "$wheels/wheels" --require-hashes -r "$wheels/requirements.txt"
"$env/bin/python" -m pip uninstall --quiet --disable-pip-version-check --yes setuptools pip
"$env/bin/python" -m compileall -qq -x '/tests/' "$env/lib" || true  # a file for Python 2 lies among them
"$env/bin/returnplan" --version
"""

INSTALL_BAT = """\
@echo off
rem Installs returnplan into DIR (by default returnplan-env) without a network: install.bat [DIR]
setlocal
set "env=%~1"
if "%env%"=="" set "env=returnplan-env"
py -{python} -m venv "%env%" || exit /b 1
"%env%\\Scripts\\python" -m pip install --quiet --disable-pip-version-check --no-index ^
    --find-links "%~dp0wheels" --no-compile --require-hashes -r "%~dp0requirements.txt" || exit /b 1
"%env%\\Scripts\\python" -m pip uninstall --quiet --disable-pip-version-check --yes setuptools pip
"%env%\\Scripts\\python" -m compileall -qq -x "[/\\\\]tests[/\\\\]" "%env%\\Lib"
"%env%\\Scripts\\returnplan" --version
"""


def write_bundle(wheels: Iterable[Path], folder: Path, *, python: str) -> Path:
    """Lay wheels, hashes and scripts into a new folder, zip it, and return the path of the zip."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "wheels").mkdir(parents=True)
    copies = [Path(shutil.copy(wheel, folder / "wheels")) for wheel in sorted(wheels)]
    (folder / "requirements.txt").write_text("".join(map(_line, copies)), encoding="utf-8")
    script = folder / "install.sh"
    script.write_text(INSTALL_SH, encoding="utf-8", newline="\n")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    (folder / "install.bat").write_text(INSTALL_BAT.format(python=python), encoding="utf-8", newline="\r\n")
    return Path(shutil.make_archive(str(folder), "zip", folder.parent, folder.name))


def _line(wheel: Path) -> str:
    name, version, *_ = wheel.stem.split("-")
    return f"{name}=={version} --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"
