"""Grows a store night by night: how large does it become, and are ``show``, ``diff`` and ``change`` as fast as before?

    python -m benchmarks.run_growth [--people 23930] [--nights 60] [--write benchmarks/growth.md]

A generated province is planned once by the installed program. Every further night is saved as a run of its own: beside
the first plan 2 % of the people are new, 1 % have cancelled, everybody's part of the bound is another, and a tenth have
changed batch with somebody. A search would only take time: the store does not see where its runs come from.
"""

import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import click
import numpy as np
import pandas as pd

from benchmarks.measuring import compiled, cpu_seconds_of_children, machine
from benchmarks.province import invent_province, write_province
from examples.people import invent_people
from returnplan.model.plan import Plan
from returnplan.store import Store

SHARE_OF_NEWCOMERS, SHARE_OF_CANCELLATIONS, SHARE_OF_SWAPS = 0.02, 0.01, 0.1
SEED = 2021
TIME_LIMIT_S = 5
FIRST_MEASURED = 3
HEADER = "| night | MB | show batches | diff | change |\n|--:|--:|--:|--:|--:|"
PERSONAL = ("name", "sex", "id_number", "phone")


def next_night(plan: Plan, night: int, known: dict[str, int]) -> tuple[Plan, dict[str, int]]:
    """Return the plan of the next night, and the numbers of the people who are new.

    Parameters
    ----------
    known : ID number -> person number of everybody whom the store knows already
    """
    random = np.random.RandomState(SEED + night)
    riders = plan.riders.copy()
    num_new = int(len(riders) * SHARE_OF_NEWCOMERS)
    lines = random.choice(len(riders), num_new, replace=False)
    people = invent_people(riders["id_number"].str[:6].to_numpy(dtype="U6")[lines], random)
    new = {id_number: len(known) + nth for nth, id_number in enumerate(people["id_number"], start=1)}
    new = {id_number: number for id_number, number in new.items() if id_number not in known}
    for name in PERSONAL:
        riders.loc[lines, name] = np.asarray(people[name])
    riders.loc[lines, "person"] = [{**known, **new}[id_number] for id_number in people["id_number"]]
    riders.loc[lines, "signup"] = [f"增补{night}.xlsx!报名!{line + 2}" for line in range(num_new)]
    riders["bound_yuan"] = (riders["bound_yuan"] * random.uniform(0.98, 1.02, len(riders))).round(9)
    swapped = random.choice(len(riders), int(len(riders) * SHARE_OF_SWAPS), replace=False)
    own = [*PERSONAL, "person", "signup"]
    riders.loc[swapped, own] = riders.loc[np.roll(swapped, 1), own].to_numpy()
    off = random.choice(len(riders), int(len(riders) * SHARE_OF_CANCELLATIONS), replace=False)
    cancelled = plan.riders.iloc[off].assign(
        code="cancelled",
        reason_zh="已取消",
        reason_en="cancelled",
        suggestion_zh="",
        suggestion_en="",
        group=0,
    )
    unplanned = pd.concat([plan.unplanned, cancelled[plan.unplanned.columns]], ignore_index=True)
    batches = tuple(replace(batch, version=night + 1) for batch in plan.batches)
    return replace(plan, batches=batches, riders=riders, unplanned=unplanned), new


def cpu_seconds(folder: Path, *words: str) -> float:
    """Return the CPU seconds of one call of the program."""
    before = cpu_seconds_of_children()
    program = Path(sys.executable).with_name("returnplan")
    subprocess.run(
        [program, *words],
        cwd=folder,
        env=compiled(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    return cpu_seconds_of_children() - before


def row(folder: Path, night: int) -> str:
    """Return the line of the table after a night."""
    store = folder / "returnplan.db"
    with Store.open(store) as opened:
        batch = opened.load_batches(opened.runs()[0].id)[0].id
    mb = store.stat().st_size / 1e6
    seconds = [
        cpu_seconds(folder, *words)
        for words in (
            ("show", "batches"),
            ("diff", "--json"),
            ("change", batch, "--plate", f"桂B{night:05d}"),
        )
    ]
    return f"| {night} | {mb:.0f} | {' | '.join(f'{one:.2f}' for one in seconds)} |"


def grow(folder: Path, num_people: int, num_nights: int) -> list[str]:
    """Return the lines of the table: the third night, and the last."""
    write_province(invent_province(num_people), folder)
    cpu_seconds(folder, "plan", "报名", "资料", "--time-limit", str(TIME_LIMIT_S))
    rows = []
    with Store.open(folder / "returnplan.db") as store:
        header = store.runs()[0]
        plan, roster, known = (
            store.load_plan(header.id),
            store.load_roster(header.id),
            dict(store.person_numbers()),
        )
    for night in range(2, num_nights + 1):
        tonight, new = next_night(plan, night, known)
        known |= new
        is_measured = night in (FIRST_MEASURED, num_nights)
        if is_measured:  # the first plan stands again: a change by hand is audited by its roster
            tonight = plan
        ran = replace(header, id=f"{night:012x}", created_at=header.created_at + timedelta(days=night))
        with Store.open(folder / "returnplan.db") as store:
            store.save_run(ran, tonight, new, roster)
        if is_measured:
            rows.append(row(folder, night))
    return rows


@click.command()
@click.option("--people", type=click.IntRange(1), default=23_930, show_default=True)
@click.option("--nights", type=click.IntRange(4), default=60, show_default=True)
@click.option("--write", "path", type=click.Path(path_type=Path), help="Write the page there too.")
def main(people: int, nights: int, path: Path | None) -> None:
    """Measure the store of PEOPLE after NIGHTS."""
    with tempfile.TemporaryDirectory() as folder:
        table = "\n".join([HEADER, *grow(Path(folder), people, nights)])
    print(table)
    if path:
        page = f"# A store of {nights} nights\n\n{people:,} people; CPU seconds, measured {machine()}.\n\n{table}\n"
        path.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
