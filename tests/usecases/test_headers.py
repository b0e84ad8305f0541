"""New names of columns in returnplan.toml: the rest of the file stays as it was."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from returnplan.config import Config, load_config
from returnplan.reading.read import read_files
from returnplan.usecases.campaign import Campaign
from returnplan.usecases.headers import Learned, headers, learn_headers
from tests.specimens.sheets import lines_of, save_xlsx, signup_row

CONTENT = """# 本县的规则
lang = "zh"        # 界面

[headers]          # 表头的其他叫法
# name = ["务工者"]
city = ["打工的地方"]  # 东莞等

[places]
"厚街" = "东莞市"
"""


def test_comments_and_other_settings_stay(tmp_path: Path) -> None:
    path = tmp_path / "returnplan.toml"
    path.write_text(CONTENT, encoding="utf-8")
    learn_headers(path, [Learned("师傅", "name"), Learned("去向", "city"), Learned("去向", "city")])
    after = path.read_text(encoding="utf-8")
    assert all(line.split("=")[0] in after for line in CONTENT.splitlines() if line)
    assert load_config(path).headers == {"city": ("打工的地方", "去向"), "name": ("师傅",)}
    assert load_config(path).places == {"厚街": "东莞市"}


@pytest.mark.parametrize(
    "content",
    [
        "",
        "lang = 'zh'\r\n",
        "headers = {city = ['a']}\n",
        "headers.city = ['a']\n[places]\n",
        "[headers]\n",
        "[places]",
    ],
)
def test_every_way_to_write_it(tmp_path: Path, content: str) -> None:
    path = tmp_path / "规则 1.toml"
    path.write_text(content, encoding="utf-8", newline="")
    learn_headers(path, [Learned('去"向\n', "city")])
    old = tomllib.loads(content).get("headers", {}).get("city", [])
    assert load_config(path).headers["city"] == (*old, '去"向\n')


def test_a_file_in_gbk_and_one_that_is_not_there(tmp_path: Path) -> None:
    gbk, none = tmp_path / "gbk.toml", tmp_path / "none.toml"
    gbk.write_bytes(CONTENT.encode("gb18030"))
    for path in (gbk, none):
        assert learn_headers(path, [Learned("师傅", "name")]) == path
        assert load_config(path).headers["name"] == ("师傅",)
    assert load_config(gbk).places == {"厚街": "东莞市"}


LABELS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20).filter(str.strip)
"""No header is blank."""


@given(st.lists(LABELS, max_size=5))
def test_any_label_is_written_and_read_back(
    tmp_path_factory: pytest.TempPathFactory, labels: list[str]
) -> None:
    path = tmp_path_factory.mktemp("labels") / "returnplan.toml"
    learn_headers(path, [Learned(label, "name") for label in labels])
    assert load_config(path).headers.get("name", ()) == tuple(dict.fromkeys(labels))


def test_what_was_learnt_is_read(tmp_path: Path) -> None:
    row = signup_row()
    row["师傅"], row["去向"] = row.pop("姓名"), row.pop("务工城市")
    sheet = save_xlsx(tmp_path / "报名.xlsx", 报名=lines_of([row]))
    path = tmp_path / "returnplan.toml"
    before = headers(Campaign(Config(), tmp_path / "store.db"), [sheet])
    assert [one.label for one in before if one.field is None] == ["师傅", "去向"]
    learn_headers(path, [Learned("师傅", "name"), Learned("去向", "city")])
    config = load_config(path)
    assert all(one.field for one in headers(Campaign(config, tmp_path / "store.db"), [sheet]))
    assert len(read_files([sheet], config.reading).signups) == 1
