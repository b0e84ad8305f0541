"""The instances of PTP-LIB by name, each made anew from its seed; those with trains are in ``trains.py``."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.peers.corridors import KINDS as CORRIDORS
from benchmarks.peers.corridors import invent_corridor
from benchmarks.planted.make import Sizes, plant
from benchmarks.province import DENSE, Kind, invent_province, write_province
from benchmarks.ptp.instances import Json, instance_of, problem_of
from benchmarks.ptp.trains import TRAINS
from benchmarks.workbooks import read_problem
from returnplan.planning import solve
from returnplan.problem.groups import CLASS_FACTOR
from returnplan.problem.model import NO_PREVIOUS, UNLIMITED, Caps, Cells, Limits, Pools, Problem

Make = Callable[[str], Json]

PLANTED = [
    Sizes(num_vehicles=6, num_towns=2, num_days=5),
    Sizes(num_vehicles=10, num_towns=3, num_days=6),
    Sizes(num_vehicles=15, num_towns=3, party_share=0.0),
    Sizes(num_vehicles=20, num_towns=4, party_share=0.3),
    Sizes(num_vehicles=25, longest_window=3),
    Sizes(),
    Sizes(party_share=0.3),
    Sizes(num_vehicles=60, num_towns=8, num_factories=6),
    Sizes(num_vehicles=100, num_towns=8, stops_a_town=8),
    Sizes(num_vehicles=200, num_towns=12, num_factories=8),
]


@dataclass(frozen=True)
class Small:
    """What is particular about a small instance; ``per_day`` vehicles of each type, with a turnaround."""

    about: str
    num_people: int = 60
    num_days: int = 2
    min_load: int = 1
    per_day: int = UNLIMITED
    turnaround_days: int = 1
    max_pickups: int = 3
    max_pickup_km: float = np.inf
    mix_counties: bool = True
    departures_a_day: int = UNLIMITED
    has_resume_days: bool = False
    classes: int = 1
    num_homes: int = 1


SMALL = (
    Small("vehicles and stops alone"),
    Small("a least load of 20", min_load=20, num_days=3),
    Small("two vehicles of a type, away for two days", per_day=2, turnaround_days=2, num_days=4),
    Small("two pick-ups at most, near each other", max_pickups=2, max_pickup_km=40.0),
    Small("no county rides with another", mix_counties=False),
    Small(
        "at most 20 people leave on a day, in two classes",
        departures_a_day=20,
        num_days=2,
        classes=2,
        num_people=50,
    ),
    Small("days after the resume date cost 200 yuan", has_resume_days=True, num_days=3),
    Small("two prefectures, each with its own vehicles; one vehicle of a type a day", num_homes=2, per_day=1),
)
SMALL_PICKUPS, SMALL_DROPOFFS, SMALL_SEATS = 4, 2, (25, 37)


def planted(sizes: Sizes, seed: int, name: str) -> Json:
    """Return an instance in which a plan of full vehicles was planted."""
    return instance_of(
        plant(seed, sizes).problem, name, "full vehicles drawn, then windows widened around them"
    )


def small(kind: Small, seed: int, name: str) -> Json:
    """Return an instance so small that all its batches can be told to a solver."""
    random = np.random.default_rng(seed)
    pickups = random.uniform(-40.0, 40.0, (SMALL_PICKUPS, 2))
    spots = np.concatenate(
        [pickups, np.array([400.0, 0.0]) + random.uniform(-20.0, 20.0, (SMALL_DROPOFFS, 2))]
    )
    pickup = random.integers(0, SMALL_PICKUPS, kind.num_people)
    first = random.integers(0, kind.num_days, kind.num_people)
    groups = np.stack(
        [
            pickup,
            SMALL_PICKUPS + random.integers(0, SMALL_DROPOFFS, kind.num_people),
            first,
            np.minimum(kind.num_days - 1, first + random.integers(0, 3, kind.num_people)),
            random.integers(0, kind.classes, kind.num_people),
        ],
        axis=1,
    )
    (pickup, dropoff, first, last, of_class), num_groups = _alike(groups)
    home = pickup * kind.num_homes // SMALL_PICKUPS
    one, nothing = np.ones(len(pickup), dtype=np.int64), np.zeros(len(pickup), dtype=np.int64)
    late = np.maximum(0, np.arange(kind.num_days) - first[:, None]) * float(kind.has_resume_days)
    cells = Cells(
        pickup=pickup,
        prefecture=home,
        goal=nothing + kind.num_homes,
        county=pickup // 2,
        city_group=nothing,
        earliest=first,
        latest=last,
        late_days=late,
        weight=CLASS_FACTOR ** (kind.classes - 1 - of_class),
        num_persons=one,
        num_seats=one,
        num_groups=num_groups,
        own_transfer=nothing,
        previous=nothing + NO_PREVIOUS,
        drop_start=np.arange(len(pickup) + 1),
        drop_place=dropoff,
        drop_persons=one,
    )
    bases = [-1] if kind.num_homes == 1 else range(kind.num_homes)
    types = [(seats, base) for base in bases for seats in SMALL_SEATS]
    seats, base = np.array(types, dtype=np.int64).T
    pools = Pools(
        usable=seats,
        min_load=0 * seats + kind.min_load,
        fixed_yuan=1200.0 + 40.0 * seats,
        per_km_yuan=3.0 + 0.05 * seats,
        base=base,
        goal=0 * seats - 1,
        available=np.full((len(seats), kind.num_days), kind.per_day),
        turnaround_days=0 * seats + kind.turnaround_days,
    )
    departures = np.full((kind.num_homes, kind.num_days), kind.departures_a_day)
    problem = Problem(
        date(2021, 2, 17),
        cells,
        pools,
        Limits(kind.max_pickups, 2, kind.max_pickup_km, np.inf, 50.0, kind.mix_counties, late_day_yuan=200.0),
        1.25 * np.linalg.norm(spots[:, None] - spots[None], axis=-1)[None],
        np.zeros(kind.num_days, dtype=np.int64),
        caps=Caps(departures, np.full((1, kind.num_days + 7), UNLIMITED), nothing),
    )
    return instance_of(problem, name, f"{kind.num_people} people: {kind.about}")


def _alike(
    groups: "np.typing.NDArray[np.int64]",
) -> "tuple[np.typing.NDArray[np.int64], np.typing.NDArray[np.int64]]":
    """Return the columns of the different lines, and how often each occurs."""
    lines, times = np.unique(groups, axis=0, return_counts=True)
    return lines.T.copy(), times.astype(np.int64)


def corridor(nth: int, seed: int, name: str) -> Json:
    """Return 600 people between one prefecture and one city."""
    kind = CORRIDORS[nth]
    return instance_of(
        invent_corridor(kind, seed), name, f"600 people of one prefecture to one city: {kind.name}"
    )


def province(num_people: int, kind: Kind, homes: tuple[str, ...], name: str) -> Json:
    """Return a province, or some prefectures of it."""
    made = invent_province(num_people, kind=kind)
    if homes:
        is_there = made.signups["户籍市"].isin(homes)
        made = replace(made, signups=made.signups[is_there].reset_index(drop=True))
    with tempfile.TemporaryDirectory() as folder:
        write_province(made, Path(folder))
        problem = read_problem(Path(folder))
    where = f"{len(homes)} of its prefectures" if homes else "all 14 prefectures"
    how = "thin demand" if kind.is_thin else "dense demand"
    return instance_of(_used(problem), name, f"a province of {num_people} people, {where}, {how}", decimals=1)


def _used(problem: Problem) -> Problem:
    """Return the problem with the places at which somebody boards or alights alone."""
    cells = problem.cells
    used, new = np.unique(np.concatenate([cells.pickup, cells.drop_place]), return_inverse=True)
    cells = replace(cells, pickup=new[: len(cells)], drop_place=new[len(cells) :])
    return replace(problem, cells=cells, km=problem.km[:, used][:, :, used])


def night(nth: int, seed: int, move_yuan: float, name: str) -> Json:
    """Return a corridor that was planned the evening before; since then some cancelled and others signed up."""
    random = np.random.default_rng(seed)
    problem = problem_of(corridor(nth, seed, name))
    drafts = solve(problem)
    lines: list[tuple[int, int, int]] = []
    for number, draft in enumerate(drafts):
        lines += [(cell, number, num - int(random.binomial(num, 0.03))) for cell, num in draft.load]
    lines += [(cell, NO_PREVIOUS, 1) for cell in random.choice(len(problem.cells), 30)]
    (cell, before), _ = _alike(np.array([(c, b) for c, b, num in lines if num > 0]))
    number_of = {(c, b): i for i, (c, b) in enumerate(zip(cell.tolist(), before.tolist(), strict=True))}
    num_groups = np.zeros(len(cell), dtype=np.int64)
    for c, b, num in lines:
        if num > 0:
            num_groups[number_of[int(c), int(b)]] += num
    instance = instance_of(problem, name, "")
    groups = [
        {**instance["groups"][c], "count": int(num), "before": None if b == NO_PREVIOUS else int(b)}
        for c, b, num in zip(cell, before, num_groups, strict=True)
    ]
    last = [{"day": int(draft.day), "move_yuan": move_yuan} for draft in drafts]
    about = f"a corridor planned the evening before ({CORRIDORS[nth].name}); 3 % cancelled, 30 signed up"
    return {**instance, "about": about, "groups": groups, "last_plan": last}


THIN = Kind(is_thin=True)
INSTANCES: dict[str, Make] = {
    **{f"planted-{i:02}": partial(planted, sizes, i) for i, sizes in enumerate(PLANTED, start=1)},
    **{f"small-{i:02}": partial(small, kind, i) for i, kind in enumerate(SMALL, start=1)},
    **{f"corridor-{i + 1:02}": partial(corridor, i // 2, 1 + i % 2) for i in range(10)},
    "province-01": partial(province, 3_000, DENSE, ("崇左市",)),
    "province-02": partial(province, 12_000, THIN, ("来宾市",)),
    "province-03": partial(province, 12_000, Kind(has_resume_dates=True), ("柳州市",)),
    "province-04": partial(province, 23_930, THIN, ("崇左市", "来宾市", "贺州市")),
    "province-05": partial(province, 23_930, DENSE, ()),
    **TRAINS,
    "night-01": partial(night, 1, 1, 300.0),
    "night-02": partial(night, 4, 2, 300.0),
    "night-03": partial(night, 3, 3, 30.0),
}
"""How each is made; the name is the argument."""
