"""What we promise: batches with their stops, riders with their seats, and those left behind with a reason.

Frozen values without behaviour, shared by planner, audit, store and writers. Riders and unplanned people
travel through the program as columns (DataFrames with the fields below as column names); the classes
themselves are used where a single batch is at hand.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from returnplan.model.faults import Fault
from returnplan.model.intake import InputFile, SheetReport
from returnplan.model.records import Mode, Product, Spot
from returnplan.model.texts import Lang

if TYPE_CHECKING:
    import pandas as pd

StopKind = Literal["pickup", "dropoff"]
BatchState = Literal["draft", "published", "departed"]
BatchKind = Literal["direct", "feeder", "train", "shuttle"]
ConnectingKind = Literal["feeder", "shuttle"]
CONNECTING: tuple[ConnectingKind, ...] = ("feeder", "shuttle")
"""The kinds that only drive to or from a train."""
RestKind = Literal["rest", "standstill", "night_stop"]


NO_NEWS_MINUTES = 5
"""A coach that calls so few minutes earlier or later than people were told is no news to them."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop of a batch: ``place`` as written in the input, ``time`` local, ``num_on``/``num_off`` heads.

    The stops of a train are the stations at which riders of the plan board (``time``: it departs), then those at
    which they alight (``time``: it arrives).
    """

    seq: int
    kind: StopKind
    place: str
    city: str
    lat: float
    lon: float
    time: datetime
    num_on: int
    num_off: int

    @property
    def spot(self) -> Spot:
        """What tells its place from others."""
        return self.place, self.city, self.lat, self.lon


@dataclass(frozen=True, slots=True)
class Rest:
    """Time that a coach stands on the road after the stop number ``after``: a rest of its drivers, the standstill of
    long-distance coaches before morning, or a stop for the night. ``time`` is when it begins.
    """

    after: int
    time: datetime
    minutes: int
    kind: RestKind


@dataclass(frozen=True, slots=True)
class Batch:
    """One vehicle on one date to one destination city (号车).

    ``number`` is the coach's number on that date, ``wave`` (批) the ordinal of the date; ``cities`` are all
    destination cities of its riders (of a direct coach more than one only with ``combine_cities``); ``load`` counts
    riders; ``km`` is from the first pick-up to the last drop-off along the stops, 0 for a train, which nobody pays
    by km.

    A ``feeder`` takes riders from home to a railway station, a ``shuttle`` from a station to their drop-offs. A train
    has its number (车次) in ``service``, the way in which it was ordered in ``product``, and in ``vehicle`` the name
    of that. ``block`` is the id of the first batch that the same vehicle runs on that day, empty if it runs but once.

    ``num_drivers`` is how many drivers the law asks for, ``drivers`` are their names as far as they are known.
    ``notices`` are the words of the dated rules that hold for it.
    ``contract_yuan`` is what the carrier is paid: the cost without the planner's price of further stops. ``carrier``
    is the company, empty where the fleet sheet names none.
    """

    id: str
    wave: int
    number: int
    date: date
    city: str
    cities: tuple[str, ...]
    vehicle: str
    mode: Mode
    base: str
    seats: int
    usable: int
    load: int
    km: float
    cost_yuan: float
    depart: datetime
    arrive: datetime
    stops: tuple[Stop, ...]
    version: int = 1
    state: BatchState = "draft"
    kind: BatchKind = "direct"
    plate: str = ""
    drivers: tuple[str, ...] = ()
    service: str = ""
    product: Product | None = None
    block: str = ""
    rests: tuple[Rest, ...] = ()
    num_drivers: int = 1
    notices: tuple[str, ...] = ()
    takes_temperature: bool = False
    contract_yuan: float = 0.0
    carrier: str = ""

    @property
    def back(self) -> datetime:
        """Return when the vehicle is back where it set out, if the way back takes as long as the run."""
        return self.arrive + (self.arrive - self.depart)

    @property
    def paid_seats(self) -> int:
        """Return the seats that are paid for: of a group ticket those of its riders, else all that may be used."""
        return self.load if self.product == "group" else self.usable


NO_SEAT = "无座"
"""The ``seat_no`` of who has to stand in a train."""
OWN_WORD = ("cancelled", "own_transport")
"""The codes of people who want no seat, by their own word."""
TRAVELLED = "travelled"
"""The code of who got on a coach without a seat of their own: they are on none of the plan, and wait for none."""
KEPT_BACK = ("health", "too_young", "too_old")
"""The codes of people who may not travel by the rules of the office."""


@dataclass(frozen=True, slots=True)
class Rider:
    """One person on one batch; the fields are the columns of :attr:`Plan.riders`.

    ``person`` is the stable number, ``signup`` the row reference, ``pickup``/``dropoff`` the places as
    written, ``pickup_seq``/``dropoff_seq`` the stops of the batch. A child along takes a seat but is no
    rider: ``child_seats`` lists those seat numbers. ``flexed`` marks a date that the person did not name.

    Who takes a train has one line for each ride: ``journey`` is the id of the direct coach or of the train, alike on
    all lines of a person, and ``leg`` counts the rides from 1 in the order of travel. ``pickup`` and ``dropoff`` are
    those of the ride, ``city`` is where the journey ends. ``seat`` on a train is the line of the name list, no seat:
    ``carriage`` and ``seat_no`` stay empty (待定) until the railway has said them (``seat_no`` is :data:`NO_SEAT`
    for who has to stand), and so does ``order_no`` (订单号), by which a ticket is changed or returned.

    ``bound_yuan`` is the rider's part in the lower bound on the plan's cost, ``rent_yuan`` what the rider pays
    in it besides for scarce vehicles, which stays due when the rider leaves.
    """

    batch: str
    person: int
    signup: str
    seat: int
    child_seats: tuple[int, ...]
    pickup: str
    dropoff: str
    pickup_seq: int
    dropoff_seq: int
    prefecture: str
    county: str
    township: str
    city: str
    earliest: date
    latest: date
    flexed: bool
    employer: str
    post: str
    party: str
    journey: str
    leg: int
    status: str
    name: str
    sex: str
    id_number: str
    phone: str
    category: str
    note: str
    bound_yuan: float = 0.0
    rent_yuan: float = 0.0
    carriage: str = ""
    seat_no: str = ""
    order_no: str = ""


@dataclass(frozen=True, slots=True)
class WalkUp:
    """Somebody whom the escort let on without a seat (现场增补), as written on the paper of the batch.

    ``batch`` is empty where the paper no longer says it.
    """

    batch: str
    name: str
    id_number: str
    phone: str
    pickup: str
    dropoff: str
    employer: str


@dataclass(frozen=True, slots=True)
class Unplanned:
    """A sign-up row that is on no batch, with the reason; its fields are the columns of `Plan.unplanned`.

    ``person`` 0, ``earliest`` and ``latest`` None where a faulty row does not tell. People with the same ``group``
    could travel together, and their suggestion is for all of them; 0 for those who are in none.
    """

    person: int
    signup: str
    prefecture: str
    county: str
    township: str
    city: str
    earliest: date | None
    latest: date | None
    code: str
    reason_zh: str
    reason_en: str
    suggestion_zh: str
    suggestion_en: str
    name: str
    phone: str
    group: int = 0


@dataclass(frozen=True, slots=True)
class Match:
    """A person without an employer, and the vacancy found; its fields are the columns of `Plan.matches`."""

    person: int
    signup: str
    employer: str
    post: str


@dataclass(frozen=True, slots=True)
class EmployerLine:
    """One employer of the plan: new hires wanted, returning and newly matched people planned for it.

    ``contact`` is who meets the coach there, name and phone, as far as the demand sheet says it.
    """

    employer: str
    city: str
    place: str
    headcount: int
    matched: int
    planned: int
    resume: date | None
    first_arrival: date | None
    last_arrival: date | None
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Overview:
    """What a plan says without its people: each part is that of the same name of :class:`Plan`."""

    batches: tuple[Batch, ...]
    employers: tuple[EmployerLine, ...]
    summary: dict[str, Any]


@dataclass(frozen=True)
class Plan:
    """Everything that one run decided and found; saved whole or not at all.

    ``riders``, ``unplanned`` and ``matches`` have the fields of :class:`Rider`, :class:`Unplanned` and
    :class:`Match` as columns. ``summary`` is the object of that name in the JSON contract. ``printed`` is by batch
    id the version of the papers that were written last, whatever run that was in.
    """

    batches: tuple[Batch, ...]
    riders: "pd.DataFrame"
    unplanned: "pd.DataFrame"
    matches: "pd.DataFrame"
    faults: tuple[Fault, ...]
    sheets: tuple[SheetReport, ...]
    employers: tuple[EmployerLine, ...]
    summary: dict[str, Any] = field(default_factory=dict)
    printed: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Handout:
    """The papers of a batch that were written last: their version (第1版), and the digest of what they say."""

    version: int
    content: str


@dataclass(frozen=True, slots=True)
class RunHeader:
    """Which run: ``id`` the first 12 hex digits of the digest of inputs, config and version."""

    id: str
    created_at: datetime
    version: str
    as_of: date | None
    inputs: tuple[InputFile, ...]
    config: dict[str, Any]
    lang: Lang


class PlanSoFar(NamedTuple):
    """A plan in the making: how many people it carries, what it costs, and a bound.

    ``bound_yuan`` is what any plan for the people of the quick first plan costs at least, 0 before there is one.
    The search seats more people than that one, so the cost may rise.
    """

    people: int
    cost_yuan: float
    bound_yuan: float
