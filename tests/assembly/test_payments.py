"""Who pays what: shares in their order, each cut by its caps; the sums are what carriers and railway are paid."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from returnplan.assembly.payments import Payments, bill_of, payments_of
from returnplan.model.payers import Payers
from returnplan.model.plan import Plan
from tests.specimens.journeys import TRAIN, with_a_train
from tests.specimens.plans import make_header, make_plan


def two_coaches(yuan: float = 8_000.0) -> Plan:
    """Return a plan of one coach with 45 people to Dongguan and one with 20 to Shenzhen."""
    plan = make_plan()
    return replace(plan, batches=tuple(replace(batch, contract_yuan=yuan) for batch in plan.batches))


def by_rail() -> Plan:
    """Return a plan of two feeders, a train and two shuttles, ten people of two prefectures."""
    plan = with_a_train()
    return replace(
        plan, batches=tuple(replace(batch, contract_yuan=batch.cost_yuan) for batch in plan.batches)
    )


def bill(plan: Plan, *shares: Mapping[str, Any], rest: str = "office") -> Payments:
    """Return who pays what by these shares."""
    return payments_of(plan, Payers.model_validate({"shares": shares, "rest": rest}), "港南区人社局")


def paid(payments: Payments) -> dict[str, float]:
    """Return what each pays by name."""
    return {account.payer.say("zh"): account.yuan for account in payments.accounts}


def test_without_rules_the_office_pays_everything() -> None:
    payments = bill(two_coaches())
    assert paid(payments) == {"港南区人社局": 16_000.0}
    assert (payments.is_shared, payments.own_yuan) == (False, {})


def test_two_counties_of_one_name_pay_each_for_their_own() -> None:
    plan = by_rail()
    plan = replace(plan, riders=plan.riders.assign(county="桥西区"))
    assert paid(bill(plan, {"payer": "county", "parts": ("feeder",)}, rest="worker")) == {
        "柳州市桥西区": 1_700.0, "来宾市桥西区": 740.0, "务工人员自付": 10_850.0,
    }  # fmt: skip


def test_the_county_pays_the_feeder_the_prefecture_the_train_and_the_employer_the_shuttle() -> None:
    payments = bill(
        by_rail(),
        {"payer": "county", "parts": ("feeder",)},
        {"payer": "prefecture", "parts": ("train",)},
        {"payer": "employer", "parts": ("shuttle",)},
    )
    assert paid(payments) == {
        "柳州市": 5_400.0, "来宾市": 3_600.0,  # of the train's 9,000, six and four of ten people
        "华强电子": 1_850.0, "融水苗族自治县": 1_700.0, "兴宾区": 740.0,
    }  # fmt: skip
    assert payments.signs("0223-002").name == "兴宾区"
    assert payments.signs(TRAIN).name == "柳州市"  # one contract has one payer: who bears most of it


def test_a_share_takes_only_what_the_shares_before_it_left() -> None:
    payments = bill(
        two_coaches(),
        {"payer": "fund", "name": "春暖行动", "share": 0.6},
        {"payer": "employer", "share": 0.5},
    )
    with_employer = 34 / 45, 15 / 20  # of each coach every fourth rider has none
    assert paid(payments)["春暖行动"] == 9_600.0
    employers = sum(yuan for name, yuan in paid(payments).items() if name not in ("春暖行动", "港南区人社局"))
    assert employers == pytest.approx(sum(8_000 * 0.4 * part for part in with_employer), abs=0.05)


def test_a_cap_a_coach_cuts_the_share_of_each_coach() -> None:
    """Half of a coach, 10,000 yuan at most, as in Ningbo in 2023."""
    plan = two_coaches(24_000.0)
    assert paid(bill(plan, {"payer": "fund", "share": 0.5}))["专项资金"] == 24_000.0
    assert paid(bill(plan, {"payer": "fund", "share": 0.5, "most_a_coach": 10_000.0}))["专项资金"] == 20_000.0


def test_a_cap_a_coach_does_not_cut_the_train_nor_a_cap_a_train_the_coach() -> None:
    shared = {"payer": "fund", "share": 0.5}
    assert paid(bill(by_rail(), {**shared, "most_a_train": 1_000.0}))["专项资金"] == 1_000.0 + 4_290.0 / 2
    assert paid(bill(by_rail(), {**shared, "most_a_coach": 100.0}))["专项资金"] == 4_500.0 + 4 * 100.0


def test_within_the_province_another_sum_counts_than_from_outside() -> None:
    """2,000 yuan a coach within Guangdong and 5,000 from outside, as in Longhua in 2021."""
    shares = (
        {"payer": "fund", "scopes": ("cities", "within"), "most_a_coach": 2_000.0},
        {"payer": "fund", "scopes": ("provinces",), "most_a_coach": 5_000.0},
    )
    from_outside = two_coaches()
    within = replace(from_outside, riders=from_outside.riders.assign(prefecture="韶关市", county=""))
    assert paid(bill(from_outside, *shares))["专项资金"] == 10_000.0
    assert paid(bill(within, *shares))["专项资金"] == 4_000.0


def test_a_cap_a_firm_holds_for_the_whole_campaign() -> None:
    share = {"payer": "fund", "most_a_firm": 1_500.0}
    assert paid(bill(two_coaches(), share))["专项资金"] == pytest.approx(
        3 * 1_500.0 + 16_000.0 / 65 * 0 + 8_000 * (11 / 45 + 5 / 20), abs=0.05
    )  # three firms, and those without a firm


def test_a_budget_is_that_of_each_payer() -> None:
    share = {"payer": "prefecture", "budget": 3_000.0}
    assert paid(bill(by_rail(), share, rest="worker")) == {
        "务工人员自付": 13_290.0 - 6_000.0, "柳州市": 3_000.0, "来宾市": 3_000.0
    }  # fmt: skip


def test_a_cap_of_nothing_pays_nothing() -> None:
    for cap in ("most_a_coach", "most_a_firm", "budget"):
        plan = two_coaches()
        plan = replace(plan, riders=plan.riders.assign(employer="华强电子"))
        assert paid(bill(plan, {"payer": "fund", cap: 0.0})) == {"港南区人社局": 16_000.0}


def test_what_a_rider_pays_is_known_for_each() -> None:
    payments = bill(two_coaches(), {"payer": "employer"}, rest="worker")
    people = make_plan().riders
    alone = people[people["employer"] == ""]
    assert set(payments.own_yuan) == set(alone["person"])
    assert payments.own_yuan[int(alone["person"].iloc[0])] == pytest.approx(8_000 / 45, abs=0.01)


def test_who_pays_is_known_for_each_ride_of_a_person() -> None:
    """A person of Laibin is paid for by their own county and prefecture, not by those of the others on the train."""
    payments = bill(
        by_rail(),
        {"payer": "county", "parts": ("feeder",)},
        {"payer": "prefecture", "parts": ("train",), "share": 0.6},
        rest="worker",
    )
    own = payments.of_person[8]
    assert {batch: [payer.say("zh") for payer in payers] for batch, payers in own.items()} == {
        "0223-002": ["兴宾区"], "0223-003": ["来宾市", "务工人员自付"], "0223-005": ["务工人员自付"]
    }  # fmt: skip
    assert list(payments.of_person[9]) == [TRAIN, "0223-004"]  # who walks to the station has no feeder


def test_a_plan_without_batches_costs_nobody_anything() -> None:
    plan = make_plan()
    nobody = replace(plan, batches=(), riders=plan.riders.iloc[:0])
    assert bill(nobody, {"payer": "county", "scopes": ("cities",)}, rest="worker").accounts == []


def test_the_rules_are_those_of_the_run() -> None:
    header = replace(make_header(), config={"payers": {"rest": "worker"}, "office": {"name": "港南"}})
    assert paid(bill_of(header, two_coaches())) == {"务工人员自付": 16_000.0}
    assert paid(bill_of(make_header(), two_coaches())) == {
        "组织单位": 16_000.0
    }  # a store of an older version


KINDS = ("office", "county", "prefecture", "employer", "worker", "fund")
CAPS = ("most_a_coach", "most_a_train", "most_a_firm", "budget")
SHARES = st.lists(
    st.builds(
        lambda payer, share, caps, parts: {"payer": payer, "share": share, "parts": parts, **caps},
        st.sampled_from(KINDS),
        st.floats(0, 1),
        st.dictionaries(st.sampled_from(CAPS), st.floats(0, 5_000), max_size=2),
        st.lists(st.sampled_from(["direct", "feeder", "train", "shuttle"]), min_size=1, max_size=4),
    ),
    max_size=4,
)


@given(
    SHARES, st.sampled_from(["office", "county", "prefecture", "worker"]), st.floats(0, 30_000), st.booleans()
)
def test_all_shares_add_up_to_the_price_and_none_exceeds_its_caps(
    shares: list[dict[str, Any]], rest: str, yuan: float, has_train: bool
) -> None:
    plan = by_rail() if has_train else two_coaches(round(yuan, 2))
    payments = bill(plan, *shares, rest=rest)
    for batch in plan.batches:
        accounts = payments.of_batch[batch.id]
        assert sum(account.yuan for account in accounts) == pytest.approx(batch.contract_yuan, abs=0.001)
        assert all(account.yuan >= 0 for account in accounts)
    assert payments.contract_yuan == pytest.approx(
        sum(batch.contract_yuan for batch in plan.batches), abs=0.01
    )
    funds = [share for share in shares if share["payer"] == "fund"]
    if len(funds) == 1 and rest != "fund":
        total = sum(account.yuan for account in payments.accounts if account.payer.kind == "fund")
        assert total <= funds[0].get("budget", 1e9) + 0.01 * len(plan.batches)
        for batch in plan.batches:
            own = sum(one.yuan for one in payments.of_batch[batch.id] if one.payer.kind == "fund")
            cap = funds[0].get("most_a_train" if batch.mode == "train" else "most_a_coach", 1e9)
            # a cent by rounding, and one of each payer whose budget has none left for its own
            has_budget = {share["payer"] for share in shares if "budget" in share}
            num_cents = 1 + sum(one.payer.kind in has_budget for one in payments.of_batch[batch.id])
            assert own <= min(cap, funds[0]["share"] * batch.contract_yuan) + 0.01 * num_cents + 1e-6


def test_cents_that_budgets_do_not_have_go_to_whom_rounding_cost_least() -> None:
    """Four of them went to the fund, whose share is 14.96, and none to the office."""
    payments = bill(
        two_coaches(650.63),
        {"payer": "fund", "share": 0.023},
        {"payer": "prefecture", "share": 0.522, "budget": 2568.86},
        {"payer": "county", "share": 0.41, "budget": 909.92},
        {"payer": "employer", "share": 0.528, "budget": 284.3},
    )
    (fund,) = (one.yuan for one in payments.of_batch["0223-03"] if one.payer.kind == "fund")
    assert fund <= 14.98


def test_a_fund_is_never_billed_a_cent_more_than_its_budget() -> None:
    """Half a cent of each coach is the fund's: rounded coach by coach, both would go to the fund."""
    payments = bill(two_coaches(), {"payer": "fund", "share": 0.9, "budget": 100.01})
    assert paid(payments)["专项资金"] == 100.01
    assert sorted(
        one.yuan for own in payments.of_batch.values() for one in own if one.payer.kind == "fund"
    ) == [50.0, 50.01]
