"""Every fact about a person is declared once, and what is declared reaches all who have to know it."""

from dataclasses import fields
from pathlib import Path

import pandas as pd
import pytest

from returnplan.audit import audit
from returnplan.contract import View, riders_json, unplanned_json
from returnplan.enrolment.people import PEOPLE_COLUMNS
from returnplan.model.person import COPIED, PERSON_FIELDS, kind
from returnplan.model.plan import Rider
from returnplan.model.records import SignUp
from returnplan.papers.workbook.tables import RIDER_FIELDS
from returnplan.reading.layout import Layout, header_names
from returnplan.reading.questions import normal
from returnplan.reading.sheet import layouts
from returnplan.store.connection import connect
from returnplan.store.migrations import migrate
from tests.specimens.plans import make_plan
from tests.specimens.two_batches import two_batches

NAMES = [field.name for field in PERSON_FIELDS]
FOUND_BY_ENROLMENT = {"category"}
"""Facts that no column of a sign-up sheet tells."""
WHEN = ("always", "unmasked", "never")


def test_every_field_of_a_sign_up_is_declared_and_nothing_else() -> None:
    assert len(set(NAMES)) == len(NAMES)
    assert set(SignUp.model_fields) - {"ref"} == set(NAMES) - FOUND_BY_ENROLMENT


def test_the_sign_up_sheet_has_a_column_for_every_fact_that_is_told() -> None:
    (layout,) = layouts(None, "signups")
    assert set(NAMES) - FOUND_BY_ENROLMENT <= {field.name for field in layout.fields}


@pytest.mark.parametrize("layout", layouts(None), ids=lambda layout: layout.kind)
def test_every_header_that_a_form_asks_under_is_one_that_the_reader_knows(layout: Layout) -> None:
    for field in layout.fields:
        known = {normal(name) for name in header_names()[layout.kind].get(field.name, ())}
        assert field.asked is None or {normal(field.asked.header.zh)} <= known


def test_the_roster_has_what_travels_further_than_enrolment() -> None:
    kept = [fact.name for fact in PERSON_FIELDS if fact.reach != "signup"]
    assert set(kept) <= set(PEOPLE_COLUMNS)


def test_a_rider_has_what_is_copied() -> None:
    assert set(COPIED) <= {field.name for field in fields(Rider)}


@pytest.mark.parametrize("name", [name for name in COPIED if name != "signup"])
def test_the_audit_finds_a_rider_who_is_not_as_signed_up(name: str) -> None:
    case = two_batches()
    other = pd.Timestamp(2021, 1, 1) if kind(name) == "day" else "else"
    case = case.with_rider(1, **{name: other})
    found = audit(case.plan, case.roster, case.rules, case.law)
    assert [one for one in found if one.code == "differs_from_signup" and name in one.message.en] != []


def test_the_store_has_a_column_for_everything_that_a_rider_is(tmp_path: Path) -> None:
    connection = connect(tmp_path / "store.db", create=True)
    migrate(connection, tmp_path / "store.db")
    columns = {name for _, name, *_ in connection.execute("PRAGMA table_info(riders)")}
    assert {field.name for field in fields(Rider)} <= columns


def test_plan_xlsx_has_a_column_for_every_fact_with_a_width() -> None:
    shown = [fact.name for fact in PERSON_FIELDS if fact.width is not None]
    assert set(shown) <= {field.key for field in RIDER_FIELDS}


def test_the_json_has_personal_facts_only_unmasked() -> None:
    plan = make_plan()
    (masked, *_), (whole, *_) = (riders_json(plan.riders, View("zh", unmask)) for unmask in (False, True))
    declared = {when: {fact.name for fact in PERSON_FIELDS if fact.json == when} for when in WHEN}
    assert declared["always"] <= masked.keys()
    of_ticket = {"order_no"}  # whoever has it can return the ticket
    assert whole.keys() - masked.keys() == declared["unmasked"] | of_ticket
    assert declared["never"] & whole.keys() == {"pickup", "dropoff"}  # the stop's, not the person's
    assert declared["unmasked"].isdisjoint(unplanned_json(plan.unplanned, View("zh"))[0])


def test_who_somebody_is_is_masked_or_left_out() -> None:
    for fact in PERSON_FIELDS:
        if fact.is_personal:
            assert fact.json != "always" or fact.mask is not None, fact.name
