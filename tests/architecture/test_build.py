"""The search is built with the machine's compiler, or else with the one that PyPI has."""

import os
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="on Windows CMake knows where the compiler is")


@pytest.fixture
def backend(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return the build backend, in the project's folder and with an environment of its own."""
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv("CXX", raising=False)
    monkeypatch.delenv("CMAKE_TOOLCHAIN_FILE", raising=False)
    spec = spec_from_file_location("backend", ROOT / "buildtools" / "backend.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def bin_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the only folder with programs."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("hook", ["get_requires_for_build_wheel", "get_requires_for_build_editable"])
def test_without_a_compiler_one_is_asked_for(backend: Any, bin_folder: Path, hook: str) -> None:
    assert any(name.startswith("ziglang") for name in getattr(backend, hook)())


def test_a_compiler_of_the_machine_is_used(
    backend: Any, bin_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiler = bin_folder / "g++"
    compiler.write_text("#!/bin/sh\n", encoding="utf-8")
    compiler.chmod(0o755)
    monkeypatch.setattr(backend.build, "build_wheel", lambda *_: os.environ.get("CMAKE_TOOLCHAIN_FILE"))
    assert not any(name.startswith("ziglang") for name in backend.get_requires_for_build_wheel())
    assert backend.build_wheel("") is None


@pytest.mark.parametrize("hook", ["build_wheel", "build_editable"])
def test_without_a_compiler_the_other_one_builds(
    backend: Any, bin_folder: Path, monkeypatch: pytest.MonkeyPatch, hook: str
) -> None:
    monkeypatch.setenv("CMAKE_TOOLCHAIN_FILE", "")  # so that it is as it was afterwards
    monkeypatch.setattr(backend.build, hook, lambda *_: os.environ["CMAKE_TOOLCHAIN_FILE"])
    assert Path(getattr(backend, hook)("")).is_file()


def test_what_not_every_compiler_knows_stands_behind_a_macro() -> None:
    """Visual Studio has no __attribute__: CMakeLists.txt builds with it, too."""
    folder = ROOT / "src" / "returnplan" / "planning" / "cpp"
    lines = [
        line
        for path in sorted(folder.rglob("*"))
        if path.suffix in (".h", ".cpp")
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    assert lines
    assert [line for line in lines if "__attribute__" in line and not line.startswith("#define")] == []
