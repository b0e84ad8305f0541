"""What a plan amounts to for the region: every vehicle and every person once, nobody named."""

from collections import Counter
from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from returnplan.model.intake import InputFile
from returnplan.model.plan import Rider, WalkUp
from returnplan.papers.rollup.account import PRODUCT_COUNTS, AccountLine, Vehicle, account_of, lines_of
from returnplan.papers.rollup.door import AccountFile
from returnplan.papers.rollup.sentence import press_note
from returnplan.papers.rollup.table import add_up
from tests.specimens.journeys import with_a_train
from tests.specimens.plans import make_header, make_plan

TUESDAY, WEDNESDAY = date(2021, 2, 23), date(2021, 2, 24)
HOMES, CITIES = ("贵港市", "柳州市"), ("东莞市", "深圳市")
STATUSES = ("assigned", "boarded", "absent", "arrived")
RIDERS = st.dictionaries(
    st.tuples(
        st.sampled_from(HOMES),
        st.sampled_from(CITIES),
        st.sampled_from(STATUSES),
        st.booleans(),
        st.sampled_from(("", "脱贫户", "监测对象")),
    ),
    st.integers(1, 50),
    min_size=1,
)
VEHICLES = st.lists(
    st.builds(
        Vehicle,
        st.sampled_from((TUESDAY, WEDNESDAY)),
        st.sampled_from(("coach", "train")),
        st.sampled_from(CITIES),
        st.booleans(),
        RIDERS,
        st.integers(0, 3),
    )
)


def test_a_plan_of_which_nobody_has_left_has_nothing_sent() -> None:
    plan = make_plan()
    plan.riders["category"] = ""
    account = account_of(make_header(), plan, ())
    assert account.lines == (
        AccountLine(date=TUESDAY, home="贵港市", city="东莞市", coaches=1, people=45),
        AccountLine(date=WEDNESDAY, home="贵港市", city="深圳市", coaches=1, people=20),
    )


def test_who_has_boarded_is_sent_and_so_is_a_walk_up() -> None:
    plan = make_plan()
    plan.riders.loc[:29, "status"] = "boarded"
    plan.riders.loc[30:40, "status"] = "absent"
    plan = replace(plan, batches=(replace(plan.batches[0], state="departed"), plan.batches[1]))
    walk_up = WalkUp("0223-03", "覃某", "450803199001011234", "13877540000", "", "", "")
    line = account_of(make_header(), plan, [walk_up]).lines[0]
    assert (line.people, line.sent, line.coaches_sent, line.listed) == (45, 31, 1, 0)


def test_who_was_absent_and_has_no_seat_now_was_planned_all_the_same() -> None:
    plan = make_plan()
    rider = Rider(**plan.riders.to_dict("records")[0])  # type: ignore[arg-type]
    gone, back = replace(rider, person=9999), rider
    line = account_of(make_header(), plan, (), "", [(gone, TUESDAY), (back, TUESDAY)]).lines[0]
    assert (line.people, line.absent) == (46, 1)
    plan = replace(plan, batches=(replace(plan.batches[0], state="departed"), plan.batches[1]))
    account = account_of(make_header(), plan, (), "", [(gone, TUESDAY)])
    note = press_note(add_up([AccountFile("page.html", account)]), "zh")
    assert "发送45人，完成计划的68.2%" in note
    assert "，未到1人" in note


def test_people_count_by_class_under_whatever_word_the_lists_have_for_it() -> None:
    plan = make_plan()
    plan.riders["category"] = "其他"
    plan.riders.loc[:9, "category"] = "脱贫户"
    plan.riders.loc[10:14, "category"] = "脱贫人口"
    plan.riders.loc[15:17, "category"] = "边缘易致贫户"
    plan.riders.loc[:4, "status"] = "boarded"
    line = account_of(make_header(), plan).lines[0]
    assert (line.out_of_poverty, line.monitored) == (15, 3)
    assert (line.out_of_poverty_sent, line.monitored_sent, line.sent) == (5, 0, 5)


def test_a_vehicle_that_has_left_without_its_list_counts_by_the_list() -> None:
    plan = make_plan()
    plan = replace(plan, batches=(replace(plan.batches[0], state="departed"), plan.batches[1]))
    line = account_of(make_header(), plan, ()).lines[0]
    assert (line.sent, line.listed, line.coaches_sent) == (45, 45, 1)


def test_a_vehicle_counts_where_most_of_its_riders_live() -> None:
    riders = {("贵港市", "东莞市", "assigned", True, ""): 5, ("柳州市", "深圳市", "assigned", True, ""): 9}
    lines = lines_of([Vehicle(TUESDAY, "train", "东莞市", False, riders)])
    assert {(line.home, line.city): (line.trains, line.people) for line in lines} == {
        ("柳州市", "东莞市"): (1, 0),
        ("柳州市", "深圳市"): (0, 9),
        ("贵港市", "东莞市"): (0, 5),
    }


def test_a_feeder_is_a_coach_that_connects() -> None:
    plan = make_plan()
    plan = replace(plan, batches=(replace(plan.batches[0], kind="feeder"), plan.batches[1]))
    lines = account_of(make_header(), plan, ()).lines
    assert [(sum(line.coaches for line in lines)), sum(line.connecting for line in lines)] == [2, 1]


def test_nobody_is_in_an_account() -> None:
    plan = make_plan()
    text = account_of(make_header(), plan, ()).model_dump_json()
    assert [name for name in {*plan.riders["name"], *plan.riders["phone"]} if name in text] == []


@settings(deadline=None)
@given(VEHICLES)
def test_no_vehicle_and_no_person_is_lost_or_counted_twice(vehicles: list[Vehicle]) -> None:
    lines = lines_of(vehicles)
    kinds = Counter(vehicle.mode for vehicle in vehicles)
    assert sum(line.coaches for line in lines) == kinds["coach"]
    assert sum(line.trains for line in lines) == kinds["train"]
    assert sum(line.people for line in lines) == sum(
        num for vehicle in vehicles for (*_, is_first, _), num in vehicle.riders.items() if is_first
    )
    assert all(line.listed <= line.sent for line in lines)
    assert len({(line.date, line.home, line.city) for line in lines}) == len(lines)


def test_people_with_several_rides_count_once_and_every_vehicle_counts() -> None:
    plan = with_a_train()
    plan.summary["origins"] = {}
    lines = account_of(make_header(), plan, ()).lines
    assert sum(line.people for line in lines) == 10
    assert (sum(line.coaches for line in lines), sum(line.trains for line in lines)) == (4, 1)
    assert [sum(getattr(line, name) for line in lines) for name in PRODUCT_COUNTS.values()] == [0, 1, 0]


def test_counties_with_the_prices_of_one_carrier_do_not_tell_the_same_people() -> None:
    """Of the files only the lists of people count: the prefecture gives all its counties one demand sheet."""
    header, plan = make_header(), make_plan()
    prices = InputFile("资料/报价单.xlsx", "1" * 64, 2)
    shared = replace(header, inputs=(*header.inputs, prices))
    lists = {ref.rsplit("!", 2)[0] for ref in plan.riders["signup"]}
    assert lists == {"桥圩镇报名.xlsx"}
    assert account_of(shared, plan).inputs == account_of(header, plan).inputs
    gone = replace(plan, riders=plan.riders.assign(signup=""))  # purged
    assert len(account_of(shared, gone).inputs) == 4
