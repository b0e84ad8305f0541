"""Where people board: planner and audit, which share nothing, must agree."""

from dataclasses import replace

from returnplan.audit.tables import boarding_prefectures, link
from returnplan.model.roster import Roster
from returnplan.problem import build_problem
from tests.specimens.two_batches import Case, two_batches

MATES = [2, 3]


def nowhere() -> Case:
    """Return a case whose pick-ups lie in no known prefecture, and a party of two homes."""
    case = two_batches()
    people = case.roster.people.copy()
    people.loc[MATES[1], "prefecture"] = "桂林市"
    places = tuple(replace(place, city="") for place in case.roster.places)
    return replace(case, roster=replace(case.roster, people=people, places=places))


def test_a_party_boards_where_its_first_is_at_home() -> None:
    roster: Roster = nowhere().roster
    assert roster.boarding_prefectures()[MATES].tolist() == ["柳州市", "柳州市"]


def test_the_audit_sees_the_same() -> None:
    case = nowhere()
    tables = link(case.plan, case.roster, case.rules, case.law)
    boards_in = case.roster.boarding_prefectures().set_axis(case.roster.people["signup"])
    assert boarding_prefectures(tables).tolist() == boards_in[tables.riders["signup"]].tolist()


def test_no_party_escapes_a_cap_on_departures() -> None:
    case = nowhere()
    problem, _ = build_problem(case.roster, case.rules)
    assert (problem.cells.prefecture >= 0).all()
