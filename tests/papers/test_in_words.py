"""A plan in a few sentences."""

from returnplan.papers.in_words import say_vehicles


def test_a_train_of_any_product_is_a_train_and_spaces_are_even() -> None:
    assert say_vehicles(12, 1, "zh") == "12 辆汽车和 1 趟列车"
    assert say_vehicles(0, 2, "zh") == "2 趟列车"
    assert say_vehicles(12, 1, "en") == "12 coaches and 1 train"
