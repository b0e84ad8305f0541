"""Checks what the release is made of: advisories against its locked requirements, and their licences.

    python -m buildtools.release.supply      (make audit)

Licences are read from the packages that are installed. Where the database of advisories cannot be reached, that is
said and nothing fails: a machine that builds may see no more than a package index.
"""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path

LOCKS = sorted(Path("requirements").glob("*.txt"))
LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)
STRONG_COPYLEFT = re.compile(r"(?<!Lesser )General Public License|(?<!L)GPL|Affero", re.IGNORECASE)
SECONDS = 20


def locked() -> dict[str, str]:
    """Return the version of each package that a release holds on some system."""
    return {name: version for lock in LOCKS for name, version in LOCKED.findall(lock.read_text("utf-8"))}


def licence_of(package: Distribution) -> str:
    """Return what a package says of its licence: the expression, else its classifiers, else the free text."""
    data = package.metadata
    classifiers = [
        line.split(" :: ")[-1] for line in data.get_all("Classifier", []) if line.startswith("License")
    ]
    text = (data.get("License") or "").strip().split("\n")[0]
    return data.get("License-Expression") or "; ".join(classifiers) or text


def forbidden_licences(names: Iterable[str]) -> list[str]:
    """Return a line for each package without a licence or with one that the release may not pass on.

    A package that is not installed, such as one for Windows alone, is left out.
    """
    lines = []
    for name in names:
        try:
            licence = licence_of(distribution(name))
        except PackageNotFoundError:
            continue
        if not licence or STRONG_COPYLEFT.search(licence):
            lines.append(f"{name}: {licence or 'says nothing of its licence'}")
    return lines


def advisories(lock: Path) -> list[str] | None:
    """Return a line for each known weakness of the locked requirements; None where nobody can be asked."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        words = ["-r", lock, "--disable-pip", "--require-hashes", "--progress-spinner", "off"]
        answer = ["--format", "json", "--output", report, "--timeout", str(SECONDS)]
        done = subprocess.run(
            [sys.executable, "-m", "pip_audit", *words, *answer], capture_output=True, text=True, check=False
        )
        if not report.exists():
            print(f"{lock} is not audited, the database of advisories gave no answer: {_last(done.stderr)}")
            return None
        told = json.loads(report.read_text(encoding="utf-8"))
    return [
        f"{package['name']} {package['version']}: {weakness['id']}, fixed in {weakness['fix_versions']}"
        for package in told["dependencies"]
        for weakness in package.get("vulns", [])
    ]


def _last(text: str) -> str:
    return next((line for line in reversed(text.splitlines()) if line.strip()), "no words")


def main() -> int:
    """Print what is wrong and return how to exit."""
    if find_spec("pip_audit") is None:
        raise SystemExit("pip-audit is not installed: pip install pip-audit")
    wrong = forbidden_licences(locked())
    for lock in LOCKS:
        wrong += advisories(lock) or []
    print("\n".join(wrong) or "no advisory and no licence speaks against the requirements of the release")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
