"""The workbooks in ``examples/`` are those that the script makes, and the people in them are well-formed."""

from pathlib import Path

import numpy as np
import pytest
from openpyxl import load_workbook

from examples import make_examples, people
from examples.gangnan import sign_ups

EXAMPLES = Path(make_examples.__file__).parent
INPUTS = [EXAMPLES / "signups.xlsx", *EXAMPLES.glob("gangnan/报名/*"), *EXAMPLES.glob("gangnan/资料/*")]
NAMES = sorted(path.relative_to(EXAMPLES) for path in INPUTS)


@pytest.fixture(scope="module")
def remade(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("examples")
    make_examples.write_all(folder)
    return folder


def content(path: Path) -> object:
    if path.suffix != ".xlsx":
        return path.read_bytes()
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in load_workbook(path).worksheets}


@pytest.mark.parametrize("name", NAMES, ids=str)
def test_file_in_the_repository_is_the_one_made(name: Path, remade: Path) -> None:
    assert content(remade / name) == content(EXAMPLES / name)


def test_no_file_is_missing(remade: Path) -> None:
    assert sorted(path.relative_to(remade) for path in remade.rglob("*") if path.is_file()) == NAMES


def test_three_hundred_and_thirty_go_to_four_cities() -> None:
    gangnan = sign_ups(people.random_source(2021))
    assert len(gangnan) == 330
    assert set(gangnan["city"]) == {"深圳市", "东莞市", "佛山市", "中山市"}
    assert (gangnan["earliest"] <= gangnan["latest"]).all()


def test_id_numbers_are_distinct_and_fit_the_sex() -> None:
    made = people.invent_people(np.array(["450803", "450881"] * 5_000), people.random_source(1))
    assert made["id_number"].is_unique
    assert made["phone"].is_unique
    is_odd = made["id_number"].str[16].astype(int) % 2 == 1
    assert (is_odd == (made["sex"] == "男")).all()


def test_check_digit_of_the_standards_own_example() -> None:
    """GB 11643-1999 gives 11010519491231002X and 440524188001010014."""
    bodies = np.array(["11010519491231002", "44052418800101001"])
    assert people.check_digits(bodies).tolist() == ["X", "4"]
