"""What is released: pinned requirements with hashes, licences that may be passed on, a bundle without a network."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from email.message import Message
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from buildtools.release.bundle import write_bundle
from buildtools.release.supply import LOCKED, forbidden_licences, licence_of, locked

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCKS = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "requirements").glob("*.txt")}


def test_both_systems_are_locked() -> None:
    assert LOCKS.keys() == {"linux", "windows"}


@pytest.mark.parametrize("system", LOCKS)
def test_a_lock_holds_what_the_project_needs_in_a_version_that_it_allows(system: str) -> None:
    versions = {canonicalize_name(name): version for name, version in LOCKED.findall(LOCKS[system])}
    for needed in map(Requirement, PROJECT["dependencies"]):
        assert needed.specifier.contains(versions[canonicalize_name(needed.name)]), needed


@pytest.mark.parametrize("system", LOCKS)
def test_every_requirement_has_a_hash_and_no_lock_names_a_place(system: str) -> None:
    entries = [entry for entry in re.split(r"\n(?=\S)", LOCKS[system].strip()) if entry[0] != "#"]
    assert [entry for entry in entries if not re.search(r"--hash=sha256:[0-9a-f]{64}", entry)] == []
    assert "://" not in LOCKS[system]


def test_every_licence_may_be_passed_on() -> None:
    assert forbidden_licences(locked()) == []


class Package:
    """A distribution with nothing but metadata."""

    def __init__(self, **fields: str) -> None:
        self.metadata = Message()
        for name, value in fields.items():
            self.metadata[name.replace("_", "-")] = value


GPL = "License :: OSI Approved :: GNU General Public License v3 (GPLv3)"
LGPL = "License :: OSI Approved :: GNU Lesser General Public License v3 (LGPLv3)"


@pytest.mark.parametrize(
    ("fields", "is_forbidden"),
    [
        ({"License_Expression": "MIT"}, False),
        ({"License_Expression": "GPL-3.0-only"}, True),
        ({"License_Expression": "LGPL-3.0-only"}, False),
        ({"License_Expression": "AGPL-3.0-only"}, True),
        ({"Classifier": GPL}, True),
        ({"Classifier": LGPL}, False),
        ({"License": "BSD"}, False),
        ({}, True),
    ],
)
def test_strong_copyleft_and_silence_are_named(
    fields: dict[str, str], is_forbidden: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    package: Any = Package(**fields)
    monkeypatch.setattr("buildtools.release.supply.distribution", lambda name: package)
    named = [f"some: {licence_of(package) or 'says nothing of its licence'}"]
    assert forbidden_licences(["some"]) == (named if is_forbidden else [])


def wheel(folder: Path, name: str, needs: str = "", program: str = "") -> Path:
    """Write the wheel of a package with one module, which prints its name."""
    path, info = folder / f"{name}-1.0-py3-none-any.whl", f"{name}-1.0.dist-info"
    files = {
        f"{name}.py": f"def main() -> None:\n    print('{name} 1.0')\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n{needs}",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/entry_points.txt": program,
    }
    with ZipFile(path, "w") as archive:
        for file, text in {**files, f"{info}/RECORD": "".join(f"{file},,\n" for file in files)}.items():
            archive.writestr(file, text)
    return path


def installed(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a bundle's script where no index can be reached."""
    nowhere = os.environ | {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_CONFIG_FILE": os.devnull}
    for name in ("PIP_FIND_LINKS", "PIP_EXTRA_INDEX_URL", "PYTHONPATH"):
        nowhere.pop(name, None)
    return subprocess.run(
        ["sh", folder / "install.sh", folder.parent / "环境 1"],
        env=nowhere, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """Return the folder of a bundle, with a space in its name, of a program that needs a library."""
    program = "[console_scripts]\nreturnplan = returnplan:main\n"
    wheels = [wheel(tmp_path, "library"), wheel(tmp_path, "returnplan", "Requires-Dist: library\n", program)]
    folder = tmp_path / "返岗 bundle"
    assert write_bundle(wheels, folder, python="3.11").suffix == ".zip"
    return folder


@pytest.mark.skipif(os.name == "nt", reason="a script of Linux")
def test_a_bundle_is_installed_without_an_index(bundle: Path) -> None:
    done = installed(bundle)
    assert (done.returncode, done.stdout) == (0, "returnplan 1.0\n"), done.stderr
    installed_there = {path.name for path in bundle.parent.glob("环境 1/lib/*/site-packages/*.dist-info")}
    assert installed_there == {"library-1.0.dist-info", "returnplan-1.0.dist-info"}


LINKED_LIKE_THE_SEARCH = """
#include <cmath>
#include <mutex>
#include <random>
#include <string>
extern "C" int caught(int number) {
  static std::once_flag once;
  std::call_once(once, [&] { number += std::random_device{}() % 2 < 2; });
  try {
    if (number > 0) throw std::string("caught");
  } catch (const std::string &what) {
    return what == "caught" && std::pow(2.0, number) > std::log(number);
  }
  return 0;
}
"""


@pytest.mark.skipif(not all(map(shutil.which, ("g++", "objdump"))), reason="needs g++ and objdump")
def test_what_is_linked_for_an_old_glibc_asks_for_nothing_newer(tmp_path: Path) -> None:
    """Exceptions still find their handlers, though the unwinder's question to glibc 2.35 is answered by us."""
    source, module = tmp_path / "some.cpp", tmp_path / "some.so"
    source.write_text(LINKED_LIKE_THE_SEARCH, encoding="utf-8")
    options = re.search(r"(-static-libstdc.*?)\)", (ROOT / "CMakeLists.txt").read_text("utf-8"), re.DOTALL)
    assert options is not None
    ours = ROOT / "buildtools" / "release" / "old_glibc.cpp"
    words: list[str | Path] = [
        "g++",
        "-std=c++20",
        "-O1",
        "-fno-builtin",
        "-shared",
        "-fPIC",
        source,
        ours,
        "-o",
        module,
    ]
    subprocess.run([*words, *options[1].split()], check=True)
    call = f"import ctypes; print(ctypes.CDLL({str(module)!r}).caught(3))"
    assert (
        subprocess.run([sys.executable, "-c", call], capture_output=True, text=True).stdout == "1\n"
    )  # or it aborts
    told = subprocess.run(["objdump", "-T", module], capture_output=True, text=True, check=True).stdout
    minors = {int(minor) for minor in re.findall(r"GLIBC_2\.(\d+)", told)}
    assert minors
    assert max(minors) <= 28


@pytest.mark.skipif(os.name == "nt", reason="a script of Linux")
def test_an_exchanged_wheel_is_refused(bundle: Path) -> None:
    wheel(bundle / "wheels", "library", "Summary: another\n")
    done = installed(bundle)
    assert done.returncode != 0
    assert "library" in done.stderr
    assert not list(bundle.parent.glob("环境 1/bin/returnplan"))


def test_the_script_for_windows_has_lines_and_letters_that_its_console_reads(bundle: Path) -> None:
    script = (bundle / "install.bat").read_bytes()
    assert script.isascii()
    assert script.count(b"\n") == script.count(b"\r\n") > 5
    assert b"py -3.11 " in script
