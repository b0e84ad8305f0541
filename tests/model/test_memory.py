"""Memory that was freed goes back to the system."""

import sys
from pathlib import Path

import pytest

from returnplan.model.memory import give_back

PAGE_BYTES = 4096
MB = 1_000_000


def in_use_bytes() -> int:
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * PAGE_BYTES


@pytest.mark.skipif(sys.platform != "linux", reason="other systems give it back by themselves")
def test_what_lies_between_blocks_in_use_is_given_back() -> None:
    blocks = [bytes(100_000) for _ in range(1_000)]  # too small to be blocks of the system's own
    kept = blocks[::100]
    before = in_use_bytes()
    del blocks
    give_back()
    assert before - in_use_bytes() > 50 * MB
    assert len(kept) == 10
