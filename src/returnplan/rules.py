"""The office's rules (``[rules]`` and ``[timetable]`` of returnplan.toml): values only, no behaviour.

Planner and audit both read them and share nothing else.
"""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

NonNegative = Annotated[float, Field(ge=0, allow_inf_nan=False)]
PeoplePerDay = Annotated[int, Field(ge=0)] | dict[str, Annotated[int, Field(ge=0)]] | None
"""One number for every prefecture (city), a number for each named one, or no cap."""


class Settings(BaseModel):
    """One table of returnplan.toml; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Rules(Settings):
    """``[rules]``: seats, loads, stops and loops.

    ``load_factor`` is a text or number read exactly in decimals; ``min_load`` is a count of riders from 1 on,
    a share of the usable seats below 1. Caps count people: ``max_departures_per_day`` a prefecture of
    departure, ``max_arrivals_per_day`` a destination city on the date of arrival. ``late_day_yuan`` None
    serves days after the resume date before any money. Names of cities are full ones once
    :func:`returnplan.enrolment.with_full_names` has resolved them.
    """

    load_factor: Annotated[float, Field(gt=0, le=1)] = 1.0
    reserved_seats: Annotated[int, Field(ge=0)] = 0
    crew_seats: Annotated[int, Field(ge=0)] = 0
    min_load: NonNegative = 10
    max_pickups: Annotated[int, Field(ge=1)] = 4
    max_dropoffs: Annotated[int, Field(ge=1)] = 4
    max_pickup_km: NonNegative = 150.0
    max_dropoff_km: NonNegative = 80.0
    stop_cost: NonNegative = 50.0
    mix_counties: bool = True
    combine_cities: tuple[tuple[str, ...], ...] = ()
    min_age: Annotated[int, Field(ge=0)] | None = None
    max_age: Annotated[int, Field(ge=0)] | None = None
    health_kept_back: tuple[str, ...] = ()
    notice_days: Annotated[int, Field(ge=0)] = 1
    circuity: Annotated[float, Field(ge=1)] = 1.3
    max_cost_per_head: NonNegative | None = None
    max_departures_per_day: PeoplePerDay = None
    max_arrivals_per_day: PeoplePerDay = None
    late_day_yuan: NonNegative | None = None
    change_budget: NonNegative = 0.005
    budget: NonNegative | None = None


class Dates(Settings):
    """``[dates]``: the year of dates without one, and by how many days a single named date is widened."""

    year: Annotated[int, Field(ge=2000, le=2100)] | None = None
    flex_before: Annotated[int, Field(ge=0, le=60)] = 0
    flex_after: Annotated[int, Field(ge=0, le=60)] = 0


class Timetable(Settings):
    """``[timetable]``: when a batch starts, how fast it drives, how long it stands at a stop."""

    start: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] = "08:00"
    speed_kmh: Annotated[float, Field(gt=0)] = 70.0
    dwell_minutes: NonNegative = 10.0


class Nightly(Settings):
    """``[nightly]``: where the unattended run reads, where it writes, and its log; relative to its folder."""

    inbox: str = "inbox"
    outbox: str = "outbox"
    log: str = "nightly.log"
