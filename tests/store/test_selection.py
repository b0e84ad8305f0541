"""Which batches a person gets who asks for a city, a county, a day."""

import dataclasses

import pytest

from returnplan.model.plan import Plan
from returnplan.store import Selection, Store
from tests.specimens.two_batches import DONGGUAN, FOSHAN, MONDAY, RONGSHUI, SANJIANG, TUESDAY
from tests.store.conftest import header


@pytest.mark.parametrize(
    ("selection", "found"),
    [
        (Selection(), ["0222-1", "0223-1"]),
        (Selection(city=DONGGUAN), ["0222-1"]),
        (Selection(city="东莞"), []),
        (Selection(county=RONGSHUI), ["0222-1", "0223-1"]),
        (Selection(county=SANJIANG), ["0222-1"]),
        (Selection(day=TUESDAY), ["0223-1"]),
        (Selection(batches=("0223-1", "0222-1")), ["0222-1", "0223-1"]),
        (Selection(city=FOSHAN, county=RONGSHUI, day=TUESDAY, batches=("0223-1",)), ["0223-1"]),
        (Selection(city=FOSHAN, day=MONDAY), []),
    ],
)
def test_every_condition_must_hold(store: Store, selection: Selection, found: list[str]) -> None:
    assert [batch.id for batch in store.load_batches(header().id, selection)] == found


def test_a_batch_to_two_cities_is_found_by_each(store: Store, plan: Plan) -> None:
    both = dataclasses.replace(plan.batches[0], cities=(DONGGUAN, "惠州市"))
    store.save_run(header("b" * 12), dataclasses.replace(plan, batches=(both,)), {})
    (found,) = store.load_batches("b" * 12, Selection(city="惠州市"))
    assert (found, len(found.stops)) == (both, 4)


def test_a_selection_is_of_one_run(store: Store, plan: Plan) -> None:
    store.save_run(header("b" * 12), dataclasses.replace(plan, batches=plan.batches[1:]), {})
    assert [batch.id for batch in store.load_batches("b" * 12)] == ["0223-1"]
