"""returnplan.toml: what is accepted, and what a person is told about the rest."""

from pathlib import Path

import pytest

from returnplan.config import Config, load_config
from returnplan.errors import UsageError


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "规则 1.toml"
    path.write_bytes(text.encode(encoding))
    return path


def refusal(folder: Path, text: str) -> str:
    with pytest.raises(UsageError) as caught:
        load_config(written(folder, text))
    return caught.value.message.en


def test_without_a_file_the_defaults_hold() -> None:
    assert load_config(None) == Config()
    assert load_config(None).rules.max_pickups == 4


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_editor_of_windows_may_have_saved_it(tmp_path: Path, encoding: str) -> None:
    config = load_config(written(tmp_path, '[headers]\nname = ["务工者姓名"]\n', encoding))
    assert config.reading.headers == {"name": ("务工者姓名",)}


def test_each_table_reaches_the_stage_that_reads_it(tmp_path: Path) -> None:
    config = load_config(
        written(
            tmp_path,
            'lang = "en"\n[dates]\nyear = 2021\nflex_after = 2\n[rules]\nload_factor = 0.5\n'
            '[priority]\norder = ["监测对象"]\n[places]\n"老车站" = "港南区"\n[packs]\n"牛奶" = 2\n',
        )
    )
    assert config.lang == "en"
    assert config.reading.year == 2021
    assert config.rules.load_factor == 0.5
    assert config.enrolment.dates.flex_after == 2
    assert config.enrolment.priority.order == ("监测对象",)
    assert config.enrolment.places == {"老车站": "港南区"}
    assert config.papers.packs.root == {"牛奶": 2}


def test_an_unknown_key_is_refused_with_the_nearest_one(tmp_path: Path) -> None:
    assert "[rules] max_pickup: unknown key; did you mean max_pickups?" in refusal(
        tmp_path, "[rules]\nmax_pickup = 3\n"
    )
    assert "rule: unknown key; did you mean rules?" in refusal(tmp_path, "[rule]\nmax_pickups = 3\n")


def test_all_findings_come_at_once(tmp_path: Path) -> None:
    message = refusal(tmp_path, "[rules]\nmax_pickups = 0\nload_factor = 2\n[dates]\nyears = 2021\n")
    assert "has 3 errors" in message
    assert "[rules] max_pickups" in message
    assert "[rules] load_factor" in message
    assert "[dates] years" in message


def test_broken_toml_names_its_line(tmp_path: Path) -> None:
    assert "line 2" in refusal(tmp_path, "[rules]\nmax_pickups = = 3\n")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        load_config(tmp_path / "none.toml")
    assert "none.toml" in caught.value.message.zh
