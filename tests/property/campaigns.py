"""Small random campaigns, and the whole path from their rows to an audited plan, in this process."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from returnplan.assembly.assemble import assemble
from returnplan.audit import Violation, audit
from returnplan.carryover import previous_batches
from returnplan.enrolment.destinations import with_full_names
from returnplan.enrolment.enrol import enrol
from returnplan.enrolment.settings import EnrolmentSettings
from returnplan.matching import match
from returnplan.model.intake import Intake
from returnplan.model.law import Law
from returnplan.model.plan import Plan
from returnplan.model.records import Demand, DistanceRow, FleetRow, PlaceRow, SignUp
from returnplan.model.roster import Roster
from returnplan.model.rules import Rules
from returnplan.planning import Effort, solve
from returnplan.problem import build_problem
from returnplan.usecases.plan.bound import bounded
from tests.specimens.intakes import intake, signup

FIRST_DAY = date(2021, 2, 18)
QUICK = Effort(base_work=3_000, work_per_group=100)
HOMES = (("柳州市", "融水县"), ("柳州市", "三江县"), ("贵港市", "港南区"))
PICKUPS = {"融水县": ("融水东站", "融水西站"), "三江县": ("三江站",), "港南区": ("桥圩站",)}
CITIES = ("东莞", "深圳")
TOWNS = {"东莞": ("", "虎门镇", "长安镇"), "深圳": ("",)}
PLACES = (
    PlaceRow(ref="地点.xlsx!地点!2", name="融水东站", lat=25.07, lon=109.26, owner="融水县"),
    PlaceRow(ref="地点.xlsx!地点!3", name="融水西站", lat=25.10, lon=109.05, owner="融水县"),
    PlaceRow(ref="地点.xlsx!地点!4", name="三江站", lat=25.78, lon=109.61, owner="三江县"),
    PlaceRow(ref="地点.xlsx!地点!5", name="桥圩站", lat=22.98, lon=109.70, owner="港南区"),
)
FACTORY = Demand(
    ref="用工.xlsx!用工!2",
    employer="华强电子",
    city="东莞",
    town="长安镇",
    headcount=2,
    resume=FIRST_DAY + timedelta(days=1),
    reception_from=FIRST_DAY + timedelta(days=1),
)


@dataclass(frozen=True)
class Campaign:
    """What an office has: the rows of its sheets, and its rules."""

    signups: tuple[SignUp, ...]
    fleet: tuple[FleetRow, ...]
    demand: tuple[Demand, ...]
    rules: Rules
    as_of: date | None
    places: tuple[PlaceRow, ...] = PLACES
    distances: tuple[DistanceRow, ...] = ()

    def intake(self) -> Intake:
        """Return what reading makes of it: row numbers follow the order of the rows."""
        rows = [
            row.model_copy(update={"ref": f"报名.xlsx!报名!{i + 2}"}) for i, row in enumerate(self.signups)
        ]
        return intake(
            *rows, fleet=self.fleet, demand=self.demand, places=self.places, distances=self.distances
        )


@dataclass(frozen=True)
class Outcome:
    """The plan of a campaign, the person numbers of its ID numbers, and what the audit says."""

    plan: Plan
    roster: Roster
    numbers: Mapping[str, int]
    violations: tuple[Violation, ...]


def planned(campaign: Campaign, last: Outcome | None = None, *, processes: int = 1) -> Outcome:
    """Go the whole way; people of the last plan should stay on its batches."""
    rules, law = with_full_names(campaign.rules), Law()
    roster = match(enrol(campaign.intake(), EnrolmentSettings(), rules, usual_kmh=80.0, as_of=campaign.as_of))
    numbers = _numbers(roster, last.numbers if last else {})
    person = roster.people["id_number"].map(numbers)
    previous = previous_batches(last.plan, frozenset(), roster, person, {}, rules.move_yuan) if last else None
    problem, travellers = build_problem(roster, rules, previous=previous)
    drafts = solve(problem, QUICK, processes=processes)
    plan = bounded(assemble(roster, problem, travellers, drafts, numbers), roster, rules, law)
    return Outcome(plan, roster, numbers, audit(plan, roster, rules, law))


def _numbers(roster: Roster, known: Mapping[str, int]) -> dict[str, int]:
    news = [id_number for id_number in roster.people["id_number"] if id_number not in known]
    return {**known, **{id_number: 1 + len(known) + i for i, id_number in enumerate(news)}}


@st.composite
def _families(draw: st.DrawFn, serial: int) -> list[SignUp]:
    """Return one to three people who travel together: from one stop to one city, mostly on the same days."""
    prefecture, county = draw(st.sampled_from(HOMES))
    city = draw(st.sampled_from(CITIES))
    size, first = draw(st.sampled_from([1, 1, 1, 2, 3])), draw(st.integers(0, 2))
    shared = {
        "prefecture": prefecture,
        "county": county,
        "pickup": draw(st.sampled_from(PICKUPS[county])),
        "city": city,
        "party": f"{serial}组" if size > 1 else "",
    }
    return [signup(serial + n, **shared, **draw(_own_wishes(city, first))) for n in range(size)]


@st.composite
def _own_wishes(draw: st.DrawFn, city: str, first: int) -> dict[str, Any]:
    at_factory = city == "东莞" and draw(st.booleans())
    return {
        "town": "" if at_factory else draw(st.sampled_from(TOWNS[city])),
        "employer": "华强电子" if at_factory else draw(st.sampled_from(["美家家具", ""])),
        "earliest": FIRST_DAY + timedelta(days=first),
        "latest": FIRST_DAY + timedelta(days=first + draw(st.integers(0, 2))),
        "num_children": draw(st.sampled_from([0, 0, 0, 1, 2])),
        "categories": draw(st.sampled_from([(), ("脱贫户",)])),
        "cancelled": draw(st.integers(0, 20)) == 20,
        "rides": draw(st.integers(0, 20)) != 20,
    }


@st.composite
def _coaches(draw: st.DrawFn, line: int) -> FleetRow:
    seats = draw(st.sampled_from([4, 7, 12]))
    base = draw(st.sampled_from(["", "", "柳州市", "贵港市", "东莞市"]))
    return FleetRow(
        ref=f"车辆.xlsx!车辆!{line + 2}",
        vehicle=f"{seats}座",
        seats=seats,
        fixed_yuan=100.0 * seats + 50 * line,
        per_km_yuan=draw(st.sampled_from([1.0, 2.0])),
        per_day=draw(st.sampled_from([2, 1, None])),
        base=base,
        side="destination" if base == "东莞市" else None,
        turnaround_days=draw(st.integers(0, 3)),
        last_date=draw(st.sampled_from([None, FIRST_DAY + timedelta(days=1)])),
    )


@st.composite
def _road(draw: st.DrawFn, line: int) -> DistanceRow:
    """Return a road from a pick-up; the slow ones are too long for any drivers, or for one in a day."""
    start = draw(st.sampled_from(sorted(sum(PICKUPS.values(), ()))))
    goal, km = draw(
        st.sampled_from([("长安镇", 600.0), ("东莞市", 620.0), ("深圳市", 680.0), ("桥圩站", 250.0)])
    )
    pace = draw(st.sampled_from([None, 0.6, 1.1, 2.0]))
    return DistanceRow(
        ref=f"里程.xlsx!里程!{line + 2}",
        origin=start,
        destination=goal,
        km=km,
        minutes=pace and pace * km,
        closed=draw(st.integers(0, 4)) == 4,
        closed_to=draw(st.sampled_from([None, FIRST_DAY + timedelta(days=1)])),
    )


RULES = st.builds(
    Rules,
    min_load=st.sampled_from([1, 2, 0.4]),
    reserved_seats=st.integers(0, 1),
    max_pickups=st.integers(1, 3),
    max_dropoffs=st.integers(1, 3),
    max_pickup_km=st.sampled_from([150.0, 40.0, 0.0]),
    max_dropoff_km=st.sampled_from([80.0, 80.0, 0.0]),
    mix_counties=st.booleans(),
    combine_cities=st.sampled_from([(), (("东莞", "深圳"),)]),
    late_day_yuan=st.sampled_from([None, 30.0]),
    max_departures_per_day=st.sampled_from([None, None, 4, {"柳州": 3, "贵港": 1}]),
    max_arrivals_per_day=st.sampled_from([None, None, 5, {"东莞": 2}]),
    max_cost_per_head=st.sampled_from([None, None, 400.0]),
    budget=st.sampled_from([None, None, 3_000.0]),
)


@st.composite
def campaigns(draw: st.DrawFn) -> Campaign:
    """Return one to eight families, one to three kinds of coaches, perhaps a factory that looks for hands."""
    families = [draw(_families(serial)) for serial in range(1, 1 + 10 * draw(st.integers(1, 8)), 10)]
    return Campaign(
        signups=tuple(row for family in families for row in family),
        fleet=tuple(draw(_coaches(line)) for line in range(draw(st.integers(1, 3)))),
        demand=draw(st.sampled_from([(), (FACTORY,)])),
        rules=draw(RULES),
        as_of=draw(st.sampled_from([None, None, FIRST_DAY])),
        distances=tuple(draw(_road(line)) for line in range(draw(st.integers(0, 4)))),
    )


def journeys(plan: Plan) -> list[tuple[Any, ...]]:
    """Return what the plan does, whatever its batches are called: each batch with stops and riders, sorted."""
    aboard = plan.riders.groupby("batch")["id_number"].apply(lambda ids: tuple(sorted(ids)))
    return sorted(
        (
            batch.date,
            batch.city,
            batch.vehicle,
            batch.base,
            batch.cost_yuan,
            tuple((stop.kind, stop.place, stop.time, stop.num_on, stop.num_off) for stop in batch.stops),
            aboard[batch.id],
        )
        for batch in plan.batches
    )
