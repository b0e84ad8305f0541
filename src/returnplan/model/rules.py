"""The office's rules (``[rules]`` of returnplan.toml): values only, no behaviour.

Planner and audit both read them and share nothing else.
"""

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer

Yuan = Annotated[float, Field(ge=0, le=1_000_000)]
YuanOrStrict = Annotated[
    Annotated[float, Field(ge=0, le=1_000_000, json_schema_extra={"word": "strict"})] | None,
    BeforeValidator(lambda value: None if value == "strict" else value),
    PlainSerializer(lambda value: "strict" if value is None else value, when_used="json"),
]
"""A price, or None for "strict": no price is high enough."""
Km = Annotated[float, Field(ge=0, le=1_000_000)]
"""No way on earth is longer."""
Stops = Annotated[int, Field(ge=1, le=10_000)]
Seats = Annotated[int, Field(ge=0, le=200)]
Age = Annotated[int, Field(ge=0, le=150)]
People = Annotated[int, Field(ge=0, le=100_000_000)]
Name = Annotated[str, Field(min_length=1, max_length=200, pattern=r"\S")]
"""What people call a place, a class, a column."""
PathName = Annotated[str, Field(min_length=1, max_length=4096, pattern=r"\S")]
PeoplePerDay = People | dict[Name, People] | None
"""One number for every prefecture (city), a number for each named one, or no cap."""


class Settings(BaseModel):
    """One table of returnplan.toml; unknown keys are refused, and so are nan and infinity."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, defer_build=True)


class Rules(Settings):
    """``[rules]``: seats, loads, stops and loops.

    ``load_factor`` is a text or number read exactly in decimals; ``min_load`` is a count of riders from 1 on,
    a share of the usable seats below 1. Caps count people: ``max_departures_per_day`` a prefecture of
    departure, ``max_arrivals_per_day`` a destination city on the date of arrival. A person-day after the resume
    date counts ``late_day_yuan`` beside money; None ("strict" in the file) puts these days before any money. A
    person whose date, batch or pick-up changes counts ``move_yuan``, a tenth if nobody told them. Names of
    cities are full ones once :func:`returnplan.enrolment.destinations.with_full_names` has resolved them.
    """

    load_factor: Annotated[float, Field(ge=0.1, le=1)] = 1.0
    reserved_seats: Seats = 0
    crew_seats: Seats = 0
    min_load: Annotated[float, Field(ge=0, le=2_000)] = 10
    max_pickups: Stops = 4
    max_dropoffs: Stops = 4
    max_pickup_km: Km = 150.0
    max_dropoff_km: Km = 80.0
    stop_cost: Yuan = 50.0
    mix_counties: bool = True
    combine_cities: tuple[tuple[Name, ...], ...] = ()
    min_age: Age | None = None
    max_age: Age | None = None
    health_kept_back: tuple[Name, ...] = ()
    notice_days: Annotated[int, Field(ge=0, le=60)] = 1
    circuity: Annotated[float, Field(ge=1, le=5)] = 1.3
    max_cost_per_head: Yuan | None = None
    max_departures_per_day: PeoplePerDay = None
    max_arrivals_per_day: PeoplePerDay = None
    late_day_yuan: YuanOrStrict = 200.0
    move_yuan: Yuan = 300.0
    budget: Annotated[float, Field(ge=0, le=1e12)] | None = None


class Dates(Settings):
    """``[dates]``: the year of dates without one, and by how many days a single named date is widened."""

    year: Annotated[int, Field(ge=2000, le=2100)] | None = None
    flex_before: Annotated[int, Field(ge=0, le=60)] = 0
    flex_after: Annotated[int, Field(ge=0, le=60)] = 0


class RailRules(Settings):
    """``[rail]``: when people change between coach and train, and the fewest of a group ticket.

    Nobody needs a feeder (shuttle) within ``walk_km`` of the station. Feeders arrive ``board_minutes`` before the
    train leaves, shuttles leave ``alight_minutes`` after it arrives; nobody waits more than ``wait_minutes`` longer.
    Nobody rides a feeder (shuttle) from farther away than ``max_transfer_km``: to the train of Liuzhou in 2021
    people came from 三江, 214 km; what is much longer is a journey of its own, on the wrong coach.
    ``group_min_load`` holds where the rail sheet names no 最低人数.
    """

    walk_km: Km = 1.0
    max_transfer_km: Km = 300.0
    board_minutes: Annotated[float, Field(ge=0, le=720)] = 60.0
    alight_minutes: Annotated[float, Field(ge=0, le=720)] = 40.0
    wait_minutes: Annotated[float, Field(ge=0, le=1440)] = 180.0
    group_min_load: Annotated[int, Field(ge=1, le=10_000)] = 10


class Nightly(Settings):
    """``[nightly]``: where the unattended run reads, where it writes, and its log; relative to its folder."""

    inbox: PathName = "inbox"
    outbox: PathName = "outbox"
    log: PathName = "nightly.log"
