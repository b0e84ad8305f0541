"""What was compiled once is compiled again after a change of any module of the planner."""

from pathlib import Path

from returnplan.planning.compiled import entry, sources_digest


def test_a_change_of_an_inner_module_changes_the_digest(tmp_path: Path) -> None:
    inner = tmp_path / "bounding" / "loops.py"
    inner.parent.mkdir()
    inner.write_text("ONE = 1", encoding="utf-8")
    before = sources_digest(tmp_path)
    sources_digest.cache_clear()
    inner.write_text("ONE = 2", encoding="utf-8")
    assert sources_digest(tmp_path) != before


def test_a_cache_of_older_inner_modules_is_not_used() -> None:
    """The stamp is what numba compares before it loads what it had compiled."""
    stamp = entry(_one)._cache._cache_file._source_stamp  # type: ignore[attr-defined]
    assert stamp == sources_digest(Path(entry.__code__.co_filename).parent)


def _one() -> int:
    return 1
