"""Which tests count for the coverage figure."""

from pathlib import Path

import pytest

TESTS = Path(__file__).parent
UNCOUNTED = {TESTS / name for name in ("benchmarks", "e2e", "examples", "planning", "problem", "property")}
"""They call other processes, or the same lines many thousand times, which to count would double their time."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave these tests out of the count."""
    for item in items:
        if UNCOUNTED.intersection(item.path.parents):
            item.add_marker(pytest.mark.no_cover)
