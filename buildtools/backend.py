"""The build backend: scikit-build-core, with a compiler from PyPI where the machine has none (PEP 517)."""

import os
import shutil
from pathlib import Path
from typing import Any

from scikit_build_core import build
from scikit_build_core.build import *  # noqa: F403

COMPILERS = ("c++", "g++", "clang++")


def is_machines_own() -> bool:
    """Return whether the machine's compiler builds; on Windows CMake finds it in places of its own, or says so."""
    return os.name == "nt" or "CXX" in os.environ or any(map(shutil.which, COMPILERS))


def get_requires_for_build_wheel(config_settings: Any = None) -> list[str]:
    """Return what building needs, with ziglang if the compiler is not the machine's own."""
    return [*build.get_requires_for_build_wheel(config_settings), *_compiler_from_pypi()]


def get_requires_for_build_editable(config_settings: Any = None) -> list[str]:
    """Return what building needs, with ziglang if the compiler is not the machine's own."""
    return [*build.get_requires_for_build_editable(config_settings), *_compiler_from_pypi()]


def build_wheel(wheel_directory: str, config_settings: Any = None, metadata_directory: Any = None) -> str:
    """Build a wheel, with the compiler that is chosen."""
    _choose_compiler()
    return build.build_wheel(wheel_directory, config_settings, metadata_directory)


def build_editable(wheel_directory: str, config_settings: Any = None, metadata_directory: Any = None) -> str:
    """Build a wheel that leads to the sources, with the compiler that is chosen."""
    _choose_compiler()
    return build.build_editable(wheel_directory, config_settings, metadata_directory)


def _compiler_from_pypi() -> list[str]:
    return [] if is_machines_own() else ["ziglang>=0.13"]


def _choose_compiler() -> None:
    if not is_machines_own():
        os.environ["CMAKE_TOOLCHAIN_FILE"] = str(Path(__file__).with_name("zig.cmake"))
