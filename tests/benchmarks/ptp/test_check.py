"""The checker of PTP-LIB passes what is published, and names each rule that a solution breaks."""

import ast
import copy
import csv
import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from benchmarks.run_ptp import LIBRARY, beside_checker

Json = dict[str, Any]
check = beside_checker("check")

TABLE = list(csv.DictReader((LIBRARY / "best_known.csv").open(encoding="utf-8")))
NAMES = [line["instance"] for line in TABLE]
IN_THE_SUITE = [name for name in NAMES if not name.startswith(("province-0", "planted-1", "planted-09"))]


def published(folder: str, name: str) -> Path:
    (path,) = (LIBRARY / folder).glob(f"{name}.json*")
    return path


def test_there_are_forty_instances_and_all_have_a_line_and_a_solution() -> None:
    assert len(NAMES) == len(set(NAMES)) == 40
    for folder in ("instances", "solutions"):
        assert sorted(path.name.partition(".")[0] for path in (LIBRARY / folder).iterdir()) == sorted(NAMES)


def test_the_library_stays_small() -> None:
    assert sum(path.stat().st_size for path in LIBRARY.rglob("*") if path.is_file()) < 5_000_000


@pytest.mark.parametrize("line", TABLE, ids=NAMES)
def test_an_instance_is_the_one_of_the_table(line: dict[str, str]) -> None:
    data = published("instances", line["instance"]).read_bytes()
    assert hashlib.sha256(data).hexdigest() == line["sha256"]
    assert float(line["bound_yuan"]) <= float(line["best_known_yuan"])
    if line["instance"].startswith(("planted", "small")):
        assert float(line["bound_yuan"]) == pytest.approx(float(line["best_known_yuan"]), abs=0.02)


@pytest.mark.parametrize("name", IN_THE_SUITE)
def test_a_published_solution_is_one_and_costs_what_the_table_says(name: str) -> None:
    solution = check.read(published("solutions", name))
    result = check.check(check.read(published("instances", name)), solution)
    (line,) = (line for line in TABLE if line["instance"] == name)
    assert result.broken == []
    assert round(result.cost_yuan, 2) == Fraction(line["best_known_yuan"])
    assert " ".join(map(str, result.left)) == line["left"]


def test_the_checker_needs_nothing_but_python() -> None:
    for name in ("check.py", "from_plan.py"):
        tree = ast.parse((LIBRARY / name).read_text(encoding="utf-8"))
        modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        modules |= {
            alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
        }
        own = {"check"} if name == "from_plan.py" else set()
        assert {str(module).partition(".")[0] for module in modules} - own <= sys.stdlib_module_names


def test_the_examples_of_the_readme_are_an_instance_and_its_solution(tmp_path: Path) -> None:
    readme = (LIBRARY / "README.md").read_text(encoding="utf-8")
    paths = [tmp_path / "instance.json", tmp_path / "solution.json"]
    for path, text in zip(paths, re.findall(r"```json\n(.*?)```", readme, re.DOTALL), strict=True):
        path.write_text(text, encoding="utf-8")
    assert run(*paths) == (0, "every rule is kept")
    paths[1].write_text(paths[1].read_text().replace("4842.8", "4842.79"), encoding="utf-8")
    assert run(*paths) == (1, "1 rules are broken")
    paths[1].write_text("{", encoding="utf-8")
    assert run(*paths)[0] == 2


def run(*paths: Path) -> tuple[int, str]:
    """Run the checker as strangers do, far from the repository; return its exit code and last line."""
    done = subprocess.run(
        [sys.executable, "-I", LIBRARY / "check.py", *paths],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout.splitlines()[-1]


KM = [[0, 30, 400, 410, 20, 405], [30, 0, 410, 420, 25, 410], [400, 410, 0, 10, 400, 5], [410, 420, 10, 0, 410, 8],
      [20, 25, 400, 410, 0, 400], [405, 410, 5, 8, 400, 0]]  # fmt: skip
"""Between two villages, two factories, and the stations of both ends."""


def group(**told: Any) -> Json:
    usual = {
        "count": 10,
        "people": [1],
        "seats": 1,
        "pickup": 0,
        "dropoff": 2,
        "prefecture": "h",
        "county": "a",
        "city": "c",
        "first_day": 0,
        "last_day": 1,
        "resume_day": 0,
        "walks_on": False,
        "before": None,
    }
    return usual | told


def vehicle(**told: Any) -> Json:
    usual = {
        "name": "bus",
        "seats": 30,
        "min_load": 5,
        "fixed_yuan": 1000,
        "per_km_yuan": 2,
        "per_day": [2, 2],
        "turnaround_days": 1,
        "base": "h",
        "use": "direct",
        "runs_per_day": None,
    }
    return usual | told


def specimen() -> tuple[Json, Json]:
    """Return an instance in which every rule can be broken, and a solution that keeps all, by coach and by train."""
    instance = {
        "name": "specimen",
        "first_date": "2021-02-17",
        "days": 2,
        "classes": 1,
        "rules": {
            "max_pickups": 2,
            "max_dropoffs": 1,
            "max_pickup_km": 30,
            "max_dropoff_km": 8,
            "mix_counties": False,
            "stop_cost_yuan": 50,
            "late_day_yuan": 200,
            "departures_per_day": {"h": 30},
        },
        "places": [{"name": f"p{i}", "prefecture": "h" if i in (0, 1, 4) else "g"} for i in range(6)],
        "km": KM,
        "vehicles": [
            vehicle(),
            vehicle(use="transfer", runs_per_day=2),
            vehicle(use="transfer", base="g", runs_per_day=2),
        ],
        "groups": [
            group(before=0),
            group(pickup=1),
            group(county="b", city="d"),
            group(people=[2], seats=2, count=4, first_day=1),
        ],
        "last_plan": [{"day": 0, "move_yuan": 300}],
        "trains": [
            {
                "name": "D1",
                "product": product,
                "day": 1,
                "capacity": 20,
                "min_load": 4,
                "fixed_yuan": 900,
                "carriage_seats": 5,
                "carriage_yuan": 100,
                "seat_yuan": 7,
                "calls": [
                    {"place": 4, "arrives": None, "departs": 660, "quota": 8},
                    {"place": 5, "arrives": 900, "departs": None, "quota": None},
                ],
            }
            for product in ("train", "group")
        ],
        "transfers": {
            "speed_kmh": 60,
            "dwell_minutes": 10,
            "walk_km": 1,
            "board_minutes": 60,
            "alight_minutes": 40,
            "wait_minutes": 120,
            "earliest_minute": 300,
            "latest_minute": 1320,
            "longest_minutes": 240,
        },
    }
    solution = {
        "instance": "specimen",
        "batches": [
            {
                "id": "coach",
                "kind": "direct",
                "vehicle": 0,
                "day": 0,
                "pickups": [0, 1],
                "dropoffs": [2],
                "continues": 0,
            },
            {"id": "other", "kind": "direct", "vehicle": 0, "day": 1, "pickups": [0], "dropoffs": [2]},
            {
                "id": "feeder",
                "kind": "feeder",
                "vehicle": 1,
                "day": 1,
                "pickups": [0],
                "dropoffs": [4],
                "departs": 540,
            },
            {"id": "train", "kind": "train", "train": 0},
            {
                "id": "shuttle",
                "kind": "shuttle",
                "vehicle": 2,
                "day": 1,
                "pickups": [5],
                "dropoffs": [2],
                "departs": 940,
            },
        ],
        "journeys": [
            {"group": 0, "count": 10, "batches": ["coach"]},
            {"group": 1, "count": 10, "batches": ["coach"]},
            {"group": 2, "count": 10, "batches": ["other"]},
            {"group": 3, "count": 4, "batches": ["feeder", "train", "shuttle"], "board": 4, "alight": 5},
        ],
    }
    return copy.deepcopy(instance), copy.deepcopy(solution)


def test_the_specimen_keeps_all_rules_and_costs_what_a_hand_adds_up() -> None:
    result = check.check(*specimen())
    assert result.broken == []
    assert result.left == [0]
    coaches = (1000 + 2 * 440 + 50) + (1000 + 2 * 400) + (1000 + 2 * 20) + (1000 + 2 * 5)
    assert result.yuan == {
        "coaches": coaches,
        "trains": 900 + 2 * 100 + 8 * 7,
        "late days": 18 * 200,
        "moved people": 0,
    }


Change = Callable[[Json, Json], Any]


def batch(solution: Json, name: str) -> Json:
    return next(told for told in solution["batches"] if told["id"] == name)


BREAKS: list[tuple[str, Change]] = [
    ("once", lambda i, s: s["journeys"].append(s["journeys"][2])),
    ("once", lambda i, s: s["journeys"][3].update(batches=["train", "feeder"])),
    ("once", lambda i, s: s["batches"].append({**batch(s, "other"), "id": "empty", "day": 0})),
    ("days", lambda i, s: i["groups"][2].update(last_day=0)),
    ("days", lambda i, s: i["groups"][1].update(first_day=1)),
    ("stops", lambda i, s: batch(s, "coach").update(pickups=[0])),
    ("stops", lambda i, s: batch(s, "coach").update(dropoffs=[3])),
    ("stops", lambda i, s: batch(s, "coach").update(dropoffs=[])),
    ("stops", lambda i, s: batch(s, "other").update(pickups=[0, 0])),
    ("stops", lambda i, s: batch(s, "feeder").update(dropoffs=[5])),
    ("city", lambda i, s: i["groups"][1].update(city="d")),
    ("county", lambda i, s: i["groups"][1].update(county="b")),
    ("seats", lambda i, s: i["vehicles"][0].update(seats=19)),
    ("seats", lambda i, s: i["trains"][0].update(capacity=7)),
    ("least", lambda i, s: i["vehicles"][0].update(min_load=11)),
    ("least", lambda i, s: i["trains"][0].update(min_load=9)),
    ("loops", lambda i, s: i["rules"].update(max_pickups=1)),
    ("loops", lambda i, s: i["rules"].update(max_pickup_km=Fraction("29.99"))),
    ("loops", lambda i, s: batch(s, "other").update(dropoffs=[2, 3])),
    ("base", lambda i, s: i["groups"][2].update(prefecture="g")),
    ("base", lambda i, s: batch(s, "shuttle").update(vehicle=1)),
    ("vehicles", lambda i, s: batch(s, "other").update(vehicle=1)),
    ("vehicles", lambda i, s: i["vehicles"][0].update(per_day=[0, 2])),
    ("vehicles", lambda i, s: i["vehicles"][0].update(per_day=[1, 1], turnaround_days=2)),
    ("runs", lambda i, s: [batch(s, name).update(run_of="one") for name in ("feeder", "shuttle")]),
    ("caps", lambda i, s: i["rules"]["departures_per_day"].update(h=17)),
    ("trains", lambda i, s: i["trains"][0]["calls"][0].update(quota=7)),
    ("trains", lambda i, s: s["journeys"][3].update(alight=2)),
    ("trains", lambda i, s: s["batches"].append({"id": "again", "kind": "train", "train": 1})),
    ("changes", lambda i, s: batch(s, "feeder").update(departs=571)),
    ("changes", lambda i, s: batch(s, "feeder").update(departs=449)),
    ("changes", lambda i, s: batch(s, "shuttle").update(departs=939)),
    ("changes", lambda i, s: batch(s, "shuttle").update(departs=1061)),
    ("changes", lambda i, s: s["journeys"][3].update(batches=["feeder", "train"])),
    ("changes", lambda i, s: s["journeys"][3].update(batches=["train", "shuttle"])),
    ("changes", lambda i, s: i["transfers"].update(longest_minutes=29)),
    ("changes", lambda i, s: i["transfers"].update(earliest_minute=541)),
    ("last plan", lambda i, s: batch(s, "other").update(continues=0)),
    ("last plan", lambda i, s: i["last_plan"][0].update(day=1)),
    ("claim", lambda i, s: s.update(cost_yuan=1)),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "change"), BREAKS)
def test_a_broken_rule_is_named(rule: str, change: Change) -> None:
    instance, solution = specimen()
    change(instance, solution)
    assert rule in {broken.rule for broken in check.check(instance, solution).broken}


def test_every_rule_of_the_readme_is_broken_once() -> None:
    readme = (
        (LIBRARY / "README.md").read_text(encoding="utf-8").partition("## The rules")[2].partition("##")[0]
    )
    told = {
        name
        for cell in re.findall(r"^\| (`.*?) \|", readme, re.MULTILINE)
        for name in re.findall("`(.*?)`", cell)
    }
    assert told == {rule for rule, _ in BREAKS}


@pytest.mark.parametrize(
    "change",
    [
        lambda s: s.update(instance="another"),
        lambda s: s.pop("journeys"),
        lambda s: batch(s, "coach").update(vehicle=3),
        lambda s: batch(s, "coach").update(pickups=[-1]),
        lambda s: batch(s, "coach").update(day=0.5),
        lambda s: batch(s, "coach").update(kind="boat"),
        lambda s: batch(s, "coach").update(id="other"),
        lambda s: s["journeys"][0].update(count=0),
        lambda s: s["journeys"][0].update(batches=["nobody's"]),
        lambda s: s["journeys"][0].update(group=True),
    ],
)
def test_what_is_no_solution_is_refused_with_words(change: Callable[[Json], Any]) -> None:
    instance, solution = specimen()
    change(solution)
    with pytest.raises(check.UnreadableError):
        check.check(instance, solution)


def test_a_vehicle_that_comes_back_in_time_runs_twice() -> None:
    instance, solution = specimen()
    solution["journeys"][3]["count"] = 3
    solution["journeys"].append(
        {**solution["journeys"][3], "count": 1, "batches": ["second", "train", "shuttle"]}
    )
    instance["vehicles"][1].update(min_load=1, per_day=[1, 1])
    second = {**batch(solution, "feeder"), "id": "second", "departs": 491}
    solution["batches"].append(second)
    assert "vehicles" in {broken.rule for broken in check.check(instance, solution).broken}
    for told in (second, batch(solution, "feeder")):
        told["run_of"] = "v1"
    assert check.check(instance, solution).broken == []
    second["departs"] = 492
    assert {broken.rule for broken in check.check(instance, solution).broken} == {"runs"}


def test_moved_people_cost_what_they_were_promised() -> None:
    instance, solution = specimen()
    del batch(solution, "coach")["continues"]
    assert check.check(instance, solution).yuan["moved people"] == 10 * 300


def test_files_say_what_they_are() -> None:
    for path in (published("instances", name) for name in IN_THE_SUITE):
        assert check.read(path)["format"] == "ptp-lib 1"
    assert json.loads(published("solutions", "small-01").read_text())["instance"] == "small-01"
