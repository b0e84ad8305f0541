"""What we are told: one frozen pydantic record a row, validated at the door, text as it was written.

Names of cities, counties and places are resolved later (:mod:`returnplan.enrolment`); here a row is only
made sure to be well-formed. Dates are :class:`datetime.date`; money is yuan; distances are km.
"""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from returnplan.model.texts import NO_TEXT, Text

Sex = Literal["男", "女"]
SheetKind = Literal["signups", "demand", "fleet", "rail", "places", "distances", "pickups", "named"]
Mode = Literal["coach", "train"]
Use = Literal["direct", "transfer"]
"""What a vehicle is for: the whole way (直达), or feeders and shuttles (接驳)."""
Shuttle = Literal["", "yes", "no"]
"""Whether somebody needs a coach from the station where a train ends (是否需要接驳); empty: not told."""
Spot = tuple[str, str, float, float]
"""Name, city, latitude and longitude of a place: they tell the places apart at which a batch stops."""
Side = Literal["origin", "destination"]
"""At which end of the journey a vehicle is registered (所在端): where people board, or where they travel to."""
Product = Literal["train", "carriage", "group"]
"""How seats are bought from the railway: a whole train (专列), carriages (包车厢), tickets of a group (团体票)."""

PRODUCT_NAMES: dict[Product, Text] = {
    "train": Text("专列", "whole train"),
    "carriage": Text("包车厢", "carriages"),
    "group": Text("团体票", "group ticket"),
}

PositiveInt = Annotated[int, Field(ge=1)]
NonNegativeInt = Annotated[int, Field(ge=0)]
NonNegativeFloat = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class Record(BaseModel):
    """A row of a spreadsheet; ``ref`` is its ``file!sheet!row``."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    ref: str


class SignUp(Record):
    """One person's wish to travel (报名).

    ``named_date`` is the single departure date (出发日期/返岗时间) where no earliest and latest are given;
    ``categories`` holds the classes (人员类别) in the words of the sheet; ``party`` is the group number
    (同行组号) as written, ``companions`` the names in 同行人. ``submitted`` is when a form was sent (提交时间).
    """

    name: Annotated[str, Field(min_length=1)]
    id_number: str
    phone: str = ""
    sex: Sex | None = None
    prefecture: str = ""
    county: str = ""
    township: str = ""
    pickup: str = ""
    city: Annotated[str, Field(min_length=1)]
    acceptable_cities: tuple[str, ...] = ()
    town: str = ""
    employer: str = ""
    dropoff: str = ""
    post: str = ""
    earliest: date | None = None
    latest: date | None = None
    named_date: date | None = None
    categories: tuple[str, ...] = ()
    party: str = ""
    companions: tuple[str, ...] = ()
    num_children: NonNegativeInt = 0
    shuttle: Shuttle = ""
    rides: bool = True
    health: str = ""
    cancelled: bool = False
    note: str = ""
    submitted: datetime | None = None


class Demand(Record):
    """One employer's line of the demand sheet (用工需求); ``headcount`` counts vacancies for new hires.

    Without a ``city``, its address, its town or its name has to tell it.
    """

    employer: Annotated[str, Field(min_length=1)]
    city: str = ""
    town: str = ""
    place: str = ""
    post: str = ""
    headcount: NonNegativeInt | None = None
    shuttle: Shuttle = ""
    resume: date | None = None
    reception_from: date | None = None
    wage_yuan: NonNegativeFloat | None = None
    sex: Sex | None = None
    min_age: NonNegativeInt | None = None
    max_age: NonNegativeInt | None = None
    contact: str = ""
    phone: str = ""


class NamedRow(Record):
    """One employee whom an employer expects back (企业返岗名单); known by ID number, else by name and phone.

    The list is compared with the sign-ups and drops nobody.
    """

    employer: Annotated[str, Field(min_length=1)]
    name: Annotated[str, Field(min_length=1)]
    id_number: str = ""
    phone: str = ""


class FleetRow(Record):
    """A vehicle type that may be chartered, or one real vehicle with its plate (车辆).

    ``seats`` are passenger seats (a driver's seat is already taken off); ``seats_note`` says which reading
    of the sheet was used. ``per_day`` None means unlimited. ``first_date``/``last_date`` bound its use.
    ``use`` None: for any ride; ``runs_per_day`` counts those of a feeder or shuttle, None: as many as its hours allow.
    ``carrier`` is the company that it is chartered from (承运单位).
    ``side`` None: vehicles of the origin.
    """

    vehicle: Annotated[str, Field(min_length=1)]
    mode: Mode = "coach"
    seats: PositiveInt
    seats_note: Text = NO_TEXT
    fixed_yuan: NonNegativeFloat
    per_km_yuan: NonNegativeFloat = 0.0
    per_day: NonNegativeInt | None = None
    base: str = ""
    turnaround_days: NonNegativeInt = 0
    first_date: date | None = None
    last_date: date | None = None
    min_load: NonNegativeFloat | None = None
    plate: str = ""
    use: Use | None = None
    runs_per_day: PositiveInt | None = None
    carrier: str = ""
    side: Side | None = None


class RailRow(Record):
    """One station of a train (铁路); what is said of the whole train may stand on any of its rows.

    ``service`` is its number (车次) on the date ``day``. ``arrives_minute`` and ``departs_minute`` count from the
    midnight at which that day begins (01:05 of the next day is 1505). ``quota`` are the seats for those who board
    there (票额), ``capacity`` the seats of the whole (定员). ``county_quotas`` are counties as written, each with
    the seats that its people may take (各县名额).
    """

    service: Annotated[str, Field(min_length=1)]
    product: Product | None = None
    day: date
    station: Annotated[str, Field(min_length=1)]
    arrives_minute: NonNegativeInt | None = None
    departs_minute: NonNegativeInt | None = None
    quota: NonNegativeInt | None = None
    county_quotas: tuple[tuple[str, NonNegativeInt], ...] = ()
    capacity: PositiveInt | None = None
    min_load: NonNegativeInt | None = None
    fixed_yuan: NonNegativeFloat | None = None
    carriage_seats: PositiveInt | None = None
    carriage_yuan: NonNegativeFloat | None = None
    seat_yuan: NonNegativeFloat | None = None


class PlaceRow(Record):
    """A named point (地点); ``owner`` is 所属, a prefecture, a county, or both."""

    name: Annotated[str, Field(min_length=1)]
    lat: Annotated[float, Field(ge=-90, le=90)]
    lon: Annotated[float, Field(ge=-180, le=180)]
    owner: str = ""


class DistanceRow(Record):
    """Road km between two named places (里程); ``closed`` means that the road is shut on those dates.

    ``minutes`` are those at the wheel by day, without rests; None: those of the usual speed. A closed row from a place
    to itself closes the place: nobody gets in or out.
    """

    origin: Annotated[str, Field(min_length=1)]
    destination: Annotated[str, Field(min_length=1)]
    km: NonNegativeFloat
    minutes: NonNegativeFloat | None = None
    closed: bool = False
    closed_from: date | None = None
    closed_to: date | None = None


class PickupRow(Record):
    """Where a township boards (乡镇 → 上车点)."""

    township: Annotated[str, Field(min_length=1)]
    pickup: Annotated[str, Field(min_length=1)]
    prefecture: str = ""
    county: str = ""
    hours: str = ""
