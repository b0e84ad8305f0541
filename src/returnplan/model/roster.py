"""The roster: who travels from which place to which, on what days, in which vehicles; every name resolved.

Built by :mod:`returnplan.enrolment`, completed by matching, read by problem, audit and writers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

from returnplan.model.faults import Fault
from returnplan.model.intake import RejectedRow
from returnplan.model.law import Span
from returnplan.model.records import Mode, Product, Sex, Side, Spot, Use
from returnplan.model.rules import RailRules
from returnplan.model.texts import Text

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pandas as pd

CapRule = Literal["max_departures", "max_arrivals"]

NO_ROAD_KM = 1_000_000.0
"""Between two places whose only known road is closed: no vehicle drives as far."""


@dataclass(frozen=True, slots=True)
class Place:
    """A pick-up or drop-off: ``name`` as written (a centre: the full name of county, town or city).

    ``county`` is a full county name or empty; ``city`` the full name of the prefecture-level city it lies in,
    empty when unknown. A place is (county or city, name): 县汽车站 of two counties is two places. ``hours`` are
    those at which one can board there, None: any; they do not tell places apart.
    """

    name: str
    county: str
    city: str
    lat: float
    lon: float
    hours: Span | None = field(default=None, compare=False)

    @property
    def spot(self) -> Spot:
        """What tells it from other places at which a batch may stop."""
        return self.name, self.city, self.lat, self.lon


@dataclass(frozen=True, slots=True)
class VehiclePool:
    """Vehicles of one type at one base: ``seats`` for passengers, ``per_day`` None for any number.

    ``base`` is the full name of a prefecture or empty (anywhere): all riders board there, or with the ``side``
    destination travel there. With ``turnaround_days`` T ≥ 1 a vehicle
    that leaves on day d can leave again on day d + T; 0 renews the pool daily. ``min_load`` overrides the
    rule of that name. ``use`` None: for any ride; ``runs_per_day`` is the most runs of a vehicle as feeder or
    shuttle, None: as its hours allow. ``plates`` are those of real vehicles, if the sheet names them. ``carrier`` is
    the company that they are chartered from, empty where the sheet names none. ``broken`` are vehicles that did not
    come, each with the day and the batch that it was to run: it is away as if it had left.
    """

    vehicle: str
    mode: Mode
    seats: int
    fixed_yuan: float
    per_km_yuan: float
    per_day: int | None
    base: str
    turnaround_days: int
    first_date: date | None
    last_date: date | None
    min_load: float | None
    plates: tuple[str, ...] = ()
    use: Use | None = None
    runs_per_day: int | None = None
    carrier: str = ""
    side: Side = "origin"
    broken: tuple[tuple[date, str], ...] = ()

    def is_open(self, day: date) -> bool:
        """Return whether the vehicles may be used on a day."""
        not_yet = self.first_date is not None and day < self.first_date
        return not (not_yet or (self.last_date is not None and day > self.last_date))


@dataclass(frozen=True, slots=True)
class RailCall:
    """A train at one of its stations.

    Parameters
    ----------
    place : a line of :attr:`Roster.places`
    arrives, departs : local hours; None where nobody alights, as at the first station, or boards, as at the last
    quota : how many may board there (票额), None for as many as there are seats
    """

    place: int
    arrives: datetime | None
    departs: datetime | None
    quota: int | None


@dataclass(frozen=True, slots=True)
class RailService:
    """A train on one day, bought in one way; two of the same ``name`` and ``day`` exclude each other.

    Parameters
    ----------
    ref : the first row of it, for messages
    name : its number (车次)
    product : a whole train, carriages, or tickets of a group
    day : on which it leaves its first station
    calls : its stations in their order, at least two
    capacity, min_load : seats, and the fewest people for whom it is ordered
    fixed_yuan, carriage_yuan, seat_yuan : prices of the train, of a carriage of ``carriage_seats``, of a seat
    county_quotas : home counties by full name, each with the most seats for its people; others have no such limit
    """

    ref: str
    name: str
    product: Product
    day: date
    calls: tuple[RailCall, ...]
    capacity: int
    min_load: int
    fixed_yuan: float = 0.0
    carriage_seats: int = 1
    carriage_yuan: float = 0.0
    seat_yuan: float = 0.0
    county_quotas: tuple[tuple[str, int], ...] = ()

    def cost_yuan(self, num_seats: int) -> float:
        """Return what so many seats cost; carriages are bought whole."""
        num_carriages = -(-num_seats // self.carriage_seats)
        return self.fixed_yuan + num_carriages * self.carriage_yuan + num_seats * self.seat_yuan

    def renumbered(self, place: Sequence[int]) -> "RailService":
        """Return the train with the new number of each place."""
        return replace(self, calls=tuple(replace(call, place=place[call.place]) for call in self.calls))


@dataclass(frozen=True, slots=True)
class Vacancy:
    """One line of the demand sheet, resolved; ``place`` indexes :attr:`Roster.places`.

    ``headcount`` None means that the sheet names no number (no vacancies for new hires are counted). ``contact`` is who
    meets the coach, name and phone.
    """

    ref: str
    employer: str
    city: str
    place: int
    post: str
    headcount: int | None
    resume: date | None
    reception_from: date | None
    wage_yuan: float | None
    sex: Sex | None
    min_age: int | None
    max_age: int | None
    contact: str = ""


Heads = Mapping[tuple[CapRule, str, date], int]
"""People who count against a day cap, by rule, full name of the prefecture or city, and date of departure or
arrival."""


@dataclass(frozen=True)
class Roster:
    """Everyone who signed up, and all that their journeys may use.

    ``people`` has one line a sign-up row that is a well-formed record, sorted by ID number so that the row
    order of the input does not matter, with a RangeIndex and these columns:

    ======================  =============  ===================================================================
    signup                  str            row reference ``file!sheet!row``
    name, id_number, phone  str            as read (unmasked)
    sex                     str            男, 女 or empty
    age                     int            full years on the first day of travel, from the ID number
    prefecture, county      str            full names of the home divisions, empty when not told
    township                str            as written
    city                    str            full name of the destination city
    acceptable              object         tuple of full city names, without ``city``
    employer                str            the sign-up's own employer as written, empty for job seekers
    vacancy                 int            a line of ``vacancies`` of that employer, -1 for none
    post                    str            as written (工种, a wish for job seekers)
    pickup, dropoff         int            lines of ``places``
    names_pickup            bool           the row names its pick-up; else it is that of the township or county
    earliest, latest        datetime64[s]  the window of travel, both days included
    flex_from, flex_to      datetime64[s]  the days that the person named (equal to the window unless flexed)
    resume                  datetime64[s]  the employer's resume date, NaT when not known
    reception               datetime64[s]  first day the employer takes people in (最早报到), NaT: any day
    rank                    int            0 is the class served first
    category                str            the class in the words of the sheet
    party                   int            people with the same number travel together, -1 alone
    party_name              str            the party as written (group number), empty when alone
    num_children            int            children along; each takes a seat
    shuttle                 str            "no": needs no coach from the station where a train ends
    note                    str            special care and remarks
    code                    str            empty for eligible people, else why not (a code of ``unplanned``)
    reason_zh, reason_en    str            the same in words
    suggestion_zh, _en      str            what would help
    ======================  =============  ===================================================================

    Which of them a rider has as they stand here, :mod:`returnplan.model.person` says; a text that is only passed on
    is declared there alone.

    ``km`` has shape (networks, places, places) over :attr:`places`: road km as driven, ``NO_ROAD_KM`` where the only
    known road is closed; ``network_of`` says which network holds on a date that has a closed road (all other dates:
    network 0).
    ``drive_minutes`` has the shape of ``km``: minutes at the wheel by day; not a number where the distances sheet
    names none for any road on the way, which is driven at the usual speed then. None: it names none at all.
    ``rejected`` are the sign-up rows with an error, of reading and of enrolment, sorted by reference: people
    all the same, for assembly to list as unplanned (``faulty_row``); none of them is in ``people``.
    ``faults`` are all of them so far, those of reading included; ``notes`` say what was assumed.
    ``num_not_read`` counts the rows that look like people on sheets that could not be read.
    ``rail`` are the trains that may be ordered, under ``rail_rules``.
    ``aboard`` counts the people of kept batches: they use up the day caps first.
    ``has_demand_in`` are the cities for which the demand sheet names vacancies. Nobody leaves before
    ``not_before`` (the as-of date and the days of notice), nor before ``reception`` unless the window ends
    earlier.
    """

    people: "pd.DataFrame"
    places: tuple[Place, ...]
    pools: tuple[VehiclePool, ...]
    vacancies: tuple[Vacancy, ...]
    km: "npt.NDArray[np.float64]"
    network_of: dict[date, int]
    faults: tuple[Fault, ...]
    has_demand_in: frozenset[str]
    not_before: date | None = None
    rejected: tuple[RejectedRow, ...] = ()
    notes: tuple[Text, ...] = ()
    num_not_read: int = 0
    aboard: Heads = field(default_factory=dict)
    rail: tuple[RailService, ...] = ()
    rail_rules: RailRules = field(default_factory=RailRules)
    drive_minutes: "npt.NDArray[np.float64] | None" = None

    def lines_by_spot(self) -> dict[Spot, int]:
        """Return the line of the first place at each spot."""
        return {place.spot: line for line, place in reversed([*enumerate(self.places)])}

    def boarding_prefectures(self) -> "pd.Series[str]":
        """Return for each line of ``people`` the prefecture that the pick-up lies in.

        Where nobody told that, it is the home of the first of the party, who board together.
        """
        import pandas as pd

        from returnplan.model.text_column import text_column, words_of

        people = self.people
        boards_in = words_of(people["pickup"].to_numpy(), [*(place.city for place in self.places), ""])
        untold = boards_in == ""
        if untold.any():
            home, in_party = people["prefecture"], people["party"] >= 0
            of_party = people[in_party].groupby("party")["prefecture"].transform("first")
            lives_in = of_party.reindex(home.index).fillna(home)
            boards_in[untold] = text_column(lives_in)[untold]
        return pd.Series(boards_in, people.index)
