"""Tests mirror the source: every room has tests of its own, and no test stands in a room that is not there."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE, TESTS = ROOT / "src" / "returnplan", ROOT / "tests"
OF_THE_WHOLE = {"architecture", "benchmarks", "e2e", "examples", "property", "specimens"}
"""Folders of tests that are of no one room."""


def rooms(folder: Path) -> set[str]:
    """Return the names of the folders with Python in or below them."""
    return {path.name for path in folder.iterdir() if path.is_dir() and any(path.rglob("*.py"))}


def test_every_room_has_tests() -> None:
    with_tests = {room for room in rooms(TESTS) if any((TESTS / room).rglob("test_*.py"))}
    assert rooms(SOURCE) - with_tests == set()


def test_every_folder_of_tests_is_that_of_a_room() -> None:
    assert rooms(TESTS) - rooms(SOURCE) - OF_THE_WHOLE == set()
