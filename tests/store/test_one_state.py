"""What is read together is of one state, and what was decided by a state is saved only while it stands."""

import os
from pathlib import Path

import pytest

from returnplan.model.errors import StoreError, StoreLocked
from returnplan.model.plan import Plan
from returnplan.model.texts import Text
from returnplan.store import Amendment, Store
from returnplan.store.deeds import TOLD
from tests.store.conftest import header
from tests.store.test_promises import call

RUN = header().id


def test_a_reader_sees_one_state_while_another_saves(store: Store, path: Path, plan: Plan) -> None:
    (first, *_) = plan.batches
    with Store.snapshot(path) as reader:
        version = reader.load_batches(RUN)[0].version
        with Store.open(path) as writer:
            writer._connection.execute("PRAGMA busy_timeout = 0")
            with pytest.raises(StoreLocked):
                writer.amend(RUN, Amendment("changed", riders={first.id: []}))
        assert len(reader.load_riders(RUN, [first.id])[first.id]) == first.load
        assert reader.load_batches(RUN)[0].version == version


def test_a_reader_changes_nothing(path: Path, store: Store) -> None:
    with pytest.raises(StoreError, match="read-only"), Store.snapshot(path) as reader:
        reader.pin({1: "0222-1"})
    assert store.pins() == {}


def test_after_reading_a_store_may_be_changed(store: Store) -> None:
    with store.reading():
        store.runs()
    store.pin({1: "0222-1"})
    assert store.pins() == {1: "0222-1"}


def test_a_plan_made_by_a_state_that_has_changed_is_not_saved(store: Store, path: Path, plan: Plan) -> None:
    revision = store.revision()
    with Store.open(path) as other:
        other.record_calls([call(1, TOLD)])
    with pytest.raises(StoreLocked, match=r"changed the store .* run the command again") as told:
        store.save_run(header("b" * 12), plan, {}, revision=revision)
    assert told.value.exit_code == 4
    assert [run.id for run in store.runs()] == [RUN]
    store.save_run(header("b" * 12), plan, {}, revision=store.revision())


def test_a_change_inside_a_transaction_expects_the_state_before_it(store: Store) -> None:
    revision = store.revision()
    with store.transaction():
        store.pin({1: "0222-1"})
        with store.transaction(revision):
            store.pin({2: "0222-1"})
    assert store.revision() == revision + 1


def test_what_changes_nothing_leaves_the_file_as_it_is(store: Store, path: Path) -> None:
    before = path.read_bytes(), store.revision()
    store.unpin([77])
    assert (path.read_bytes(), store.revision()) == before


@pytest.mark.skipif(not hasattr(os, "link"), reason="no hard links here")
def test_a_store_of_two_names_is_refused(store: Store, path: Path) -> None:
    """SQLite mends what a crash left by the name of the file, and each name would have a lock of its own."""
    store.close()
    second = path.with_name("second.db")
    os.link(path, second)
    for name in (path, second):
        with pytest.raises(StoreError, match="second name"):
            Store.open(name)
    second.unlink()
    Store.open(path).close()


def test_a_run_keeps_what_a_person_should_know_of_it(store: Store, plan: Plan) -> None:
    notes = (Text("请核实", "please confirm"), Text("\udcff", "a name of bytes"))
    store.save_run(header("b" * 12), plan, {}, notes=notes)
    assert store.load_notes("b" * 12) == notes
    assert store.load_notes(RUN) == ()
