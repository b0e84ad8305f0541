"""Whoever has several rides is called once, and hears all of them."""

from dataclasses import replace

from returnplan.papers.calls import Call, first_calls
from returnplan.papers.calls.call import message
from returnplan.papers.itinerary import itineraries
from returnplan.papers.settings import NO_OFFICE
from tests.specimens.journeys import TRAIN, its_riders, with_a_train


def calls(*batches: str, seat: tuple[str, str] = ("", "")) -> dict[int, Call]:
    """Return the calls of some batches (of all, without any) by person; person 1 has a seat on the train."""
    plan = with_a_train()
    riders = its_riders(plan)
    riders[TRAIN][0] = replace(riders[TRAIN][0], carriage=seat[0], seat_no=seat[1])
    chosen = [batch for batch in plan.batches if not batches or batch.id in batches]
    made = first_calls(chosen, riders, itineraries(plan.batches, riders))
    assert len({call.rider.person for call in made}) == len(made)
    return {call.rider.person: call for call in made}


def test_everybody_is_called_once_of_the_first_ride() -> None:
    made = calls()
    assert sorted(made) == list(range(1, 11))
    assert (made[1].batch_id, made[1].place, f"{made[1].time:%H:%M}") == ("0223-001", "三江汽车站", "06:30")
    assert made[9].batch_id == TRAIN


def test_who_rides_on_a_chosen_shuttle_hears_of_the_feeder_first() -> None:
    assert {call.batch_id for call in calls("0223-004").values()} == {"0223-001", TRAIN}


def test_the_words_name_feeder_train_and_shuttle_with_their_hours() -> None:
    words = message(calls()[1], "zh", NO_OFFICE)
    assert "06:30在三江汽车站上车" in words
    assert (
        "到柳州站后转乘10:30的D4508次(席位待定)，到广州南站后转乘16:40的5号车(1座)，下车点长安镇，预计17:45到"
        in words
    )
    assert "席位3车12F号" in message(calls(seat=("3", "12F"))[1], "zh", NO_OFFICE)


def test_who_walks_to_the_station_boards_the_train_there() -> None:
    words = message(calls()[9], "zh", NO_OFFICE)
    assert "第1批(2月23日)3号 D4508次列车，2月23日10:30在柳州站上车" in words
    assert "车型" not in words
    assert "下车点广州南站，预计14:40到" in message(calls()[10], "zh", NO_OFFICE)


def test_the_english_words_have_all_rides_too() -> None:
    words = message(calls()[1], "en", NO_OFFICE)
    assert "At Liuzhou station change to train D4508 at 10:30 (seat: not known yet)." in words
    assert (
        "At Guangzhou south station change to coach 5 at 16:40, seat 1. To Changan town, about 17:45."
        in words
    )
