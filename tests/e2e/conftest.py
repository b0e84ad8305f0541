"""Folders in which the installed program is run."""

import shutil
from pathlib import Path

import pytest

from tests.e2e.program import call, run
from tests.usecases.conftest import listed

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


@pytest.fixture
def dozen(tmp_path: Path) -> Path:
    """Return an empty folder with nothing but a list of twelve people, who are planned at once."""
    listed(tmp_path / "signups.xlsx", *range(1, 13))
    return tmp_path


@pytest.fixture(scope="session")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a plan of twenty people, and a supplement that is not planned yet."""
    folder = tmp_path_factory.mktemp("office")
    listed(folder / "报名.xlsx", *range(1, 21), 务工企业="东坑电子厂")
    call(folder, "plan", "报名.xlsx")
    listed(folder / "增补.xlsx", *range(21, 31))
    return folder


@pytest.fixture
def office(planned: Path, tmp_path: Path) -> Path:
    """Return a copy of that folder."""
    return Path(shutil.copytree(planned, tmp_path / "office"))
