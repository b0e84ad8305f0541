"""The checker believes what the planner proves, and no altered field of it."""

import json
import subprocess
import sys
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from rustpy_xlsxwriter import write_worksheet

from benchmarks.people.towns import TOWNS, write_town
from benchmarks.province import FIRST_DAY
from returnplan.certificate import ForgedError, check, main

Json = dict[str, Any]
ROOT = Path(__file__).parents[1]


def planned(folder: Path, *files: str) -> Json:
    program = Path(sys.executable).with_name("returnplan")
    command = [str(program), "plan", *files, "--json", "--certificate", "--store", str(folder / "a.db")]
    answer = subprocess.run([*command, "--dry-run"], cwd=folder, capture_output=True, check=True)
    plan: Json = json.loads(answer.stdout)
    return plan


@pytest.fixture(scope="module")
def gangnan() -> Json:
    return planned(ROOT / "examples" / "gangnan", "报名", "资料")


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Json:
    """A town of 300 with two pick-ups a batch, and parties of two."""
    folder = tmp_path_factory.mktemp("town")
    write_town(TOWNS[2], folder)
    return planned(folder, "报名.xlsx", "车辆.xlsx", "地点.xlsx")


def test_the_example_is_vouched_for_whole(gangnan: Json) -> None:
    *markets, rents, last = check(gangnan)
    assert len(markets) == 4
    assert all("no batch earns more" in line for line in markets)
    assert rents.endswith("0.00 yuan")
    bound = gangnan["summary"]["lower_bound"]
    assert float(last.split("vouched for ")[1].split()[0].replace(",", "")) >= bound - 0.02


def test_a_town_with_parties_is_vouched_for_whole(town: Json) -> None:
    assert "NOT checked" not in "".join(check(town))


def test_a_vehicle_that_stands_on_several_lines_of_the_fleet_is_vouched_for(tmp_path: Path) -> None:
    """One price until a date and another from then on, and a third for transfers, which no direct batch pays."""
    town = replace(TOWNS[2], num_people=120, num_days=6)
    write_town(town, tmp_path)
    bus = {"车型": "49座大巴", "乘客座位数": 49, "每公里运价(元)": 6.0, "每日可用数": 30}
    middle = FIRST_DAY + 3
    always = {"可用开始日期": str(FIRST_DAY), "可用结束日期": str(FIRST_DAY + 60)}
    fleet = [
        bus | always | {"包车费(元/趟)": 3300, "用途": "直达", "可用结束日期": str(middle - 1)},
        bus | always | {"包车费(元/趟)": 3900, "用途": "直达", "可用开始日期": str(middle)},
        bus | always | {"包车费(元/趟)": 600, "用途": "接驳"},
    ]
    write_worksheet(pd.DataFrame(fleet), tmp_path / "车辆.xlsx", "车辆")
    plan = planned(tmp_path, "报名.xlsx", "车辆.xlsx", "地点.xlsx")
    stop_yuan = plan["certificate"]["stop_cost_yuan"]
    paid = {round(b["cost"] - 6 * b["km"] - stop_yuan * (len(b["stops"]) - 2)) for b in plan["batches"]}
    assert paid == {3300, 3900}
    assert "NOT checked" not in "".join(check(plan))
    assert len(plan["certificate"]["pools"]) == 2


def test_vehicles_that_stops_need_are_vouched_for_and_not_one_more(tmp_path: Path) -> None:
    """Five villages, five factories, two stops a side: seven have room for all pairs, eight call thrice a village."""
    town = replace(
        TOWNS[1],
        num_people=240,
        num_villages=5,
        num_cities=1,
        factories_a_city=5,
        min_load=1,
        num_days=2,
        max_pickup_km=150.0,
    )
    write_town(town, tmp_path)
    plan = planned(tmp_path, "报名.xlsx", "车辆.xlsx", "地点.xlsx")
    assert "NOT checked" not in "".join(check(plan))
    eight = [rule for rule in plan["certificate"]["rules"] if rule["fewest"] == 8 and rule["yuan"] > 100]
    assert len(eight) == 1
    eight[0]["fewest"] = 9.0
    with pytest.raises(ForgedError, match="vehicles would do"):
        check(plan)


def test_prices_of_more_pickups_than_sets_are_listed_of_are_vouched_for(tmp_path: Path) -> None:
    """Fifteen villages, and a vehicle may call at all: the checker lists the sets that the bound does without."""
    town = replace(
        TOWNS[2],
        num_people=120,
        num_villages=15,
        num_cities=1,
        factories_a_city=2,
        num_days=2,
        min_load=1,
        max_pickups=14,
        max_pickup_km=999.0,
        home_km=30.0,
    )
    write_town(town, tmp_path)
    plan = planned(tmp_path, "报名.xlsx", "车辆.xlsx", "地点.xlsx")
    assert "NOT checked" not in "".join(check(plan))
    fares: dict[tuple[int, ...], set[float]] = {}
    for cell in plan["certificate"]["cells"]:
        alike = cell["pickup"], cell["earliest"], cell["latest"], cell["seats"]
        fares.setdefault(alike, set()).add(round(cell["yuan"], 2))
    assert max(map(len, fares.values())) > 1  # along routes each journey has its own price


def test_whole_vehicles_of_a_tight_fleet_are_vouched_for_and_not_more_than_are_there(tmp_path: Path) -> None:
    """Two large coaches would have seats for all 101, but there is one: two small ones go, too."""
    town = replace(
        TOWNS[2], num_people=240, num_villages=4, num_cities=1, factories_a_city=2, num_days=1, min_load=1
    )
    write_town(town, tmp_path)
    day = str(FIRST_DAY + 3)
    bus = {"每公里运价(元)": 6.0, "可用开始日期": day, "可用结束日期": day}
    fleet = [
        bus | {"车型": f"{seats}座", "乘客座位数": seats, "包车费(元/趟)": yuan, "每日可用数": num}
        for seats, yuan, num in ((39, 3000, 9), (53, 3300, 1))
    ]
    write_worksheet(pd.DataFrame(fleet), tmp_path / "车辆.xlsx", "车辆")
    plan = planned(tmp_path, "报名.xlsx", "车辆.xlsx", "地点.xlsx")
    assert "NOT checked" not in "".join(check(plan))
    large = next(pool for pool in plan["certificate"]["pools"] if pool["usable"] == 53)
    large["available"] = [2 * num for num in large["available"]]
    with pytest.raises(ForgedError, match="vehicles would do"):
        check(plan)


def dearest_cell(plan: Json) -> Json:
    cell: Json = max(plan["certificate"]["cells"], key=lambda cell: cell["yuan"] * cell["groups"])
    return cell


def raise_a_price(plan: Json) -> None:
    dearest_cell(plan)["yuan"] *= 1.5


def raise_all_prices(plan: Json) -> None:
    for cell in plan["certificate"]["cells"]:
        cell["yuan"] *= 1.001


def remove_a_cell(plan: Json) -> None:
    plan["certificate"]["cells"].remove(dearest_cell(plan))


def count_a_group_twice(plan: Json) -> None:
    dearest_cell(plan)["groups"] += 1


def move_a_pickup(plan: Json) -> None:
    cell = dearest_cell(plan)
    cell["pickup"] = (cell["pickup"] + 1) % len(plan["certificate"]["places"])


def alter_a_cost(plan: Json) -> None:
    plan["batches"][0]["cost"] += 10.0


def alter_the_sum(plan: Json) -> None:
    plan["summary"]["cost"] -= 100.0


def alter_the_bound(plan: Json) -> None:
    plan["summary"]["lower_bound"] += 1_000.0


def alter_the_gap(plan: Json) -> None:
    plan["summary"]["gap"] /= 2


def alter_a_vehicles_price(plan: Json) -> None:
    for pool in plan["certificate"]["pools"]:
        pool["fixed_yuan"] *= 1.1


def lengthen_the_roads(plan: Json) -> None:
    plan["certificate"]["km"] = [[1.2 * km for km in line] for line in plan["certificate"]["km"]]


def demand_a_vehicle_more(plan: Json) -> None:
    rule = max(plan["certificate"]["rules"], key=lambda rule: rule["yuan"])
    rule["fewest"] += 1


def demand_larger_vehicles(plan: Json) -> None:
    rules = [rule for rule in plan["certificate"]["rules"] if min(rule["counts"]) < 1]
    max(rules, key=lambda rule: rule["yuan"])["fewest"] *= 1.001


def count_vehicles_as_more(plan: Json) -> None:
    rules = [rule for rule in plan["certificate"]["rules"] if min(rule["counts"]) < 1]
    rule = max(rules, key=lambda rule: rule["yuan"])
    rule["counts"] = [1.01 * count for count in rule["counts"]]
    rule["fewest"] *= 1.01


def split_a_market(plan: Json) -> None:
    proof = plan["certificate"]
    proof["markets"].append("new")
    dearest_cell(plan)["market"] = "new"
    for rule in proof["rules"]:  # so that the needs still match
        rule["yuan"], rule["need"] = 0.0, []


def rents_below_zero(plan: Json) -> None:
    plan["certificate"]["rents"].append({"pool": 0, "day": 0, "yuan": -50.0})


def price_that_is_no_number(plan: Json) -> None:
    dearest_cell(plan)["yuan"] = float("nan")


def rent_that_is_no_number(plan: Json) -> None:
    plan["certificate"]["rents"].append({"pool": 0, "day": 0, "yuan": float("nan")})


def name_a_market_twice(plan: Json) -> None:
    plan["certificate"]["markets"] *= 2


def leave_a_market_out(plan: Json) -> None:
    plan["certificate"]["markets"].pop()


def fewer_than_no_vehicles(plan: Json) -> None:
    plan["certificate"]["pools"][0]["available"][0] = -5
    plan["certificate"]["rents"].append({"pool": 0, "day": 0, "yuan": 50.0})


def no_days(plan: Json) -> None:
    plan["certificate"]["days"] = 0
    for pool in plan["certificate"]["pools"]:
        pool["available"] = []


def leave_after_the_last_day(plan: Json) -> None:
    cell = dearest_cell(plan)
    cell["earliest"] = cell["latest"] = plan["certificate"]["days"]


FORGERIES: tuple[tuple[Callable[[Json], None], str], ...] = (
    (raise_a_price, "a price is too high"),
    (raise_all_prices, "a price is too high"),
    (remove_a_cell, "is in no cell"),
    (count_a_group_twice, "more groups than it has people"),
    (move_a_pickup, "does not board at"),
    (alter_a_cost, "by the certificate"),
    (alter_the_sum, "the summary says"),
    (alter_the_bound, "its prices prove|gap is not"),
    (alter_the_gap, "gap is not"),
    (alter_a_vehicles_price, "by the certificate"),
    (lengthen_the_roads, "shortest way"),
    (demand_a_vehicle_more, "vehicles would do"),
    (demand_larger_vehicles, "vehicles would do"),
    (count_vehicles_as_more, "a price is too high"),
    (split_a_market, "may share a vehicle"),
    (rents_below_zero, "below zero"),
    (price_that_is_no_number, "no number"),
    (rent_that_is_no_number, "no number"),
    (name_a_market_twice, "named twice"),
    (leave_a_market_out, "not named"),
    (fewer_than_no_vehicles, "fewer than none"),
    (no_days, "a day that there is not|fewer than none"),
    (leave_after_the_last_day, "a day that there is not"),
)


@pytest.mark.parametrize(("forge", "words"), FORGERIES, ids=[forge.__name__ for forge, _ in FORGERIES])
def test_a_forged_certificate_is_refused(
    gangnan: Json,
    forge: Callable[[Json], None],
    words: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    plan = deepcopy(gangnan)
    forge(plan)
    with pytest.raises(ForgedError, match=words):
        check(plan)
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(plan), encoding="utf-8")
    assert main([str(path)]) == 1
    assert capsys.readouterr().out.startswith("REFUSED")


def test_a_plan_without_certificate_and_no_plan_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "计划 1.json"
    path.write_text('{"summary": {}}', encoding="utf-8")
    assert main([str(path)]) == 1
    assert main([str(tmp_path / "nothing.json")]) == 2
    assert main([]) == 2


def test_the_checker_needs_nothing_of_the_planner() -> None:
    names = "[name for name in sys.modules if name.startswith('returnplan')]"
    code = f"import sys; import returnplan.certificate; print({names})"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "planning" not in out
    assert "problem" not in out
