"""Which batches are asked for, and the names of cities and counties that people type."""

import dataclasses

import pytest

from returnplan.model.plan import Plan
from returnplan.store import Selection, Store
from returnplan.store.selection import divisions, find_division, near_divisions
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


CITIES = divisions(
    "city", ["东莞市", "深圳市", "佛山市", "恩施土家族苗族自治州", "黄石市", "吕梁市", "重庆市"]
)
COUNTIES = divisions(
    "county", [RONGSHUI, "三江侗族自治县", "龙岗区", "龙岩区", "横州市", "阿拉善左旗", "鄂温克族自治旗"]
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Dongguan", "东莞市"),
        ("dongguan", "东莞市"),
        ("DONG GUAN", "东莞市"),
        ("Dongguan City", "东莞市"),
        ("dongguanshi", "东莞市"),
        ("东莞", "东莞市"),
        ("东莞市", "东莞市"),
        ("Chongqing", "重庆市"),
        ("Huangshi", "黄石市"),
        ("Enshi", "恩施土家族苗族自治州"),
        ("恩施", "恩施土家族苗族自治州"),
        ("恩施州", "恩施土家族苗族自治州"),
        ("Enshi prefecture", "恩施土家族苗族自治州"),
        ("Lüliang", "吕梁市"),
    ],
)
def test_a_city_is_found_under_its_usual_names(typed: str, meant: str) -> None:
    found = find_division(typed, CITIES)
    assert found is not None
    assert found.name == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("融水县", RONGSHUI),
        ("融水", RONGSHUI),
        ("Rongshui", RONGSHUI),
        ("longgang", "龙岗区"),
        ("横州", "横州市"),
        ("Longgang Qu", "龙岗区"),
        ("阿拉善左", "阿拉善左旗"),
        ("Alashanzuoqi", "阿拉善左旗"),
        ("鄂温克旗", "鄂温克族自治旗"),
    ],
)
def test_a_county_is_found_by_the_start_of_its_long_name(typed: str, meant: str) -> None:
    found = find_division(typed, COUNTIES)
    assert found is not None
    assert found.name == meant


@pytest.mark.parametrize("typed", ["Donguan", "广州", "龙", "", "长安镇"])
def test_nothing_is_guessed(typed: str) -> None:
    assert find_division(typed, CITIES) is None


def test_what_may_mean_two_is_nobody() -> None:
    twins = divisions("county", ["城中区", "城中县"])
    assert find_division("城中", twins) is None


@pytest.mark.parametrize(
    ("typed", "near"), [("Donguan", "东莞市"), ("东完", "东莞市"), ("Shenzen", "深圳市")]
)
def test_a_misspelt_city_has_a_near_one(typed: str, near: str) -> None:
    assert near_divisions(typed, CITIES)[0].name == near


def test_nothing_is_near_to_nonsense() -> None:
    assert near_divisions("xyz", CITIES) == []


def test_a_run_knows_its_cities_and_counties(store: Store) -> None:
    cities = store.load_divisions(header().id, "city")
    assert {(d.name, d.pinyin) for d in cities} == {(DONGGUAN, "dongguan"), (FOSHAN, "foshan")}
    assert {d.name for d in store.load_divisions(header().id, "county")} == {RONGSHUI, SANJIANG}
