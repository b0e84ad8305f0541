"""The published rule for freed seats (docs/nights.md), whoever waits: nobody is overtaken, and no seat stays empty."""

from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from returnplan.reasons.turns import in_turn, num_before
from tests.carryover.test_spare_seats import NEWCOMER, seated

MONDAY, TUESDAY = date(2021, 2, 22), date(2021, 2, 23)
ABOARD = 7
"""Seats that six riders and a child have."""


@st.composite
def parties(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Return people who wait, party by party: class, size, children along."""
    waiting: list[dict[str, Any]] = []
    for number in range(draw(st.integers(1, 6))):
        size, rank = draw(st.sampled_from([1, 1, 2, 3])), draw(st.integers(0, 2))
        children = draw(st.sampled_from([0, 0, 1]))
        party = number if size > 1 else -1
        waiting += [NEWCOMER | {"rank": rank, "party": party, "num_children": children}] * size
    return waiting


def by_party(waiting: list[dict[str, Any]]) -> dict[int, list[int]]:
    """Return who belongs together, by the number of the first of them."""
    together: dict[int, list[int]] = {}
    for line, one in enumerate(waiting):
        first = next((n for n in together if one["party"] >= 0 and waiting[n]["party"] == one["party"]), line)
        together.setdefault(first, []).append(line)
    return together


def place_in_line(first: int, waiting: list[dict[str, Any]]) -> tuple[int, bool, int]:
    return waiting[first]["rank"], waiting[first]["party"] < 0, first


@settings(max_examples=60, deadline=None)
@given(parties(), st.integers(0, 8))
def test_no_seat_stays_empty_and_nobody_is_overtaken(waiting: list[dict[str, Any]], free: int) -> None:
    got = set(seated(*waiting, usable=ABOARD + free))
    together = by_party(waiting)
    need = {n: sum(1 + waiting[line]["num_children"] for line in own) for n, own in together.items()}
    has_seat = {n for n, own in together.items() if set(own) <= got}
    assert got == {line for n in has_seat for line in together[n]}  # whole or not at all
    left = free - sum(need[n] for n in has_seat)
    assert left >= 0
    for n in together.keys() - has_seat:
        assert need[n] > left  # no seat stays empty while somebody fits
        before = [one for one in has_seat if place_in_line(one, waiting) < place_in_line(n, waiting)]
        assert need[n] > free - sum(need[one] for one in before)  # only those who go before took the seats


def test_a_party_goes_before_people_alone_who_signed_up_earlier() -> None:
    alone, pair = NEWCOMER, NEWCOMER | {"party": 7}
    assert seated(alone, alone, pair, pair, usable=ABOARD + 2) == [2, 3]
    assert seated(alone, alone, pair, pair, usable=ABOARD + 1) == [0]


def test_a_class_goes_before_a_party() -> None:
    assert seated(
        NEWCOMER | {"rank": 1, "party": 7}, NEWCOMER | {"rank": 1, "party": 7}, NEWCOMER, usable=ABOARD + 2
    ) == [2]


def test_who_signed_up_first_goes_first_whatever_the_days() -> None:
    assert seated(NEWCOMER, NEWCOMER | {"latest": MONDAY}, usable=ABOARD + 1) == [0]


LINES = pd.DataFrame(
    {
        "signup": ["a", "b", "c", "d", "e"],
        "rank": [1, 0, 1, 1, 1],
        "party": [-1, -1, 4, 4, -1],
        "person": [1, 5, 7, 8, 2],
        "city": ["东莞市"] * 4 + ["深圳市"],
        "earliest": [MONDAY, MONDAY, TUESDAY, TUESDAY, MONDAY],
        "latest": [TUESDAY, MONDAY, TUESDAY, TUESDAY, TUESDAY],
    }
)


def test_the_order() -> None:
    assert in_turn(LINES)["signup"].tolist() == ["b", "c", "d", "a", "e"]


@pytest.mark.parametrize(("signup", "num"), [("a", 3), ("b", 0), ("c", 0), ("d", 0), ("e", 0)])
def test_only_rivals_for_the_same_journey_go_before(signup: str, num: int) -> None:
    """Party c and d cannot leave on b's only day, and do not wait for one another."""
    assert num_before(signup, LINES) == num
