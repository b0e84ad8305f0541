"""Tightens one rule at a time until it just touches the plan: how far does that move the cost, and ever downwards?

    python -m benchmarks.run_tightened [--only TEXT] [--seeds 3] [--write benchmarks/tightened.md]

A rule set to what the plan uses leaves that plan allowed: if it is the best one, all change is chance. One set a step
below forbids it. Neither can make the best plan cheaper. The planner alone, without reading and writing.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import click
import numpy as np

from benchmarks.measuring import machine
from benchmarks.run_families import cases
from returnplan.planning import solve
from returnplan.planning.effort import Effort
from returnplan.problem.draft import Draft, groups_planned
from returnplan.problem.model import UNLIMITED, Caps, Ints, Problem

NAMES = ("gangnan", "corridor, plain", "corridor, stop limits", "corridor, dates", "thin prefectures")
SEEDS = (2021, 1, 2, 3, 4)
KM, LATE_SHARE = 0.1, 0.01
"""Of a loop limit below the longest loop, and by which the price of a late day rises."""
HEADER = "| problem | rule | from, to | left | seed by seed | mean | CPU s |\n|:--|:--|:--|--:|:--|--:|--:|"

Tightening = tuple[str, str, Problem]
"""The rule, its limit before and after, and the problem with it."""


class Outcome(NamedTuple):
    """What a plan costs, the price of late days included, how many people it leaves, and how long it took."""

    yuan: float
    left: int
    cpu_s: float


def tightened(problem: Problem, plan: Sequence[Draft]) -> Iterator[Tightening]:
    """Yield the problem with one rule tighter: as far as the plan goes, and a step farther."""
    legs = [draft.leg for draft in plan]
    for field, loop in (("max_pickup_km", "pickups"), ("max_dropoff_km", "dropoffs")):
        longest = max(sum(leg.km_between(problem, getattr(leg, loop))) for leg in legs)
        if longest > 0:
            yield _limited(problem, field, longest)
            yield _limited(problem, field, longest - KM)
    for field, stops in (("max_pickups", "pickups"), ("max_dropoffs", "dropoffs")):
        most = max(len(getattr(leg, stops)) for leg in legs)
        if most < getattr(problem.limits, field):
            yield _limited(problem, field, most)
        if most > 1:
            yield _limited(problem, field, most - 1)
    fewest = min(leg.num_persons(problem) for leg in legs)
    for least in (fewest, fewest + 1):
        if least > problem.pools.min_load.max():
            pools = replace(problem.pools, min_load=np.full(len(problem.pools), least))
            was = int(problem.pools.min_load.max())
            yield "min_load", f"{was} → {least}", replace(problem, pools=pools)
    if problem.limits.late_day_yuan is not None:
        yield _limited(problem, "late_day_yuan", problem.limits.late_day_yuan * (1 + LATE_SHARE))
    if len(problem.network_of_day) > 1:
        departures = _departures(problem, plan)
        for most in (int(departures.max()), int(departures.max()) - 1):
            yield "day cap", f"– → {most}", replace(problem, caps=_capped(problem, departures.shape, most))


def _limited(problem: Problem, field: str, value: float) -> Tightening:
    """Return the problem with another limit."""
    limits = replace(problem.limits, **{field: value})  # type: ignore[arg-type]
    return field, f"{getattr(problem.limits, field):.5g} → {value:.5g}", replace(problem, limits=limits)


def _departures(problem: Problem, plan: Sequence[Draft]) -> Ints:
    """Return (prefectures, D) how many people leave."""
    prefecture = problem.cells.prefecture
    people = np.zeros((int(prefecture.max()) + 1, len(problem.network_of_day)), dtype=np.int64)
    for leg in (draft.leg for draft in plan):
        for cell, num in leg.load:
            people[prefecture[cell], leg.day] += num * problem.cells.num_persons[cell]
    return people


def _capped(problem: Problem, shape: tuple[int, ...], most: int) -> Caps:
    """Return the caps of the problem, with so many people leaving a prefecture a day at most."""
    caps = problem.caps
    if not len(caps.city_of_cell):
        caps = Caps(
            np.full(shape, UNLIMITED, dtype=np.int64),
            np.full((1, shape[1]), UNLIMITED, dtype=np.int64),
            np.zeros(len(problem.cells), dtype=np.int64),
        )
    return replace(caps, max_departures=np.minimum(caps.max_departures, most))


def outcome(problem: Problem, plan: Sequence[Draft], cpu_s: float, late_day_yuan: float | None) -> Outcome:
    """Return what a plan came to, with late days at a price that is the same for all plans compared."""
    left = problem.cells.num_groups - groups_planned(problem, plan)
    late = sum(draft.leg.late_days(problem) for draft in plan)
    yuan = sum(draft.cost_yuan(problem) for draft in plan) + (late_day_yuan or 0.0) * late
    return Outcome(yuan, int(left @ problem.cells.num_persons), cpu_s)


def rows(name: str, problem: Problem, seeds: Sequence[int]) -> Iterator[str]:
    """Yield the lines of a problem: first as it is, then rule by rule with the same seeds."""

    def planned(changed: Problem, seed: int) -> tuple[tuple[Draft, ...], Outcome]:
        begin = time.process_time()
        plan = solve(changed, replace(Effort(), seed=seed))
        seconds = time.process_time() - begin
        return plan, outcome(problem, plan, seconds, problem.limits.late_day_yuan)

    loose = [planned(problem, seed) for seed in seeds]
    before = [made for _, made in loose]
    mean = float(np.mean([made.yuan for made in before]))
    yield _line(name, "as it is", "–", before, [f"{made.yuan:,.0f}" for made in before], f"{mean:,.0f}")
    for rule, change, changed in tightened(problem, loose[0][0]):
        after = [planned(changed, seed)[1] for seed in seeds]
        changes = [f"{now.yuan / then.yuan - 1:+.2%}" for now, then in zip(after, before, strict=True)]
        yield _line(name, rule, change, after, changes, f"{np.mean([o.yuan for o in after]) / mean - 1:+.2%}")


def _line(name: str, rule: str, change: str, made: Sequence[Outcome], each: Sequence[str], mean: str) -> str:
    left, seconds = ", ".join(str(o.left) for o in made), np.mean([o.cpu_s for o in made])
    return f"| {name} | {rule} | {change} | {left} | {', '.join(each)} | {mean} | {seconds:.1f} |"


@click.command()
@click.option("--only", help="Problems whose name holds this text.")
@click.option("--seeds", type=click.IntRange(1, len(SEEDS)), default=3, show_default=True)
@click.option("--write", "path", type=click.Path(path_type=Path), help="Write the page there too.")
def main(only: str | None, seeds: int, path: Path | None) -> None:
    """Tighten rules until they touch the plan."""
    lines = [HEADER]
    print(HEADER)
    for case in cases():
        if case.name in NAMES and (not only or only in case.name):
            for line in rows(case.name, case.problem(), SEEDS[:seeds]):
                lines.append(line)
                print(line, flush=True)
    if path:
        text = "\n".join(lines)
        path.write_text(f"# Rules tightened a little\n\nMeasured {machine()}.\n\n{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
