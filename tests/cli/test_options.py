"""Where papers go unless a call says so: where all other papers of the campaign lie."""

import shutil
from pathlib import Path

import pytest

from tests.e2e.program import call
from tests.usecases.conftest import listed


@pytest.mark.parametrize(
    ("lang", "inbox", "names"),
    [
        ("zh", "收件", ("名单", "派车", "通知")),
        ("en", "inbox", ("papers", "orders", "calls")),
        (None, "", ("manifests", "orders", "calls")),
    ],
)
def test_papers_go_into_the_folder_that_init_has_named(
    tmp_path: Path, lang: str | None, inbox: str, names: tuple[str, str, str]
) -> None:
    """An older manifest that stays where it was looks like one that holds."""
    if lang:
        call(tmp_path, "init", ".", "--lang", lang)
    lists = listed(tmp_path / inbox / "报名.xlsx", *range(1, 21))
    call(tmp_path, "plan", str(lists))
    for command in ("manifest", "dispatch", "notify"):
        call(tmp_path, command)
    papers, orders, calls = (tmp_path / name for name in names)
    (old,) = papers.glob("*.xlsx")
    assert [*orders.glob("*.xlsx")]
    assert [*calls.glob("*.xlsx")]
    shown = call(tmp_path, "show", "batches", "--csv").stdout.splitlines()[1]
    call(tmp_path, "change", shown.split(",")[0], "--plate", "桂B12345")
    (new,) = papers.glob("*.xlsx")
    assert new.name != old.name
    assert (papers / "作废" / old.name).exists()
    shutil.rmtree(papers)
    call(tmp_path, "manifest", "--out", "别处")
    assert not papers.exists()
