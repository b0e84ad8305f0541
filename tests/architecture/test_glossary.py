"""The words of the glossary name things in the code, and the classes of the domain are made of its words."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "returnplan"
PAGE = ROOT / "docs" / "glossary.md"
ROOMS = ("model", "problem", "matching", "enrolment", "audit", "store")
"""Rooms whose class names are words of the domain."""

PLAIN = frozenset(
    re.findall(
        r"\w+",
        """
    atlas break broken checkup column crashed database dated dates default demand destination
    distance distinct employment enrolment entry error field file finder findings fleet goal highs input
    interrupted kinds ledger lock locked lookups named network nightly nobody nodes only owner planned priority read ref
    refused register rejected report returnplan review row selection settings sheet silent site table tables
    text timetable township townships travellers usage
        dtype numbers
        """,
    )
)
"""Words of class names that mean no more than in any dictionary, or that this code shares with every program."""


@cache
def rows() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Return English word, Chinese word and names in the code of each line of the page."""
    page = PAGE.read_text(encoding="utf-8")
    cells = re.findall(r"^\| ([^|]+) \| ([^|]+) \| [^|]+ \| ([^|]+) \|$", page, re.MULTILINE)
    return tuple((en, zh, tuple(re.findall(r"`(\w+)`", code))) for en, zh, code in cells if en != "English")


def words(name: str) -> list[str]:
    """Return the words of a CamelCase or snake_case name in lower case."""
    return [word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)]


@cache
def trees() -> tuple[tuple[Path, ast.Module], ...]:
    files = sorted(SOURCE.rglob("*.py"))
    return tuple((path, ast.parse(path.read_text(encoding="utf-8"))) for path in files)


@cache
def names_in_the_code() -> frozenset[str]:
    """Return all identifiers, and texts that are an identifier, such as the columns of a table."""
    found: set[str] = set()
    for path, tree in trees():
        found |= {path.stem, path.parent.name}
        for node in ast.walk(tree):
            for attribute in ("id", "attr", "name", "arg"):
                found.add(str(getattr(node, attribute, "")))
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return frozenset(found)


def class_names() -> list[str]:
    return [
        node.name
        for path, tree in trees()
        if path.relative_to(SOURCE).parts[0] in ROOMS
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    ]


@pytest.mark.parametrize(("english", "names"), [(en, names) for en, _, names in rows()])
def test_a_word_of_the_glossary_names_something_in_the_code(english: str, names: tuple[str, ...]) -> None:
    assert names
    assert [name for name in names if name not in names_in_the_code()] == []


def test_a_word_stands_once_in_each_language() -> None:
    for language in (0, 1):
        column = [row[language] for row in rows()]
        assert sorted(word for word in set(column) if column.count(word) > 1) == []


def known_words() -> set[str]:
    known = {word for english, _, names in rows() for name in (english, *names) for word in words(name)}
    return known | {f"{word}s" for word in known} | PLAIN


def test_class_names_are_made_of_the_words_of_the_glossary() -> None:
    assert sorted(name for name in class_names() if not set(words(name)) <= known_words()) == []


def test_a_class_of_another_word_would_be_found() -> None:
    assert not set(words("MusterClaims")) <= known_words()
