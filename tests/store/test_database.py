"""A store is looked over without being changed, and damage is found wherever it lies."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from returnplan.model.errors import InputRefused, StoreError
from returnplan.store import Checkup, Store, check_up
from returnplan.store.migrations import MIGRATIONS


def test_a_store_that_is_whole(store: Store) -> None:
    before = store.path.read_bytes()
    assert check_up(store.path) == Checkup(len(MIGRATIONS), len(MIGRATIONS))
    assert store.path.read_bytes() == before


def test_an_old_store_is_left_as_it_is(path: Path) -> None:
    with closing(sqlite3.connect(path)) as old:
        old.executescript(Path(__file__).with_name("version1.sql").read_text(encoding="utf-8"))
    assert check_up(path).version == 1
    assert check_up(path).version == 1


@pytest.mark.parametrize("share", [0.0, 0.5, 0.9])
def test_a_damaged_page(store: Store, share: float) -> None:
    store.close()
    content = bytearray(store.path.read_bytes())
    start = int(len(content) * share) // 4096 * 4096
    content[start : start + 4096] = b"\xa5" * 4096
    store.path.write_bytes(content)
    with pytest.raises(StoreError):
        check_up(store.path)


def test_a_store_of_a_newer_program(store: Store) -> None:
    with store.transaction() as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(StoreError, match="newer"):
        check_up(store.path)


def test_no_store_is_made(path: Path) -> None:
    with pytest.raises(InputRefused):
        check_up(path)
    assert not path.exists()
