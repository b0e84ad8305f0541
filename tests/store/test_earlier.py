"""Earlier runs are whole and small: each table a block, and everything that is asked of them is answered."""

import json
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from returnplan.model.plan import Plan
from returnplan.store import Store, earlier
from tests.specimens.two_batches import TUESDAY, changed, two_batches
from tests.store.conftest import PERSONS, header
from tests.store.test_store import same_plan

FIRST, SECOND = header(), header("b" * 12)


def num_rows(store: Store, run_id: str) -> dict[str, int]:
    """Return how many rows each large table has of the run."""
    run = store.run_number(run_id)
    names = ("batches", "stops", "riders", "unplanned", "matches", "faults")
    return {
        name: num
        for name in names
        for (num,) in store.rows(f"SELECT count(*) FROM {name} WHERE run = ?", (run,))
        if num
    }


@pytest.fixture(params=[earlier.MOST_ROWS, 1], ids=["one block", "a block a row"], autouse=True)
def most_rows(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """All that is asked of earlier runs is answered alike, into however many blocks their tables are packed."""
    monkeypatch.setattr(earlier, "MOST_ROWS", request.param)
    return int(request.param)


def test_a_table_of_many_rows_is_several_blocks(store: Store, plan: Plan, most_rows: int) -> None:
    store.save_run(SECOND, plan, PERSONS)
    names = [name for (name,) in store.rows("SELECT name FROM packed WHERE name GLOB 'riders*'")]
    assert len(names) == -(-len(plan.riders) // most_rows)


def test_only_the_latest_run_has_rows(store: Store, plan: Plan) -> None:
    store.save_run(SECOND, plan, PERSONS)
    assert num_rows(store, FIRST.id) == {}
    assert num_rows(store, SECOND.id)["riders"] == len(plan.riders)
    same_plan(store.load_plan(FIRST.id), plan)
    same_plan(store.load_plan(SECOND.id), plan)
    assert store.load_batches(FIRST.id) == list(plan.batches)


def test_a_change_by_hand_is_in_the_block_of_its_run(store: Store, plan: Plan) -> None:
    store.set_state(FIRST.id, [plan.batches[0].id], "published")
    store.save_run(SECOND, plan, PERSONS)
    assert [batch.state for batch in store.load_batches(FIRST.id)] == ["published", "draft"]


def test_a_run_without_people_is_packed_too(store: Store, plan: Plan) -> None:
    nobody = replace(plan, batches=(), riders=plan.riders[:0], matches=plan.matches[:0])
    store.save_run(SECOND, nobody, PERSONS)
    store.save_run(header("c" * 12), plan, PERSONS)
    same_plan(store.load_plan(SECOND.id), nobody)


def test_the_last_seat_of_somebody_is_found_in_earlier_runs(store: Store, plan: Plan) -> None:
    person = int(plan.riders["person"].iloc[0])
    other = replace(plan, riders=plan.riders.iloc[1:].reset_index(drop=True))
    store.save_run(SECOND, other, PERSONS)
    assert store.last_riders([person])[person].batch == plan.riders["batch"].iloc[0]
    store.save_run(header("c" * 12), other, PERSONS)
    found = store.last_riders([person, int(plan.riders["person"].iloc[1]), 999])
    assert set(found) == {person, int(plan.riders["person"].iloc[1])}


def test_it_is_known_sooner_whom_an_earlier_run_does_not_have(store: Store, plan: Plan) -> None:
    rider, left = plan.riders.iloc[0], plan.unplanned.iloc[0]
    assert store.may_name(FIRST.id, {"没有这个人"})  # the latest run has no blocks
    store.save_run(SECOND, plan, PERSONS)
    for words in (rider["name"], rider["phone"], rider["signup"], left["name"], left["signup"]):
        assert store.may_name(FIRST.id, {"没有这个人", words})
    assert not store.may_name(FIRST.id, {"没有这个人", rider["name"][:1], rider["phone"][1:]})
    store.save_run(header("c" * 12), replace(plan, unplanned=plan.unplanned[:0]), PERSONS)
    store.save_run(header("d" * 12), plan, PERSONS)
    assert not store.may_name("c" * 12, {left["signup"]})


def test_a_block_from_before_a_new_column_has_its_blank(store: Store, plan: Plan) -> None:
    store.save_run(SECOND, plan, PERSONS)
    with store.transaction() as connection:
        (block,) = connection.execute("SELECT block FROM packed WHERE name = 'unplanned'").fetchone()
        old = json.loads(zlib.decompress(block))
        del old["group"], old["phone"]
        connection.execute(
            "UPDATE packed SET block = ? WHERE name = 'unplanned'", (zlib.compress(json.dumps(old).encode()),)
        )
    unplanned = store.load_plan(FIRST.id).unplanned
    assert set(unplanned["group"]) == {0}
    assert set(unplanned["phone"]) == {""}
    assert unplanned["name"].tolist() == plan.unplanned["name"].tolist()


def test_a_run_saved_again_leaves_no_block_behind(store: Store, plan: Plan) -> None:
    store.save_run(SECOND, plan, PERSONS)
    store.save_run(FIRST, plan, PERSONS)
    assert [run.id for run in store.runs()] == [FIRST.id, SECOND.id]
    assert num_rows(store, FIRST.id)["batches"] == 2
    assert num_rows(store, SECOND.id) == {}


def test_a_purge_empties_the_blocks(store: Store, plan: Plan, path: Path) -> None:
    secret = {"name": "韦秀英", "phone": "13807754000", "note": "听力障碍"}
    named = replace(
        plan,
        riders=changed(plan.riders, 0, secret),
        unplanned=changed(plan.unplanned, 0, {"name": "覃路人"}),
        batches=(replace(plan.batches[0], drivers=("司机陆师傅",)), plan.batches[1]),
    )
    store.save_run(SECOND, named, PERSONS)
    store.save_run(header("c" * 12), two_batches().plan, PERSONS)

    def texts() -> str:
        blocks = store.rows("SELECT block FROM packed")
        return " ".join(zlib.decompress(block).decode() for (block,) in blocks)

    hidden = (*secret.values(), "覃路人", "司机陆师傅")
    assert all(word in texts() for word in hidden)
    store.purge(TUESDAY.replace(year=2022))
    assert [word for word in hidden if word in texts()] == []
    assert store.load_batches(SECOND.id)[1] == plan.batches[1]
    assert len(store.load_plan(SECOND.id).riders) == len(plan.riders)
