"""The account of a plan for the region: vehicles and people by day, home prefecture and city; nobody is named.

It travels inside report.html, and is made of ``show --json`` as well, which does not tell the class of anybody.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePosixPath
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from returnplan.enrolment.classes import class_name
from returnplan.model.aboard import BOARDED, without_a_seat
from returnplan.model.plan import CONNECTING, Plan, Rider, RunHeader, WalkUp
from returnplan.model.records import Product

Day = TypeVar("Day", bound=date)


def _of_our_time(day: Day) -> Day:
    """Return a day or an hour that a workbook can hold."""
    if not 2000 <= day.year <= 2100:
        raise ValueError("a year from 2000 to 2100 is needed")
    return day


PRODUCT_COUNTS: dict[Product, str] = {
    "train": "whole_trains",
    "carriage": "carriages",
    "group": "group_tickets",
}
"""Under which name trains are counted that were bought so."""

CLASS_COUNTS = {"脱贫户": "out_of_poverty", "监测对象": "monitored"}
"""Under which name people of a class are counted."""

Count = Annotated[int, Field(ge=0, le=100_000_000)]
Word = Annotated[str, Field(max_length=200)]
Date = Annotated[date, AfterValidator(_of_our_time)]
Moment = Annotated[datetime, AfterValidator(_of_our_time)]


class _Door(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class AccountLine(_Door):
    """Vehicles and people of one day from one home prefecture to one city.

    ``date`` is None, and ``city`` empty, for walk-ups of whom nobody wrote down when and where they went. ``sent``
    are people who have boarded; of them ``listed`` were counted by the list of a vehicle that has left and whose
    marked list is not back. A vehicle counts for the prefecture that most of its riders come from. So many of
    ``trains`` are known to be ``whole_trains`` (专列), ``carriages`` (包车厢) or ``group_tickets`` (团体票) of one; so
    many of ``coaches`` only drive to or from a train (``connecting``, 接驳车). So many of ``people`` and ``sent`` are
    ``out_of_poverty`` (脱贫人口) or ``monitored`` (监测对象), as far as it is told. ``absent`` had a seat on a vehicle
    that has left, were not on board and have no seat now; they count among ``people``.
    """

    date: Date | None
    home: Word
    city: Word
    coaches: Count = 0
    trains: Count = 0
    people: Count = 0
    coaches_sent: Count = 0
    trains_sent: Count = 0
    sent: Count = 0
    listed: Count = 0
    whole_trains: Count = 0
    carriages: Count = 0
    group_tickets: Count = 0
    whole_trains_sent: Count = 0
    carriages_sent: Count = 0
    group_tickets_sent: Count = 0
    connecting: Count = 0
    connecting_sent: Count = 0
    out_of_poverty: Count = 0
    out_of_poverty_sent: Count = 0
    monitored: Count = 0
    monitored_sent: Count = 0
    absent: Count = 0


class Account(_Door):
    """What one office tells of its plan.

    ``campaign`` is the first run of its store, which its later plans share (empty: not told). ``inputs`` are digests
    of the names and of the contents of the lists that the riders signed up on.
    """

    format: Annotated[str, Field(pattern="^returnplan account 1$")] = "returnplan account 1"
    office: Word
    run: Word
    campaign: Word = ""
    made_at: Moment
    inputs: tuple[Word, ...]
    lines: tuple[AccountLine, ...]

    def to_json(self) -> dict[str, Any]:
        """Return what report.html holds; counts of nobody and nothing take no room."""
        lines = [line.model_dump(mode="json", exclude_defaults=True) for line in self.lines]
        return self.model_dump(mode="json", exclude={"lines"}) | {"lines": lines}


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A batch as an account counts it: how many riders of which home, city, status and class; walk-ups besides.

    A rider counts among the people on the first ride of a journey (``True`` in the key), so that nobody counts twice.
    The class is a name of :data:`CLASS_COUNTS`, empty for others and where nobody told it.
    """

    date: date
    mode: str
    city: str
    has_departed: bool
    riders: Mapping[tuple[str, str, str, bool, str], int]
    num_walk_ups: int = 0
    product: Product | None = None
    is_connecting: bool = False


def account_of(
    header: RunHeader,
    plan: Plan,
    walk_ups: Iterable[WalkUp] = (),
    campaign: str = "",
    absent: Iterable[tuple[Rider, date]] = (),
) -> Account:
    """Return the account of a plan.

    Parameters
    ----------
    campaign : the first run of its store
    absent : who was not on board of a batch that has left, in any run, with its day; who is on a batch of the plan
        counts there
    """
    added = Counter(one.batch for one in without_a_seat(list(walk_ups), plan.riders))
    riders: dict[str, dict[tuple[str, str, str, bool, str], int]] = {}
    named = {word: class_name(word) for word in plan.riders["category"].unique().tolist()}
    counted = {word: name if name in CLASS_COUNTS else "" for word, name in named.items()}
    lines = plan.riders.assign(is_first=plan.riders["leg"] == 1, kind=plan.riders["category"].map(counted))
    counts = lines.groupby(["batch", "prefecture", "city", "status", "is_first", "kind"]).size()
    for key, num in zip(counts.index.tolist(), counts.tolist(), strict=True):
        batch, *who = key
        riders.setdefault(batch, {})[tuple(who)] = num
    vehicles = (
        Vehicle(
            batch.date,
            batch.mode,
            batch.city,
            batch.state == "departed",
            riders.get(batch.id, {}),
            added[batch.id],
            batch.product,
            is_connecting=batch.kind in CONNECTING,
        )
        for batch in plan.batches
    )
    return Account(
        office=str(header.config.get("office", {}).get("name", ""))[:200],
        run=header.id,
        campaign=campaign,
        made_at=header.created_at,
        inputs=digests(
            ((file.path, file.sha256) for file in header.inputs), plan.riders["signup"].unique().tolist()
        ),
        lines=_with_absent(lines_of(vehicles), plan, absent),
    )


def _with_absent(
    lines: tuple[AccountLine, ...], plan: Plan, absent: Iterable[tuple[Rider, date]]
) -> tuple[AccountLine, ...]:
    """Return the lines with those who were absent and are on no batch of the plan now: they were planned, too."""
    riding = set(plan.riders["person"].tolist())
    sums: dict[tuple[date | None, str, str], AccountLine] = {
        (line.date, line.home, line.city): line for line in lines
    }
    missed = {rider.person: (rider, day) for rider, day in absent if rider.person not in riding}
    for rider, day in missed.values():
        key = day, rider.prefecture, rider.city
        line = sums.get(key) or AccountLine(date=day, home=rider.prefecture, city=rider.city)
        counts = {"people": line.people + 1, "absent": line.absent + 1}
        if name := CLASS_COUNTS.get(class_name(rider.category) or ""):
            counts[name] = getattr(line, name) + 1
        sums[key] = line.model_copy(update=counts)
    return tuple(sums[key] for key in sorted(sums))


def digests(files: Iterable[tuple[str, str]], signups: Iterable[str]) -> tuple[str, ...]:
    """Return digests of names and contents, by which two accounts are found to share a list of people.

    Of the files only those count in which riders signed up: the counties of a prefecture have its distances, its
    demand and its carriers' prices in common. Where no row of a sign-up is known any more, all do.
    """
    every = [(PurePosixPath(path).name, path, content) for path, content in files]
    lists = {PurePosixPath(ref.rsplit("!", 2)[0]).name for ref in signups}
    named = [one for one in every if one[0] in lists] or every
    return tuple(
        digest[:16]
        for _, path, content in named
        for digest in (hashlib.sha256(PurePosixPath(path).name.encode()).hexdigest(), content)
    )


def lines_of(vehicles: Iterable[Vehicle]) -> tuple[AccountLine, ...]:
    """Return the lines of some vehicles, by day, home and city."""
    sums: dict[tuple[date, str, str], Counter[str]] = {}
    for vehicle in vehicles:
        for (home, city), counts in _shares(vehicle):
            sums.setdefault((vehicle.date, home, city), Counter()).update(counts)
    return tuple(
        AccountLine(date=day, home=home, city=city, **sums[day, home, city])
        for day, home, city in sorted(sums)
    )


def _shares(vehicle: Vehicle) -> Iterable[tuple[tuple[str, str], Counter[str]]]:
    """Yield what a vehicle adds to which home and city."""
    homes: Counter[str] = Counter()
    for (home, *_), num in vehicle.riders.items():
        homes[home] += num
    main = min(homes, key=lambda home: (-homes[home], home), default="")
    is_marked = any(status != "assigned" for _, _, status, *_ in vehicle.riders)
    is_by_list = vehicle.has_departed and not is_marked
    aboard = sum(num for (_, _, status, *_), num in vehicle.riders.items() if status in BOARDED)
    has_left = vehicle.has_departed or aboard + vehicle.num_walk_ups > 0
    kinds = ["trains" if vehicle.mode == "train" else "coaches"]
    kinds += [PRODUCT_COUNTS[vehicle.product]] if vehicle.product else []
    kinds += ["connecting"] if vehicle.is_connecting else []
    whole: Counter[str] = Counter({"sent": vehicle.num_walk_ups})
    for kind in kinds:
        whole.update({kind: 1, f"{kind}_sent": int(has_left)})
    yield (main, vehicle.city), whole
    for (home, city, status, is_first, kind), num in vehicle.riders.items():
        if not is_first:
            continue
        is_sent = is_by_list or status in BOARDED
        heads = Counter(
            people=num, sent=num * is_sent, listed=num * is_by_list, absent=num * (status == "absent")
        )
        if kind:
            heads.update({CLASS_COUNTS[kind]: num, f"{CLASS_COUNTS[kind]}_sent": num * is_sent})
        yield (home, city), heads
