"""States, changes at the coach door, calls and pins: in place, entered in the journal, all or nothing."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from returnplan.model.errors import StoreError, StoreLocked
from returnplan.model.plan import Handout, Plan, WalkUp
from returnplan.store import Amendment, CallRecord, Store
from tests.specimens.two_batches import TUESDAY
from tests.store.conftest import header

RUN = header().id
FIRST, SECOND = "0222-1", "0223-1"


def states(store: Store) -> list[str]:
    return [batch.state for batch in store.load_batches(RUN)]


def deeds(store: Store) -> list[tuple[str, str]]:
    return [(entry.deed, entry.batch) for entry in store.journal(RUN)]


def walk_up(name: str, batch: str) -> WalkUp:
    return WalkUp(batch, name, f"证{name}", "13900000009", "融水汽车站", "厚街镇", "")


def test_a_batch_is_published_recalled_and_published_again(store: Store) -> None:
    assert store.set_state(RUN, [FIRST, SECOND], "published") == (FIRST, SECOND)
    assert states(store) == ["published", "published"]
    assert store.set_state(RUN, [FIRST], "draft") == (FIRST,)
    assert states(store) == ["draft", "published"]
    assert deeds(store) == [("published", FIRST), ("published", SECOND), ("recalled", FIRST)]


def test_what_is_so_already_or_does_not_exist_is_not_changed(store: Store) -> None:
    store.set_state(RUN, [FIRST], "published")
    assert store.set_state(RUN, [FIRST, "0299-9"], "published") == ()
    assert len(store.journal(RUN)) == 1


def test_a_departed_batch_stays_departed(store: Store) -> None:
    assert store.set_state(RUN, [FIRST], "departed") == (FIRST,)
    assert store.set_state(RUN, [FIRST], "draft") == ()
    assert store.set_state(RUN, [FIRST], "published") == ()
    assert states(store) == ["departed", "draft"]


def test_states_are_of_one_run(store: Store, plan: Plan) -> None:
    store.save_run(header("b" * 12), plan, {})
    store.set_state("b" * 12, [FIRST], "published")
    assert states(store) == ["draft", "draft"]
    assert store.journal(RUN) == []


def test_a_run_that_is_saved_again_has_an_empty_journal(store: Store, plan: Plan) -> None:
    store.set_state(RUN, [FIRST], "published")
    store.save_run(header(), plan, {})
    assert store.journal(RUN) == []


def test_a_broken_down_coach_is_replaced(store: Store) -> None:
    first, second = store.load_batches(RUN)
    changed = replace(first, vehicle="45座", seats=45, usable=45, plate="桂B12345", version=2)
    store.amend(RUN, Amendment("changed", batches=[changed]))
    assert store.load_batches(RUN) == [changed, second]
    assert [(entry.batch, entry.version) for entry in store.journal(RUN)] == [(FIRST, 2)]


def test_a_rider_is_dropped_and_another_one_added(store: Store, plan: Plan) -> None:
    first = store.load_batches(RUN)[0]
    riders = store.load_riders(RUN, [FIRST])[FIRST]
    waiting = list(store.stream_unplanned(RUN))[1]
    comer = replace(riders[0], person=waiting.person, signup=waiting.signup)
    line = replace(waiting, person=riders[0].person, signup=riders[0].signup)
    store.amend(
        RUN,
        Amendment(
            "changed",
            batches=[replace(first, version=2)],
            riders={FIRST: [comer, *riders[1:]]},
            off=[line],
            on=[waiting.signup],
            summary={**plan.summary, "late_days": 0},
        ),
    )
    kept = store.load_plan(RUN)
    aboard = kept.riders[kept.riders["batch"] == FIRST]
    assert sorted(aboard["person"]) == [2, 3, 4, 5, 6, 10]
    assert list(kept.unplanned["person"]) == [9, 0, 1]
    assert kept.summary["late_days"] == 0
    assert len(kept.riders) == len(plan.riders)


def test_riders_change_places_between_two_coaches(store: Store) -> None:
    """All seats are free before anyone is seated, so that two may swap."""
    riders = store.load_riders(RUN, [FIRST, SECOND])
    one, other = riders[FIRST][0], riders[SECOND][0]
    one, other = replace(one, batch=SECOND, seat=other.seat), replace(other, batch=FIRST, seat=one.seat)
    after = {FIRST: [other, *riders[FIRST][1:]], SECOND: [one, *riders[SECOND][1:]]}
    store.amend(RUN, Amendment("adopted", riders=after))
    assert store.load_riders(RUN, [FIRST, SECOND]) == after


def test_an_additional_coach_is_entered(store: Store) -> None:
    third = replace(store.load_batches(RUN)[1], id="0223-2", number=2)
    store.amend(RUN, Amendment("changed", batches=[third]))
    assert store.load_batches(RUN)[2] == third


def test_a_change_that_fails_half_way_changes_nothing(store: Store) -> None:
    first = store.load_batches(RUN)[0]
    twice = store.load_riders(RUN, [FIRST])[FIRST][:1] * 2
    with pytest.raises(StoreError):
        store.amend(RUN, Amendment("changed", batches=[replace(first, version=2)], riders={FIRST: twice}))
    assert store.load_batches(RUN)[0] == first
    assert len(store.load_riders(RUN, [FIRST])[FIRST]) == 6
    assert store.journal(RUN) == []


def test_who_boarded_and_who_did_not(store: Store) -> None:
    store.set_status(RUN, {1: "boarded", 2: "absent"})
    aboard = {rider.person: rider.status for rider in store.load_riders(RUN, [FIRST])[FIRST]}
    assert aboard == {1: "boarded", 2: "absent", 3: "assigned", 4: "assigned", 5: "assigned", 6: "assigned"}
    assert deeds(store) == [("boarded", "")]


def test_a_walk_up_is_kept_once_on_the_batch_named_last(store: Store) -> None:
    one, other = walk_up("甲", FIRST), walk_up("乙", FIRST)
    store.record_walk_ups([one, other])
    store.record_walk_ups([moved := replace(one, batch=SECOND)])
    assert store.walk_ups() == [other, moved]


def test_walk_ups_of_a_batch_are_those_of_its_last_paper(store: Store, plan: Plan) -> None:
    store.record_walk_ups([walk_up("甲", FIRST), kept := walk_up("乙", SECOND)])
    store.record_walk_ups([corrected := walk_up("丙", FIRST)])
    store.save_run(header("b" * 12), plan, {})
    assert store.walk_ups() == [corrected, kept]


def test_pins_last_over_runs(store: Store, plan: Plan) -> None:
    store.pin({1: FIRST, 2: FIRST})
    store.pin({2: SECOND})
    store.save_run(header("b" * 12), plan, {})
    assert store.pins() == {1: FIRST, 2: SECOND}
    store.unpin([1])
    assert store.pins() == {2: SECOND}


def call(person: int, result: str, postponed_to: date | None = None) -> CallRecord:
    return CallRecord(
        person=person,
        batch=FIRST,
        day=date(2021, 2, 22),
        pickup="融水汽车站",
        time=datetime(2021, 2, 22, 9, 1),
        result=result,
        postponed_to=postponed_to,
        at=datetime(2021, 2, 20, 19, 0, tzinfo=UTC),
    )


def test_the_last_call_to_a_person_counts(store: Store, plan: Plan) -> None:
    store.record_calls([call(1, "未接通"), call(2, "已通知")])
    store.record_calls([call(1, "改期至", TUESDAY)])
    store.save_run(header("b" * 12), plan, {})
    assert store.calls() == {1: call(1, "改期至", TUESDAY), 2: call(2, "已通知")}


def test_the_totals_of_employers_follow(store: Store, plan: Plan) -> None:
    line = replace(plan.employers[0], planned=7)
    store.amend(RUN, Amendment("changed", employers=[line]))
    assert store.load_employers(RUN) == [line]
    store.amend(RUN, Amendment("ordered"))
    assert store.load_employers(RUN) == [line]


def test_the_papers_written_last_are_kept(store: Store) -> None:
    first = {FIRST: Handout(1, "a"), SECOND: Handout(1, "b")}
    store.keep_handouts(first, {})
    second = {SECOND: Handout(2, "c")}
    store.keep_handouts(second, first)
    assert store.load_handouts() == first | second
    assert store.load_plan(RUN).printed == {FIRST: 1, SECOND: 2}


def test_a_version_that_another_program_has_given_to_other_papers_is_not_kept(store: Store) -> None:
    store.keep_handouts({FIRST: Handout(1, "a")}, {})
    store.keep_handouts({FIRST: Handout(1, "a")}, {})  # the same papers, written twice at once
    with pytest.raises(StoreLocked):
        store.keep_handouts({FIRST: Handout(1, "b")}, {})
    assert store.load_handouts() == {FIRST: Handout(1, "a")}


def test_papers_written_while_a_run_is_at_work_do_not_stop_it_from_saving(store: Store) -> None:
    revision = store.revision()
    store.keep_handouts({FIRST: Handout(1, "a")}, {})
    with store.transaction(revision):
        store.pin({1: FIRST})
