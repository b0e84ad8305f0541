"""Small campaigns with drafts made by hand: the places, fleet and rules that all assembly tests share."""

from collections.abc import Mapping, Sequence
from typing import Any

from returnplan.assembly.assemble import assemble
from returnplan.model.law import Law, Timetable
from returnplan.model.plan import Plan
from returnplan.model.roster import Roster
from returnplan.model.rules import Rules
from returnplan.problem import Problem, Travellers, build_problem
from returnplan.problem.draft import Draft
from tests.specimens.rosters import place, pool, roster

RONGAN, LIUCHENG, CHANGAN, HUMEN, LONGHUA = range(5)
PLACES = (
    place("融安汽车站", "柳州市", "融安县"),
    place("柳城汽车站", "柳州市", "柳城县"),
    place("长安厂门", "东莞市"),
    place("虎门厂门", "东莞市"),
    place("龙华", "深圳市"),
)
ANY_LOAD = Rules(min_load=1, max_dropoff_km=100)
LAW = Law(timetable=Timetable(start="06:00", speed_kmh=60, dwell_minutes=5))


def worker(pickup: int = RONGAN, dropoff: int = CHANGAN, **more: Any) -> dict[str, Any]:
    """Return somebody who goes back to an employer."""
    line = {
        "pickup": pickup,
        "dropoff": dropoff,
        "city": PLACES[dropoff].city,
        "employer": PLACES[dropoff].name,
    }
    return {**line, "county": PLACES[pickup].county, **more}


def campaign(workers: Sequence[Mapping[str, Any]], **more: Any) -> Roster:
    """Return a roster with one coach of 49 seats after another, unless said otherwise."""
    return roster(workers, **({"places": PLACES, "pools": [pool()]} | more))


def problem_of(people: Roster, rules: Rules, law: Law = LAW) -> tuple[Problem, Travellers]:
    return build_problem(people, rules, law)


def assembled(people: Roster, drafts: Sequence[Draft], rules: Rules = ANY_LOAD, law: Law = LAW) -> Plan:
    """Return the plan of the drafts; person n of the roster has the number n + 1."""
    problem, travellers = problem_of(people, rules, law)
    numbers = {id_number: line + 1 for line, id_number in enumerate(people.people["id_number"])}
    return assemble(people, problem, travellers, drafts, numbers)


def draft(*load: tuple[int, int], day: int = 0, pool: int = 0, **stops: tuple[int, ...]) -> Draft:
    """Return a draft from Rong'an to Chang'an, unless said otherwise."""
    return Draft.direct(day, pool, stops.get("pickups", (RONGAN,)), stops.get("dropoffs", (CHANGAN,)), load)
