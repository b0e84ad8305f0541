"""What the page says of a plan: counts of people and vehicles by place, day and reason; no person in any of them."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from returnplan.enrolment.kept_back import WINDOW_PAST
from returnplan.model.faults import Fault
from returnplan.model.masking import mask_text
from returnplan.model.plan import TRAVELLED, Batch, Plan

if TYPE_CHECKING:
    import pandas as pd

ABSENT = "absent"
"""In place of the code of those whose days are over because they did not come."""

LOAD_STEPS = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
"""Where one bar of the load histogram ends and the next begins; full vehicles have a bar of their own."""


@dataclass(frozen=True, slots=True)
class Flow:
    """People of one county to one city."""

    prefecture: str
    county: str
    city: str
    num_people: int


@dataclass(frozen=True, slots=True)
class Spot:
    """A county that people leave or a city that they reach, in the middle of its stops weighted by people.

    ``prefecture`` is empty for a city.
    """

    prefecture: str
    name: str
    lat: float
    lon: float
    num_people: int


@dataclass(frozen=True, slots=True)
class Load:
    """Batches taken together: of one day, or to one city."""

    key: Any
    num_coaches: int
    num_trains: int
    num_people: int


@dataclass(frozen=True, slots=True)
class BatchLine:
    """A batch with the counties that its riders come from and its stops, in which no rider is named."""

    batch: Batch
    counties: tuple[str, ...]
    stops: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileFaults:
    """How many errors and warnings a file has."""

    file: str
    num_errors: int
    num_warnings: int


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs from an earlier run: people by what happens to them, and the totals then."""

    run_id: str
    made_at: datetime
    num_new: int
    num_moved: int
    num_retimed: int
    num_off: int
    num_planned_then: int
    num_batches_then: int
    cost_yuan_then: float


@dataclass(frozen=True, slots=True)
class HandEdits:
    """What was changed by hand since the plan was made, and the totals as they were planned.

    Those are None in a store of an older version, which did not keep them. ``num_before`` changes of ``batches_before``
    were made to earlier plans since the run with which the page compares.
    """

    num_changes: int
    num_batches: int
    num_planned_then: int | None
    cost_yuan_then: float | None
    num_before: int = 0
    batches_before: tuple[str, ...] = ()


@dataclass(frozen=True)
class Figures:
    """All that the page shows of a plan."""

    days: list[Load]
    cities: list[Load]
    loads: list[int]
    flows: list[Flow]
    homes: list[Spot]
    goals: list[Spot]
    heads: dict[date, int]
    num_absent: int
    reasons: list[tuple[str, int]]
    faults: list[FileFaults]
    batches: list[BatchLine]


def figures_of(plan: Plan, absent: Collection[int] = ()) -> Figures:
    """Return the figures of a plan; ``absent`` are the persons who were not on board of a batch that has left.

    Who has left as a walk-up is on no batch, and not left behind, either.
    """
    riders = _with_stops(plan)
    leaving, arriving = riders[riders["leg"] == 1], riders[riders["leg"] == riders["num_legs"]]
    return Figures(
        days=_days(plan.batches, leaving),
        cities=_cities(plan),
        loads=_load_histogram(plan.batches),
        flows=_flows(leaving),
        homes=_spots(leaving, ["prefecture", "county"], "on"),
        goals=_spots(arriving.assign(prefecture=""), ["prefecture", "city"], "off"),
        heads=_heads(leaving),
        num_absent=len(absent),
        reasons=_reasons(plan.unplanned, absent),
        faults=_faults(plan.faults),
        batches=_batch_lines(plan),
    )


def _reasons(unplanned: "pd.DataFrame", absent: Collection[int]) -> list[tuple[str, int]]:
    """Return the reasons of those who are left behind; who was absent, and has no day left, is told from others."""
    is_late = unplanned["person"].isin(list(absent)) & (unplanned["code"] == WINDOW_PAST)
    codes = unplanned["code"].where(~is_late, ABSENT)
    return Counter(codes[codes != TRAVELLED].tolist()).most_common()


def _with_stops(plan: Plan) -> "pd.DataFrame":
    """Return the riders with the date of their batch and where they board and alight."""
    import pandas as pd

    stops = pd.DataFrame.from_records(
        [(b.id, stop.seq, b.date, stop.lat, stop.lon) for b in plan.batches for stop in b.stops],
        columns=["batch", "seq", "date", "lat", "lon"],
    )
    columns = [
        "batch",
        "pickup_seq",
        "dropoff_seq",
        "prefecture",
        "county",
        "city",
        "child_seats",
        "leg",
        "num_legs",
    ]
    riders = plan.riders.assign(num_legs=plan.riders.groupby("person")["leg"].transform("max"))
    on = {"seq": "pickup_seq", "lat": "on_lat", "lon": "on_lon"}
    off = {"seq": "dropoff_seq", "lat": "off_lat", "lon": "off_lon"}
    return (
        riders[columns]
        .merge(stops.rename(columns=on), how="left", on=["batch", "pickup_seq"])
        .merge(stops.drop(columns="date").rename(columns=off), how="left", on=["batch", "dropoff_seq"])
    )


def _days(batches: Iterable[Batch], leaving: "pd.DataFrame") -> list[Load]:
    people = leaving["date"].value_counts()
    days: dict[date, list[Batch]] = {}
    for batch in batches:
        days.setdefault(batch.date, []).append(batch)
    return [_load(day, days[day], int(people.get(day, 0))) for day in sorted(days)]


def _cities(plan: Plan) -> list[Load]:
    """Count a batch for each of its cities and a rider for the own one, the most people first."""
    people = Counter(plan.riders.loc[plan.riders["leg"] == 1, "city"].tolist())
    cities: dict[str, list[Batch]] = {}
    for batch in plan.batches:
        for city in batch.cities:
            cities.setdefault(city, []).append(batch)
    loads = [_load(city, cities[city], people[city]) for city in cities]
    return sorted(loads, key=lambda load: (-load.num_people, load.key))


def _load(key: Any, batches: Sequence[Batch], num_people: int) -> Load:
    num_trains = sum(batch.mode == "train" for batch in batches)
    return Load(key, len(batches) - num_trains, num_trains, num_people)


def _load_histogram(batches: Iterable[Batch]) -> list[int]:
    """Return the number of batches up to each of :data:`LOAD_STEPS`, and that of the full ones."""
    counts = [0] * (len(LOAD_STEPS) + 1)
    for batch in batches:
        counts[sum(batch.load >= step * batch.usable for step in LOAD_STEPS)] += 1
    return counts


def _flows(riders: "pd.DataFrame") -> list[Flow]:
    counts = riders.groupby(["prefecture", "county", "city"]).size().rename("num").reset_index()
    flows = [Flow(*row) for row in _rows(counts)]
    return sorted(flows, key=lambda flow: (-flow.num_people, flow.prefecture, flow.county, flow.city))


def _spots(riders: "pd.DataFrame", key: list[str], end: str) -> list[Spot]:
    groups = riders.groupby(key)[[f"{end}_lat", f"{end}_lon"]]
    table = groups.mean().assign(num=groups.size()).reset_index()
    spots = [Spot(*row) for row in _rows(table)]
    return sorted(spots, key=lambda spot: (-spot.num_people, spot.prefecture, spot.name))


def _rows(table: "pd.DataFrame") -> Iterable[tuple[Any, ...]]:
    """Return the lines of a table as plain values."""
    return zip(*(table[name].tolist() for name in table), strict=True)


def _heads(riders: "pd.DataFrame") -> dict[date, int]:
    """Return the people of each day, children along included."""
    heads = (1 + riders["child_seats"].map(len)).groupby(riders["date"]).sum()
    return {day: int(num) for day, num in sorted(heads.items())}  # type: ignore[misc]


def _faults(faults: Iterable[Fault]) -> list[FileFaults]:
    counts = Counter((fault.file, fault.severity) for fault in faults)
    files = [
        FileFaults(mask_text(file), counts[file, "error"], counts[file, "warning"])
        for file in dict.fromkeys(file for file, _ in counts)
    ]
    return sorted(files, key=lambda line: (-line.num_errors, -line.num_warnings, line.file))


def _batch_lines(plan: Plan) -> list[BatchLine]:
    homes = plan.riders.groupby(["batch", "county"], sort=False).size().sort_values(ascending=False)
    counties: dict[str, list[str]] = {}
    for batch, county in homes.index:
        counties.setdefault(batch, []).append(county)
    names = plan.riders.groupby("batch")["name"].agg(set).to_dict()
    return [
        BatchLine(
            batch,
            tuple(counties.get(batch.id, ())),
            tuple(_without_names(stop.place, stop.city, names.get(batch.id, set())) for stop in batch.stops),
        )
        for batch in plan.batches
    ]


def _without_names(place: str, city: str, names: set[str]) -> str:
    """Return a place as it may be posted: numbers masked, and only its city where it tells a rider's name."""
    if any(len(name) > 1 and name in place for name in names):
        return city
    return mask_text(place)
