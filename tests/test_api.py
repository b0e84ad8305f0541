"""What ``import returnplan`` offers, and the page on it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import returnplan
from returnplan import api
from returnplan.cli.main import SUMMARIES
from returnplan.model.errors import ReturnplanError
from tests.usecases.conftest import listed

PAGE = (Path(__file__).parents[1] / "docs" / "api.md").read_text(encoding="utf-8")


def test_the_example_of_the_page_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (example,) = re.findall(r"```python\n(.+?)```", PAGE, re.DOTALL)
    listed(tmp_path / "报名.xlsx", *range(1, 21))
    monkeypatch.chdir(tmp_path)
    exec(compile(example, "docs/api.md", "exec"), {})
    told = capsys.readouterr().out.splitlines()
    assert "20 of 20 people" in told
    assert re.fullmatch(r"0218-\d+ published 08:00 .+ 20", told[-1])
    assert len(list((tmp_path / "manifests").iterdir())) == 1


def test_the_page_names_all_that_is_offered_and_nothing_else() -> None:
    functions, types = PAGE.split("## Functions")[1].split("## Types")
    rows = [line.split("|")[1] for line in functions.splitlines() if line.startswith("| `")]
    told = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert told == {name for name in api.__all__ if name[0].islower()}
    classes = set(re.findall(r"`([A-Z]\w+)`", types))
    assert classes == {name for name in api.__all__ if name[0].isupper()}


def test_every_command_has_a_function() -> None:
    assert set(SUMMARIES) <= set(api.__all__)


def test_every_error_that_has_an_exit_code_of_its_own_is_offered() -> None:
    codes = {error.exit_code for error in ReturnplanError.__subclasses__()}
    offered = [getattr(api, name) for name in api.__all__ if isinstance(getattr(api, name), type)]
    assert codes == {one.exit_code for one in offered if issubclass(one, ReturnplanError)}


def test_the_import_loads_nothing_and_a_function_what_it_needs() -> None:
    script = (
        "import sys, returnplan\n"
        "print('returnplan.api' in sys.modules, 'pandas' in sys.modules)\n"
        "returnplan.plan\n"
        "print('returnplan.api' in sys.modules, 'pandas' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True)
    assert run.stdout.split() == ["False", "False", "True", "True"]


def test_what_is_not_offered_is_no_attribute() -> None:
    assert "plan" in dir(returnplan)
    with pytest.raises(AttributeError, match="'returnplan' has no attribute 'make'"):
        returnplan.make  # type: ignore[attr-defined]  # noqa: B018


def test_a_folder_with_rules_is_a_campaign_with_them(tmp_path: Path) -> None:
    assert returnplan.open_campaign(tmp_path).config == returnplan.Config()
    (tmp_path / "returnplan.toml").write_text("[rules]\nmin_load = 7\n", encoding="utf-8")
    campaign = returnplan.open_campaign(tmp_path)
    assert campaign.config.rules.min_load == 7
    assert campaign.store_path == tmp_path / "returnplan.db"
