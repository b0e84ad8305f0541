"""What is said of a person: each reason, and each change with its price, where it is the answer."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from returnplan.model.roster import Roster
from returnplan.model.rules import Rules
from returnplan.problem.draft import Draft
from returnplan.reasons.explain import Explanation, explain
from tests.assembly.campaigns import (
    CHANGAN,
    HUMEN,
    LIUCHENG,
    LONGHUA,
    RONGAN,
    assembled,
    campaign,
    draft,
    problem_of,
    worker,
)
from tests.specimens.rosters import FIRST_DAY, pool

TEN = Rules(min_load=10)
NEXT_DAY = FIRST_DAY + timedelta(days=1)
LATER: dict[str, Any] = {"earliest": NEXT_DAY, "latest": NEXT_DAY}
SMALL = pool("15座", 15)
JOIN = "join 0218-001 (融安县→东莞市, 02-18)"


def explained(people: Roster, line: int, drafts: Sequence[Draft], rules: Rules = TEN) -> Explanation:
    """Return what is said of a line of the roster, given what was planned."""
    problem, travellers = problem_of(people, rules)
    plan = assembled(people, drafts, rules)
    return explain(people.people["signup"][line], plan, people, problem, travellers)


def said(explanation: Explanation) -> str:
    return " / ".join(line.en for line in explanation.lines)


def offers(explanation: Explanation) -> dict[str, float]:
    return {change.text.en: change.more_yuan for change in explanation.changes}


def test_the_only_day() -> None:
    found = explained(campaign([worker()] * 10), 0, [draft((0, 10))])
    assert found.batch == "0218-001"
    assert "02-18 is the only possible day" in said(found)
    assert "10 of 49 usable seats taken, 360 yuan a head" in said(found)


def test_the_minimum_load_holds_somebody_on_a_batch() -> None:
    found = explained(campaign([worker()] * 10), 0, [draft((0, 10))])
    assert "without them the batch would carry 9, fewer than the minimum of 10" in said(found)


def test_the_last_day_of_companions() -> None:
    people = campaign([worker()] * 9 + [worker(latest=NEXT_DAY)])
    found = explained(people, 9, [draft((0, 9), (1, 1))])
    assert "may leave from 02-18 to 02-19" in said(found)
    assert "for 9 of those aboard it is the last possible day" in said(found)


def test_the_resume_date_is_the_reason_not_to_wait() -> None:
    people = campaign([worker(latest=NEXT_DAY, resume=FIRST_DAY)] * 10)
    assert "later days would miss the resume date" in said(explained(people, 0, [draft((0, 10))]))
    assert "1 days after the resume date" in said(explained(people, 0, [draft((0, 10), day=1)]))


def test_another_batch_is_compared_by_price() -> None:
    """On the coach of the same day a further stop costs 50 yuan and 100 km, on the own one nothing."""
    people = campaign([worker()] * 11 + [worker(LIUCHENG)] * 10)
    found = explained(people, 0, [draft((0, 11)), draft((1, 10), pickups=(LIUCHENG,))])
    assert "0218-001 on the same day would cost 650 yuan more" in said(found)


def test_a_later_batch_is_compared_by_lateness_too() -> None:
    people = campaign([worker(latest=NEXT_DAY, resume=FIRST_DAY)] + [worker()] * 10 + [worker(**LATER)] * 10)
    found = explained(people, 0, [draft((0, 10), (1, 1)), draft((2, 10), day=1)], Rules(min_load=1))
    assert "0219-001 would cost 0 yuan more, and miss the resume date by 1 person-days more" in said(found)


def test_no_other_batch() -> None:
    assert "no other batch could take them" in said(explained(campaign([worker()] * 10), 0, [draft((0, 10))]))


def test_stops_and_hours() -> None:
    found = explained(campaign([worker()] * 10), 0, [draft((0, 10))])
    assert "boards at 融安汽车站 at 02-18 06:00 (stop 1), alights at 长安厂门 at 02-18 07:45" in said(found)


def test_free_seat_within_the_rules_comes_first() -> None:
    people = campaign([worker()] * 11)
    found = explained(people, 10, [draft((0, 10))])
    assert found.batch is None
    assert offers(found)[JOIN] == 0.0
    assert found.changes[0].text.en == JOIN


def test_one_day_wider() -> None:
    people = campaign([worker()] * 10 + [worker(**LATER)])
    found = explained(people, 10, [draft((0, 10))])
    assert offers(found)[f"{JOIN} if their days of departure are widened by 1"] == 0.0


def asked(people: Roster, drafts: Sequence[Draft], line: int = 10, rules: Rules = TEN) -> list[str]:
    """Return what plan and explanation of a person say about seats on other days."""
    plan = assembled(people, drafts, rules)
    left = plan.unplanned.set_index("signup").loc[people.people["signup"][line]]
    told = [left["suggestion_zh"], *(words.zh for words in explained(people, line, drafts, rules).lines)]
    return [words[words.index("可以问本人") :] for words in told if "可以问本人" in words]


def test_free_seats_of_another_day_are_named_to_be_asked_for() -> None:
    far: dict[str, Any] = {"earliest": FIRST_DAY + timedelta(days=4), "latest": FIRST_DAY + timedelta(days=5)}
    people = campaign([worker()] * 10 + [worker(**far)])
    words = asked(people, [draft((0, 10))])
    assert len(set(words)) == 1
    assert len(words) == 2
    assert "02-18 的 0218-001 有 39 个空座(在融安汽车站上车)" in words[0]
    assert "returnplan change 0218-001 --add 姓名 --agreed 姓名" in words[0]


def test_seats_of_other_days_that_other_rules_forbid_are_not_named() -> None:
    far: dict[str, Any] = {"earliest": FIRST_DAY + timedelta(days=4), "latest": FIRST_DAY + timedelta(days=5)}
    elsewhere = campaign([worker()] * 10 + [worker(dropoff=LONGHUA, city="深圳市", **far)])
    assert asked(elsewhere, [draft((0, 10))]) == []
    full = campaign([worker()] * 49 + [worker(**far)])
    assert asked(full, [draft((0, 49))], 49) == []
    other_stop = campaign([worker()] * 10 + [worker(pickup=LIUCHENG, **far)])
    assert asked(other_stop, [draft((0, 10))], rules=Rules(min_load=10, max_pickups=1)) == []


def test_a_further_stop_beyond_the_limit() -> None:
    rules = Rules(min_load=10, max_pickups=1)
    people = campaign([worker()] * 10 + [worker(LIUCHENG)])
    found = explained(people, 10, [draft((0, 10))], rules)
    assert offers(found)[f"{JOIN} if max_pickups is 2 (now 1)"] == 650.0


@pytest.mark.parametrize(
    ("rules", "relaxed"),
    [
        (Rules(min_load=10, max_pickup_km=50), "max_pickup_km is 100 (now 50)"),
        (Rules(min_load=10, mix_counties=False), "mix_counties is true"),
        (Rules(min_load=10, max_cost_per_head=361), "max_cost_per_head is 387 (now 361)"),
        (
            Rules(min_load=10, max_departures_per_day=10),
            "max_departures_per_day is 11 (now 10)",
        ),
        (Rules(min_load=10, max_arrivals_per_day=10), "max_arrivals_per_day is 11 (now 10)"),
    ],
    ids=["km", "counties", "ceiling", "departures", "arrivals"],
)
def test_one_rule_to_relax(rules: Rules, relaxed: str) -> None:
    people = campaign([worker()] * 10 + [worker(LIUCHENG)])
    found = explained(people, 10, [draft((0, 10))], rules)
    assert f"{JOIN} if {relaxed}" in offers(found)


def test_drop_off_limits() -> None:
    people = campaign([worker()] * 10 + [worker(RONGAN, HUMEN)])
    few = explained(people, 10, [draft((0, 10))], Rules(min_load=10, max_dropoffs=1, max_dropoff_km=100))
    near = explained(people, 10, [draft((0, 10))], Rules(min_load=10, max_dropoff_km=80))
    assert f"{JOIN} if max_dropoffs is 2 (now 1)" in offers(few)
    assert f"{JOIN} if max_dropoff_km is 100 (now 80)" in offers(near)


def test_vehicle_of_another_prefecture() -> None:
    people = campaign([worker()] * 10 + [worker(prefecture="桂林市", pickup=0)], pools=[pool(base="柳州市")])
    found = explained(people, 10, [draft((0, 10))])
    assert offers(found)[JOIN] == 0.0  # the place of boarding decides, not the home


def test_a_larger_vehicle() -> None:
    """15 seats are full; the coach of 49 costs 900 yuan more."""
    people = campaign([worker()] * 16, pools=[pool("15座", 15, fixed_yuan=2100.0), pool()])
    found = explained(people, 15, [draft((0, 15))])
    assert offers(found)[f"{JOIN} after changing its vehicle to 49座"] == 900.0


def test_a_larger_vehicle_keeps_the_rules_too() -> None:
    people = campaign([worker()] * 16, pools=[pool("15座", 15), pool(min_load=17)])
    assert not any("after changing" in text for text in offers(explained(people, 15, [draft((0, 15))])))


def test_a_further_stop_is_made_where_it_costs_least() -> None:
    """Liucheng lies on the road from Rong'an to Chang'an: calling there costs its stop and no km."""
    milestones = np.array([0.0, 40.0, 100.0, 130.0, 200.0])
    people = campaign([worker()] * 10 + [worker(LIUCHENG)], km=abs(milestones[:, None] - milestones))
    assert offers(explained(people, 10, [draft((0, 10))]))[JOIN] == 50.0
    people = campaign([worker(LIUCHENG)] * 10 + [worker()], km=abs(milestones[:, None] - milestones))
    found = explained(people, 10, [draft((1, 10), pickups=(LIUCHENG,))])
    assert offers(found)[JOIN.replace("融安县", "柳城县")] == 50.0 + 6 * 40


def test_a_vehicle_alone_breaks_the_minimum() -> None:
    people = campaign([worker()])
    assert offers(explained(people, 0, [])) == {
        "a vehicle of its own (49座) on 02-18 if min_load is 1 (now 10)": 3600.0
    }


def test_one_more_vehicle_to_hire() -> None:
    people = campaign([worker()] * 30, pools=[pool("15座", 15, per_day=1)])
    found = explained(people, 29, [draft((0, 15))], Rules(min_load=1))
    hire = "a vehicle of its own (15座) on 02-18 if one more of its type is hired (fleet sheet)"
    assert offers(found) == {hire: 3600.0}


def test_no_vehicle_for_transfers_is_proposed_for_the_whole_way() -> None:
    pools = [pool("15座", 15, per_day=1), pool("45座接驳", 45, fixed_yuan=900.0, use="transfer")]
    people = campaign([worker()] * 30, pools=pools)
    found = explained(people, 29, [draft((0, 15))], Rules(min_load=1))
    assert [text for text in offers(found) if "接驳" in text] == []
    assert offers(found)


def test_refund_has_the_price_of_the_cheapest_change() -> None:
    assert "refund a ticket: cheaper than the above below 3600 yuan a head" in said(
        explained(campaign([worker()]), 0, [])
    )


@pytest.mark.parametrize("fixed_yuan", [3000.0, 2000.0], ids=["a free seat", "a larger, cheaper vehicle"])
def test_no_refund_is_cheaper_than_a_change_that_costs_nothing_more(fixed_yuan: float) -> None:
    people = campaign([worker()] * 16, pools=[pool("15座", 15), pool("18座", 18, fixed_yuan=fixed_yuan)])
    found = explained(people, 15, [draft((0, 15), pool=int(fixed_yuan == 3000.0))])
    assert "refund a ticket: never cheaper, a change costs nothing more" in said(found)


def test_a_change_may_cost_less() -> None:
    people = campaign([worker()] * 16, pools=[SMALL, pool("18座", 18, fixed_yuan=1900.0)])
    cheapest = explained(people, 15, [draft((0, 15))]).changes[0]
    assert cheapest.price == ("少花 1,100 元", "1,100 yuan less")


def test_party_is_placed_whole() -> None:
    """13 are aboard; a party of three is one too many for 15 seats, though each of them would fit."""
    people = campaign([worker()] * 13 + [worker(party=0)] * 3, pools=[SMALL])
    assert [text for text in offers(explained(people, 13, [draft((0, 13))])) if "join" in text] == []


def test_another_city_is_an_answer_where_the_cities_may_be_combined() -> None:
    """Longhua lies 100 km from Chang'an: the permission alone is enough for a round of 100 km, not for one of 80."""
    people = campaign([worker()] * 10 + [worker(RONGAN, LONGHUA)] * 7)
    near = explained(people, 10, [draft((0, 10))], Rules(min_load=10, max_dropoff_km=100))
    assert offers(near)[f"{JOIN} if combine_cities has [东莞市, 深圳市]"] == 650.0
    far = explained(people, 10, [draft((0, 10))])
    both = "max_dropoff_km is 100 (now 80) and combine_cities has [东莞市, 深圳市]"
    assert offers(far)[f"{JOIN} if {both}"] == 650.0


def test_cities_that_may_share_are_kept_apart_by_the_round_of_drop_offs() -> None:
    people = campaign([worker()] * 10 + [worker(RONGAN, LONGHUA)] * 7)
    rules = Rules(min_load=10, combine_cities=(("东莞市", "深圳市"),))
    found = explained(people, 10, [draft((0, 10))], rules)
    assert offers(found)[f"{JOIN} if max_dropoff_km is 100 (now 80)"] == 650.0


def test_a_city_too_far_away_is_no_answer() -> None:
    people = campaign([worker()] * 10 + [worker(RONGAN, LONGHUA)])
    found = explained(people, 10, [draft((0, 10))], Rules(min_load=10, max_dropoff_km=40))
    assert not any("join" in text for text in offers(found))


def test_the_whole_group_is_priced() -> None:
    """Seven wait for one place, and each of them is told the price of all."""
    found = explained(campaign([worker()] * 10 + [worker(LIUCHENG)] * 7), 12, [draft((0, 10))])
    assert (found.num_waiting, offers(found)[JOIN]) == (7, 650.0)


def test_a_group_is_shared_out_where_no_batch_holds_it() -> None:
    """Two coaches of 15 have three seats left each; each calls at one stop more for some of the five."""
    people = campaign([worker()] * 24 + [worker(LIUCHENG)] * 5, pools=[pool("15座", 15, per_day=2)])
    found = explained(people, 24, [draft((0, 12)), draft((0, 12))], Rules(min_load=10))
    shared = "join 0218-001 (融安县→东莞市, 02-18) with 3 of them and 0218-002 (融安县→东莞市, 02-18) with 2 of them"
    assert offers(found)[shared] == 2 * 650.0


@pytest.mark.parametrize(
    ("pickup", "joins"), [(RONGAN, True), (LIUCHENG, False)], ids=["own stop", "new stop"]
)
def test_a_published_batch_takes_people_at_its_own_stops_alone(pickup: int, joins: bool) -> None:
    people = campaign([worker()] * 10 + [worker(pickup)])
    problem, travellers = problem_of(people, TEN)
    plan = assembled(people, [draft((0, 10))], TEN)
    plan = replace(plan, batches=(replace(plan.batches[0], state="published"),))
    found = explain(people.people["signup"][10], plan, people, problem, travellers)
    assert (JOIN in offers(found)) == joins


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("boarded", "was on board"),
        ("absent", "was absent"),
        ("arrived", "has arrived"),
        ("other_factory", "went elsewhere"),
        ("assigned", "the batch has departed"),
    ],
)
def test_after_the_journey_it_is_said_what_became_of_it(status: str, words: str) -> None:
    people = campaign([worker()] * 10)
    problem, travellers = problem_of(people, TEN)
    plan = assembled(people, [draft((0, 10))], TEN)
    plan = replace(
        plan,
        batches=(replace(plan.batches[0], state="departed"),),
        riders=plan.riders.assign(status=status),
    )
    found = explain(people.people["signup"][0], plan, people, problem, travellers)
    assert words in found.lines[0].en
    assert "boards at" in found.lines[1].en
    assert len(found.lines) == 2


def test_people_kept_back_are_told_why_and_nothing_else() -> None:
    words: dict[str, Any] = {
        "reason_zh": "红码",
        "reason_en": "red",
        "suggestion_zh": "隔离",
        "suggestion_en": "stay",
    }
    found = explained(campaign([worker(code="health", **words)]), 0, [])
    assert (found.code, said(found), found.changes) == ("health", "red / stay", ())


def test_party_that_cannot_travel_whole_has_no_change() -> None:
    found = explained(campaign([worker(party=0), worker(LIUCHENG, party=0)]), 0, [])
    assert (found.code, found.changes) == ("party_split", ())


def test_unknown_row() -> None:
    people = campaign([worker()])
    problem, travellers = problem_of(people, TEN)
    with pytest.raises(KeyError):
        explain("a!b!1", assembled(people, [], TEN), people, problem, travellers)


def test_both_languages_are_said() -> None:
    found = explained(campaign([worker()] * 10 + [worker(RONGAN, CHANGAN, **LATER)]), 10, [draft((0, 10))])
    texts = [*found.lines, *(change.text for change in found.changes)]
    assert all(text.zh and text.en and text.zh != text.en for text in texts)
