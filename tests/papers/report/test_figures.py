"""What the page counts: people, vehicles, files; and that no person is in it."""

from dataclasses import replace
from datetime import date

import pytest

from returnplan.model.faults import Fault
from returnplan.model.plan import Plan
from returnplan.model.texts import Text
from returnplan.papers.report.figures import FileFaults, Flow, Load, figures_of
from tests.specimens.plans import make_plan

THURSDAY = date(2021, 2, 24)


def _with_first_stop(plan: Plan, place: str) -> Plan:
    first, *others = plan.batches
    stops = (replace(first.stops[0], place=place), *first.stops[1:])
    return replace(plan, batches=(replace(first, stops=stops), *others))


def test_days_and_cities_count_each_batch_and_each_person_once() -> None:
    figures = figures_of(make_plan())
    assert figures.days == [Load(date(2021, 2, 23), 1, 0, 45), Load(THURSDAY, 1, 0, 20)]
    assert figures.cities == [Load("东莞市", 1, 0, 45), Load("深圳市", 1, 0, 20)]


def test_a_train_is_no_coach() -> None:
    plan = make_plan()
    plan = replace(plan, batches=(replace(plan.batches[0], mode="train"), plan.batches[1]))
    assert figures_of(plan).days[0] == Load(date(2021, 2, 23), 0, 1, 45)


def test_a_batch_to_two_cities_counts_for_both_and_its_riders_for_their_own() -> None:
    plan = make_plan()
    both = replace(plan.batches[0], cities=("东莞市", "深圳市"))
    assert figures_of(replace(plan, batches=(both, plan.batches[1]))).cities[1] == Load("深圳市", 2, 0, 20)


def test_flows_are_those_of_counties_the_largest_first() -> None:
    assert figures_of(make_plan()).flows == [
        Flow("贵港市", "港南区", "东莞市", 45),
        Flow("贵港市", "港南区", "深圳市", 20),
    ]


def test_a_county_lies_where_its_people_board() -> None:
    (home,) = figures_of(make_plan()).homes
    assert (home.name, home.num_people) == ("港南区", 65)
    share = (24 + 20) / 65  # of those who board at the first stop
    assert home.lat == pytest.approx(23.04 * share + 22.95 * (1 - share))


def test_full_vehicles_have_a_bar_of_their_own() -> None:
    plan = make_plan()
    first, second = plan.batches
    loads = [(first.usable, 6), (first.usable - 1, 5), (first.usable // 2 + 1, 1), (10, 0)]
    batches = tuple(replace(second, load=load) for load, _ in loads)
    assert figures_of(replace(plan, batches=batches)).loads == [1, 1, 0, 0, 0, 1, 1]


def test_children_take_part_in_what_is_handed_out() -> None:
    assert figures_of(make_plan()).heads == {date(2021, 2, 23): 46, THURSDAY: 21}


def test_faults_are_counted_by_file_errors_first() -> None:
    plan = make_plan()
    warning = Fault("a.xlsx", "", "", "", "x", Text("", ""), severity="warning")
    figures = figures_of(replace(plan, faults=(warning, *plan.faults)))
    assert figures.faults == [FileFaults("桥圩镇报名.xlsx", 1, 0), FileFaults("a.xlsx", 0, 1)]


def test_a_phone_in_the_name_of_a_file_is_masked() -> None:
    plan = make_plan()
    fault = replace(plan.faults[0], file="大湾镇13877541234.xlsx")
    assert figures_of(replace(plan, faults=(fault,))).faults[0].file == "大湾镇138****1234.xlsx"


def test_a_stop_that_tells_the_name_of_a_rider_is_called_by_its_city() -> None:
    plan = make_plan()
    name = plan.riders["name"].iloc[7]
    line = figures_of(_with_first_stop(plan, f"{name}家门口")).batches[0]
    assert line.stops[0] == plan.batches[0].stops[0].city
    assert line.stops[1:] == tuple(stop.place for stop in plan.batches[0].stops[1:])


def test_a_phone_in_the_name_of_a_stop_is_masked() -> None:
    line = figures_of(_with_first_stop(make_plan(), "村口13877541234")).batches[0]
    assert line.stops[0] == "村口138****1234"


def test_a_plan_without_a_batch_has_figures() -> None:
    plan = make_plan()
    nobody = replace(plan, batches=(), riders=plan.riders.iloc[:0])
    figures = figures_of(nobody)
    assert (figures.days, figures.flows, figures.homes, figures.heads) == ([], [], [], {})
    assert figures.reasons == [("faulty_row", 1)]
