"""Plans the case that this program was written for, and prints the vehicles beside those that were sent.

    python -m benchmarks.run_guangxi [--write benchmarks/guangxi.md]

Guangxi in February 2021: 14 cities, 23,930 people, 517 coaches and 7 trains to Guangdong. No report says more than
that. People, counties, goals, roads, fares and the fleet are those of the generated province. What differs is how
people are called: a county names a day for its people of a city (组织一批、输送一批), and they can leave a day before
or after. A prefecture with a train names the day of the train to those of the cities around its terminus, and counties
may charter coaches to the station, as Liuzhou's did for its train of 23 February. The first line keeps the rule of that
date: the guide of 20 January 2021 let coaches between provinces use 90 % of their seats. In the last line a coach may
leave with one rider. A line takes a minute of CPU, too long for ``make cases``.
"""

import json
import tempfile
from dataclasses import replace
from pathlib import Path

import click
import numpy as np
import pandas as pd

from benchmarks.measuring import machine
from benchmarks.province import (
    FIRST_DAY,
    NUM_DAYS,
    SEED,
    VEHICLE_TYPES,
    Kind,
    Province,
    invent_province,
    write_province,
)
from benchmarks.run_province import run_returnplan
from examples.people import random_source
from examples.run_cases import count_kinds

NUM_PEOPLE, COACHES_SENT, TRAINS_SENT = 23_930, 517, 7
TRAIN_OF = {
    "柳州市": "柳州", "南宁市": "南宁东", "桂林市": "桂林北", "贵港市": "贵港", "玉林市": "玉林", "百色市": "百色",
    "来宾市": "来宾北",
}  # fmt: skip
"""The station from which a prefecture's train leaves."""
AROUND = {"广州南": ("广州市", "佛山市"), "深圳北": ("深圳市", "东莞市")}
"""The cities whose people a train to a terminus is for."""
FEEDER_YUAN, FEEDER_PER_KM, FEEDERS_A_DAY = 800, 5.0, 20
COACHES_A_DAY = 60
"""Coaches of each type that a prefecture can charter on a day: enough for its largest wave."""
COLUMNS = (
    "rule", "least load", "people", "planned", "coaches sent", "coaches", "riders a coach", "trains sent", "trains",
    "by train", "feeders, shuttles", "yuan", "bound", "gap", "CPU s",
)  # fmt: skip
HEADER = f"| {' | '.join(COLUMNS)} |\n|{':--|' + '--:|' * (len(COLUMNS) - 1)}"


def invent_guangxi() -> Province:
    """Return the province with its people called by county and city, and coaches to the stations."""
    plain = invent_province(NUM_PEOPLE, kind=Kind(has_trains=True))
    feeders = VEHICLE_TYPES.drop(columns="share").merge(pd.DataFrame({"所在市": list(TRAIN_OF)}), how="cross")
    feeders = feeders.assign(每日可用车辆数=FEEDERS_A_DAY, 运输方式="汽车", 用途="接驳")
    feeders = feeders.assign(**{"包车费(元/趟)": FEEDER_YUAN, "每公里运价(元)": FEEDER_PER_KM})
    direct = plain.fleet.assign(每日可用车辆数=plain.fleet["每日可用车辆数"].clip(lower=COACHES_A_DAY))
    fleet = pd.concat([direct, feeders], ignore_index=True)
    return replace(plain, signups=_called(plain.signups, plain.trains), fleet=fleet)


def _called(signups: pd.DataFrame, trains: pd.DataFrame) -> pd.DataFrame:
    """Return the sign-ups with the days that their county names, each with the day before and the day after."""
    flow = pd.MultiIndex.from_frame(signups[["户籍市", "户籍县(市、区)", "务工城市"]])
    number, flows = pd.factorize(flow)
    days = random_source(SEED).randint(0, NUM_DAYS, len(flows))
    for _, calls in trains.groupby("车次", sort=False):
        station, terminus = calls["车站"]
        day = int((np.datetime64(calls["日期"].iloc[0]) - FIRST_DAY) / np.timedelta64(1, "D"))
        for nth, (prefecture, _, city) in enumerate(flows):
            if TRAIN_OF.get(prefecture) == station and city in AROUND[terminus]:
                days[nth] = day
    first, last = np.maximum(days - 1, 0), np.minimum(days + 1, NUM_DAYS - 1)
    return signups.assign(
        最早出发日期=np.datetime_as_string(FIRST_DAY + first[number]),
        最晚出发日期=np.datetime_as_string(FIRST_DAY + last[number]),
    )


def plan_guangxi(preset: str, min_load: int) -> str:
    """Return the line of the table: under the notices of a preset ("": none), at least ``min_load`` riders a coach."""
    presets = [preset] if preset else []
    rules = f"[rules]\nmin_load = {min_load}\n\n[notices]\npresets = {presets}\n"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_province(invent_guangxi(), folder)
        (folder / "returnplan.toml").write_text(rules, encoding="utf-8")
        line = run_returnplan(folder)
        plan = json.loads((folder / "plan.json").read_bytes())
    kinds = count_kinds(plan)
    riders = {kind: sum(b["load"] for b in plan["batches"] if b["kind"] == kind) for kind in kinds}
    cells = (
        preset or "none", min_load, f"{NUM_PEOPLE:,}", f"{line.num_planned:,}", COACHES_SENT, kinds["direct"],
        f"{riders['direct'] / max(1, kinds['direct']):.1f}", TRAINS_SENT, kinds["train"], f"{riders['train']:,}",
        kinds["feeder"] + kinds["shuttle"], f"{line.cost_yuan:,.0f}", f"{line.bound_yuan or 0:,.0f}",
        f"{plan['summary']['gap']:.1%}", f"{line.cpu_seconds:.1f}",
    )  # fmt: skip
    return f"| {' | '.join(map(str, cells))} |"


@click.command()
@click.option("--write", "path", type=click.Path(path_type=Path), help="Write the page there too.")
def main(path: Path | None) -> None:
    """Plan the case three times and print the table."""
    lines = (("2021-spring", 10), ("", 10), ("", 1))
    table = "\n".join([HEADER, *(plan_guangxi(*line) for line in lines)])
    print(table)
    if path:
        path.write_text(f"# Guangxi, February 2021\n\nMeasured {machine()}.\n\n{table}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
