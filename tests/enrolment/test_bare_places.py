"""The office is told whom a coach would set down, or leave standing, at a mere county or city."""

from tests.specimens.intakes import enrolled, signup


def notes(*people: object) -> list[str]:
    return [note.zh for note in enrolled(*people).notes if "地点" in note.zh]  # type: ignore[arg-type]


def test_without_pickup_and_dropoff_both_are_said_with_the_number_of_people() -> None:
    boarding, alighting = notes(signup(1), signup(2))
    assert boarding.startswith("2 人没有写上车地点,按县汽车站(融水苗族自治县)")
    assert alighting.startswith("2 人没有写下车地点,送到东莞市的中心")


def test_named_places_are_no_news() -> None:
    assert notes(signup(1, pickup="大浪镇政府", dropoff="虎门汽车站")) == []


def test_whoever_stays_at_home_does_not_count() -> None:
    assert notes(signup(1, cancelled=True)) == []
