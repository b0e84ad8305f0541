"""Every command of the guides runs, in the order in which it stands there, on the example."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

from tests.e2e.program import call

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "gangnan"
_PASSWORD = "港南2021"


def blocks(page: str) -> list[str]:
    """Return the commands of the page's blocks, a line each."""
    return [line for block in re.findall(r"```sh\n(.+?)```", page, re.DOTALL) for line in block.splitlines()]


def recipes(page: str) -> list[str]:
    """Return the commands in its table of recipes."""
    table = page[max(page.find("## 小办法"), page.find("## Recipes")) :]
    return re.findall(r"`(returnplan [^`]+)`", table)


def words_of(command: str) -> list[str]:
    program, *words = shlex.split(command)
    assert program == "returnplan"
    return words


def come_back(folder: Path, back: Path) -> None:
    """Put what went out, filled in or not, where it is looked for when it comes back."""
    out = folder / back.name
    for path in out.glob("*.xlsx"):
        shutil.copy(path, folder / back / path.name)


@pytest.mark.parametrize(("name", "inbox"), [("guide.zh.md", "收件"), ("guide.en.md", "inbox")])
def test_every_command_of_a_guide_runs(tmp_path: Path, name: str, inbox: str) -> None:
    page = (ROOT / "docs" / name).read_text(encoding="utf-8")
    first, *others = blocks(page)
    call(tmp_path, *words_of(first))
    (campaign,) = tmp_path.iterdir()
    for path in [*EXAMPLE.glob("*/*.xlsx"), *EXAMPLE.glob("*/*.csv")]:
        shutil.copy(path, campaign / inbox / path.name)
    returned = "回收" if inbox == "收件" else "returned"
    for command in [*others, *recipes(page)]:
        words = words_of(command)
        for word in words:
            if word.startswith(f"{returned}/"):
                come_back(campaign, Path(word))
        call(campaign, *words, RETURNPLAN_PASSWORD=_PASSWORD)


@pytest.mark.parametrize("name", ["guide.zh.md", "guide.en.md"])
def test_a_guide_names_the_files_that_init_writes(tmp_path: Path, name: str) -> None:
    page = (ROOT / "docs" / name).read_text(encoding="utf-8")
    call(tmp_path, *words_of(blocks(page)[0]))
    (campaign,) = tmp_path.iterdir()
    written = {path.name for path in campaign.iterdir()}
    named = set(re.findall(r"`([^`/\\]+\.(?:bat|txt|toml))`", page))
    assert named <= written
    assert {one for one in written if one.endswith(".bat")} <= named


def test_both_guides_say_the_same() -> None:
    zh, en = ((ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("guide.zh.md", "guide.en.md"))
    for shape in (r"^## ", r"^\| ", r"```sh"):
        assert len(re.findall(shape, zh, re.MULTILINE)) == len(re.findall(shape, en, re.MULTILINE))
    said = [[words_of(command)[0] for command in [*blocks(page), *recipes(page)]] for page in (zh, en)]
    assert said[0] == said[1]
