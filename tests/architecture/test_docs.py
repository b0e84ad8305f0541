"""The pages of docs/ are true to the code."""

import re
import tomllib
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from docs import make_cli
from returnplan.cli.main import SUMMARIES
from returnplan.config import Config
from returnplan.model.errors import ReturnplanError
from returnplan.papers.wording import say_code

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
COMMENTED_KEY = re.compile(r'^# (?=[\w"]+ += |\[\[)', re.MULTILINE)


def rules_block() -> str:
    (block,) = re.findall(r"```toml\n(.+?)```", (DOCS / "rules.md").read_text(encoding="utf-8"), re.DOTALL)
    return str(block)


def unnamed_keys(model: BaseModel, written: dict[str, Any], table: str = "") -> list[str]:
    """Return the keys of the settings that the page does not write."""
    missing = []
    for key in type(model).model_fields:
        inner = getattr(model, key)
        if key not in written:
            missing.append(f"{table}{key}")
        elif isinstance(inner, BaseModel) and isinstance(written[key], dict):
            missing += unnamed_keys(inner, written[key], f"{table}{key}.")
    return missing


def test_rules_page_shows_the_defaults() -> None:
    assert Config.model_validate(tomllib.loads(rules_block())) == Config()


def test_rules_page_names_every_key() -> None:
    written = tomllib.loads(COMMENTED_KEY.sub("", rules_block()))
    config = Config.model_validate(written)
    assert [key for key in unnamed_keys(config, written) if key != "packs.root"] == []


def test_rules_page_has_the_word_for_every_reason() -> None:
    page = (DOCS / "rules.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`[a-z_`, ]+`) \| (.+?) \|", page, re.MULTILINE)
    told = [(re.findall(r"\w+", codes), words.split(", ")) for codes, words in rows]
    assert told
    assert [words for _, words in told] == [[say_code(code, "zh") for code in codes] for codes, _ in told]


def test_cli_page_is_the_commands_help() -> None:
    assert make_cli.PAGE.read_text(encoding="utf-8") == make_cli.cli_page(), "run python -m docs.make_cli"


def test_cli_page_names_every_exit_code() -> None:
    exit_codes = make_cli.INTRODUCTION.split("Exit codes: ")[1].split(".")[0]
    told = {int(code) for code in re.findall(r"(?:^|;\s)(\d+) ", exit_codes)}
    assert {error.exit_code for error in ReturnplanError.__subclasses__()} - told == set()


def test_architecture_page_names_every_floor() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    (floors,) = (contract["layers"] for contract in contracts["contracts"] if contract["id"] == "floors")
    modules = {name for floor in floors for name in re.findall(r"\w+", floor)}
    page = (DOCS / "architecture.md").read_text(encoding="utf-8")
    assert sorted(module for module in modules if f"`{module}`" not in page) == []


def test_the_page_on_nights_names_commands_and_options_that_exist() -> None:
    option = r"(?<![\w-])--[a-z][a-z-]+"
    text = (DOCS / "nights.md").read_text(encoding="utf-8")
    assert set(re.findall(option, text)) - set(re.findall(option, make_cli.cli_page())) == set()
    assert set(re.findall(r"`([a-z]+)(?: --[a-z-]+)?`", text)) - set(SUMMARIES) == set()
