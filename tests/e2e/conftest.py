"""Folders in which the installed program is run."""

import shutil
from pathlib import Path

import pytest

from tests.e2e.program import run

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="session")
def gangnan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a space in its Chinese name where the Gangnan case is planned and printed."""
    folder = tmp_path_factory.mktemp("e2e") / "港南区 2021年返岗"
    shutil.copytree(EXAMPLES / "gangnan", folder)
    run(folder, "plan", "报名", "资料")
    run(folder, "manifest", "--city", "Dongguan")
    return folder


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """Return an empty folder with nothing but the minimal sign-up list."""
    shutil.copy(EXAMPLES / "signups.xlsx", tmp_path)
    return tmp_path
