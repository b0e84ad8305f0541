"""Batches of one evening are told together."""

from datetime import date

from returnplan.model.advice import Advice, by_evening

TONIGHT, LATER = date(2021, 2, 17), date(2021, 2, 20)


def test_batches_that_wait_for_the_same_people_save_once_and_riders_add_up() -> None:
    same, other = (500.0, 8, 10), (200.0, 6, 10)
    waiting = {
        "a": Advice(False, LATER, "waiting_saves", 3, *same),
        "b": Advice(False, LATER, "waiting_saves", 2, *same),
        "c": Advice(False, LATER, "waiting_saves", 4, *other),
    }
    assert by_evening(waiting) == {("a", "b", "c"): Advice(False, LATER, "waiting_saves", 9, 700.0, 6, 10)}


def test_what_is_published_tonight_comes_first_with_all_who_stand_by() -> None:
    advised = {
        "a": Advice(False, LATER, "not_yet_due"),
        "b": Advice(True, TONIGHT, "last_evening", no_shows=1.5, standby=(7,)),
        "c": Advice(True, TONIGHT, "last_evening", no_shows=1.0, standby=(3,)),
    }
    tonight = Advice(True, TONIGHT, "last_evening", no_shows=2.5, standby=(3, 7))
    assert list(by_evening(advised).items()) == [(("b", "c"), tonight), (("a",), advised["a"])]
