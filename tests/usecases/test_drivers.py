"""Which drivers are missing, and which batches a day can best do without."""

from dataclasses import replace

import pytest

from returnplan.audit import audit
from returnplan.model.plan import Batch
from returnplan.usecases.drivers import drivers_of, lacks_drivers, too_few_named, without_fewest_people
from tests.specimens.two_batches import two_batches


def coach(name: str, load: int, num_drivers: int = 2, **facts: object) -> Batch:
    batch = two_batches().plan.batches[0]
    return replace(batch, id=name, load=load, num_drivers=num_drivers, **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("named", "lacks"), [((), False), (("韦师傅",), True), (("韦师傅", "覃师傅"), False)]
)
def test_a_driver_is_missing_once_one_is_named(named: tuple[str, ...], lacks: bool) -> None:
    batch = coach("0218-001", 20, drivers=named)
    assert lacks_drivers(batch) is lacks
    assert len(too_few_named([batch], {"0218-001"})) == lacks
    assert too_few_named([batch], {"0218-002"}) == []


def test_the_runs_of_one_vehicle_share_its_drivers_and_trains_bring_their_own() -> None:
    runs = [coach(f"0218-00{n}", 20, n, block="0218-001", kind="feeder") for n in (1, 2)]
    train = coach("0218-003", 600, mode="train")
    assert drivers_of([*runs, train, coach("0218-004", 30)]) == 4


def test_fewest_people_stay_behind() -> None:
    """Three are missing: 19 people on two coaches free four, 21 on another two free three."""
    batches = [coach("1", 12, 1), coach("2", 10), coach("3", 9), coach("4", 40)]
    assert [one.id for one in without_fewest_people(batches, 3)] == ["2", "3"]
    assert [one.id for one in without_fewest_people(batches, 1)] == ["3"]
    assert without_fewest_people(batches, 8) == batches
    assert without_fewest_people([], 1) == []


def test_who_lacks_a_driver_is_said_in_one_wording() -> None:
    campaign = two_batches()
    first = replace(campaign.plan.batches[0], drivers=("韦师傅",))
    plan = replace(campaign.plan, batches=(first, *campaign.plan.batches[1:]))
    found = audit(plan, campaign.roster, campaign.rules, campaign.law)
    assert [one.message for one in found if one.code == "too_few_drivers"] == too_few_named(
        [first], {first.id}
    )
