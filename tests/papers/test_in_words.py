"""A plan in a few sentences."""

from returnplan.assembly.payments import payments_of
from returnplan.model.payers import Payers
from returnplan.papers.in_words import say_bill, say_vehicles
from tests.specimens.plans import make_plan


def test_a_train_of_any_product_is_a_train_and_spaces_are_even() -> None:
    assert say_vehicles(12, 1, "zh") == "12 辆汽车和 1 趟列车"
    assert say_vehicles(0, 2, "zh") == "2 趟列车"
    assert say_vehicles(12, 1, "en") == "12 coaches and 1 train"


def test_what_planning_counts_for_stops_is_told_apart_from_what_is_paid() -> None:
    """The orders of the carriers come to less than the cost on the screen."""
    plan = make_plan()
    cost_yuan = sum(batch.cost_yuan for batch in plan.batches)
    by_office = payments_of(plan, Payers(), "人社局")
    assert say_bill(by_office, cost_yuan, "zh") == [
        "其中 300 元是排车时给每多停一站算的，不用付；要付的车费是 13,569 元。"
    ]
    assert say_bill(by_office, by_office.contract_yuan, "zh") == []
    by_workers = payments_of(plan, Payers.model_validate({"rest": "worker"}), "人社局")
    assert [words[:2] for words in say_bill(by_workers, cost_yuan, "zh")] == ["其中", "包车"]
