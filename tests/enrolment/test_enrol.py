"""The roster as a whole: nobody is lost, and the order of rows does not matter."""

from random import Random

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from returnplan.enrolment.people import PEOPLE_COLUMNS
from returnplan.model.records import Demand, SignUp
from tests.specimens.intakes import DAY, enrolled, rejected, signup


@st.composite
def rows(draw: st.DrawFn) -> list[SignUp]:
    """Draw rows of few people with few values, so that they clash often."""
    people = draw(st.lists(st.integers(1, 6), min_size=1, max_size=8))
    return [
        signup(
            person,
            ref=f"{draw(st.sampled_from('甲乙'))}.xlsx!S!{row + 2}",
            name=draw(st.sampled_from([f"韦{person}", f"韦{person}", f"韦{person}", "覃某"])),
            county=draw(st.sampled_from(["融水县", "融安县", "融永县", ""])),
            city=draw(st.sampled_from(["东莞", "深圳", "东菀"])),
            pickup=draw(st.sampled_from(["", "县汽车站"])),
            employer=draw(st.sampled_from(["", "恒达厂", "恒大厂"])),
            party=draw(st.sampled_from(["", "", "1"])),
            companions=draw(st.sampled_from([(), (), ("韦1",), ("覃某",)])),
            named_date=draw(st.sampled_from([DAY, DAY.replace(day=20), None])),
            cancelled=draw(st.booleans()),
        )
        for row, person in enumerate(people)
    ]


LINES = [Demand(ref="需求.xlsx!S!2", employer="恒达厂", city="东莞", headcount=3, resume=DAY)]
FAULTY = [rejected("甲.xlsx!S!90", name="覃某", party="1"), rejected("乙.xlsx!S!91", name="韦1")]


@settings(max_examples=40, deadline=None)
@given(rows())
def test_every_row_is_a_person_or_rejected_or_superseded(some: list[SignUp]) -> None:
    roster = enrolled(*some, demand=LINES, rejected=FAULTY)
    people, out = list(roster.people["signup"]), [row.ref for row in roster.rejected]
    superseded = [f.signup for f in roster.faults if f.code == "duplicate_signup"]
    assert sorted(people + out + superseded) == sorted(
        [*(row.ref for row in some), *(row.ref for row in FAULTY)]
    )
    told = {f.signup for f in roster.faults if f.severity == "error"}
    assert set(out) - {row.ref for row in FAULTY} <= told
    assert roster.people["id_number"].is_unique


@settings(max_examples=40, deadline=None)
@given(rows(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(some: list[SignUp], random: Random) -> None:
    """But for which of two rows of one person is the later one: each person has one row here."""
    single = list({row.id_number: row for row in some}.values())
    shuffled = random.sample(single, len(single))
    one, other = (enrolled(*sheet, demand=LINES, rejected=FAULTY) for sheet in (single, shuffled))
    pd.testing.assert_frame_equal(one.people, other.people)
    assert (one.places, one.vacancies, one.faults, one.rejected) == (
        other.places,
        other.vacancies,
        other.faults,
        other.rejected,
    )


def test_rejected_rows_bear_full_names_as_far_as_they_are_known() -> None:
    faulty = rejected("报名.xlsx!报名!9", name="韦乙", prefecture="柳州", county="融水县", city="东莞")
    roster = enrolled(signup(1, city="东菀"), rejected=[faulty])
    names = [(row.prefecture, row.county, row.city) for row in roster.rejected]
    assert names == [("柳州市", "融水苗族自治县", "东菀"), ("柳州市", "融水苗族自治县", "东莞市")]


def test_places_and_vacancies_have_an_order_of_their_own() -> None:
    people = [signup(1, city="东莞"), signup(2, city="深圳"), signup(3, city="佛山", county="融安县")]
    lines = [
        Demand(ref=f"需求.xlsx!S!{row}", employer=employer, city=city)
        for row, employer, city in ((2, "丙厂", "中山"), (3, "甲厂", "中山"), (4, "乙厂", "佛山"))
    ]
    one, other = enrolled(*people, demand=lines), enrolled(*people[::-1], demand=lines[::-1])
    assert (one.places, one.vacancies) == (other.places, other.vacancies)
    assert len(set(one.people["dropoff"])) == 3


def test_an_empty_sheet_gives_an_empty_roster() -> None:
    roster = enrolled(demand=LINES)
    assert list(roster.people.columns) == PEOPLE_COLUMNS
    assert roster.people.empty
    assert [place.name for place in roster.places] == ["东莞市"]


def test_dtypes_are_those_of_the_contract() -> None:
    people = enrolled(signup(1)).people
    for column in ("earliest", "latest", "flex_from", "flex_to", "resume", "reception"):
        assert people[column].dtype == "datetime64[s]", column
    for column in ("age", "vacancy", "pickup", "dropoff", "rank", "party", "num_children"):
        assert people[column].dtype == "int32", column
    assert people.index.equals(pd.RangeIndex(1))
