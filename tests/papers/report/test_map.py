"""Where the map draws what."""

from hypothesis import given, settings
from hypothesis import strategies as st

from returnplan.papers.report.figures import Flow, Spot
from returnplan.papers.report.map import MOST_FLOWS, WIDTH, map_of, provinces_of

GUIGANG, DONGGUAN, SHENZHEN = (109.6, 23.1), (113.75, 23.02), (114.06, 22.54)
CHINA = st.tuples(st.floats(80, 128), st.floats(19, 50))


def _name(spot: Spot) -> str:
    return spot.name


def _spot(name: str, lon: float, lat: float, num: int = 1, prefecture: str = "") -> Spot:
    return Spot(prefecture, name, lat, lon, num)


def test_a_province_is_drawn_once_for_all_its_places() -> None:
    assert len(provinces_of([GUIGANG])) == 1
    assert provinces_of([DONGGUAN, SHENZHEN]) == provinces_of([DONGGUAN])
    assert len(provinces_of([GUIGANG, DONGGUAN])) == 2


def test_a_place_on_the_coast_lies_in_its_province() -> None:
    assert provinces_of([(113.55, 22.15)]) == provinces_of([DONGGUAN])  # Zhuhai, at the water


def test_a_place_far_from_all_provinces_draws_none() -> None:
    assert provinces_of([(0.0, 0.0)]) == []


def test_north_is_up_and_east_is_right() -> None:
    homes = [_spot("港南区", *GUIGANG, prefecture="贵港市")]
    goals = [_spot("东莞市", *DONGGUAN), _spot("深圳市", *SHENZHEN)]
    drawn = map_of([Flow("贵港市", "港南区", "东莞市", 5)], homes, goals, _name)
    dongguan, shenzhen = drawn.goals
    assert drawn.homes[0].x < dongguan.x < shenzhen.x
    assert dongguan.y < shenzhen.y


def test_flows_beyond_the_largest_are_counted_and_not_drawn() -> None:
    homes = [_spot(f"{i}县", 100 + i / 50, 25, prefecture="市") for i in range(MOST_FLOWS + 3)]
    flows = [Flow("市", home.name, "东莞市", 2) for home in homes]
    drawn = map_of(flows, homes, [_spot("东莞市", *DONGGUAN)], _name)
    assert (len(drawn.lines), drawn.num_more, drawn.num_more_people) == (MOST_FLOWS, 3, 6)


@settings(deadline=None)
@given(st.lists(CHINA, min_size=1, max_size=40), st.lists(CHINA, min_size=1, max_size=8))
def test_every_spot_lies_on_the_map_and_no_two_names_at_one_place(
    homes: list[tuple[float, float]], goals: list[tuple[float, float]]
) -> None:
    away = [_spot(f"{i}县", *at, prefecture="市") for i, at in enumerate(homes)]
    there = [_spot(f"{i}市", *at) for i, at in enumerate(goals)]
    drawn = map_of([Flow("市", "0县", "0市", 1)], away, there, _name)
    assert all(0 <= dot.x <= WIDTH and 0 <= dot.y <= drawn.height for dot in (*drawn.homes, *drawn.goals))
    assert len({(name.x, name.y) for name in drawn.names}) == len(drawn.names)
