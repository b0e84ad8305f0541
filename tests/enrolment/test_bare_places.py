"""The office is told whom a coach would set down, or leave standing, at a mere county or city."""

from returnplan.model.records import Demand, SignUp
from tests.specimens.intakes import enrolled, signup


def notes(*people: SignUp, demand: tuple[Demand, ...] = ()) -> list[str]:
    return [note.zh for note in enrolled(*people, demand=demand).notes if "地点" in note.zh]


def test_without_pickup_and_dropoff_both_are_said_with_the_number_of_people() -> None:
    boarding, alighting = notes(signup(1), signup(2))
    assert boarding.startswith("2 人没有写上车地点,按县汽车站(融水苗族自治县)")
    assert alighting.startswith("2 人没有写下车地点,送到东莞市的中心")


def test_named_places_are_no_news() -> None:
    assert notes(signup(1, pickup="大浪镇政府", dropoff="虎门汽车站")) == []


def test_whoever_stays_at_home_does_not_count() -> None:
    assert notes(signup(1, cancelled=True)) == []


def test_whoever_looks_for_work_where_there_is_some_is_taken_to_the_employer() -> None:
    factory = Demand(ref="需求.xlsx!S!2", employer="华强电子", city="东莞市", place="东门", headcount=9)
    (boarding,) = notes(signup(1), demand=(factory,))
    assert boarding.startswith("1 人没有写上车地点")
